"""The numeric engine: NumPy layers, losses and optimizers under PyTorch's names."""
