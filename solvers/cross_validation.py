r"""Sizes and counts in cross-validation with K folds of equal size.

Reference: Hastie, Tibshirani and Friedman (2009), "The elements of statistical learning", section
7.10; Cawley and Talbot (2010), "On over-fitting in model selection", for the nested form. Warning:
folds are made of the training and validation data; the test set is used once, after all choices.
"""

from __future__ import annotations

from partialcredit.numbers.rationals import Rational

__all__ = [
    "fits",
    "nested_fits",
    "nested_training_uses",
    "test_size",
    "training_size",
    "training_uses",
    "validation_size",
]


def test_size(total: int, share: Rational) -> int:
    """How many examples are set aside for the test.

    >>> test_size(500, rational(1, 5))
    100
    """
    return int(total * share)


def validation_size(examples: int, folds: int) -> int:
    """The size of one fold, N / K.

    >>> validation_size(1000, 5)
    200
    """
    return examples // folds


def training_size(examples: int, folds: int) -> int:
    """What the other K - 1 folds hold, N (1 - 1/K).

    >>> training_size(1000, 5)
    800
    """
    return examples - validation_size(examples, folds)


def fits(folds: int, settings: int, refits: int) -> int:
    """How often a model is fitted: K times for every setting, and then with the chosen one.

    >>> fits(5, 6, 1)
    31
    """
    return folds * settings + refits


def training_uses(folds: int, settings: int, refits: int) -> int:
    """How many of these fits have a given example in their training set.

    >>> training_uses(5, 6, 1)
    25
    """
    return (folds - 1) * settings + refits


def nested_fits(outer: int, inner: int, settings: int) -> int:
    """Fits of nested cross-validation: every outer fold has a search and one fit of its winner.

    >>> nested_fits(5, 3, 4)
    65
    """
    return outer * fits(inner, settings, 1)


def nested_training_uses(outer: int, inner: int, settings: int) -> int:
    """How many fits of nested cross-validation have a given example in their training set.

    It is left out wherever its outer fold is the one that scores.

    >>> nested_training_uses(5, 3, 4)
    36
    """
    return (outer - 1) * training_uses(inner, settings, 1)
