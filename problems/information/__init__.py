"""Entropies and divergences of distributions."""
