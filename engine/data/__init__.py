"""Data: arrays, splits, batches and files."""
