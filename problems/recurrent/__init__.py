"""Recurrent networks: states, gates, gradients through time, and what their outputs are worth."""
