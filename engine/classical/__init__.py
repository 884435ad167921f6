"""Learners from before networks, under scikit-learn's names where it has them."""

from partialcredit.engine.classical.clustering import k_means
from partialcredit.engine.classical.components import pca
from partialcredit.engine.classical.neighbours import knn_predict
from partialcredit.engine.classical.regression import least_squares

__all__ = ["k_means", "knn_predict", "least_squares", "pca"]
