"""Values of convolutions and pooling."""
