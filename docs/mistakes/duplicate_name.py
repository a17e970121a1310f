import keras
from keras import layers

x = keras.Input((16,), name="x")
hidden = layers.Dense(8, activation="relu", name="hidden")(x)
price = layers.Dense(1, name="price")(hidden)
config = keras.Model(x, price).get_config()

config["layers"][2]["name"] = "hidden"
config["layers"][2]["config"]["name"] = "hidden"
keras.Model.from_config(config)
