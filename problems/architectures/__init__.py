"""Published networks, layer by layer."""
