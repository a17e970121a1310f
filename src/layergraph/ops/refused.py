"""Functions of `keras.ops` that a graph cannot have, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_RUNS_CODE = "it runs code that the graph file cannot show"
_NO_TENSOR = "it takes no tensor: write its numbers as a constant, or give them as an input"
_BY_THE_NUMBERS = "the shape of what it gives depends on the numbers that it is given"
_GIVES_NO_TENSOR = "what it gives is no tensor"
_COMPLEX = "no tensor of a graph holds complex numbers"
_EAGER = "TensorFlow computes it outside of saved models alone"
_ADAPTIVE = "Keras declares another shape than it computes: use a layer of adaptive pooling"
_UNKNOWN_BATCH = "Keras fails where the size of the batch is not known"
_ONE_MATRIX = "TensorFlow takes one matrix, and the first axis of a tensor is the batch"

REFUSED: Mapping[str, str] = {
    "associative_scan": _RUNS_CODE,
    "cond": _RUNS_CODE,
    "custom_gradient": _RUNS_CODE,
    "fori_loop": _RUNS_CODE,
    "map": _RUNS_CODE,
    "scan": _RUNS_CODE,
    "switch": _RUNS_CODE,
    "vectorize": _RUNS_CODE,
    "vectorized_map": _RUNS_CODE,
    "while_loop": _RUNS_CODE,
    "arange": _NO_TENSOR,
    "empty": _NO_TENSOR,
    "eye": _NO_TENSOR,
    "full": _NO_TENSOR,
    "geomspace": _NO_TENSOR,
    "identity": _NO_TENSOR,
    "linspace": _NO_TENSOR,
    "logspace": _NO_TENSOR,
    "ones": _NO_TENSOR,
    "tri": _NO_TENSOR,
    "zeros": _NO_TENSOR,
    "bartlett": _BY_THE_NUMBERS,
    "bincount": _BY_THE_NUMBERS,
    "blackman": _BY_THE_NUMBERS,
    "hamming": _BY_THE_NUMBERS,
    "hanning": _BY_THE_NUMBERS,
    "kaiser": _BY_THE_NUMBERS,
    "nonzero": _BY_THE_NUMBERS,
    "unique": _BY_THE_NUMBERS,
    "convert_to_numpy": _GIVES_NO_TENSOR,
    "dtype": _GIVES_NO_TENSOR,
    "is_tensor": _GIVES_NO_TENSOR,
    "ndim": _GIVES_NO_TENSOR,
    "shape": _GIVES_NO_TENSOR,
    "angle": _COMPLEX,
    "conj": _COMPLEX,
    "conjugate": _COMPLEX,
    "imag": _COMPLEX,
    "isreal": _COMPLEX,
    "polar": _COMPLEX,
    "real": _COMPLEX,
    "view_as_complex": _COMPLEX,
    "view_as_real": _COMPLEX,
    "gcd": _EAGER,
    "isin": _EAGER,
    "kron": _EAGER,
    "lcm": _EAGER,
    "nanmedian": f"{_EAGER}, where it has an axis",
    "nanpercentile": f"{_EAGER}, where it has an axis",
    "nanquantile": f"{_EAGER}, where it has an axis",
    "inner": f"{_EAGER}, unless the shapes broadcast: use `ops.einsum`",
    "correlate": "it takes vectors of known sizes alone, and that of a batch is not",
    "corrcoef": "Keras declares another shape than it computes",
    "meshgrid": "Keras declares another dtype than it computes, and repeats the whole batch",
    "histogram": "Keras does not find it in TensorFlow",
    "argpartition": "Keras cuts off what is behind the point first: use `ops.argsort`",
    "nextafter": "Keras rounds what it gives, which is x1 again in most dtypes",
    "empty_like": "what it gives is left open: use `ops.zeros_like`",
    "jvp": _RUNS_CODE,
    "eig": _COMPLEX,
    "lu_factor": _ONE_MATRIX,
    "lstsq": f"{_ONE_MATRIX}: use `ops.pinv` and `ops.matmul`",
    "slogdet": "Keras declares another shape than it computes: use `ops.det` or `ops.logdet`",
    "adaptive_average_pool": _ADAPTIVE,
    "adaptive_max_pool": _ADAPTIVE,
    "conv_transpose": "Keras mixes up its arguments and fails: use `Conv2DTranspose`",
    "unfold": f"{_UNKNOWN_BATCH}: use `ops.image.extract_patches`",
    "rearrange": f"{_UNKNOWN_BATCH}: use `ops.transpose` and `ops.reshape`",
    "image.map_coordinates": _UNKNOWN_BATCH,
    "image.scale_and_translate": "its `output_shape` has the size of the batch, which is not "
    "known: use `ops.image.resize` or `ops.image.affine_transform`",
    "image.elastic_transform": "it gives one image for a batch of unknown size",
}
