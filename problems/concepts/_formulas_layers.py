"""Formulas about losses, classes, convolution and batch normalisation.

References: Goodfellow, Bengio and Courville (2016), chapters 3, 5, 6 and 9; Dumoulin and Visin
(2016), relationship 6; Ioffe and Szegedy (2015), section 3.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.engine.windows import windows
from partialcredit.problems.concepts._formula import A, Formula, G, X, gradient

__all__ = ["FILTER_PARAMETERS", "LAYERS"]

POINTS, LABELS = (
    np.array([[1.0, 2.0], [-0.5, 0.3], [0.2, -1.0], [2.0, 1.0]]),
    np.array([1, -1, 1, 1]),
)
CLASSES = np.array([0, 2, 1, 0])
LOGITS = np.array([[0.5, -1.0, 2.0], [1.0, 0.0, -0.5]])
SIGNAL, FILTER, DELTA = (
    np.array([1.0, 3.0, -2.0, 5.0, 4.0]),
    np.array([2.0, -1.0, 1.0]),
    np.array([1.0, 0.5, -2.0]),
)
#: Two random variables with the same chances for their values, and means that are not 0.
FIRST, SECOND = np.array([1.0, 5.0]), np.array([-2.0, 4.0])


def batch_norm(part):
    """Normalised values, or the gradient of the scale for the upstream gradients 1, -2, 0.5, 3."""
    layer = engine.BatchNorm1d(1, eps=0.0, dtype="float64")
    y = layer(engine.Tensor(X.reshape(4, 1)))
    (y * np.array([[1.0], [-2.0], [0.5], [3.0]])).sum().backward()
    return y.data[:, 0] if part == "x" else layer.weight.grad[0]


def hinge(w):
    return functional.hinge_loss(engine.Tensor(POINTS) @ w, LABELS)


def margins():
    return LABELS * (POINTS @ [0.5, 0.25])


def softmax_loss(w):
    return functional.cross_entropy(engine.Tensor(POINTS) @ w, CLASSES)


def probabilities():
    return functional.softmax(engine.Tensor(POINTS @ LOGITS)).data


def convolved(x, w):
    return functional.conv1d(x.reshape(1, 1, -1), w.reshape(1, 1, -1))


FILTER_PARAMETERS = Formula("filter parameters", r"Six filters of $4 \times 4$ on an image with 3 channels have, with their biases, $@$ parameters",
    r"(4 \cdot 4 \cdot 3 + 1) \cdot 6 = 294", r"(4 \cdot 4 \cdot 3 + 1) \cdot 6 = 196", "$49 \\cdot 6 = 294$; 196 belongs to four filters.",
    lambda: engine.count_parameters(engine.Conv2d(3, 6, 4)), lambda: (4 * 4 * 3 + 1) * 6, lambda: 196,
)  # fmt: skip

LAYERS = (
    Formula("hinge gradient", r"For the mean hinge loss of $K$ examples, where $m_i$ is 1 if $y_i w^\top x_i < 1$ and else 0: $\nabla_w L = @$",
        r"-\frac{1}{K} \sum_i m_i y_i x_i", r"-\frac{1}{K} \sum_i m_i y_i (w^\top x_i) x_i", "The hinge is linear: its slope does not contain the score.",
        lambda: gradient(hinge, [0.5, 0.25]),
        lambda: -np.mean((margins() < 1)[:, None] * LABELS[:, None] * POINTS, axis=0),
        lambda: -np.mean(((margins() < 1) * LABELS * (POINTS @ [0.5, 0.25]))[:, None] * POINTS, axis=0)),
    Formula("softmax gradient", r"For the mean cross-entropy of a softmax layer over $m$ examples, with $p_{ij}$ the probability of class $i$ for example $j$ and $t_{ij}$ its one-hot target: $\nabla_{w_i} L = @$",
        r"\frac{1}{m} \sum_j (p_{ij} - t_{ij}) x_j", r"\frac{1}{m} \sum_j p_{ij} x_j", "The target pulls the probability of the right class up.",
        lambda: gradient(softmax_loss, LOGITS), lambda: POINTS.T @ (probabilities() - np.eye(3)[CLASSES]) / 4,
        lambda: POINTS.T @ probabilities() / 4),
    Formula("cross-entropy", r"The cross-entropy of targets $y_c$ and probabilities $p_c$ is $@$",
        r"-\sum_c y_c \ln p_c", r"\sum_c y_c \ln p_c", "Logarithms of probabilities are never positive, and a minus sign makes the loss at least 0.",
        lambda: functional.cross_entropy(engine.Tensor(np.log([[0.2, 0.5, 0.3]])), np.array([[0.1, 0.8, 0.1]])).data,
        lambda: -np.dot([0.1, 0.8, 0.1], np.log([0.2, 0.5, 0.3])), lambda: np.dot([0.1, 0.8, 0.1], np.log([0.2, 0.5, 0.3]))),
    Formula("binary cross-entropy", r"The binary cross-entropy of a target $y$ and an output $p$ is $@$",
        r"-y \ln p - (1 - y) \ln(1 - p)", r"-y \ln p + (1 - y) \ln(1 - p)", "The minus sign belongs to both terms.",
        lambda: functional.binary_cross_entropy_with_logits(engine.Tensor([np.log(0.3 / 0.7)]), np.array([0.0])).data,
        lambda: -np.log(0.7), lambda: np.log(0.7)),
    Formula("convolution size", r"A convolution with filters of width $F$, padding $P$ on both sides and stride $S$ turns the width $W$ into $@$",
        r"\lfloor (W - F + 2P) / S \rfloor + 1", r"\lfloor (W - F + 1 + 2P) / S \rfloor", "Divide by the stride first, and then add 1.",
        lambda: len(windows(33, 5, stride=2, padding=1)), lambda: (33 - 5 + 2) // 2 + 1, lambda: (33 - 5 + 1 + 2) // 2),
    Formula("pooling size", r"Pooling with windows of width $F$ and stride $S$, without padding, turns the width $W$ into $@$",
        r"\lfloor (W - F) / S \rfloor + 1", r"\lfloor W / F \rfloor", "The windows start $S$ apart, however wide they are.",
        lambda: len(windows(13, 3, stride=2)), lambda: (13 - 3) // 2 + 1, lambda: 13 // 3),
    Formula("variance of a product", r"For independent $w$ and $h$: $\mathrm{Var}[w h] = @$",
        r"\mathbb{E}[w]^2 \mathrm{Var}[h] + \mathbb{E}[h]^2 \mathrm{Var}[w] + \mathrm{Var}[w] \mathrm{Var}[h]",
        r"\mathrm{Var}[h] + \mathrm{Var}[w] + \mathrm{Var}[w] \mathrm{Var}[h]", "Each variance is scaled by the squared mean of the other factor.",
        lambda: np.var([w * h for w, h in product(FIRST, SECOND)]),
        lambda: FIRST.mean() ** 2 * SECOND.var() + SECOND.mean() ** 2 * FIRST.var() + FIRST.var() * SECOND.var(),
        lambda: SECOND.var() + FIRST.var() + FIRST.var() * SECOND.var()),
    Formula("covariance", r"$\mathrm{Cov}[A x + b] = @$", r"A \, \mathrm{Cov}[x] \, A^\top", r"A \, \mathrm{Cov}[x] \, A^\top + b b^\top",
        "Adding a constant vector moves the mean only.",
        lambda: np.cov((POINTS @ A.T + G).T), lambda: A @ np.cov(POINTS.T) @ A.T, lambda: A @ np.cov(POINTS.T) @ A.T + np.outer(G, G)),
    Formula("class weights", r"$N$ examples of $C$ classes, $N_i$ of them in class $i$, count equally by class with the weights $w_i = @$",
        r"\frac{N}{C N_i}", r"\frac{N_i}{C N}", "A rare class needs a large weight.",
        lambda: np.array([550.0, 550.0]) / [1000, 100], lambda: 1100 / (2 * np.array([1000, 100])), lambda: np.array([1000, 100]) / (2 * 1100)),
    Formula("equal priors", r"With $c$ classes that are equally likely, $\sum_{i=1}^{N} \ln p(y_i) = @$", r"N \ln \frac{1}{c}", r"N \ln \frac{1}{\sqrt{2 \pi}}",
        "The constant of the normal density belongs to the inputs, not to the classes.",
        lambda: np.sum(np.log(np.full(10, 1 / 3))), lambda: 10 * np.log(1 / 3), lambda: 10 * np.log(1 / np.sqrt(2 * np.pi))),
    Formula("cross-correlation", r"What a convolution layer computes of $x$ and $w$, without padding: $z_i = @$",
        r"\sum_j x_{i+j} w_j", r"\sum_j x_{i-j} w_j", "The layer does not flip its filter.",
        lambda: convolved(engine.Tensor(SIGNAL), engine.Tensor(FILTER)).data.ravel(),
        lambda: np.array([SIGNAL[i : i + 3] @ FILTER for i in range(3)]), lambda: np.array([SIGNAL[i : i + 3] @ FILTER[::-1] for i in range(3)])),
    Formula("filter gradient", r"For $z_i = \sum_j x_{i+j} w_j$ and $\delta_i = \frac{\partial L}{\partial z_i}$: $\frac{\partial L}{\partial w_j} = @$",
        r"\sum_i \delta_i x_{i+j}", r"\delta_j x_j", "The weight is used at every position: sum over all of them.",
        lambda: gradient(lambda x, w: (convolved(x, w) * DELTA.reshape(1, 1, 3)).sum(), SIGNAL, FILTER, which=1),
        lambda: np.array([DELTA @ SIGNAL[j : j + 3] for j in range(3)]), lambda: DELTA * SIGNAL[:3]),
    Formula("scale of batch normalisation", r"The output of batch normalisation is $y_i = \gamma \hat x_i + \beta$: $\frac{\partial L}{\partial \gamma} = @$",
        r"\sum_i \hat x_i \frac{\partial L}{\partial y_i}", r"\sum_i x_i \frac{\partial L}{\partial y_i}", "The scale multiplies the normalised value.",
        lambda: batch_norm("gamma"), lambda: np.dot(batch_norm("x"), [1.0, -2.0, 0.5, 3.0]), lambda: np.dot(X, [1.0, -2.0, 0.5, 3.0])),
    Formula("normalisation", r"Batch normalisation, apart from the stabiliser: $\hat x_i = @$",
        r"\frac{x_i - \mu}{\sqrt{\sigma^2}}", r"\frac{x_i - \mu}{\sigma^2}", "Divide by the deviation, the root of the variance.",
        lambda: batch_norm("x"), lambda: (X - X.mean()) / np.sqrt(X.var()), lambda: (X - X.mean()) / X.var()),
)  # fmt: skip
