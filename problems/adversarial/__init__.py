"""Inputs changed on purpose so that a model errs."""
