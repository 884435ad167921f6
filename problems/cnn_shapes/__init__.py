"""Shapes, parameters and costs of convolutional layers."""
