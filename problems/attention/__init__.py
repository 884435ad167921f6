"""Attention and the transformer: weights, shapes, parameters, costs, norms."""
