"""Optimizers under the names of ``torch.optim``: one method, one file."""
