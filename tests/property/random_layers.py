"""Layers and functions by what they can be called on, with draws of their arguments.

Arguments may still not fit the tensor at hand (a window may be too large): whoever draws asks the
layer. Sizes are small, so that Keras builds and runs thousands of them.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Arguments = st.SearchStrategy[dict[str, Any]]

SMALL = st.integers(1, 4)
WINDOW = st.integers(1, 3)
FLAG = st.booleans()
SAME = st.sampled_from(["valid", "same"])
ACTIVATION = st.sampled_from(["relu", "tanh", "sigmoid", "softmax", "gelu", "swish", "linear"])
RATE = st.sampled_from([0.1, 0.5])
WEIGHTED = {
    "kernel_regularizer": st.sampled_from(["l2", {"type": "L1", "l1": 0.01}]),
    "use_bias": FLAG,
    "activation": ACTIVATION,
}


def drawn(required: dict[str, Any] | None = None, **optional: Any) -> Arguments:
    """Arguments of which some are required, and each of the others is given now and then."""
    return st.fixed_dictionaries(required or {}, optional=optional)


def sizes(axes: int, one: Any = WINDOW) -> Any:
    """One size for all axes, or one for each."""
    return one | st.lists(one, min_size=axes, max_size=axes)


NOTHING = drawn()

OF_ANY_NUMBERS: dict[str, Arguments] = {
    "Activation": drawn({"activation": ACTIVATION}),
    "ActivityRegularization": drawn(l1=st.just(0.01), l2=st.just(0.1)),
    "AlphaDropout": drawn({"rate": RATE}),
    "BatchNormalization": drawn(scale=FLAG, center=FLAG, momentum=RATE),
    "Dense": drawn({"units": SMALL}, **WEIGHTED),
    "Dropout": drawn({"rate": RATE}),
    "ELU": drawn(alpha=RATE),
    "Flatten": NOTHING,
    "GaussianDropout": drawn({"rate": RATE}),
    "GaussianNoise": drawn({"stddev": RATE}),
    "Identity": NOTHING,
    "LayerNormalization": drawn(center=FLAG, scale=FLAG),
    "LeakyReLU": drawn(negative_slope=RATE),
    "PReLU": drawn(shared_axes=st.just([1])),
    "RMSNormalization": NOTHING,
    "ReLU": drawn(max_value=st.just(6.0), negative_slope=RATE),
    "Rescaling": drawn({"scale": RATE}, offset=RATE),
    "Reshape": drawn(
        {"target_shape": st.sampled_from([[-1], [-1, 1], [-1, 2], [-1, 2, 3], [2, -1, 3, 1]])}
    ),
    "Softmax": NOTHING,
    "SpectralNormalization": st.builds(
        lambda layer: {"layer": layer}, st.just({"type": "Dense", "units": 3})
    ),
    "UnitNormalization": NOTHING,
}


def _space(axes: int) -> dict[str, Arguments]:
    """The layers for tensors with so many axes between the batch and the channels."""
    window = {"kernel_size": sizes(axes)}
    filters = {"filters": SMALL}
    sliding = {"strides": sizes(axes, st.integers(1, 2)), "padding": SAME, **WEIGHTED}
    dilated = {"dilation_rate": st.just(1), **sliding}
    pooled = {"pool_size": sizes(axes), "strides": sizes(axes), "padding": SAME}
    sides = sizes(axes, st.integers(0, 2))
    pairs = st.lists(
        st.lists(st.integers(0, 2), min_size=2, max_size=2), min_size=axes, max_size=axes
    )
    several = sides | pairs if axes > 1 else st.integers(0, 2) | pairs.map(lambda both: both[0])
    n = f"{axes}D"
    found = {
        f"Conv{n}": drawn(window | filters, groups=st.sampled_from([1, 2]), **dilated),
        f"Conv{n}Transpose": drawn(window | filters, **sliding),
        f"MaxPooling{n}": drawn(**pooled),
        f"AveragePooling{n}": drawn(**pooled),
        f"GlobalMaxPooling{n}": drawn(keepdims=FLAG),
        f"GlobalAveragePooling{n}": drawn(keepdims=FLAG),
        f"AdaptiveAveragePooling{n}": drawn({"output_size": sizes(axes)}),
        f"AdaptiveMaxPooling{n}": drawn({"output_size": sizes(axes)}),
        f"ZeroPadding{n}": drawn(padding=several),
        f"Cropping{n}": drawn({"cropping": several}),
        f"UpSampling{n}": drawn(
            {"size": sizes(axes, st.integers(1, 2))} if axes > 1 else {"size": st.integers(1, 2)}
        ),
        f"SpatialDropout{n}": drawn({"rate": RATE}),
        "GroupNormalization": drawn({"groups": st.sampled_from([-1, 1, 2])}),
    }
    if axes < 3:
        found[f"DepthwiseConv{n}"] = drawn(window, depth_multiplier=st.integers(1, 2), **sliding)
        found[f"SeparableConv{n}"] = drawn(window | filters, **sliding)
    return found


UNITS = {"units": SMALL}
STATES = {"return_sequences": FLAG, "return_state": FLAG, "go_backwards": FLAG, "use_bias": FLAG}


def _named(kind: str, arguments: Arguments) -> Arguments:
    """A layer as an argument."""
    return arguments.map(lambda given: {"type": kind, **given})


CELLS = st.sampled_from(["SimpleRNNCell", "LSTMCell", "GRUCell"]).flatmap(
    lambda kind: _named(kind, drawn(UNITS))
)
INNER_RNN = st.sampled_from(["LSTM", "GRU", "SimpleRNN"]).flatmap(
    lambda kind: _named(kind, drawn(UNITS, return_sequences=FLAG))
)

OF_SEQUENCES: dict[str, Arguments] = {
    "LSTM": drawn(UNITS, unit_forget_bias=FLAG, **STATES),
    "GRU": drawn(UNITS, reset_after=FLAG, **STATES),
    "SimpleRNN": drawn(UNITS, **STATES),
    "RNN": drawn({"cell": CELLS | st.lists(CELLS, min_size=1, max_size=2)}, return_sequences=FLAG),
    "Bidirectional": drawn(
        {"layer": INNER_RNN}, merge_mode=st.sampled_from(["concat", "sum", "ave", "mul"])
    ),
    "TimeDistributed": drawn({"layer": _named("Dense", drawn(UNITS, activation=ACTIVATION))}),
    "Masking": NOTHING,
    "Permute": st.just({"dims": [2, 1]}),
    "EinsumDense": st.just({"equation": "...c,cd->...d", "output_shape": 3}),
}

OF_VECTORS: dict[str, Arguments] = {
    "RepeatVector": drawn({"n": SMALL}),
    "EinsumDense": st.just({"equation": "ab,bc->ac", "output_shape": 3}),
}

OF_IMAGES: dict[str, Arguments] = {
    "Permute": drawn({"dims": st.permutations([1, 2, 3])}),
    "TimeDistributed": drawn(
        {"layer": _named("Conv1D", drawn({"filters": SMALL, "kernel_size": WINDOW}, padding=SAME))}
    ),
    "ConvLSTM1D": drawn(
        {"filters": SMALL, "kernel_size": WINDOW}, padding=SAME, return_sequences=FLAG
    ),
    "Resizing": drawn({"height": SMALL, "width": SMALL}, interpolation=st.just("nearest")),
    "CenterCrop": drawn({"height": SMALL, "width": SMALL}),
    "RandomFlip": drawn(mode=st.sampled_from(["horizontal", "vertical"])),
    "RandomContrast": drawn({"factor": RATE}),
    "RandomBrightness": drawn({"factor": RATE}),
}

OF_VOLUMES: dict[str, Arguments] = {
    "TimeDistributed": drawn(
        {"layer": _named("Conv2D", drawn({"filters": SMALL, "kernel_size": WINDOW}, padding=SAME))}
    ),
    "ConvLSTM2D": drawn(
        {"filters": SMALL, "kernel_size": WINDOW}, padding=SAME, return_sequences=FLAG
    ),
}

LAYERS_BY_RANK: dict[int, dict[str, Arguments]] = {
    2: OF_VECTORS,
    3: {**_space(1), **OF_SEQUENCES},
    4: {**_space(2), **OF_IMAGES},
    5: {**_space(3), **OF_VOLUMES},
}
"""The layers for floating-point tensors of so many axes, beside those of any."""

OF_TOKENS: dict[str, Arguments] = {
    "Embedding": drawn({"input_dim": st.just(20), "output_dim": SMALL}, mask_zero=FLAG),
    "CategoryEncoding": drawn(
        {"num_tokens": st.just(20)}, output_mode=st.sampled_from(["multi_hot", "count"])
    ),
    "ops.one_hot": drawn({"num_classes": st.just(20)}),
    "ops.cast": st.just({"dtype": "float32"}),
}
"""What is called on whole numbers below 20: (batch, time)."""

ELEMENTARY = (
    "absolute",
    "exp",
    "negative",
    "square",
    "sqrt",
    "sin",
    "tanh",
    "relu",
    "sigmoid",
    "silu",
    "softplus",
    "sign",
    "log1p",
    "isnan",
    "stop_gradient",
)

FUNCTIONS: dict[str, Arguments] = {
    **dict.fromkeys((f"ops.{name}" for name in ELEMENTARY), NOTHING),
    "ops.softmax": drawn(axis=st.just(-1)),
    "ops.cast": drawn({"dtype": st.sampled_from(["float32", "float16", "int32"])}),
    "ops.clip": st.just({"x_min": -1.0, "x_max": 1.0}),
    "ops.cumsum": drawn(axis=st.just(1)),
    "ops.expand_dims": drawn({"axis": st.sampled_from([1, -1])}),
    "ops.flip": st.just({"axis": 1}),
    "ops.repeat": drawn({"repeats": st.integers(1, 2), "axis": st.sampled_from([1, -1])}),
    "ops.squeeze": drawn({"axis": st.sampled_from([1, -1])}),
    "ops.swapaxes": st.just({"axis1": 1, "axis2": -1}),
    **{
        f"ops.{name}": drawn({"axis": st.sampled_from([1, -1, [1, -1]])}, keepdims=FLAG)
        for name in ("mean", "sum", "max", "min", "prod", "var", "std")
    },
    "ops.argmax": drawn({"axis": st.just(-1)}),
    "ops.top_k": drawn({"k": st.integers(1, 2)}),
    "ops.split": drawn(
        {"indices_or_sections": st.integers(1, 3), "axis": st.sampled_from([1, -1])}
    ),
    "ops.get_item": drawn(
        {"key": st.sampled_from(["[:, 0]", "[..., :1]", "[:, -1:]", "[:, ::-1]"])}
    ),
    **{
        f"ops.{name}": drawn({"x2": st.sampled_from([2, 0.5, 1.0])})
        for name in ("add", "subtract", "multiply", "divide", "maximum", "greater", "power")
    },
}
"""What is called on one tensor of numbers."""

ELEMENTWISE = ("Add", "Multiply", "Average", "Maximum", "Minimum")
FUNCTIONS_OF_TWO = ("ops.add", "ops.subtract", "ops.multiply", "ops.maximum", "ops.matmul")
FUNCTIONS_OF_LISTS = ("ops.concatenate", "ops.stack")
ATTENTION: dict[str, Arguments] = {
    "MultiHeadAttention": drawn(
        {"num_heads": st.integers(1, 2), "key_dim": SMALL}, value_dim=SMALL
    ),
    "GroupQueryAttention": drawn(
        {"head_dim": SMALL, "num_query_heads": st.just(2), "num_key_value_heads": st.integers(1, 2)}
    ),
    "Attention": drawn(use_scale=FLAG),
    "AdditiveAttention": drawn(use_scale=FLAG),
}
