"""Initial weights, and what deep stacks of layers do to signals and gradients."""
