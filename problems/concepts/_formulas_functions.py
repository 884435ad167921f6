"""Formulas about activation functions, linear algebra and their derivatives.

References: Goodfellow, Bengio and Courville (2016), chapters 2 and 6; Clevert, Unterthiner and
Hochreiter (2016) for ELU; Glorot and Bengio (2010), equation 16.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.problems.concepts._formula import A, Formula, G, X, gradient

__all__ = ["FUNCTIONS"]

W = np.array([[1.0, -2.0], [0.5, 3.0]])
U, S, VT = np.linalg.svd(A)
T, Y = np.array([0.0, 1.0, 1.0]), np.array([0.2, 0.7, 0.9])  # labels and outputs
FLIP = np.array([[0.6, 0.8], [0.8, -0.6]])  # orthogonal: a reflection


def affine(x):
    return float(np.dot([2.0, -1.0], x) + 5.0)


def relu_layer(w):
    h = (w @ engine.Tensor(np.array([1.0, 2.0])) + engine.Tensor(np.array([5.0, -9.0]))).relu()
    return ((h - np.array([1.0, 4.0])) ** 2).sum()


def upstream():
    """The gradient of that loss by h."""
    h = np.maximum(W @ [1.0, 2.0] + [5.0, -9.0], 0)
    return 2 * (h - [1.0, 4.0])


FUNCTIONS = (
    Formula("tanh", r"$\tanh x = @$", r"2 \sigma(2x) - 1", r"2 \sigma(x) - 1",
        r"$2 \sigma(x) - 1$ is $\tanh \frac{x}{2}$.",
        lambda: engine.Tensor(X).tanh().data,
        lambda: 2 / (1 + np.exp(-2 * X)) - 1, lambda: 2 / (1 + np.exp(-X)) - 1),
    Formula("sigmoid", r"The sigmoid is $\sigma(x) = @$", r"\frac{1}{1 + e^{-x}}", r"\frac{1}{1 + e^{x}}",
        "With the other sign the function would fall.",
        lambda: engine.Tensor(X).sigmoid().data, lambda: 1 / (1 + np.exp(-X)), lambda: 1 / (1 + np.exp(X))),
    Formula("sigmoid derivative", r"The derivative of the sigmoid is $\sigma'(x) = @$",
        r"\sigma(x) (1 - \sigma(x))", r"1 - \sigma(x)^2", r"$1 - f^2$ belongs to $f = \tanh$.",
        lambda: gradient(lambda x: x.sigmoid().sum(), X),
        lambda: 1 / (1 + np.exp(-X)) * (1 - 1 / (1 + np.exp(-X))), lambda: 1 - (1 / (1 + np.exp(-X))) ** 2),
    Formula("Taylor", r"For an affine function, exactly: $f(x + \Delta) = @$",
        r"f(x) + \nabla f(x)^\top \Delta", r"\nabla f(x)^\top \Delta",
        "The first-order term is the change; the value at $x$ is missing.",
        lambda: affine([1.5, 3.0]), lambda: affine([1.0, 2.0]) + np.dot([2.0, -1.0], [0.5, 1.0]),
        lambda: np.dot([2.0, -1.0], [0.5, 1.0])),
    Formula("ELU", r"The ELU with $\alpha = 1$ is $f(x) = @$", r"\max(0, x) + \min(0, e^x - 1)", r"\max(e^x - 1, x)",
        "For positive $x$ the maximum picks $e^x - 1$, which is larger than $x$.",
        lambda: functional.elu(engine.Tensor(X)).data,
        lambda: np.maximum(0, X) + np.minimum(0, np.exp(X) - 1), lambda: np.maximum(np.exp(X) - 1, X)),
    Formula("leaky ReLU", r"The leaky ReLU with slope $\alpha = 0.1$ is $f(x) = @$",
        r"\max(\alpha x, x)", r"\max(-\alpha x, x)", "A negative input gives a small negative output.",
        lambda: functional.leaky_relu(engine.Tensor(X), 0.1).data,
        lambda: np.maximum(0.1 * X, X), lambda: np.maximum(-0.1 * X, X)),
    Formula("SVD", r"With the singular value decomposition $A = U \Sigma V^\top$: $A A^\top = @$",
        r"U \Sigma \Sigma^\top U^\top", r"U \Sigma^2 V^\top", r"$V^\top V = I$ stands in the middle, and $A^\top$ ends with $U^\top$.",
        lambda: A @ A.T, lambda: U @ np.diag(S**2) @ U.T, lambda: U @ np.diag(S**2) @ VT),
    Formula("determinant", r"For every orthogonal matrix: $\det Q = @$", r"\pm 1", r"1",
        r"A reflection has the determinant $-1$.",
        lambda: np.linalg.det(FLIP), lambda: np.sign(np.linalg.det(FLIP)), lambda: 1.0),
    Formula("quadratic form", r"For every square matrix: $\nabla_x (x^\top A x) = @$", r"(A + A^\top) x", r"2 A x",
        r"$2 A x$ is right only for symmetric $A$.",
        lambda: gradient(lambda x: (x * (engine.Tensor(A) @ x)).sum(), G),
        lambda: (A + A.T) @ G, lambda: 2 * A @ G),
    Formula("linear form", r"$\nabla_\theta (\theta^\top x) = @$", r"x", r"\theta",
        r"$\theta^\top x$ is linear in $\theta$ with the coefficients $x$.",
        lambda: gradient(lambda t: (t * G).sum(), [1.0, 2.0]), lambda: G, lambda: np.array([1.0, 2.0])),
    Formula("bias by a one", r"With $\theta = (a, b)^\top$ the line $y = a x + b$ is $\theta^\top @$",
        r"(x, 1)^\top", r"(1, x)^\top", "The slope comes first, so the 1 comes last.",
        lambda: 2.0 * X + 7.0, lambda: np.array([2.0, 7.0]) @ [X, np.ones(4)], lambda: np.array([2.0, 7.0]) @ [np.ones(4), X]),
    Formula("matrix product", r"For $Y = W X$: $\frac{\partial L}{\partial W} = @$",
        r"\frac{\partial L}{\partial Y} X^\top", r"\frac{\partial L}{\partial X} X^\top",
        r"The upstream gradient is that of $Y$.",
        lambda: gradient(lambda w, x: (w @ x * FLIP).sum(), W, A), lambda: FLIP @ A.T, lambda: W.T @ FLIP @ A.T),
    Formula("ReLU layer", r"For $h = \mathrm{ReLU}(a)$ with $a = W x + b$, where $m_i$ is 1 if $a_i > 0$ and else 0: $\frac{\partial L}{\partial W} = @$",
        r"\left( m \odot \frac{\partial L}{\partial h} \right) x^\top", r"\frac{\partial L}{\partial h} x^\top",
        "The gradient must pass the mask of the ReLU first.",
        lambda: gradient(relu_layer, W), lambda: np.outer(upstream() * (W @ [1.0, 2.0] + [5.0, -9.0] > 0), [1.0, 2.0]),
        lambda: np.outer(upstream(), [1.0, 2.0])),
    Formula("powers", r"For $f(x, y) = x^2 y^3 + x^2$: $\nabla f = @$",
        r"(2x (y^3 + 1), 3 x^2 y^2)^\top", r"(2x (y^3 - 1), x^2 (3 y^2 - 1))^\top",
        "The plus sign stays when $x$ varies, and the second term does not contain $y$.",
        lambda: gradient(lambda v: v[0] * v[0] * v[1] * v[1] * v[1] + v[0] * v[0], [2.0, -3.0]),
        lambda: np.array([2 * 2 * (-27.0 + 1), 3 * 4 * 9.0]), lambda: np.array([2 * 2 * (-27.0 - 1), 4 * (3 * 9.0 - 1)])),
    Formula("two labels", r"For every label $t$ and output $y$: $-t (1 - y) + (1 - t) y = @$", r"y - t", r"-t + t y + 1 - t - y + t y",
        r"$(1 - t) y$ is $y - t y$, so $t y$ cancels and no 1 is left.",
        lambda: -T * (1 - Y) + (1 - T) * Y, lambda: Y - T, lambda: -T + T * Y + 1 - T - Y + T * Y),
    Formula("bias gradient", r"For $\hat{y} = w x + b$ and $L = \frac{1}{2} \sum_i (\hat{y}_i - y_i)^2$: $\frac{\partial L}{\partial b} = @$",
        r"\sum_i (\hat{y}_i - y_i)", r"\sum_i x_i (\hat{y}_i - y_i)",
        "The factor $x_i$ belongs to the weight; the bias is added.",
        lambda: gradient(lambda b: (0.5 * (2.0 * X + b - 1.0) ** 2).sum(), 3.0),
        lambda: np.sum(2.0 * X + 3.0 - 1.0), lambda: np.sum(X * (2.0 * X + 3.0 - 1.0))),
    Formula("Glorot uniform", r"Glorot's uniform initialisation draws from $[-r, r]$ with $r = @$",
        r"\sqrt{\frac{6}{n_{\mathrm{in}} + n_{\mathrm{out}}}}", r"\frac{\sqrt{6}}{n_{\mathrm{in}} + n_{\mathrm{out}}}",
        r"The variance $r^2 / 3$ must be $2 / (n_{\mathrm{in}} + n_{\mathrm{out}})$: all of it stands under the root.",
        lambda: np.sqrt(3 / np.mean([120.0, 80.0])), lambda: np.sqrt(6 / 200), lambda: np.sqrt(6) / 200),
)  # fmt: skip
