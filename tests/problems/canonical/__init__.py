"""Instances worked out by hand and by a second program, one module of cases per topic."""
