"""The catalogues of objects, one line a family; a test holds them against Keras' own."""

from __future__ import annotations

from layergraph.objects.catalog import Catalog

_PACKAGE = "layergraph.objects"
_BASE = "it is what the others are made of, and does nothing by itself"
_WRAPS_FUNCTION = "it wraps a Python function, which a graph file cannot hold"

INITIALIZERS = Catalog(
    kind="initializer",
    package=_PACKAGE,
    families={
        "initializers": (
            *("Zeros", "Ones", "Constant", "Identity", "Orthogonal"),
            *("RandomNormal", "TruncatedNormal", "RandomUniform", "VarianceScaling"),
            *("GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal"),
            *("LecunUniform", "LecunNormal", "STFT"),
        )
    },
    aliases={
        "zero": "Zeros",
        "one": "Ones",
        "normal": "RandomNormal",
        "uniform": "RandomUniform",
        "IdentityInitializer": "Identity",
        "OrthogonalInitializer": "Orthogonal",
        "STFTInitializer": "STFT",
    },
    needy=frozenset({"Constant"}),
    refused={"Initializer": _BASE, "initializer": _BASE},
)

REGULARIZERS = Catalog(
    kind="regularizer",
    package=_PACKAGE,
    families={"regularizers": ("L1", "L2", "L1L2", "OrthogonalRegularizer")},
    refused={"Regularizer": _BASE, "regularizer": _BASE},
)

CONSTRAINTS = Catalog(
    kind="constraint",
    package=_PACKAGE,
    families={"constraints": ("NonNeg", "MaxNorm", "MinMaxNorm", "UnitNorm")},
    refused={"Constraint": _BASE, "constraint": _BASE},
)

LOSSES = Catalog(
    kind="loss",
    package=_PACKAGE,
    families={
        "losses": (
            *("MeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError"),
            *("MeanSquaredLogarithmicError", "LogCosh", "Huber", "CosineSimilarity", "Poisson"),
            *("KLDivergence", "Hinge", "SquaredHinge", "CategoricalHinge"),
            *("BinaryCrossentropy", "BinaryFocalCrossentropy", "CategoricalCrossentropy"),
            *("CategoricalFocalCrossentropy", "SparseCategoricalCrossentropy"),
            *("CategoricalGeneralizedCrossEntropy", "CTC", "Circle", "Dice", "Tversky"),
        )
    },
    aliases={
        "mse": "MeanSquaredError",
        "MSE": "MeanSquaredError",
        "mean_squared_error": "MeanSquaredError",
        "mae": "MeanAbsoluteError",
        "MAE": "MeanAbsoluteError",
        "mean_absolute_error": "MeanAbsoluteError",
        "mape": "MeanAbsolutePercentageError",
        "MAPE": "MeanAbsolutePercentageError",
        "mean_absolute_percentage_error": "MeanAbsolutePercentageError",
        "msle": "MeanSquaredLogarithmicError",
        "MSLE": "MeanSquaredLogarithmicError",
        "mean_squared_logarithmic_error": "MeanSquaredLogarithmicError",
        "log_cosh": "LogCosh",
        "huber": "Huber",
        "cosine_similarity": "CosineSimilarity",
        "poisson": "Poisson",
        "kld": "KLDivergence",
        "KLD": "KLDivergence",
        "kl_divergence": "KLDivergence",
        "hinge": "Hinge",
        "squared_hinge": "SquaredHinge",
        "categorical_hinge": "CategoricalHinge",
        "bce": "BinaryCrossentropy",
        "BCE": "BinaryCrossentropy",
        "binary_crossentropy": "BinaryCrossentropy",
        "binary_focal_crossentropy": "BinaryFocalCrossentropy",
        "categorical_crossentropy": "CategoricalCrossentropy",
        "categorical_focal_crossentropy": "CategoricalFocalCrossentropy",
        "sparse_categorical_crossentropy": "SparseCategoricalCrossentropy",
        "ctc": "CTC",
        "circle": "Circle",
        "dice": "Dice",
        "tversky": "Tversky",
    },
    functions=("crossentropy", "ce"),
    needy=frozenset({"CategoricalGeneralizedCrossEntropy"}),
    refused={"Loss": _BASE, "LossFunctionWrapper": _WRAPS_FUNCTION},
    snake_case=False,
)

