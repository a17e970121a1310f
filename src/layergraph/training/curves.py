"""The picture of a history: losses and metrics over the epochs."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import ceil, isfinite, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layergraph.training.history import VALIDATION, FitHistory, History, quantities
from layergraph.training.packages import check_package
from layergraph.training.whole_files import write_bytes_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TRAINING_COLOUR = "#0072B2"
VALIDATION_COLOUR = "#E69F00"
FINAL_COLOUR = "#000000"
"""Of Okabe and Ito's palette, which colour-blind people tell apart; in grey, dark from light."""

PANEL = 3.9, 2.7
"""The width and height of a panel in inches."""

LEGEND_ENTRY = 2.2
"""The width of the longest entry of the legend in inches."""

STYLE: dict[str, Any] = {
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.labelsize": 9,
    "figure.constrained_layout.use": True,
    "font.size": 9,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "legend.frameon": False,
    "lines.markersize": 5,
    "savefig.dpi": 120,
    "svg.hashsalt": "layergraph",  # else the ids within, and so the file, differ every time
}


def write_curves(history: History, path: Path) -> None:
    """Draw a panel for each quantity: the total loss, then each output's losses and metrics.

    Training and validation share a panel. With folds, each fold is a thin line and their mean a
    thick one, as far as all folds came; the final fit is a dotted line beside them.

    Args:
        history: what to draw, of at least one epoch.
        path: where to; the ending (`.svg`, `.png`) says the form.

    Raises:
        GraphError: missing-package, unwritable-output.
    """
    check_package("matplotlib", "the picture of the curves")
    import matplotlib.style

    drawn = BytesIO()
    form = path.suffix.removeprefix(".")
    with matplotlib.style.context(["default", STYLE]):
        figure = _figure(history)
        figure.savefig(drawn, format=form, metadata={"Date": None} if form == "svg" else None)
    write_bytes_whole(path, drawn.getvalue())


def _figure(history: History) -> Figure:
    from matplotlib.figure import Figure

    names = quantities(history.names)
    columns = min(len(names), 2 if len(names) in (2, 4) else 3 if len(names) <= 9 else 4)
    rows = ceil(len(names) / columns)
    figure = Figure(figsize=(PANEL[0] * columns, PANEL[1] * rows + 0.3))
    panels = figure.subplots(rows, columns, squeeze=False).flatten()
    labelled: dict[str, Any] = {}
    for panel, name in zip(panels, names, strict=False):
        _draw_panel(panel, name, history)
        handles, labels = panel.get_legend_handles_labels()
        labelled = {**dict(zip(labels, handles, strict=True)), **labelled}
    for panel in panels[len(names) :]:
        panel.remove()
    side_by_side = max(1, int(figure.get_figwidth() / LEGEND_ENTRY))
    figure.legend(
        list(labelled.values()), list(labelled), loc="outside upper left", ncols=side_by_side
    )
    return figure


def _draw_panel(panel: Axes, name: str, history: History) -> None:
    from matplotlib.ticker import MaxNLocator

    final, folds = history.final, history.folds
    for series, colour, what in (
        (name, TRAINING_COLOUR, "training"),
        (VALIDATION + name, VALIDATION_COLOUR, "validation"),
    ):
        for fold in folds:
            _draw_line(panel, fold.get(series, ()), color=colour, alpha=0.4, linewidth=0.8)
        thick, label = final.get(series, []), what
        if folds:
            thick, label = _mean(folds, series), f"{what}, mean of {len(folds)} folds"
        _draw_line(panel, thick, color=colour, linewidth=2, label=label)
    if folds:
        _draw_line(
            panel,
            final.get(name, ()),
            color=FINAL_COLOUR,
            linewidth=1.4,
            linestyle=":",
            label="training of the final model",
        )
    longest = max((len(fit.get(name, ())) for fit in history.fits.values()), default=1)
    panel.set_xlim(*((0.5, 1.5) if longest < 2 else (1, longest)))
    panel.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True, min_n_ticks=1))
    if not panel.lines:
        panel.set_yticks([])
        panel.text(
            0.5, 0.5, "no value is finite", transform=panel.transAxes, ha="center", va="center"
        )
    panel.set_title(name, loc="left")
    panel.set_xlabel("epoch")


def _draw_line(panel: Axes, values: Sequence[float], **look: Any) -> None:
    """Draw a value for each epoch; a marker stands where no line leads to a value."""
    if not any(map(isfinite, values)):
        return
    heights = [value if isfinite(value) else nan for value in values]
    gaps = [True, *(not isfinite(value) for value in heights), True]
    alone = [n for n in range(len(heights)) if gaps[n] and gaps[n + 2]]
    if alone:
        look |= {"marker": "o", "markevery": alone}
    panel.plot(range(1, len(heights) + 1), heights, clip_on=False, **look)


def _mean(folds: Sequence[FitHistory], name: str) -> list[float]:
    """The mean over the folds for each epoch that all of them reached."""
    series = [fold[name] for fold in folds if name in fold]
    return [sum(values) / len(values) for values in zip(*series, strict=False)]
