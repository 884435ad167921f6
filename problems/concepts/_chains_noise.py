"""Derivations about variances: initialisation, dropout and ensembles.

References: Glorot and Bengio (2010), equations 5 to 12; Srivastava et al. (2014), section 10;
Goodfellow, Bengio and Courville (2016), sections 7.11 and 7.12.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.problems.concepts._chain import REAL, Chain, line

__all__ = ["DROPOUT", "ENSEMBLE", "XAVIER"]

#: Divided by a count it is a rational, where 1 would give a float.
ONE = rational(1)


def products(n, q, s):
    """Every value of a sum of n products w h, where w and h are plus or minus their deviations."""
    signs = np.array(list(product([-1.0, 1.0], repeat=2 * n)))
    w, h = signs[:, :n] * float(q) ** 0.5, signs[:, n:] * float(s) ** 0.5
    return np.sum(w * h, axis=1)


XAVIER = Chain(
    "Glorot initialisation",
    r"A linear layer with $n$ inputs and $m$ outputs computes $z = w_1 h_1 + \dots + w_n h_n$. All weights "
    r"and inputs are independent with mean 0; $q = \mathrm{Var}[w]$ and $s = \mathrm{Var}[h]$. The "
    r"gradient flowing back asks for $q = 1/m$.",
    {"n": "positive integer", "m": "positive integer", "q": "positive", "s": "positive"},
    {"n": ("2", "4", "3", "5", "6"), "m": ("10", "20", "40", "50"), "q": ("0.1", "0.2", "0.5", "0.25"),
     "s": ("8", "6", "9", "12", "1.5")},
    (
        r"With means of 0 the variance is the mean of the square, and independent means multiply.",
        r"The $n$ terms are independent and alike.",
        r"This is the $q$ for which $V = s$.",
        r"The fans $1/q_f = n$ and $m$ are averaged.",
    ),
    (
        line(r"P", r"\mathrm{Var}[w_1 h_1]", lambda q, s: q * s, lambda q, s: np.var(products(1, q, s)),
             ("variances added", "With zero means the variance of a product is the product.", lambda q, s: q + s),
             ("terms of non-zero means", "With zero means only the product remains.", lambda q, s: q + s + q * s)),
        line(r"V", r"\mathrm{Var}[z] = n P", lambda n, q, s: n * q * s,
             lambda n, q, s: np.var(products(n, q, s)),
             ("squared count", "Variances of independent terms add.", lambda n, q, s: n**2 * q * s),
             ("count lost", "There are n terms.", lambda q, s: q * s)),
        line(r"q_f", r"\frac{q s}{V}", lambda n: ONE / n, lambda n: 1 / np.var(products(n, 1, 1)),
             ("upside down", "More inputs ask for smaller weights.", lambda n: n + 0),
             ("deviation for variance", "The variance is asked for.", lambda n: 1 / sqrt(n))),
        line(r"q_G", r"\frac{2}{1 / q_f + m}", lambda n, m: 2 * ONE / (n + m),
             lambda n, m: 1 / np.mean([np.var(products(n, 1, 1)), float(m)]),
             ("product of the fans", "The mean fan is (n + m)/2: the fans are added.", lambda n, m: 2 * ONE / (n * m)),
             ("sum of the fans", "The mean fan is (n + m)/2.", lambda n, m: ONE / (n + m))),
    ),
)  # fmt: skip


def dropped(x, p):
    """What inverted dropout puts out, and with which probability."""
    layer = engine.Dropout(1 - float(p))
    outputs = []
    for kept in (0.0, 1.0):
        layer.mask = np.array([kept])
        outputs.append(float(layer(engine.Tensor([float(x)])).data[0]))
    return np.array(outputs), np.array([1 - float(p), float(p)])


def spread(x, p, n=1):
    """Variance of a sum of n dropped values, over all masks."""
    values, weights = dropped(x, p)
    total = np.zeros(1)
    chance = np.ones(1)
    for _ in range(n):
        total, chance = np.add.outer(total, values).ravel(), np.outer(chance, weights).ravel()
    return chance @ total**2 - (chance @ total) ** 2


DROPOUT = Chain(
    "variance of dropout",
    r"Inverted dropout keeps a value $x$ with probability $p$ and then gives $h = r x / p$, where $r$ is "
    r"1 when it is kept and 0 otherwise. The masks of $n$ units with the same $x$ are independent.",
    {"p": "unit", "x": "real", "n": "positive integer"},
    {"p": ("0.2", "0.4", "0.5", "0.8", "0.9", "0.3", "0.6", "0.7", "0.75"), "x": (*REAL, "6", "7"), "n": ("10", "8", "9", "6")},
    (
        r"$r^2 = r$, which is 1 with probability $p$.",
        r"$h^2 = r^2 x^2 / p^2$; one $p$ cancels.",
        r"$\mathbb{E}[h] = x$; bring both terms over $p$.",
        r"Variances of independent terms add.",
    ),
    (
        line(r"R", r"\mathbb{E}[r^2]", lambda p: p + 0,
             lambda p: dropped(1, p)[1] @ np.square(dropped(1, p)[0] > 0),
             ("squared", "r is 0 or 1, so r squared is r.", lambda p: p**2),
             ("variance", "That is the variance of r.", lambda p: p * (1 - p))),
        line(r"\mathbb{E}[h^2]", r"\frac{x^2}{p^2} R", lambda p, x: x**2 / p,
             lambda p, x: dropped(x, p)[1] @ dropped(x, p)[0] ** 2,
             ("mean squared", "The mean of the squares is larger than the square of the mean.", lambda x: x**2),
             ("not cancelled", "R contains one p: it cancels one of two.", lambda p, x: x**2 / p**2)),
        line(r"\mathrm{Var}[h]", r"\mathbb{E}[h^2] - x^2", lambda p, x: x**2 * (1 - p) / p,
             lambda p, x: spread(x, p),
             ("variance of the mask", "The mask is scaled by 1/p, its variance by 1/p^2.", lambda p, x: x**2 * p * (1 - p)),
             ("upside down", "The variance grows when fewer units are kept.", lambda p, x: x**2 * p / (1 - p))),
        line(r"\mathrm{Var}[h_1 + \dots + h_n]", r"n \, \mathrm{Var}[h]",
             lambda p, x, n: n * x**2 * (1 - p) / p, lambda p, x, n: spread(x, p, n),
             ("squared count", "Variances of independent terms add.", lambda p, x, n: n**2 * x**2 * (1 - p) / p),
             ("count lost", "There are n terms.", lambda p, x: x**2 * (1 - p) / p)),
    ),
)  # fmt: skip


def second_moments(K, v, c):
    """The matrix of all E[e_i e_j]."""
    return np.where(np.eye(K, dtype=bool), float(v), float(c))


ENSEMBLE = Chain(
    "ensemble",
    r"The errors $e_1, \dots, e_K$ of $K$ models have mean 0, variance $\mathbb{E}[e_i^2] = v$ and "
    r"covariance $\mathbb{E}[e_i e_j] = c$ for $i \ne j$.",
    {"K": "positive integer", "v": "positive", "c": "unit"},
    {"K": ("3", "4", "5", "6", "7"), "v": ("2", "3", "4", "5", "2.5", "1.5", "6", "8"),
     "c": ("0.1", "0.2", "0.4", "0.5", "0.6", "0.8", "0.3", "0.7")},
    (
        r"The square has $K$ terms $e_i^2$ and $K(K-1)$ terms $e_i e_j$ with $i \ne j$.",
        r"Divide by $K^2$.",
        r"Subtract and collect: $v - \frac{v}{K} = \frac{(K-1) v}{K}$.",
        r"$\frac{K-1}{K} \to 1$.",
    ),
    (
        line("Q", r"\mathbb{E}\left[ (e_1 + \dots + e_K)^2 \right]",
             lambda K, v, c: K * v + K * (K - 1) * c,
             lambda K, v, c: np.sum(second_moments(K, v, c)),
             ("each pair once", "The square contains e_i e_j and e_j e_i.", lambda K, v, c: K * v + K * (K - 1) * c / 2),
             ("pairs of a model with itself", "Of the K^2 products only K(K - 1) have i different from j.",
              lambda K, v, c: K * v + K**2 * c),
             ("covariances forgotten", "The products e_i e_j have the mean c.", lambda K, v: K * v)),
        line("M", r"\frac{Q}{K^2}", lambda K, v, c: v / K + (K - 1) * c / K,
             lambda K, v, c: np.mean(second_moments(K, v, c)),
             ("divided by K only", "The average is squared, so its 1/K is squared, too.", lambda K, v, c: v + (K - 1) * c),
             ("independent errors", "That is so for c = 0 only.", lambda K, v: v / K)),
        line(r"\Delta", r"v - M", lambda K, v, c: (K - 1) * (v - c) / K,
             lambda K, v, c: float(v) - np.mean(second_moments(K, v, c)),
             ("gain of independent errors", "Errors that agree cannot cancel.", lambda K, v: (K - 1) * v / K),
             ("sign", "Averaging makes the mean squared error smaller.", lambda K, v, c: (K - 1) * (c - v) / K)),
        line(r"L", r"\lim_{K \to \infty} \Delta", lambda v, c: v - c,
             lambda v, c: engine.geometric_limit([float(v) - np.mean(second_moments(K, v, c)) for K in (1, 2, 4)]),
             ("errors vanish", "The shared part of the errors stays.", lambda v: v + 0),
             ("what is left", "This is what remains; the gain is asked for.", lambda c: c + 0)),
    ),
)  # fmt: skip
