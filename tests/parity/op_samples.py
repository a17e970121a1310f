"""A sound call of every function: arguments, and shapes of its tensors without the batch."""

from layergraph.ops.catalog import OPS
from layergraph.tensors import BATCH, TensorSpec
from tests.parity.op_network_samples import NETWORK_SAMPLES

_SAMPLES = {
    "prod": ({"axis": 1}, {"x": (4,)}),
    "diff": ({}, {"a": (4,)}),
    "diagonal": ({"axis1": 1, "axis2": 2}, {"x": (4, 4)}),
    "reshape": ({"newshape": [-1, 2]}, {"x": (4,)}),
    "transpose": ({"axes": [1, 0]}, {"x": (4,)}),
    "swapaxes": ({"axis1": 1, "axis2": 2}, {"x": (4, 3)}),
    "moveaxis": ({"source": 1, "destination": 2}, {"x": (4, 3)}),
    "expand_dims": ({"axis": -1}, {"x": (4,)}),
    "squeeze": ({"axis": 1}, {"x": (1, 3)}),
    "broadcast_to": ({"shape": [2, 4]}, {"x": (4,)}),
    "roll": ({"shift": 1, "axis": 1}, {"x": (4,)}),
    "repeat": ({"repeats": [1, 2, 0, 1], "axis": 1}, {"x": (4,)}),
    "tile": ({"repeats": [1, 2]}, {"x": (4,)}),
    "pad": ({"pad_width": [[0, 0], [1, 2]], "constant_values": 1}, {"x": (4,)}),
    "tril": ({}, {"x": (4, 4)}),
    "triu": ({}, {"x": (4, 4)}),
    "ldexp": ({"x2": 2}, {"x1": (4,)}),
    "bitwise_left_shift": ({"y": 1}, {"x": (4,)}),
    "bitwise_right_shift": ({"y": [1, 2, 3, 0]}, {"x": (4,)}),
    "average": ({"axis": 1, "weights": [1, 2, 3, 4]}, {"x": (4,)}),
    "moments": ({"axes": [1]}, {"x": (4,)}),
    "quantile": ({"q": [0.2, 0.5], "axis": 1}, {"x": (4,)}),
    "percentile": ({"q": 50, "axis": 1, "method": "lower"}, {"x": (4,)}),
    "digitize": ({"bins": [0.5, 1.5]}, {"x": (4,)}),
    "trapezoid": ({"x": [0, 1, 3, 4]}, {"y": (4,)}),
    "rot90": ({"axes": [1, 2]}, {"array": (4, 3)}),
    "diag": ({"k": 1}, {"x": (4,)}),
    "trace": ({"axis1": 1, "axis2": 2}, {"x": (4, 3)}),
    "vander": ({"N": 3}, {"x": ()}),
    "concatenate": ({"axis": 1}, {"xs": (4,)}),
    "hstack": ({}, {"xs": (4,)}),
    "vstack": ({}, {"xs": (4,)}),
    "dstack": ({}, {"xs": (4,)}),
    "stack": ({"axis": 1}, {"x": (4,)}),
    "append": ({}, {"x1": (4,), "x2": (4,)}),
    "hsplit": ({"indices_or_sections": 2}, {"x": (4,)}),
    "vsplit": ({"indices_or_sections": 2}, {"x": (4,)}),
    "dsplit": ({"indices_or_sections": [1]}, {"x": (4, 3)}),
    "array_split": ({"indices_or_sections": 3, "axis": 1}, {"x": (4,)}),
    "split": ({"indices_or_sections": [1, 3], "axis": 1}, {"x": (4,)}),
    "unstack": ({"axis": 1}, {"x": (4,)}),
    "get_item": ({"key": "[:, 0, ..., None, ::2]"}, {"x": (4, 3)}),
    "slice": ({"start_indices": [0, 1], "shape": [-1, 2]}, {"inputs": (4,)}),
    "take": ({"axis": 1}, {"x": (4,), "indices": (3,)}),
    "take_along_axis": ({"axis": 1}, {"x": (4,), "indices": (3,)}),
    "unravel_index": ({"shape": [2, 3]}, {"indices": ()}),
    "top_k": ({"k": 2}, {"x": (4,)}),
    "one_hot": ({"num_classes": 3}, {"x": (4,)}),
    "where": ({"x2": 0}, {"condition": (4,), "x1": (4,)}),
    "clip": ({"x_min": 0, "x_max": 2}, {"x": (4,)}),
    "cast": ({"dtype": "float32"}, {"x": (4,)}),
    "saturate_cast": ({"dtype": "uint8"}, {"x": (4,)}),
    "full_like": ({"fill_value": 1}, {"x": (4,)}),
    "stop_gradient": ({}, {"variable": (4,)}),
    "matmul": ({}, {"x1": (3, 4), "x2": (4, 2)}),
    "dot": ({"x2": [[1, 2], [3, 4]]}, {"x1": (2,)}),
    "tensordot": ({"x2": [[1, 2], [3, 4]], "axes": [[1], [0]]}, {"x1": (2,)}),
    "einsum": ({"subscripts": "bij,bij->bi"}, {"operands": (2, 3)}),
    "cross": ({}, {"x1": (3,), "x2": (3,)}),
    "norm": ({"axis": 1, "ord": 2}, {"x": (4,)}),
    "glu": ({}, {"x": (4,)}),
    "threshold": ({"threshold": 1, "default_value": 2}, {"x": (4,)}),
    "normalize": ({}, {"x": (4,)}),
    "image.resize": ({"size": [4, 5]}, {"images": (3, 3, 3)}),
    "image.rgb_to_grayscale": ({}, {"images": (3, 3, 3)}),
    **NETWORK_SAMPLES,
}


def _usual(name):
    described = OPS.find(name)
    arguments = {"axis": 1} if "axis" in described.model_fields else {}
    return arguments, {a.name: (4,) for a in described.declared_tensor_arguments()}


SAMPLES = {name: _SAMPLES.get(name) or _usual(name) for name in OPS.classes}


OF_ONE_DTYPE = {
    "indices": "int32",
    "segment_ids": "int32",
    "targets": "int32",
    "target_length": "int32",
    "output_length": "int32",
    "sequence_lengths": "int32",
    "mask": "bool",
    "condlist": "bool",
    "transform": "float32",
    "start_points": "float32",
    "end_points": "float32",
}
"""Arguments whose dtype is not that of what is computed."""


def sample_dtype(name, argument):
    """The dtype of a tensor of the sample: int32 where a function takes whole numbers alone."""
    return OF_ONE_DTYPE.get(argument) or ("int32" if name.startswith("bitwise_") else "float32")


def sample_tensors(name, dtype=None):
    """The tensors of the sample by argument, of `dtype` where that is not fixed."""
    many = {a.name for a in OPS.find(name).declared_tensor_arguments() if a.many}
    tensors = {}
    for argument, shape in SAMPLES[name][1].items():
        fixed = dtype is None or argument in OF_ONE_DTYPE
        made = TensorSpec((BATCH, *shape), sample_dtype(name, argument) if fixed else dtype)
        tensors[argument] = [made] * 2 if argument in many else made
    return tensors
