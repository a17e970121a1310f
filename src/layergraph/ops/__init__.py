"""Functions of `keras.ops`, described as layers are: what they take, and what they give."""
