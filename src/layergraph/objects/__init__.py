"""What Keras takes by name or as ``{type: …}``: initializers, losses, optimizers and the like."""
