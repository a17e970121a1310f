"""Calls of functions of networks and images, drawn as in `op_calls`."""

from hypothesis import strategies as st

from layergraph.tensors import BATCH, TensorSpec
from tests.parity.draws import mostly
from tests.parity.op_draws import (
    AXES,
    AXIS_LISTS,
    FEW,
    FORMAT,
    NONE,
    SIZES,
    USUAL_DTYPES,
    optional,
    required,
)
from tests.parity.op_network_samples import CORNERS, filled

FLOATS = mostly(st.just("float32"), USUAL_DTYPES)
PADDINGS = st.sampled_from(["valid", "same"])
SPACE = st.sampled_from([1, 2, 3, 4, 5, 6, None])
CHANNELS = st.sampled_from([1, 2, 3, 4])


def changed(size):
    """The size, and at times another one."""
    return mostly(st.just(size), SIZES)


@st.composite
def in_space(draw, axes, channels=CHANNELS, data_format=None, dtypes=FLOATS):
    """A tensor with so many axes in space, and at times one more or less."""
    dims = [draw(SPACE) for _ in range(axes + draw(mostly(st.just(0), st.sampled_from([-1, 1]))))]
    made = draw(channels)
    batch = draw(st.sampled_from([BATCH, BATCH, 2]))
    if batch == 2:
        dims = [3 if size is None else size for size in dims]
    dims = [made, *dims] if data_format == "channels_first" else [*dims, made]
    return TensorSpec((batch, *dims), draw(dtypes))


def windows(axes, most=3):
    """One size for all axes, or one for each; at times for one axis too many."""
    listed = st.lists(st.integers(1, most), min_size=axes, max_size=axes)
    longer = st.lists(st.integers(1, most), min_size=axes + 1, max_size=axes + 1)
    return mostly(st.integers(1, most) | listed, longer)


@st.composite
def pooled(draw):
    axes = draw(st.sampled_from([1, 2, 2, 3]))
    arguments = draw(
        required(
            {"pool_size": windows(axes)},
            strides=windows(axes) | NONE,
            padding=PADDINGS,
            data_format=FORMAT,
        )
    )
    dtypes = FLOATS if axes < 3 else st.sampled_from(["float32", "int32"])
    inputs = draw(in_space(axes, data_format=arguments.get("data_format"), dtypes=dtypes))
    return arguments, {"inputs": inputs}


def on_any_device(tensor, data_format):
    """With channels first a batch of unknown size, since most CPUs do not convolve so."""
    if data_format == "channels_first" and tensor.rank:
        return tensor.with_dims((BATCH, *tensor.dims[1:]))
    return tensor


@st.composite
def convolved(draw, most_axes=2, separable=False):
    """An input, and a kernel that mostly fits, as a constant."""
    axes = draw(st.integers(1, most_axes))
    arguments = draw(
        optional(
            strides=windows(axes, 2),
            padding=PADDINGS,
            data_format=FORMAT,
            dilation_rate=mostly(st.just(1), windows(axes, 2)),
        )
    )
    data_format = arguments.get("data_format")
    inputs = on_any_device(draw(in_space(axes, data_format=data_format)), data_format)
    first = data_format == "channels_first"
    channels = inputs.dims[1 if first and inputs.rank > 1 else -1]
    seen = draw(changed(channels if isinstance(channels, int) else 2)) or 2
    made = draw(FEW)
    window = [draw(st.integers(1, 3)) for _ in range(axes)]
    kernel = constant((*window, seen, made), draw(mostly(st.just(inputs.dtype), FLOATS)))
    if not separable:
        return arguments | {"kernel": kernel}, {"inputs": inputs}
    mixed = draw(changed(seen * made)) or 2
    pointwise = constant((*[draw(changed(1)) or 1] * axes, mixed, draw(FEW)), inputs.dtype)
    kernels = {"depthwise_kernel": kernel, "pointwise_kernel": pointwise}
    return arguments | kernels, {"inputs": inputs}


def constant(shape, dtype="float32"):
    """An array of 1, as a file has it."""
    value = {"bool": True}.get(dtype, 1)
    return {"array": filled(*shape, value=value), "dtype": dtype}


@st.composite
def factors(draw, names, arguments, always=()):
    """A tensor, and vectors along an axis of it, most of them constants."""
    dims = (draw(st.sampled_from([BATCH, 2])), *draw(st.lists(SIZES, min_size=1, max_size=3)))
    dtype = draw(FLOATS)
    drawn, tensors = dict(draw(arguments)), {"x": TensorSpec(dims, dtype)}
    axes = drawn.get("axis", -1)
    along = [
        dims[axis] if -len(dims) <= axis < len(dims) and isinstance(dims[axis], int) else 2
        for axis in sorted({axes} if isinstance(axes, int) else set(axes))
    ]
    for name in names:
        if name not in always and draw(st.integers(0, 2)) == 0:
            continue
        sizes = [draw(changed(size)) or 2 for size in along]
        if draw(st.integers(0, 4)) == 0:
            tensors[name] = TensorSpec(tuple(sizes), draw(mostly(st.just(dtype), FLOATS)))
        else:
            drawn[name] = constant(sizes, draw(st.sampled_from(["float32", "float32", "float16"])))
    return drawn, tensors


