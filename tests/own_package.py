"""A little package of the user's own, for tests of `custom`."""

from __future__ import annotations

from pathlib import Path

LAYERS = """
from os import system
from pathlib import Path

import keras
from keras.layers import Lambda

Path(__file__).with_name("imported").write_text("")
instance = 3


class LayerScale(keras.layers.Layer):
    def __init__(self, init=1.0, **kwargs):
        super().__init__(**kwargs)
        self.init = init

    def build(self, shape):
        initializer = keras.initializers.Constant(self.init)
        self.gamma = self.add_weight(shape=(shape[-1],), initializer=initializer, name="gamma")

    def compute_output_shape(self, shape):
        return shape

    def call(self, inputs):
        return inputs * self.gamma


class Swap(keras.layers.Layer):
    def call(self, pair, flip=True):
        first, second = pair
        return [second, first] if flip else [first, second]


class Gate(keras.layers.Layer):
    def call(self, gate, value, power=1):
        return value * keras.ops.sigmoid(gate) ** power


class Widen(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(units)

    def build(self, shape):
        self.dense.build(shape)

    def call(self, inputs):
        return self.dense(inputs)


class Largest(keras.layers.Layer):
    def call(self, inputs):
        return keras.ops.argmax(inputs, axis=-1)
"""

OBJECTS = """
import keras


def swoosh(x):
    return x * keras.ops.sigmoid(x - 1)


def distance(y_true, y_pred):
    return keras.ops.mean(keras.ops.abs(y_true - y_pred), axis=-1)


class Tilted(keras.losses.Loss):
    def __init__(self, slope=0.5):
        super().__init__(name="tilted")
        self.slope = slope

    def call(self, y_true, y_pred):
        over = y_true - y_pred
        return keras.ops.mean(keras.ops.maximum(self.slope * over, (self.slope - 1) * over))


class Tiny(keras.initializers.Initializer):
    def __init__(self, size=1e-3):
        self.size = size

    def __call__(self, shape, dtype=None):
        return keras.ops.full(shape, self.size, dtype)


class Shrink(keras.regularizers.Regularizer):
    def __call__(self, x):
        return 0.01 * keras.ops.sum(keras.ops.abs(x))


class AtMostOne(keras.constraints.Constraint):
    def __call__(self, w):
        return keras.ops.clip(w, -1, 1)


class Steady(keras.optimizers.SGD):
    pass
"""


def write_package(folder: Path, name: str = "mine") -> Path:
    """Write the package, which leaves a file `imported` beside its layers when it is imported."""
    package = folder / name
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "layers.py").write_text(LAYERS)
    (package / "objects.py").write_text(OBJECTS)
    return package
