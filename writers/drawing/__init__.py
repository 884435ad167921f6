"""Figures as drawings: places computed here, strokes and labels set by Typst."""
