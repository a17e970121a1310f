"""Strict models: the base of what a graph file may hold, and how it complains."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, core_schema

from layergraph.diagnostics import Code, codes, did_you_mean, nearest

if TYPE_CHECKING:
    from layergraph.objects.catalog import Catalog


class StrictModel(BaseModel):
    """A mapping of a graph file, checked strictly: `true` is no number and `"8"` is no 8.

    A field whose name Python, Pydantic or a method needs stands under another one, with the
    file's name as its alias.
    """

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        defer_build=True,
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
    )

    noun: ClassVar[str] = "this"
    unknown_key: ClassVar[tuple[Code, str]] = (codes.UNKNOWN_KEY, "key")
    missing_key: ClassVar[Code] = codes.MISSING_KEY

    @classmethod
    def key_names(cls) -> tuple[str, ...]:
        """The keys that may be given, as graph files write them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @classmethod
    def called(cls) -> str:
        """What messages call it."""
        return cls.noun

    @classmethod
    def checked(cls, mapping: dict[str, Any], also: tuple[str, ...] = ()) -> Self:
        """Validate a mapping; a key of another name is one mistake, not also a missing one.

        Args:
            mapping: the keys and values.
            also: further keys that may stand beside these, for "did you mean …?".

        Raises:
            ValidationError: with a complaint of ours for each unknown and each missing key.
        """
        try:
            return cls.model_validate(mapping)
        except ValidationError as error:
            found = error.errors(include_url=False)
        meant = {
            str(details["loc"][0]): nearest(
                str(details["loc"][0]), [k for k in cls.key_names() + also if k not in mapping]
            )
            for details in found
            if details["type"] == "extra_forbidden" and len(details["loc"]) == 1
        }
        missing = [
            details["loc"][0]
            for details in found
            if details["type"] == "missing" and details["loc"][0] not in meant.values()
        ]
        is_named = len(missing) > list(meant.values()).count(None)  # else by keys that are unknown
        kept = [
            cls._rewritten(details, also)
            for details in found
            if details["type"] != "missing" or (is_named and details["loc"][0] in missing)
        ]
        raise ValidationError.from_exception_data(cls.__name__, kept)

    @classmethod
    def _rewritten(cls, details: ErrorDetails, also: tuple[str, ...]) -> InitErrorDetails:
        loc, kind, context = details["loc"], details["type"], details.get("ctx", {})
        error: PydanticCustomError | str = kind
        if kind == "layergraph":
            error = complaint(
                context["code"], context["predicate"], at=context["at"], help=context["help"]
            )
        elif kind == "extra_forbidden" and len(loc) == 1:
            code, word = cls.unknown_key
            error = complaint(
                code,
                f"is no {word} of {cls.called()}",
                help=did_you_mean(str(loc[0]), cls.key_names() + also)
                or f"it may have {_listed(cls.key_names())}",
            )
            return {"type": error, "loc": loc, "input": UNKNOWN}
        elif kind == "missing" and len(loc) == 1:
            error = complaint(
                cls.missing_key,
                f"is missing, which {cls.called()} needs",
                help=f"add `{loc[0]}: …`",
            )
            return {"type": error, "loc": loc, "input": MISSING}
        return {"type": error, "loc": loc, "input": details["input"], "ctx": context}


class Checked:
    """Metadata for a field whose values a function of ours checks: `Annotated[int, Checked(f)]`.

    It is Pydantic's `PlainValidator`, less the schema of the type for serialization, which would
    be half of what a class costs when it is first used.

    The rest describes, for the JSON Schema, what the type alone does not tell of the values that
    the function accepts.

    Args:
        check: gives the value, or raises a complaint.
        least: the least that a number in it may be.
        above: what a number in it must be more than.
        most: the most that a number in it may be.
        catalog: where its objects are looked up; that of `check`, where it is a catalogue's own.
        takes: the type of what a file may give, where that is not the type of the field.
    """

    def __init__(
        self,
        check: Callable[[Any], Any],
        *,
        least: float | None = None,
        above: float | None = None,
        most: float | None = None,
        catalog: "Catalog | None" = None,
        takes: Any = None,
    ) -> None:
        self._check = check
        self.least = least
        self.above = above
        self.most = most
        self.takes = takes
        self.catalog: Catalog | None = catalog or getattr(check, "__self__", None)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)


class _Marker:
    """What stands in an error for the value of a key that is unknown or missing."""


UNKNOWN = _Marker()
MISSING = _Marker()


class KerasObject(StrictModel):
    """An object of Keras, as its constructor's arguments: same names, same defaults."""

    tuples: ClassVar[frozenset[str]] = frozenset()
    """The arguments that Keras takes as a tuple and not as a list."""

    withheld: ClassVar[tuple[str, ...]] = ()
    """The arguments that Keras requires and a file cannot hold, of which it is given None."""

    unknown_key = (codes.UNKNOWN_ARGUMENT, "argument")
    missing_key = codes.MISSING_ARGUMENT

    @classmethod
    def called(cls) -> str:
        """What messages call it: the name of Keras' class."""
        return f"`{cls.__name__}`"

    def arguments(self) -> dict[str, Any]:
        """Every argument by Keras' name, with defaults filled in."""
        fields = type(self).model_fields
        return {field.alias or name: getattr(self, name) for name, field in fields.items()}

    def arguments_set(self) -> dict[str, Any]:
        """The arguments that were given, by Keras' name."""
        fields = type(self).model_fields
        return {
            field.alias or name: getattr(self, name)
            for name, field in fields.items()
            if name in self.model_fields_set
        }


def complaint(
    code: Code | None,
    predicate: str,
    *,
    at: tuple[str | int, ...] = (),
    help: str | None = None,
) -> PydanticCustomError:
    """The error that a validator of ours raises.

    Args:
        code: what is wrong; None where that is said already, and nothing more is to be said.
        predicate: the sentence without its subject, which is the key at fault: "must be …".
        at: the steps from the value being validated to the one at fault.
        help: what to do.
    """
    context = {"code": code, "predicate": predicate, "at": at, "help": help}
    return PydanticCustomError("layergraph", "{predicate}", context)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
