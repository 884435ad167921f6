"""Layers under PyTorch's names; each wraps one function of ``partialcredit.engine.functional``."""
