"""Data + a graph → a trained model: reading, checking, adapting, fitting, predicting."""
