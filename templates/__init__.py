"""Jinja templates: one a family, and the documents they are printed in."""
