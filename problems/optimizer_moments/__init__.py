"""Means and variances of what optimizers accumulate."""
