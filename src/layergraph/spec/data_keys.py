"""Keys that say what of the data belongs to an input or an output: columns, labels, weights."""

from typing import Annotated, Any

from layergraph.diagnostics import codes, did_you_mean
from layergraph.diagnostics.values import cut, shown
from layergraph.objects.base import Checked, complaint
from layergraph.objects.values import LARGEST_SIZE, PositiveInt, number

Label = str | int
"""A class as the data write it: a word or a whole number."""

_LABELS = "write `classes: [cat, dog]`, or how many there are"


def _column(value: Any) -> str:
    if not isinstance(value, str):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be the name of a column, not {shown(value)}",
            help="for several side by side, write `columns: […]`"
            if isinstance(value, list | tuple)
            else None,
        )
    if not value:
        raise complaint(codes.INVALID_NAME, "is empty, and names no column of the data")
    return value


def _columns(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise complaint(
            codes.WRONG_TYPE,
            f"must be a list of columns, not {shown(value)}",
            help="write `column: …` for a single one" if isinstance(value, str) else None,
        )
    if not value:
        raise complaint(codes.OUT_OF_RANGE, "must not be empty", help="name columns of the data")
    for position, item in enumerate(value):
        if not isinstance(item, str) or not item:
            predicate = f"must be the name of a column, not {shown(item)}"
            raise complaint(codes.WRONG_TYPE, predicate, at=(position,))
        if item in value[:position]:
            raise complaint(
                codes.NAME_CLASH,
                f"is `{cut(item)}`, which stands there already",
                at=(position,),
                help="name every column once",
            )
    return tuple(value)


Column = Annotated[str, Checked(_column)]
Columns = Annotated[tuple[str, ...], Checked(_columns)]


def _classes(value: Any) -> int | tuple[Label, ...]:
    if isinstance(value, list | tuple):
        return _labels(value)
    if type(value) is not int:
        predicate = f"must be a whole number or a list of labels, not {shown(value)}"
        raise complaint(codes.WRONG_TYPE, predicate, help=_LABELS)
    if value < 1:
        raise complaint(codes.OUT_OF_RANGE, f"must be at least 1, not {value}")
    if value > LARGEST_SIZE:
        raise complaint(codes.OUT_OF_RANGE, f"must be at most {LARGEST_SIZE}, not {value}")
    return value


def _labels(labels: list[Any] | tuple[Any, ...]) -> tuple[Label, ...]:
    """Labels that differ, all of them words or all of them whole numbers."""
    if not labels:
        raise complaint(codes.OUT_OF_RANGE, "must not be empty", help=_LABELS)
    seen: set[Label] = set()
    for position, label in enumerate(labels):
        if type(label) not in (str, int):
            raise complaint(
                codes.WRONG_TYPE,
                f"must be a word or a whole number, not {shown(label)}",
                at=(position,),
                help=f'quote it, if the data hold the word: "{shown(label)}"'
                if isinstance(label, bool | float)
                else None,
            )
        if type(label) is not type(labels[0]):
            words = ("a word", "a whole number")
            is_word = isinstance(label, str)
            raise complaint(
                codes.WRONG_TYPE,
                f"is {words[not is_word]}, and the label before it is {words[is_word]}",
                at=(position,),
                help="quote the numbers, if the data hold words",
            )
        if label == "":
            raise complaint(
                codes.OUT_OF_RANGE,
                "is empty, which stands for a missing value in data",
                at=(position,),
                help="name the classes that there are: a row without one counts for nothing",
            )
        if label in seen:
            raise complaint(
                codes.NAME_CLASH,
                f"is `{cut(str(label))}`, which is a label already",
                at=(position,),
                help="every class has a label of its own",
            )
        seen.add(label)
    return tuple(labels)


Classes = Annotated[
    int | tuple[Label, ...], Checked(_classes, takes=PositiveInt | tuple[Label, ...])
]


def _class_weight(value: Any) -> str | dict[str, float]:
    if value == "balanced":
        return "balanced"
    if not isinstance(value, dict):
        raise complaint(
            codes.NOT_A_CHOICE if isinstance(value, str) else codes.WRONG_TYPE,
            f"must be `balanced` or a mapping of labels to weights, not {shown(value)}",
            help=(did_you_mean(value, ("balanced",)) if isinstance(value, str) else None)
            or "write `class_weight: balanced`, or `class_weight: {label: 2.0}`",
        )
    if not value:
        raise complaint(codes.OUT_OF_RANGE, "must not be empty", help="write `{label: 2.0}`")
    for label, weight in value.items():
        if number(weight, (label,)) < 0:
            raise complaint(codes.OUT_OF_RANGE, f"must be at least 0, not {weight}", at=(label,))
    if not any(value.values()):
        raise complaint(
            codes.OUT_OF_RANGE,
            "has no weight above 0, and nothing would be learnt",
            help="a class that is not named weighs 1",
        )
    return {label: float(weight) for label, weight in value.items()}


ClassWeight = Annotated[str | dict[str, float], Checked(_class_weight)]


def check_one_of_column_and_columns(column: str | None, columns: tuple[str, ...] | None) -> None:
    """Refuse a `column` beside `columns`.

    Raises:
        PydanticCustomError: conflicting-arguments.
    """
    if column is not None and columns is not None:
        raise complaint(
            codes.CONFLICTING_ARGUMENTS,
            "cannot be combined with `column`",
            at=("columns",),
            help="drop one: `columns` names several, side by side",
        )
