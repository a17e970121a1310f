"""Layers of Keras 1 and 2 → the class and the arguments that Keras 3 has for them.

The names are those of `get_config` in Keras 1.0.8, 1.2.2, 2.0.9 and 2.15.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from layergraph.importers.refusals import Unsayable
from layergraph.layers.catalog import LAYERS

Config = dict[str, Any]


class Written(NamedTuple):
    """A layer as JSON has it: the class and the arguments."""

    kind: str
    config: Config


_CLASSES = {
    "AtrousConvolution1D": "Conv1D",
    "AtrousConvolution2D": "Conv2D",
    "Deconvolution2D": "Conv2DTranspose",
    "Deconvolution3D": "Conv3DTranspose",
    "SyncBatchNormalization": "BatchNormalization",
    "CuDNNGRU": "GRU",
    "CuDNNLSTM": "LSTM",
    "ThresholdedReLU": "ReLU",
}
"""Classes that took another name, and are no alias in Keras 3."""

_ARGUMENTS = {
    "nb_filter": "filters",
    "filter_length": "kernel_size",
    "border_mode": "padding",
    "subsample": "strides",
    "subsample_length": "strides",
    "atrous_rate": "dilation_rate",
    "dim_ordering": "data_format",
    "bias": "use_bias",
    "init": "kernel_initializer",
    "inner_init": "recurrent_initializer",
    "inner_activation": "recurrent_activation",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "b_regularizer": "bias_regularizer",
    "W_constraint": "kernel_constraint",
    "b_constraint": "bias_constraint",
    "dropout_W": "dropout",
    "dropout_U": "recurrent_dropout",
    "output_dim": "units",
    "pool_length": "pool_size",
    "stride": "strides",
    "length": "size",
    "p": "rate",
    "sigma": "stddev",
    "beta_init": "beta_initializer",
    "gamma_init": "gamma_initializer",
}
"""Arguments of Keras 1 that took another name, whatever layer they are of."""

_ARGUMENTS_OF = {
    "Embedding": {
        "init": "embeddings_initializer",
        "W_regularizer": "embeddings_regularizer",
        "W_constraint": "embeddings_constraint",
    },
    "PReLU": {"init": "alpha_initializer"},
    "LeakyReLU": {"alpha": "negative_slope"},
    "ReLU": {"theta": "threshold"},
    "BatchNormalization": {"init": "gamma_initializer"},
    "SeparableConv2D": {"init": "depthwise_initializer"},
}
"""Those that took another one in layers of this class."""

_SIZES = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))
"""The sizes of a kernel, of which Keras 1 had an argument for each axis."""

_DATA_FORMATS = {"th": "channels_first", "tf": "channels_last", "default": None}

_GONE = {
    "MaxoutDense": "write it as a Dense, a Reshape and `ops.max`",
    "Highway": "write it as two Dense, a Multiply and an Add",
    "ParametricSoftplus": "write it as a layer of your own",
    "SReLU": "write it as a layer of your own",
    "LocallyConnected1D": "write it as a layer of your own",
    "LocallyConnected2D": "write it as a layer of your own",
    "DenseFeatures": "give each feature an input and a layer of its own",
}
"""Layers that Keras 3 no longer has, and what to do."""

_MERGES = {
    "sum": "Add",
    "mul": "Multiply",
    "ave": "Average",
    "max": "Maximum",
    "concat": "Concatenate",
    "dot": "Dot",
    "cos": "Dot",
}


def modern(kind: str, config: Mapping[str, Any]) -> Written:
    """A layer as Keras 3 has it, its values as they were.

    Raises:
        Unsayable: where Keras 3 has nothing that computes the same.
    """
    if kind in _GONE:
        raise Unsayable(f"is a `{kind}`, which Keras 3 no longer has", _GONE[kind])
    if kind == "Merge":
        return _merge(config)
    if kind == "TimeDistributedDense":
        shape = {key: value for key, value in config.items() if key == "batch_input_shape"}
        return Written(
            "TimeDistributed", {**shape, "layer": {"class_name": "Dense", "config": config}}
        )
    described = LAYERS.find(_CLASSES.get(kind, kind))
    if described is None:
        return Written(kind, dict(config))
    proper = described.__name__
    renamed = _ARGUMENTS | _ARGUMENTS_OF.get(proper, {})
    known = described.key_names()
    found: Config = {}
    for key, value in config.items():
        sizes = next((names for names in _SIZES if key in names), None)
        if sizes is not None and all(name in config for name in sizes):
            found["kernel_size"] = [config[name] for name in sizes]
        else:
            found[key if key in known else renamed.get(key, key)] = value
    if str(found.get("data_format")) in _DATA_FORMATS:
        found["data_format"] = _DATA_FORMATS[str(found["data_format"])]
    for change in _CHANGES.get(proper, ()):
        change(kind, found)
    return Written(proper, found)


def _merge(config: Mapping[str, Any]) -> Written:
    mode = config.get("mode")
    is_raw = config.get("mode_type", "raw") == "raw" and isinstance(mode, str)
    if not is_raw or mode not in _MERGES:
        raise Unsayable(
            f"is a `Merge` with the mode `{mode}`, which is Python code",
            "write what it computes as layers or functions of Keras",
        )
    kind, arguments = _MERGES[mode], {key: config[key] for key in ("name",) if key in config}
    if kind == "Concatenate":
        arguments["axis"] = config.get("concat_axis", -1)
    if kind == "Dot":
        axes = config.get("dot_axes", -1)
        if isinstance(axes, list):  # Keras 1.0 has a list for each tensor
            axes = [axis[0] if isinstance(axis, list) and axis else axis for axis in axes]
        arguments |= {"axes": axes, "normalize": mode == "cos"}
    return Written(kind, arguments)


def _without_output_shape(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras 1 was told what comes out of a transposed convolution; Keras 3 computes it."""
    config.pop("output_shape", None)


