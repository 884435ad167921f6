"""Derivations about layers: batch normalisation and convolution.

References: Ioffe and Szegedy (2015), section 3; Goodfellow, Bengio and Courville (2016), section
9.1.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.numbers.exact import sqrt
from partialcredit.problems.concepts._chain import REAL, Chain, line

__all__ = ["BATCH_NORM", "CONVOLUTION"]


def normalised(d, e, u, m=1):
    """Derivatives of u d / sqrt(e) along the nodes of batch normalisation, from the tape."""
    constant = float(e) - float(d) ** 2 / m
    deviation = engine.Tensor(float(d), requires_grad=True)
    e_node = deviation * deviation / m + constant
    detached = engine.Tensor(float(e), requires_grad=True)
    c_node = engine.Tensor(float(e) ** 0.5, requires_grad=True)
    b_node = engine.Tensor(float(e) ** -0.5, requires_grad=True)
    (b_node * float(d) * float(u)).backward()
    (float(d) * float(u) / c_node).backward()
    (float(d) * float(u) / detached.sqrt()).backward()
    (float(d) * float(u) / e_node.sqrt()).backward()
    return {"b": b_node.grad, "c": c_node.grad, "e": detached.grad, "d": deviation.grad}


BATCH_NORM = Chain(
    "the variance path of batch normalisation",
    r"Batch normalisation computes $\hat x = d \, b$ with $d = x - \mu$, $b = 1/c$, $c = \sqrt{s}$ and "
    r"$s = \sigma^2 + \epsilon$. One example of a batch of $m$ has the upstream gradient "
    r"$u = \partial L / \partial \hat x$, the others have 0. Let $G$ be what reaches its $d$ through "
    r"$\sigma^2 = \frac{1}{m} (d^2 + \dots)$.",
    {"d": "real", "s": "positive", "u": "real", "m": "positive integer"},
    {"d": REAL, "s": ("4", "9", "16", "25", "0.25"), "u": ("1", "-1", "6", "7", "-7"), "m": ("2", "3", "8", "10")},
    (
        r"The derivative of $d \, b$ with respect to $b$ is $d$.",
        r"$c^2 = s$.",
        r"Put in the gradient of $c$.",
        r"The 2 cancels.",
    ),
    (
        line(r"\frac{\partial L}{\partial b}", r"u \frac{\partial \hat x}{\partial b}",
             lambda d, u: d * u, lambda d, u: normalised(d, 1, u)["b"],
             ("wrong factor", "The local derivative of a product is the other factor, d.", lambda s, u: u / sqrt(s)),
             ("deviation lost", "The derivative of d b with respect to b is d.", lambda u: u + 0)),
        line(r"\frac{\partial L}{\partial c}", r"-\frac{1}{c^2} \frac{\partial L}{\partial b}",
             lambda d, s, u: -d * u / s, lambda d, s, u: normalised(d, s, u)["c"],
             ("deviation lost", "The gradient of b is multiplied, and it contains d.", lambda s, u: -u / s),
             ("sign", "The derivative of 1/c is negative.", lambda d, s, u: d * u / s),
             ("root", "c squared is s.", lambda d, s, u: -d * u / sqrt(s))),
        line(r"\frac{\partial L}{\partial s}", r"\frac{1}{2 \sqrt{s}} \frac{\partial L}{\partial c}",
             lambda d, s, u: -d * u / (2 * s * sqrt(s)),
             lambda d, s, u: normalised(d, s, u)["e"],
             ("half lost", "The derivative of a root has the factor 1/2.", lambda d, s, u: -d * u / (s * sqrt(s))),
             ("earlier factor lost", "The gradient of c is multiplied, not that of the output.", lambda s, u: u / (2 * sqrt(s)))),
        line(r"G", r"\frac{2 d}{m} \frac{\partial L}{\partial s}",
             lambda d, s, u, m: -(d**2) * u / (m * s * sqrt(s)),
             lambda d, s, u, m: normalised(d, s, u, m)["d"],
             ("batch size lost", "The variance is a mean: its derivative has 1/m.", lambda d, s, u: -(d**2) * u / (s * sqrt(s))),
             ("factor 2", "The 2 of the square cancels the 1/2 of the root.", lambda d, s, u, m: -2 * d**2 * u / (m * s * sqrt(s)))),
    ),
)  # fmt: skip


def sizes(F, C, K, bias=True):
    """The entries of a convolution's weights and biases."""
    return np.zeros((K, C, F, F)).size + (np.zeros(K).size if bias else 0)


CONVOLUTION = Chain(
    "parameters of two convolutions",
    r"A convolution has $K$ filters of size $F \times F$ on an input with $C$ channels, each with one bias. "
    r"A second convolution of the same kind, again with $K$ filters of size $F \times F$, reads its output.",
    {"F": "positive integer", "C": "positive integer", "K": "positive integer"},
    {"F": ("3", "5", "7", "9", "11"), "C": ("4", "2", "6", "8", "12", "16"), "K": ("10", "20", "32", "24", "64", "48")},
    (
        r"A filter has a weight for every place and every channel.",
        r"One bias is added.",
        r"There are $K$ filters.",
        r"The second layer has filters of depth $K$.",
    ),
    (
        line("w", r"F \cdot F \cdot C", lambda F, C: F**2 * C, lambda F, C: sizes(F, C, 1, False),
             ("depth lost", "A filter spans all channels of its input.", lambda F: F**2),
             ("one side", "The filter is square.", lambda F, C: F * C)),
        line("q", r"w + 1", lambda F, C: F**2 * C + 1, lambda F, C: sizes(F, C, 1),
             ("bias forgotten", "Every filter has one bias.", lambda F, C: F**2 * C),
             ("a bias per channel", "The bias is added once, to the sum over the channels.", lambda F, C: F**2 * C + C)),
        line(r"N_1", r"K q", lambda F, C, K: K * (F**2 * C + 1), lambda F, C, K: sizes(F, C, K),
             ("one bias for all", "Every filter has its own bias.", lambda F, C, K: K * F**2 * C + 1),
             ("depth lost", "A filter spans all channels of its input.", lambda F, K: K * (F**2 + 1))),
        line(r"N", r"N_1 + K (F \cdot F \cdot K + 1)",
             lambda F, C, K: K * (F**2 * C + 1) + K * (F**2 * K + 1),
             lambda F, C, K: sizes(F, C, K) + sizes(F, K, K),
             ("depth of the image", "The second layer reads the K channels of the first.", lambda F, C, K: 2 * K * (F**2 * C + 1)),
             ("biases forgotten", "Both layers have one bias per filter.", lambda F, C, K: F**2 * K * (C + K))),
    ),
)  # fmt: skip
