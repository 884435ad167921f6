"""Decisions one after another: values, targets, policies."""