METRICS = Catalog(
    kind="metric",
    package=f"{_PACKAGE}.metrics",
    families={
        "accuracy": (
            *("Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy"),
            *("TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy"),
        ),
        "confusion": (
            *("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"),
            *("Precision", "Recall", "PrecisionAtRecall", "RecallAtPrecision"),
            *("SensitivityAtSpecificity", "SpecificityAtSensitivity"),
            *("FBetaScore", "F1Score", "AUC"),
        ),
        "overlap": ("IoU", "BinaryIoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU"),
        "regression": (
            *("Mean", "Sum", "MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError"),
            *("MeanAbsolutePercentageError", "MeanSquaredLogarithmicError", "LogCoshError"),
            *("CosineSimilarity", "R2Score", "PearsonCorrelation", "ConcordanceCorrelation"),
        ),
        "likelihood": (
            *("BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy"),
            *("KLDivergence", "Poisson", "Hinge", "SquaredHinge", "CategoricalHinge"),
        ),
    },
    aliases={
        "mse": "MeanSquaredError",
        "MSE": "MeanSquaredError",
        "mae": "MeanAbsoluteError",
        "MAE": "MeanAbsoluteError",
        "mape": "MeanAbsolutePercentageError",
        "MAPE": "MeanAbsolutePercentageError",
        "msle": "MeanSquaredLogarithmicError",
        "MSLE": "MeanSquaredLogarithmicError",
        "bce": "BinaryCrossentropy",
        "BCE": "BinaryCrossentropy",
    },
    functions=("acc",),
    needy=frozenset(
        {
            *("IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU"),
            *("PrecisionAtRecall", "RecallAtPrecision"),
            *("SensitivityAtSpecificity", "SpecificityAtSensitivity"),
        }
    ),
    refused={
        "Metric": _BASE,
        "metric": _BASE,
        "MeanMetricWrapper": _WRAPS_FUNCTION,
        "mean_metric_wrapper": _WRAPS_FUNCTION,
    },
)

OPTIMIZERS = Catalog(
    kind="optimizer",
    package=f"{_PACKAGE}.optimizers",
    families={
        "momentum": ("SGD", "RMSprop", "Lion"),
        "adam": ("Adam", "AdamW", "Adamax", "Nadam", "Lamb", "ScheduleFreeAdamW"),
        "adaptive": ("Adagrad", "Adadelta", "Adafactor", "Ftrl", "Muon"),
        "wrappers": ("LossScaleOptimizer", "MultiOptimizer"),
    },
    files={
        "sgd": ("SGD",),
        "rmsprop": ("RMSprop",),
        "lion": ("Lion",),
        "adam_kin": ("AdamW", "Adamax", "Nadam", "Lamb", "ScheduleFreeAdamW"),
    },
    needy=frozenset({"Lamb", "LossScaleOptimizer", "MultiOptimizer"}),
    refused={"Optimizer": _BASE, "OptimizerMap": "it is what a `MultiOptimizer` takes"},
    snake_case=False,
    any_case=True,
)

OPTIMIZER_MAPS = Catalog(
    kind="optimizer map",
    package=f"{_PACKAGE}.optimizers",
    families={"wrappers": ("OptimizerMap",)},
    needy=frozenset({"OptimizerMap"}),
    snake_case=False,
)

_SCHEDULES = (
    *("ExponentialDecay", "InverseTimeDecay", "PolynomialDecay", "CosineDecay"),
    *("CosineDecayRestarts", "PiecewiseConstantDecay"),
)

