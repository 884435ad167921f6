"""Scoring classifiers and deciding by their probabilities."""
