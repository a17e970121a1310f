import keras
from keras import layers

x = keras.Input((16,), name="x")
hidden = layers.Dense(8, activation="relu", name="hidden")(x)
price = layers.Dense(1, name="price")(hidden)
config = keras.Model(x, price).get_config()

call = config["layers"][2]["inbound_nodes"][0]
call["args"][0]["config"]["keras_history"][0] = "hiden"
keras.Model.from_config(config)