SCHEDULES = Catalog(
    kind="learning rate schedule",
    package=_PACKAGE,
    families={"schedules": _SCHEDULES},
    needy=frozenset(_SCHEDULES),
    refused={"LearningRateSchedule": _BASE},
    snake_case=False,
)

QUANTIZERS = Catalog(
    kind="quantizer",
    package=_PACKAGE,
    families={"quantizers": ("AbsMaxQuantizer",)},
    needy=frozenset({"AbsMaxQuantizer"}),
    refused={"Quantizer": _BASE},
    snake_case=False,
)

_CONFIGS = (
    *("Int8QuantizationConfig", "Int4QuantizationConfig", "Float8QuantizationConfig"),
    *("GPTQConfig", "AWQConfig"),
)

QUANTIZATION_CONFIGS = Catalog(
    kind="quantization config",
    package=_PACKAGE,
    families={"quantizers": _CONFIGS},
    needy=frozenset(_CONFIGS),
    refused={"QuantizationConfig": _BASE},
    snake_case=False,
)

_QUANTIZED = "a graph file describes a model before it is quantized, by Keras' own `model.quantize`"

DTYPE_POLICIES = Catalog(
    kind="dtype policy",
    package=_PACKAGE,
    families={"dtype_policies": ("DTypePolicy",)},
    aliases={"FloatDTypePolicy": "DTypePolicy"},
    refused={
        "QuantizedDTypePolicy": _QUANTIZED,
        "QuantizedFloat8DTypePolicy": _QUANTIZED,
        "Int4DTypePolicy": _QUANTIZED,
        "GPTQDTypePolicy": _QUANTIZED,
        "AWQDTypePolicy": _QUANTIZED,
        "DTypePolicyMap": "a layer that is an argument has a `dtype` of its own",
    },
    snake_case=False,
)

_LAYERS = ("ReLU", "LeakyReLU", "ELU", "Softmax")

ACTIVATIONS = Catalog(
    kind="activation",
    package="layergraph.layers",
    families={"activation": _LAYERS},
    files={"relu": ("ReLU",), "leaky_relu": ("LeakyReLU", "ELU"), "softmax": ("Softmax",)},
    functions=(
        *("linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "glu"),
        *("silu", "swish", "hard_silu", "hard_swish", "mish", "softplus", "squareplus"),
        *("softsign", "exponential", "sigmoid", "hard_sigmoid", "sparse_sigmoid"),
        *("log_sigmoid", "tanh", "hard_tanh", "tanh_shrink", "hard_shrink", "soft_shrink"),
        *("threshold", "softmax", "log_softmax", "sparsemax", "sparse_plus"),
    ),
    needy=frozenset(_LAYERS),
    snake_case=False,
)

_MADE_BY_TRAIN = "`train` makes one by itself"
_PYTHON = "it wraps Python functions, which a graph file cannot hold"

CALLBACKS = Catalog(
    kind="callback",
    package=f"{_PACKAGE}.callbacks",
    families={
        "monitoring": ("EarlyStopping", "ReduceLROnPlateau"),
        "switches": ("TerminateOnNaN", "SwapEMAWeights"),
        "writing": ("ModelCheckpoint", "CSVLogger", "TensorBoard"),
    },
    needy=frozenset({"ModelCheckpoint", "CSVLogger"}),
    refused={
        "Callback": _BASE,
        "MonitorCallback": _BASE,
        "CallbackList": _MADE_BY_TRAIN,
        "History": _MADE_BY_TRAIN,
        "ProgbarLogger": "`train` shows progress by itself",
        "BackupAndRestore": "`train` keeps what it needs to go on, and `--resume` goes on",
        "LambdaCallback": _PYTHON,
        "LearningRateScheduler": f"{_PYTHON}: write a schedule as the optimizer's `learning_rate`",
        "RemoteMonitor": "it sends what is measured over the network, which a graph file may not "
        "ask for",
        "OrbaxCheckpoint": "it needs a package that Keras does not bring along: `ModelCheckpoint` "
        "keeps models in Keras' own files",
    },
    snake_case=False,
)
