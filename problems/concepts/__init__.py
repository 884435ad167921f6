"""Statements, derivations and the order of algorithms."""