def _separable(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras 2 wrote what the base class has, too, which a separable convolution does not heed."""
    if "depthwise_initializer" in config and "pointwise_initializer" not in config:
        config["pointwise_initializer"] = config["depthwise_initializer"]
    for key in ("kernel_initializer", "kernel_regularizer", "kernel_constraint"):
        config.pop(key, None)


def _forgetting(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras 1 had an initializer for one of the biases."""
    if "forget_bias_init" not in config:
        return
    start = config.pop("forget_bias_init")
    if start not in ("one", "ones", "zero", "zeros"):
        raise Unsayable(f"has `forget_bias_init: {start}`", "give it `one` or `zero`")
    config["unit_forget_bias"] = start in ("one", "ones")


def _resetting(kind: str, config: Config) -> None:
    """Before Keras 2.2 there was one way to reset, which was not named."""
    config.setdefault("reset_after", kind == "CuDNNGRU")


def _of_cudnn(kind: str, config: Config) -> None:
    """What was made for GPUs alone has the one activation that these know."""
    if kind.startswith("CuDNN"):
        config["recurrent_activation"] = "sigmoid"


def _normalizing(kind: str, config: Config) -> None:
    mode = config.pop("mode", 0)
    if mode != 0:
        raise Unsayable(
            f"is a BatchNormalization with `mode: {mode}`, which Keras 3 does not have",
            "normalise each sample with LayerNormalization",
        )
    for key in ("fused", "adjustment", "virtual_batch_size"):
        config.pop(key, None)  # how it is computed, and not what
    if kind == "SyncBatchNormalization":
        config["synchronized"] = True


def _one_axis(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras 2 wrote the axis as a list."""
    axis = config.get("axis")
    if isinstance(axis, list) and len(axis) == 1:
        config["axis"] = axis[0]


def _embedding(kind: str, config: Config) -> None:  # noqa: ARG001
    if config.pop("dropout", 0):
        raise Unsayable(
            "is an Embedding with dropout, which Keras 3 does not have",
            "put a SpatialDropout1D behind it",
        )


def _same_both_ways(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras writes the layer that reads backwards, too, which it makes of the other one."""
    layer, backward = (config.get(key) for key in ("layer", "backward_layer"))
    if not all(
        isinstance(x, dict) and isinstance(x.get("config"), dict) for x in (layer, backward)
    ):
        return
    assert layer is not None
    assert backward is not None
    settings = [
        {key: v for key, v in item["config"].items() if key not in _OF_A_COPY}
        for item in (layer, backward)
    ]
    backwards = [item["config"].get("go_backwards") for item in (layer, backward)]
    is_copy = settings[0] == settings[1] and backwards[0] != backwards[1]
    if is_copy and layer.get("class_name") == backward.get("class_name"):
        del config["backward_layer"]


def _attending(kind: str, config: Config) -> None:  # noqa: ARG001
    """Keras writes the size of values, too, which is that of keys where none is given."""
    if config.get("value_dim") == config.get("key_dim"):
        config.pop("value_dim", None)


_OF_A_COPY = {"name", "go_backwards"}
"""What a layer that reads backwards has of its own."""

_CHANGES: Mapping[str, tuple[Callable[[str, Config], None], ...]] = {
    "Conv2DTranspose": (_without_output_shape,),
    "Conv3DTranspose": (_without_output_shape,),
    "SeparableConv1D": (_separable,),
    "SeparableConv2D": (_separable,),
    "ConvLSTM2D": (_forgetting,),
    "LSTM": (_forgetting, _of_cudnn),
    "GRU": (_resetting, _of_cudnn),
    "GRUCell": (_resetting,),
    "BatchNormalization": (_normalizing, _one_axis),
    "LayerNormalization": (_one_axis,),
    "Embedding": (_embedding,),
    "Bidirectional": (_same_both_ways,),
    "MultiHeadAttention": (_attending,),
}
"""What else changed in layers of a class; each changes the arguments in place."""
