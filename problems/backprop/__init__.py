"""Gradients through graphs and layers."""
