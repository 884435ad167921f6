"""Backward passes of convolution, pooling and residual blocks."""
