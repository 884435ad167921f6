"""Putting a network together: layers, losses and the code that runs them."""
