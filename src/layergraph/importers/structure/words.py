"""Names for what has none: slots and blocks, after what they hold or are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from layergraph.objects.catalog import snake_case

_RANK = re.compile(r"_?[123]_?d$")
_SHORT = {
    "batch_normalization": "bn",
    "layer_normalization": "norm",
    "group_normalization": "norm",
    "concatenate": "concat",
    "depthwise_conv": "depthwise",
    "separable_conv": "sepconv",
    "conv_transpose": "deconv",
    "max_pooling": "pool",
    "average_pooling": "pool",
    "global_average_pooling": "pool",
    "global_max_pooling": "pool",
    "zero_padding": "pad",
    "re_lu": "relu",
    "multi_head_attention": "attention",
}
_MOST_WORDS = 4


def word_of(entry: dict[str, Any], args: dict[str, Any]) -> str:
    """What a node may be called after what it is: `conv`, `relu`."""
    if "type" not in entry:
        return str(entry.get("block", "node")).partition("_")[0]
    kind = str(entry["type"]).rpartition(".")[2]
    function = args.get("activation")
    if kind == "Activation" and isinstance(function, str) and "$" not in function:
        return function
    word = _RANK.sub("", snake_case(kind)).strip("_")
    return _SHORT.get(word, word)


def block_word(prefixes: Sequence[str | None], words: Sequence[str]) -> str:
    """What a block may be called, after what its instances are called, or after what it holds."""
    named = Counter(word for prefix in prefixes if prefix and (word := _stem(prefix)))
    usual, count = named.most_common(1)[0] if named else ("", 0)
    if 2 * count > len(prefixes):
        return usual
    if len(words) <= _MOST_WORDS:
        return "_".join(words)
    if "add" in words:
        return "residual"
    return "branches" if words[-1] == "concat" else f"{words[0]}_to_{words[-1]}"


def flag_words(keys: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
    """What a param may be called that says whether nodes are there."""
    if words[-1] == "add":
        return ("residual", f"with_{keys[-1]}")
    stems = {key.partition("_")[0] for key in keys} if len(keys) > 1 else set(keys)
    stem = stems.pop() if len(stems) == 1 else ""
    return (*([stem] if stem[:1].isalpha() else []), f"with_{keys[0]}")


def _stem(prefix: str) -> str:
    """The words that a name ends with, without their numbers: `block` of `conv2_block1`."""
    tokens = prefix.split("_")
    while tokens and (tokens[-1].isdigit() or not tokens[-1]):
        tokens.pop()
    found: list[str] = []
    for token in reversed(tokens):
        word = re.sub(r"[0-9]+[a-z]?$", "", token)
        if not word.isalpha() or (found and word != token):
            break
        found.insert(0, word)
        if word != token:
            break
    return "_".join(found).lower()
