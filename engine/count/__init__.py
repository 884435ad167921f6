"""Counting by running: shapes, parameters, multiply-adds and receptive fields of any model."""
