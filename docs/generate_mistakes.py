"""Write `docs/mistakes.md`: what Keras says of eight classic mistakes, and what layergraph says.

python docs/generate_mistakes.py     # makes every mistake in both, which takes TensorFlow
"""

from __future__ import annotations

import runpy
from contextlib import chdir
from pathlib import Path

from layergraph.diagnostics.render import render
from layergraph.pipeline import validate

DOCS = Path(__file__).parent
MISTAKES = DOCS / "mistakes"
PAGE = DOCS / "mistakes.md"

INTRODUCTION = """\
# Eight classic mistakes

What Keras {version} says of them, and what layergraph says. This page is written by
`python docs/generate_mistakes.py`, which makes each mistake in both; a test does it again, and
compares. The messages are whole. The files are in [mistakes/](mistakes).

Keras meets the first two mistakes where code calls a layer. The others it meets where a model is
made from its text: a config, as `.keras` files hold it.
"""
TITLES = {
    "shapes_in_add": "Shapes in Add",
    "rank_at_a_convolution": "Rank at a convolution",
    "misspelt_class": "A misspelt class",
    "misspelt_argument": "A misspelt argument",
    "misspelt_activation": "A misspelt activation",
    "dangling_reference": "A dangling reference",
    "duplicate_name": "A duplicate name",
    "missing_output": "A missing output",
}


def of_keras(name: str) -> str:
    """What Keras says where a program is run that makes a mistake."""
    import keras

    keras.utils.clear_session()  # which numbers layers without a name anew
    try:
        runpy.run_path(str(MISTAKES / f"{name}.py"))
    except Exception as error:  # noqa: BLE001  whatever Keras makes of it
        return f"{type(error).__name__}: {error}"
    raise AssertionError(f"Keras has nothing against {name}")


def of_layergraph(name: str) -> str:
    """The report on a file with the mistake."""
    with chdir(MISTAKES):
        return render("text", validate(f"{name}.yaml").diagnostics, 1)


def page() -> str:
    """The page."""
    import keras

    parts = [INTRODUCTION.format(version=keras.__version__)]
    for name, title in TITLES.items():
        code = (MISTAKES / f"{name}.py").read_text(encoding="utf-8")
        graph = (MISTAKES / f"{name}.yaml").read_text(encoding="utf-8")
        parts += [
            f"## {title}\n",
            "Keras:\n",
            _fenced("python", code),
            _fenced("text", of_keras(name)),
            "layergraph:\n",
            _fenced("yaml fragment", graph),
            _fenced("text", of_layergraph(name)),
        ]
    return "\n".join(parts)


def _fenced(info: str, text: str) -> str:
    return f"```{info}\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
