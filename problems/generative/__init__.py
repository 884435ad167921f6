"""Variational autoencoders and adversarial networks in numbers."""
