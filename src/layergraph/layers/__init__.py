"""Keras' layers, one Pydantic class each: arguments, shape rule and weights."""
