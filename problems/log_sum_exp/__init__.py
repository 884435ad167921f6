"""The log-sum-exp function and its bounds."""
