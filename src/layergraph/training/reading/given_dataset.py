"""A dataset of TensorFlow or Keras, which gives batches by itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from layergraph.diagnostics import Diagnostics, GraphError, Span, codes, did_you_mean
from layergraph.training.fields import Field, Target
from layergraph.training.reading.table import unreadable

_PARTS = ("inputs", "targets", "weights")


def is_dataset(data: Any) -> bool:
    """Whether it is a `tf.data.Dataset` or a `PyDataset`, without importing either's package."""
    return _is(data, "tensorflow", "data.Dataset") or _is(data, "keras", "utils.PyDataset")


def _is(data: Any, module: str, path: str) -> bool:
    found: Any = sys.modules.get(module)  # who has made one has imported it
    for part in path.split("."):
        found = getattr(found, part, None)
    return isinstance(found, type) and isinstance(data, found)


class _Tensor(NamedTuple):
    """What batches hold under a name; a shape of None is of unknown rank."""

    shape: tuple[int | None, ...] | None
    dtype: str


class GivenDataset:
    """A dataset that gives whole batches: (inputs, targets[, weights]), each a dict by name.

    Args:
        dataset: a `tf.data.Dataset` or a `keras.utils.PyDataset`.
        name: as messages show it.
    """

    def __init__(self, dataset: Any, name: str) -> None:
        self.dataset = dataset
        self.name = name

    def check(self, fields: Iterable[Field], targets: Iterable[Target] = ()) -> None:
        """See that batches have what the graph takes; the values are not looked at.

        Without targets, batches may also be the inputs alone.

        Raises:
            GraphError: unreadable-data, missing-column, wrong-data-shape, wrong-data-dtype.
        """
        diagnostics = Diagnostics()
        targets = tuple(targets)
        parts = self._parts(len(targets) > 0)
        for field in fields:
            self._check_one(field, "inputs", parts[0], diagnostics)
        for target in targets:
            self._check_one(target, "targets", parts[1], diagnostics)
        if len(parts) > 2:
            known = [target.name for target in targets]
            for name in parts[2]:
                if targets and name not in known:
                    _report_unknown_weights(name, known, diagnostics)
        if diagnostics.has_errors:
            raise GraphError(tuple(diagnostics))

    def _parts(self, has_targets: bool) -> tuple[Mapping[str, _Tensor], ...]:
        item = self._item()
        parts = item if isinstance(item, tuple | list) else (item,)
        least = 2 if has_targets else 1
        if not least <= len(parts) <= 3:
            raise self._unfit("1 part" if len(parts) == 1 else f"{len(parts)} parts")
        for part, what in zip(parts, _PARTS, strict=False):
            if not isinstance(part, Mapping):
                raise self._unfit(f"{what} that are no dict")
        return tuple({name: _tensor(value) for name, value in part.items()} for part in parts)

    def _item(self) -> Any:
        if hasattr(self.dataset, "element_spec"):
            return self.dataset.element_spec
        try:
            return self.dataset[0]
        except Exception as error:
            raise unreadable(
                f"the dataset gives no first batch: {error}",
                notes=(f"{type(error).__name__}, raised by `{type(self.dataset).__name__}`",),
                help="its `__getitem__` gives a batch for every number below its length",
            ) from error

    def _unfit(self, has: str) -> GraphError:
        return unreadable(
            f"the dataset gives {has}",
            help="each batch is `(inputs, targets)` or `(inputs, targets, weights)`, dicts by the "
            "names of inputs and outputs; to predict, `inputs` alone will do",
        )

    def _check_one(
        self,
        wanted: Field | Target,
        part: str,
        given: Mapping[str, _Tensor],
        diagnostics: Diagnostics,
    ) -> None:
        has = given.get(wanted.name)
        if has is None:
            diagnostics.report(
                codes.MISSING_COLUMN,
                f"the {part} of the dataset have no `{wanted.name}`",
                wanted.span,
                path=(part if part == "inputs" else "outputs", wanted.name),
                help=did_you_mean(wanted.name, given)
                or f"their names are {', '.join(f'`{name}`' for name in given) or 'none'}",
            )
            return
        shape = self._shape_problem(has.shape, wanted.shape)
        is_words = wanted.dtype == "string"
        if shape is not None:
            _report(codes.WRONG_DATA_SHAPE, wanted, shape, wanted.span, diagnostics)
        elif (has.dtype == "string") is not is_words:
            says = f"are {has.dtype}, and it takes {'words' if is_words else wanted.dtype}"
            _report(codes.WRONG_DATA_DTYPE, wanted, says, wanted.span, diagnostics)
        elif "int" in wanted.dtype and "float" in has.dtype:
            says = f"are {has.dtype}, and it takes whole numbers ({wanted.dtype})"
            _report(codes.WRONG_DATA_DTYPE, wanted, says, wanted.span, diagnostics)
        elif "complex" in has.dtype and "complex" not in wanted.dtype:
            says = f"are {has.dtype}, and it takes {wanted.dtype}"
            _report(codes.WRONG_DATA_DTYPE, wanted, says, wanted.span, diagnostics)

    @staticmethod
    def _shape_problem(
        shape: tuple[int | None, ...] | None, wanted: tuple[int | None, ...]
    ) -> str | None:
        if shape is None:
            return None
        if not shape:
            return "have no axis of samples: call `batch` on the dataset"
        sample = shape[1:]
        alike = {sample, (*sample, 1), sample[:-1] if sample[-1:] in ((1,), (None,)) else sample}
        if any(_fits(one, wanted) for one in alike):
            return None
        return f"are {_text(sample)} for a sample, and it takes {_text(wanted)}"


def _fits(sample: tuple[int | None, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(sample) == len(wanted) and all(
        None in (has, size) or has == size for has, size in zip(sample, wanted, strict=True)
    )


def _text(shape: tuple[int | None, ...]) -> str:
    sizes = ["?" if size is None else str(size) for size in shape]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"


def _tensor(value: Any) -> _Tensor:
    shape = getattr(value, "shape", None)
    dtype = getattr(value, "dtype", None)
    name = str(getattr(dtype, "name", dtype))
    is_words = name in ("object", "string") or name.startswith(("str", "bytes"))
    if shape is not None and hasattr(shape, "rank"):  # TensorFlow's, which may be of no rank
        sizes = None if shape.rank is None else tuple(shape.as_list())
    else:
        sizes = None if shape is None else tuple(shape)
    return _Tensor(sizes, "string" if is_words else name)


def _report(
    code: codes.Code, wanted: Field | Target, says: str, span: Span, diagnostics: Diagnostics
) -> None:
    part = "inputs" if isinstance(wanted, Field) else "outputs"
    diagnostics.report(
        code,
        f"the batches of `{wanted.name}` {says}",
        span,
        path=(part, wanted.name),
        help="change the dataset by `map`, or the graph",
    )


def _report_unknown_weights(name: str, known: list[str], diagnostics: Diagnostics) -> None:
    from layergraph.diagnostics import Source

    diagnostics.report(
        codes.MISSING_COLUMN,
        f"the weights of the dataset are for `{name}`, which is no output that is trained",
        Span.whole(Source("", "")),
        help=did_you_mean(name, known) or f"trained are {', '.join(f'`{one}`' for one in known)}",
    )
