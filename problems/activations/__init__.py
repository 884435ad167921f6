"""What activation functions do to numbers and to gradients."""
