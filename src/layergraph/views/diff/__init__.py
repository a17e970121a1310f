"""Two graphs → what changed in the model."""
