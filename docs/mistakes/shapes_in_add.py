import keras
from keras import layers

image = keras.Input((32, 32, 3))
small = layers.Conv2D(8, 3, padding="same")(image)
large = layers.Conv2D(8, 5)(image)
summed = layers.Add()([small, large])
