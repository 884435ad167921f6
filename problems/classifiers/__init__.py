"""Classifiers before networks: logistic models, margins, kernels, trees."""