@st.composite
def attended(draw):
    batch = draw(st.sampled_from([BATCH, 2]))
    steps, others, heads, features = (
        draw(st.sampled_from([1, 2, 3, None if batch == BATCH else 4])) for _ in range(4)
    )
    shared = draw(mostly(st.just(heads), st.sampled_from([1, 2])))
    heads = draw(mostly(st.just(heads), st.sampled_from([2, 4, 3])))
    dtypes = mostly(st.just("float32"), st.sampled_from(["float16", "int32", "float64"]))
    tensors = {
        "query": TensorSpec((batch, steps, heads, features), draw(dtypes)),
        "key": TensorSpec((batch, draw(changed(others)), shared, draw(changed(features)))),
        "value": TensorSpec((batch, others, shared, draw(changed(features)))),
    }
    scores = (batch, heads, steps, others)
    for name, dtype in (("bias", "float32"), ("mask", "bool")):
        if draw(st.booleans()):
            sizes = [draw(mostly(st.sampled_from([1, size]), SIZES)) for size in scores]
            tensors[name] = TensorSpec(tuple(sizes), draw(mostly(st.just(dtype), USUAL_DTYPES)))
    return draw(optional(scale=st.sampled_from([0.5, 2.0]), is_causal=st.booleans())), tensors


@st.composite
def compared(draw, names, arguments, sparse=False, ranks=(1, 3), dtypes=FLOATS):
    """Two tensors of one shape, mostly; or classes and scores of them."""
    dims = [draw(SIZES) for _ in range(draw(st.integers(*ranks)))]
    if draw(st.booleans()):
        dims = [2 if size is None else size for size in dims]
    elif dims and draw(st.booleans()):
        dims[0] = BATCH
    other = [draw(changed(size)) for size in dims]
    if sparse:
        other = [*other[:-1], 1] if draw(st.booleans()) else other[:-1]
    dtype = draw(dtypes)
    second = draw(USUAL_DTYPES if sparse else mostly(st.just(dtype), USUAL_DTYPES))
    return draw(arguments), {
        names[0]: TensorSpec(tuple(other), second),
        names[1]: TensorSpec(tuple(dims), dtype),
    }


LOGITS = optional(from_logits=st.booleans(), axis=mostly(st.just(-1), AXES))
LENGTHS = mostly(st.just("int32"), USUAL_DTYPES)


@st.composite
def transcribed(draw):
    batch = draw(st.sampled_from([BATCH, 2]))
    classes = draw(st.integers(3, 5))
    return draw(optional(mask_index=st.integers(0, 1))), {
        "target": TensorSpec((draw(changed(batch)), 3), draw(USUAL_DTYPES)),
        "output": TensorSpec((batch, 6, classes), draw(FLOATS)),
        "target_length": TensorSpec((draw(changed(batch)),), draw(LENGTHS)),
        "output_length": TensorSpec((batch,), draw(LENGTHS)),
    }


@st.composite
def decoded(draw):
    batch = draw(st.sampled_from([BATCH, 2]))
    arguments = draw(
        optional(
            strategy=st.sampled_from(["greedy", "beam_search"]),
            top_paths=st.integers(1, 2),
            merge_repeated=st.booleans(),
        )
    )
    return arguments, {
        "inputs": TensorSpec((batch, draw(st.sampled_from([4, None])), 5), draw(FLOATS)),
        "sequence_lengths": TensorSpec((draw(changed(batch)),), draw(LENGTHS)),
    }


@st.composite
def blocked(draw, name):
    arguments = draw(
        required({"block_size": st.integers(2, 3)}, data_format=mostly(st.none(), FORMAT))
    )
    channels = st.sampled_from([4, 8, 9, None]) if name == "depth" else CHANNELS
    x = draw(in_space(2, channels, arguments.get("data_format")))
    return arguments, {"x": x}


@st.composite
def folded(draw):
    pairs = st.lists(st.integers(1, 2), min_size=2, max_size=2)
    arguments = draw(
        required(
            {"output_size": st.integers(3, 5), "kernel_size": FEW | pairs},
            dilation=st.integers(1, 2),
            padding=st.integers(0, 1),
            stride=st.integers(1, 2) | pairs,
        )
    )
    sizes = (draw(st.sampled_from([4, 6, 9, 12])), draw(st.sampled_from([4, 9, 6, 16, 25, None])))
    return arguments, {"x": TensorSpec((draw(st.sampled_from([BATCH, 2])), *sizes), draw(FLOATS))}


