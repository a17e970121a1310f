"""What a layer computes in, as an object: `keras.dtype_policies`."""

from layergraph.objects.base import KerasObject
from layergraph.objects.values import DType


class DTypePolicy(KerasObject):
    """The same as its name alone; without one, the policy that is set in Keras."""

    name: DType | None = None
