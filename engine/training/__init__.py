"""Training: the loop, early stopping, checkpoints and histories."""
