"""Exact solvers, one module per subject: pure functions of the parameters."""
