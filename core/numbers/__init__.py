"""Exact values: how they are computed, rounded and written."""
