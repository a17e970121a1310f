"""The table of codes. A code is never reused, and each has its page in ``docs/codes/``.

LG0xx YAML · LG1xx schema · LG2xx graph · LG3xx shapes and types · LG4xx lint ·
LG5xx compile and export · LG6xx data and training.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """What a diagnostic does to its file."""

    ERROR = "error"
    WARNING = "warning"


class Code(NamedTuple):
    """A code, and the short name of the bad thing that it stands for."""

    id: str
    name: str
    severity: Severity = Severity.ERROR

    @property
    def url(self) -> str:
        """The page that explains it."""
        return f"docs/codes/{self.id}.md"


UNREADABLE_FILE = Code("LG001", "unreadable-file")
NOT_UTF8 = Code("LG002", "not-utf8")
INVALID_YAML = Code("LG003", "invalid-yaml")
FILE_TOO_LARGE = Code("LG004", "file-too-large")
TOO_DEEP = Code("LG005", "too-deep")
TOO_MANY_VALUES = Code("LG006", "too-many-values")
DUPLICATE_KEY = Code("LG007", "duplicate-key")
TAG = Code("LG008", "tag")
SEVERAL_DOCUMENTS = Code("LG009", "several-documents")
NON_STRING_KEY = Code("LG010", "non-string-key")
NOT_FINITE = Code("LG011", "not-finite")
INVALID_MERGE = Code("LG012", "invalid-merge")
UNFORMATTABLE = Code("LG014", "unformattable")

NOT_A_GRAPH = Code("LG101", "not-a-graph")
UNKNOWN_KEY = Code("LG102", "unknown-key")
MISSING_KEY = Code("LG103", "missing-key")
WRONG_TYPE = Code("LG104", "wrong-type")
OUT_OF_RANGE = Code("LG105", "out-of-range")
NOT_A_CHOICE = Code("LG106", "not-a-choice")
UNKNOWN_VERSION = Code("LG107", "unknown-version")
INVALID_NAME = Code("LG108", "invalid-name")
NAME_CLASH = Code("LG109", "name-clash")
NO_KIND_OF_NODE = Code("LG110", "no-kind-of-node")
UNKNOWN_TYPE = Code("LG111", "unknown-type")
REFUSED_TYPE = Code("LG112", "refused-type")
UNKNOWN_ARGUMENT = Code("LG113", "unknown-argument")
MISSING_ARGUMENT = Code("LG114", "missing-argument")
UNKNOWN_OBJECT = Code("LG115", "unknown-object")
CONFLICTING_ARGUMENTS = Code("LG116", "conflicting-arguments")
UNKNOWN_PARAM = Code("LG117", "unknown-param")
MISSING_PARAM = Code("LG118", "missing-param")
INVALID_EXPRESSION = Code("LG119", "invalid-expression")
FAILED_EXPRESSION = Code("LG120", "failed-expression")
UNKNOWN_BLOCK = Code("LG121", "unknown-block")
INVALID_IMPORT = Code("LG122", "invalid-import")
IMPORT_CYCLE = Code("LG123", "import-cycle")
RECURSIVE_BLOCK = Code("LG124", "recursive-block")
TOO_LARGE_VALUE = Code("LG125", "too-large-value")

MISSING_FROM = Code("LG201", "missing-from")
NO_OUTPUTS = Code("LG202", "no-outputs")
UNKNOWN_REFERENCE = Code("LG203", "unknown-reference")
CYCLE = Code("LG204", "cycle")
WRONG_NUMBER_OF_TENSORS = Code("LG205", "wrong-number-of-tensors")
UNKNOWN_CALL_ARGUMENT = Code("LG206", "unknown-call-argument")
MISSING_CALL_ARGUMENT = Code("LG207", "missing-call-argument")
NO_SUCH_TENSOR = Code("LG208", "no-such-tensor")
KERAS_NAME_CLASH = Code("LG209", "keras-name-clash")
OUTPUT_NAME_TAKEN = Code("LG210", "output-name-taken")
NO_INPUTS = Code("LG211", "no-inputs")
TOO_MANY_NODES = Code("LG212", "too-many-nodes")
INVALID_USE = Code("LG213", "invalid-use")
SEVERAL_OUTPUTS = Code("LG214", "several-outputs")

SHAPE_MISMATCH = Code("LG301", "shape-mismatch")
WRONG_RANK = Code("LG302", "wrong-rank")
IMPOSSIBLE_SIZE = Code("LG303", "impossible-size")
WRONG_DTYPE = Code("LG304", "wrong-dtype")
UNKNOWN_SIZE = Code("LG305", "unknown-size")
ARGUMENT_MISFIT = Code("LG306", "argument-misfit")
SIZE_CONFLICT = Code("LG307", "size-conflict")
UNFIT_SHARED_WEIGHTS = Code("LG308", "unfit-shared-weights")
TOO_LARGE_TENSOR = Code("LG309", "too-large-tensor")
TOO_MANY_PARAMETERS = Code("LG310", "too-many-parameters")

UNUSED_NODE = Code("LG401", "unused-node", Severity.WARNING)
ACTIVATED_REGRESSION = Code("LG402", "activated-regression", Severity.WARNING)
WIDE_REGRESSION = Code("LG403", "wide-regression", Severity.WARNING)
REGRESSION_ON_SOFTMAX = Code("LG404", "regression-on-softmax", Severity.WARNING)
ACCURACY_OF_REGRESSION = Code("LG405", "accuracy-of-regression", Severity.WARNING)
ODD_BINARY = Code("LG406", "odd-binary", Severity.WARNING)
SOFTMAX_OF_ONE = Code("LG407", "softmax-of-one", Severity.WARNING)
SOFTMAX_WITH_BINARY_LOSS = Code("LG408", "softmax-with-binary-loss", Severity.WARNING)
SIGMOID_WITH_CATEGORICAL_LOSS = Code("LG409", "sigmoid-with-categorical-loss", Severity.WARNING)
LOSS_WITHOUT_PROBABILITIES = Code("LG410", "loss-without-probabilities", Severity.WARNING)
LOGITS_OF_PROBABILITIES = Code("LG411", "logits-of-probabilities", Severity.WARNING)
MISFIT_LABELS = Code("LG412", "misfit-labels", Severity.WARNING)
INFORMATION_BOTTLENECK = Code("LG413", "information-bottleneck", Severity.WARNING)
WIDE_EMBEDDING = Code("LG414", "wide-embedding", Severity.WARNING)
UNSCALED_INPUT = Code("LG415", "unscaled-input", Severity.WARNING)
IDLE_BIAS = Code("LG416", "idle-bias", Severity.WARNING)
STACKED_LINEAR = Code("LG417", "stacked-linear", Severity.WARNING)
DROPPED_OUTPUT = Code("LG418", "dropped-output", Severity.WARNING)
MERGE_OF_ONE = Code("LG419", "merge-of-one", Severity.WARNING)
BROADCAST_RESIDUAL = Code("LG420", "broadcast-residual", Severity.WARNING)
LOST_MASK = Code("LG421", "lost-mask", Severity.WARNING)
UNSEEN_PIXELS = Code("LG422", "unseen-pixels", Severity.WARNING)
UNTRAINED_OUTPUT = Code("LG423", "untrained-output", Severity.WARNING)
DROWNED_LOSS = Code("LG424", "drowned-loss", Severity.WARNING)
UNUSED_PARAM = Code("LG425", "unused-param", Severity.WARNING)
UNUSED_BLOCK = Code("LG426", "unused-block", Severity.WARNING)
UNUSED_IMPORT = Code("LG427", "unused-import", Severity.WARNING)
OVERPARAMETRISED = Code("LG428", "overparametrised", Severity.WARNING)

USELESS_IGNORE = Code("LG450", "useless-ignore", Severity.WARNING)
UNEXPLAINED_IGNORE = Code("LG451", "unexplained-ignore", Severity.WARNING)
MALFORMED_IGNORE = Code("LG452", "malformed-ignore", Severity.WARNING)
LAYER_ALIAS = Code("LG453", "layer-alias", Severity.WARNING)

OUTPUT_EXISTS = Code("LG501", "output-exists")
UNKNOWN_TARGET = Code("LG502", "unknown-target")
TENSORFLOW_MISSING = Code("LG503", "tensorflow-missing")
UNWRITABLE_OUTPUT = Code("LG504", "unwritable-output")
REFUSED_BY_KERAS = Code("LG505", "refused-by-keras")
UNFIT_WEIGHTS = Code("LG506", "unfit-weights")
MISSING_STATE = Code("LG507", "missing-state")
MODULE_NOT_ALLOWED = Code("LG508", "module-not-allowed")
UNIMPORTABLE = Code("LG509", "unimportable")
UNDECLARED_OUTPUT = Code("LG510", "undeclared-output")
NO_GRAPH = Code("LG520", "no-graph")
INEXPRESSIBLE = Code("LG521", "inexpressible")
UNREADABLE_MODEL = Code("LG522", "unreadable-model")
UNFIT_IMPORT = Code("LG523", "unfit-import")
SOURCE_WITHOUT_WEIGHTS = Code("LG525", "source-without-weights")

UNREADABLE_DATA = Code("LG601", "unreadable-data")
MISSING_COLUMN = Code("LG602", "missing-column")
UNUSED_ARRAY = Code("LG603", "unused-array", Severity.WARNING)
WRONG_DATA_SHAPE = Code("LG604", "wrong-data-shape")
WRONG_DATA_DTYPE = Code("LG605", "wrong-data-dtype")
VALUE_OUT_OF_RANGE = Code("LG606", "value-out-of-range")
MISSING_VALUE = Code("LG607", "missing-value")
TOO_FEW_ROWS = Code("LG608", "too-few-rows")
UNKNOWN_LABEL = Code("LG609", "unknown-label")
UNSPLITTABLE_DATA = Code("LG610", "unsplittable-data")
UNFIT_RESUME = Code("LG611", "unfit-resume")
NO_RUN = Code("LG612", "no-run")
NOTHING_TO_TRAIN = Code("LG613", "nothing-to-train")
UNADAPTABLE_LAYER = Code("LG614", "unadaptable-layer")
UNREADABLE_IMAGE = Code("LG615", "unreadable-image")
MISSING_PACKAGE = Code("LG616", "missing-package")
UNSTRATIFIABLE = Code("LG617", "unstratifiable")
UNFIT_PREDICTIONS_FILE = Code("LG618", "unfit-predictions-file")
UNKNOWN_DEVICE = Code("LG619", "unknown-device")

ALL: tuple[Code, ...] = tuple(
    sorted((value for value in globals().values() if isinstance(value, Code)), key=lambda c: c.id)
)

WARNINGS: tuple[str, ...] = tuple(
    name for code in ALL if code.severity is Severity.WARNING for name in (code.id, code.name)
)
"""What can be silenced, by code and by name."""
