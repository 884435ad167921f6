"""Drawings as SVG, without a plotting library."""
