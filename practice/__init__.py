"""Practising: one problem after another, marked at once."""
