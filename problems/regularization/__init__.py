"""Regularisation: what keeps a model from fitting the noise."""
