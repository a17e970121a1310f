import keras
from keras import layers

digits = keras.Input((28, 28))
strokes = layers.Conv2D(8, 3)(digits)