@st.composite
def images(draw, arguments, channels=CHANNELS, names=("images",), dtypes=FLOATS, axes=2):
    """Images, or one of them, as many alike as there are names."""
    drawn = draw(arguments)
    first = draw(in_space(axes, channels, drawn.get("data_format"), dtypes))
    if draw(st.integers(0, 3)) == 0:
        first = first.with_dims(first.dims[1:])
    if "size" in drawn:
        first = on_any_device(first, drawn.get("data_format"))
    made = {names[0]: first}
    for name in names[1:]:
        made[name] = first.with_dims(tuple(draw(changed(size)) for size in first.dims))
    return drawn, made


@st.composite
def moved(draw, names, shape, value):
    """Images, and how they are transformed: by a constant, or by a tensor."""
    drawn = dict(
        draw(
            optional(
                interpolation=st.sampled_from(["nearest", "bilinear"]),
                fill_value=st.sampled_from([0, 1, 0.5]),
                data_format=FORMAT,
            )
        )
    )
    dtypes = mostly(FLOATS, st.sampled_from(["int64", "uint8", "int16"]))
    tensors = {"images": draw(in_space(2, data_format=drawn.get("data_format"), dtypes=dtypes))}
    batch = tensors["images"].dims[0]
    kind = draw(st.integers(0, 3))
    for name in names:
        if kind == 0:
            drawn[name] = value
        elif kind == 1:
            drawn[name] = [value] * draw(st.integers(1, 2))
        else:
            sizes = (draw(changed(batch)), *(draw(changed(size)) for size in shape))
            tensors[name] = TensorSpec(sizes[draw(mostly(st.just(0), st.just(1))) :], "float32")
    return drawn, tensors


def borders(kind):
    amount = st.integers(0, 3)
    sides = {f"{side}_{kind}": amount for side in ("top", "left", "bottom", "right")}
    targets = {f"target_{side}": st.integers(0, 8) for side in ("height", "width")}
    wanted = [
        {f"top_{kind}": amount, f"left_{kind}": amount},
        {f"bottom_{kind}": amount, f"right_{kind}": amount},
        targets,
    ]
    two = st.sampled_from([wanted[:2], wanted[1:], wanted[::2]]).flatmap(
        lambda pair: st.fixed_dictionaries(pair[0] | pair[1], optional={"data_format": FORMAT})
    )
    return mostly(two, optional(**sides, **targets))


def patches(axes):
    return required(
        {"size": windows(axes)},
        strides=windows(axes) | NONE,
        dilation_rate=mostly(st.just(1), windows(axes, 2)),
        padding=PADDINGS,
        data_format=FORMAT,
    )


NETWORK_CALLS = {
    "max_pool": pooled(),
    "average_pool": pooled(),
    "conv": convolved(3),
    "depthwise_conv": convolved(),
    "separable_conv": convolved(separable=True),
    "depth_to_space": blocked("depth"),
    "space_to_depth": blocked("space"),
    "fold": folded(),
    "batch_normalization": factors(
        ("mean", "variance", "offset", "scale"),
        required({"axis": AXES}, epsilon=st.just(0.1)),
        always=("mean", "variance"),
    ),
    "layer_normalization": factors(
        ("gamma", "beta"), optional(axis=AXES | AXIS_LISTS, epsilon=st.just(0.1))
    ),
    "rms_normalization": factors(
        ("scale",), optional(axis=AXES | AXIS_LISTS, epsilon=st.just(0.1))
    ),
    "dot_product_attention": attended(),
    "binary_crossentropy": compared(
        ("target", "output"), optional(from_logits=st.booleans()), ranks=(0, 3)
    ),
    "categorical_crossentropy": compared(("target", "output"), LOGITS),
    "sparse_categorical_crossentropy": compared(("target", "output"), LOGITS, sparse=True),
    "psnr": compared(("x1", "x2"), required({"max_val": st.sampled_from([1, 1.0, 255])})),
    "ctc_loss": transcribed(),
    "ctc_decode": decoded(),
    "image.rgb_to_hsv": images(optional(data_format=FORMAT), mostly(st.just(3), CHANNELS)),
    "image.hsv_to_rgb": images(optional(data_format=FORMAT), mostly(st.just(3), CHANNELS)),
    "image.affine_transform": moved(("transform",), (8,), [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
    "image.perspective_transform": moved(("start_points", "end_points"), (4, 2), CORNERS),
    "image.pad_images": images(borders("padding"), dtypes=USUAL_DTYPES),
    "image.crop_images": images(borders("cropping"), dtypes=USUAL_DTYPES),
    "image.extract_patches": st.integers(2, 3).flatmap(
        lambda axes: images(patches(axes), axes=axes)
    ),
    "image.extract_patches_3d": images(patches(3), names=("volumes",), axes=3),
    "image.gaussian_blur": images(
        optional(
            kernel_size=st.lists(FEW, min_size=2, max_size=2),
            sigma=st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=2, max_size=2),
            data_format=FORMAT,
        )
    ),
    "image.sobel_edges": images(optional(data_format=FORMAT)),
    "image.ssim": images(
        optional(filter_size=FEW, max_val=st.just(2.0), data_format=FORMAT),
        names=("image1", "image2"),
    ),
}
