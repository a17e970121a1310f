import keras
from keras import layers

x = keras.Input((16,), name="x")
hidden = layers.Dense(8, activation="relu", name="hidden")(x)
price = layers.Dense(1, name="price")(hidden)
config = keras.Model(x, price).get_config()

config["layers"][1]["class_name"] = "Desne"
keras.Model.from_config(config)
