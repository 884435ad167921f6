"""Formulas, each beside a wrong form of it that has been seen in print.

Every entry has three functions without arguments: ``observed`` finds the left-hand side by running
the engine, enumerating or counting; ``right`` and ``wrong`` compute the two right-hand sides with
the same numbers.

References: Goodfellow, Bengio and Courville (2016), chapters 2, 6, 7, 8 and 9; Clevert, Unterthiner
and Hochreiter (2016) for ELU; Glorot and Bengio (2010), equation 16; Kingma and Ba (2015),
Algorithm 1; Dumoulin and Visin (2016), relationship 6.
"""

# ruff: noqa: E501 - a table: every formula and every sentence keeps to one line

from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.engine.windows import windows

__all__ = ["FORMULAS", "Formula", "holds"]


class Formula(NamedTuple):
    """``text`` is Markdown with the place ``@`` for the right-hand side; ``why`` is one sentence."""

    name: str
    text: str
    right_tex: str
    wrong_tex: str
    why: str
    observed: Callable[[], Any]
    right: Callable[[], Any]
    wrong: Callable[[], Any]

    def printed(self, right: bool) -> str:
        """The formula as the student reads it, in its right or its wrong form."""
        return self.text.replace("@", self.right_tex if right else self.wrong_tex)


@cache
def holds(name: str, right: bool) -> bool:
    """Whether the printed form agrees with what is observed."""
    formula = FORMULAS[name]
    said, seen = (formula.right if right else formula.wrong)(), formula.observed()
    return np.shape(said) == np.shape(seen) and bool(np.allclose(said, seen, rtol=1e-6, atol=1e-9))


X = np.array([-1.5, -0.4, 0.7, 2.0])
W = np.array([[1.0, -2.0], [0.5, 3.0]])
A = np.array([[1.0, 4.0], [-2.0, 3.0]])
G = np.array([3.0, -4.0])
U, S, VT = np.linalg.svd(A)
FLIP = np.array([[0.6, 0.8], [0.8, -0.6]])  # orthogonal: a reflection
POINTS, LABELS = (
    np.array([[1.0, 2.0], [-0.5, 0.3], [0.2, -1.0], [2.0, 1.0]]),
    np.array([1, -1, 1, 1]),
)
CLASSES = np.array([0, 2, 1, 0])


def gradient(function: Callable[..., Any], *arrays: Any, which: int = 0) -> Any:
    """The gradient of a scalar function by one of its arrays, from the tape."""
    tensors = [engine.Tensor(np.array(a, float), requires_grad=True) for a in arrays]
    function(*tensors).backward()
    return tensors[which].grad


def stepped(optimizer: Callable[..., Any], gradients: Any, start: Any = 0.0) -> Any:
    """The last position of the engine's optimizer."""
    return engine.optimizer_path(optimizer, np.array(gradients, float), start)[-1]


def affine(x: Any) -> Any:
    return float(np.dot([2.0, -1.0], x) + 5.0)


def relu_layer(w: Any) -> Any:
    h = (w @ engine.Tensor(np.array([1.0, 2.0])) + engine.Tensor(np.array([5.0, -9.0]))).relu()
    return ((h - np.array([1.0, 4.0])) ** 2).sum()


def upstream() -> Any:
    """The gradient of that loss by h."""
    h = np.maximum(W @ [1.0, 2.0] + [5.0, -9.0], 0)
    return 2 * (h - [1.0, 4.0])


def batch_norm(part: str) -> Any:
    """Normalised values, or the gradient of the scale for the upstream gradients 1, -2, 0.5, 3."""
    layer = engine.BatchNorm1d(1, eps=0.0, dtype="float64")
    y = layer(engine.Tensor(X.reshape(4, 1)))
    (y * np.array([[1.0], [-2.0], [0.5], [3.0]])).sum().backward()
    return y.data[:, 0] if part == "x" else layer.weight.grad[0]


def hinge(w: Any) -> Any:
    return functional.hinge_loss(engine.Tensor(POINTS) @ w, LABELS)


def margins() -> Any:
    return LABELS * (POINTS @ [0.5, 0.25])


def softmax_loss(w: Any) -> Any:
    return functional.cross_entropy(engine.Tensor(POINTS) @ w, CLASSES)


def log_likelihood(theta: float) -> float:
    """Of a logistic unit with weight theta, for the inputs 1, 2 and -1 with labels 1, 0 and 0."""
    z = engine.Tensor(theta * np.array([1.0, 2.0, -1.0]))
    return -3 * float(
        functional.binary_cross_entropy_with_logits(z, np.array([1.0, 0.0, 0.0])).data
    )


def likelihood_slope() -> float:
    """Its derivative at 0.4, by a central difference."""
    return (log_likelihood(0.4 + 1e-4) - log_likelihood(0.4 - 1e-4)) / 2e-4


def raising_step() -> float:
    """The step of a hundredth of the slope, up or down, after which the likelihood is larger."""
    size = 0.01 * abs(likelihood_slope())
    return max((size, -size), key=lambda step: log_likelihood(0.4 + step))


def clipped(g: Any, c: float) -> Any:
    """The gradient after the engine has clipped it."""
    theta = engine.Tensor(np.zeros(2), requires_grad=True)
    theta.grad = g.copy()
    engine.clip_grad_norm_([theta], c)
    return theta.grad


def nesterov() -> float:
    """The velocity of the engine's Nesterov momentum on the loss theta squared."""
    theta = engine.Tensor(3.0, requires_grad=True)
    optimizer = engine.Momentum([theta], lr=0.1, momentum=0.5, nesterov=True)
    optimizer.look_ahead()
    theta.grad = np.float64(8.0)  # a first step from rest makes the velocity -0.8
    optimizer.step()
    theta.data = np.float64(3.0)
    optimizer.look_ahead()
    optimizer.zero_grad()
    (theta * theta).backward()
    optimizer.step()
    return float(theta.data) - 3.0


def accumulated(optimizer: Callable[..., Any], gradients: list[Any]) -> Any:
    """The accumulator a by which the engine's last step lr g / sqrt(a), lr = 1, was divided."""
    path = engine.optimizer_path(optimizer, np.array(gradients))
    return (gradients[-1] / (path[-1] - path[-2])) ** 2


def average(gradients: list[Any]) -> Any:
    """Adam's first moment, from the engine."""
    theta = engine.Tensor(np.zeros(2), requires_grad=True)
    optimizer = engine.Adam([theta], betas=(0.9, 0.999))
    for g in gradients:
        theta.grad = g
        optimizer.step()
    return np.array(optimizer.moments(theta)[0])


LOGITS = np.array([[0.5, -1.0, 2.0], [1.0, 0.0, -0.5]])


def probabilities() -> Any:
    return functional.softmax(engine.Tensor(POINTS @ LOGITS)).data


def convolved(x: Any, w: Any) -> Any:
    return functional.conv1d(x.reshape(1, 1, -1), w.reshape(1, 1, -1))


SIGNAL, FILTER, DELTA = (
    np.array([1.0, 3.0, -2.0, 5.0, 4.0]),
    np.array([2.0, -1.0, 1.0]),
    np.array([1.0, 0.5, -2.0]),
)

#: two random variables with the same chances for their values, and means that are not 0
FIRST, SECOND = np.array([1.0, 5.0]), np.array([-2.0, 4.0])

FORMULAS = {
    formula.name: formula
    for formula in (
        Formula(
            "tanh", r"$\tanh x = @$", r"2 \sigma(2x) - 1", r"2 \sigma(x) - 1",
            r"$2 \sigma(x) - 1$ is $\tanh \frac{x}{2}$.",
            lambda: engine.Tensor(X).tanh().data,
            lambda: 2 / (1 + np.exp(-2 * X)) - 1, lambda: 2 / (1 + np.exp(-X)) - 1,
        ),
        Formula(
            "sigmoid", r"The sigmoid is $\sigma(x) = @$", r"\frac{1}{1 + e^{-x}}", r"\frac{1}{1 + e^{x}}",
            "With the other sign the function would fall.",
            lambda: engine.Tensor(X).sigmoid().data, lambda: 1 / (1 + np.exp(-X)), lambda: 1 / (1 + np.exp(X)),
        ),
        Formula(
            "sigmoid derivative", r"The derivative of the sigmoid is $\sigma'(x) = @$",
            r"\sigma(x) (1 - \sigma(x))", r"1 - \sigma(x)^2", r"$1 - f^2$ belongs to $f = \tanh$.",
            lambda: gradient(lambda x: x.sigmoid().sum(), X),
            lambda: 1 / (1 + np.exp(-X)) * (1 - 1 / (1 + np.exp(-X))), lambda: 1 - (1 / (1 + np.exp(-X))) ** 2,
        ),
        Formula(
            "Taylor", r"For an affine function, exactly: $f(x + \Delta) = @$",
            r"f(x) + \nabla f(x)^\top \Delta", r"\nabla f(x)^\top \Delta",
            "The first-order term is the change; the value at $x$ is missing.",
            lambda: affine([1.5, 3.0]), lambda: affine([1.0, 2.0]) + np.dot([2.0, -1.0], [0.5, 1.0]),
            lambda: np.dot([2.0, -1.0], [0.5, 1.0]),
        ),
        Formula(
            "ELU", r"The ELU with $\alpha = 1$ is $f(x) = @$", r"\max(0, x) + \min(0, e^x - 1)", r"\max(e^x - 1, x)",
            "For positive $x$ the maximum picks $e^x - 1$, which is larger than $x$.",
            lambda: functional.elu(engine.Tensor(X)).data,
            lambda: np.maximum(0, X) + np.minimum(0, np.exp(X) - 1), lambda: np.maximum(np.exp(X) - 1, X),
        ),
        Formula(
            "leaky ReLU", r"The leaky ReLU with slope $\alpha = 0.1$ is $f(x) = @$",
            r"\max(\alpha x, x)", r"\max(-\alpha x, x)", "A negative input gives a small negative output.",
            lambda: functional.leaky_relu(engine.Tensor(X), 0.1).data,
            lambda: np.maximum(0.1 * X, X), lambda: np.maximum(-0.1 * X, X),
        ),
        Formula(
            "SVD", r"With the singular value decomposition $A = U \Sigma V^\top$: $A A^\top = @$",
            r"U \Sigma \Sigma^\top U^\top", r"U \Sigma^2 V^\top", r"$V^\top V = I$ stands in the middle, and $A^\top$ ends with $U^\top$.",
            lambda: A @ A.T, lambda: U @ np.diag(S**2) @ U.T, lambda: U @ np.diag(S**2) @ VT,
        ),
        Formula(
            "determinant", r"For every orthogonal matrix: $\det Q = @$", r"\pm 1", r"1",
            r"A reflection has the determinant $-1$.",
            lambda: np.linalg.det(FLIP), lambda: np.sign(np.linalg.det(FLIP)), lambda: 1.0,
        ),
        Formula(
            "quadratic form", r"For every square matrix: $\nabla_x (x^\top A x) = @$", r"(A + A^\top) x", r"2 A x",
            r"$2 A x$ is right only for symmetric $A$.",
            lambda: gradient(lambda x: (x * (engine.Tensor(A) @ x)).sum(), G),
            lambda: (A + A.T) @ G, lambda: 2 * A @ G,
        ),
        Formula(
            "linear form", r"$\nabla_\theta (\theta^\top x) = @$", r"x", r"\theta",
            r"$\theta^\top x$ is linear in $\theta$ with the coefficients $x$.",
            lambda: gradient(lambda t: (t * G).sum(), [1.0, 2.0]), lambda: G, lambda: np.array([1.0, 2.0]),
        ),
        Formula(
            "bias by a one", r"With $\theta = (a, b)^\top$ the line $y = a x + b$ is $\theta^\top @$",
            r"(x, 1)^\top", r"(1, x)^\top", "The slope comes first, so the 1 comes last.",
            lambda: 2.0 * X + 7.0, lambda: np.array([2.0, 7.0]) @ [X, np.ones(4)], lambda: np.array([2.0, 7.0]) @ [np.ones(4), X],
        ),
        Formula(
            "matrix product", r"For $Y = W X$: $\frac{\partial L}{\partial W} = @$",
            r"\frac{\partial L}{\partial Y} X^\top", r"\frac{\partial L}{\partial X} X^\top",
            r"The upstream gradient is that of $Y$.",
            lambda: gradient(lambda w, x: (w @ x * FLIP).sum(), W, A), lambda: FLIP @ A.T, lambda: W.T @ FLIP @ A.T,
        ),
        Formula(
            "ReLU layer", r"For $h = \mathrm{ReLU}(a)$ with $a = W x + b$, where $m_i$ is 1 if $a_i > 0$ and else 0: $\frac{\partial L}{\partial W} = @$",
            r"\left( m \odot \frac{\partial L}{\partial h} \right) x^\top", r"\frac{\partial L}{\partial h} x^\top",
            "The gradient must pass the mask of the ReLU first.",
            lambda: gradient(relu_layer, W), lambda: np.outer(upstream() * (W @ [1.0, 2.0] + [5.0, -9.0] > 0), [1.0, 2.0]),
            lambda: np.outer(upstream(), [1.0, 2.0]),
        ),
        Formula(
            "Glorot uniform", r"Glorot's uniform initialisation draws from $[-r, r]$ with $r = @$",
            r"\sqrt{\frac{6}{n_{\mathrm{in}} + n_{\mathrm{out}}}}", r"\frac{\sqrt{6}}{n_{\mathrm{in}} + n_{\mathrm{out}}}",
            r"The variance $r^2 / 3$ must be $2 / (n_{\mathrm{in}} + n_{\mathrm{out}})$: all of it stands under the root.",
            lambda: np.sqrt(3 / np.mean([120.0, 80.0])), lambda: np.sqrt(6 / 200), lambda: np.sqrt(6) / 200,
        ),
        Formula(
            "clipping", r"Clipping the gradient $g$ at the norm $c < \lVert g \rVert_2$ puts @ in its place",
            r"$c \, g / \lVert g \rVert_2$", r"$c \, g / \lVert g \rVert_1$", r"With the 1-norm the result would be shorter than $c$.",
            lambda: clipped(G, 1.0), lambda: G / np.linalg.norm(G), lambda: G / np.sum(np.abs(G)),
        ),
        Formula(
            "Nesterov", r"Nesterov's velocity, for the step $\theta \leftarrow \theta + v$: $v \leftarrow \alpha v @$",
            r"- \varepsilon \nabla J(\theta + \alpha v)", r"+ \varepsilon \nabla J(\theta + \alpha v)",
            "The step goes down the gradient.",
            nesterov, lambda: 0.5 * -0.8 - 0.1 * 2 * (3.0 + 0.5 * -0.8), lambda: 0.5 * -0.8 + 0.1 * 2 * (3.0 + 0.5 * -0.8),
        ),
        Formula(
            "velocity", r"With $v_0 = 0$ and $v_t = \alpha v_{t-1} - \varepsilon g_t$: $v_2 = @$",
            r"-\varepsilon (\alpha g_1 + g_2)", r"-\varepsilon (g_1 + \alpha g_2)", "The older gradient has been multiplied by $\\alpha$.",
            lambda: np.diff(engine.optimizer_path(lambda p: engine.SGD(p, lr=0.1, momentum=0.5), [3.0, -4.0]))[-1],
            lambda: -0.1 * (0.5 * 3.0 - 4.0), lambda: -0.1 * (3.0 - 0.5 * 4.0),
        ),
        Formula(
            "ascent", r"A small step that raises the log-likelihood $\ell$: $\theta \leftarrow \theta @$",
            r"+ \eta \nabla \ell", r"- \eta \nabla \ell", "Downhill steps are for losses; the log-likelihood is to rise.",
            raising_step, lambda: 0.01 * likelihood_slope(), lambda: -0.01 * likelihood_slope(),
        ),
        Formula(
            "filter parameters", r"Six filters of $4 \times 4$ on an image with 3 channels have, with their biases, $@$ parameters",
            r"(4 \cdot 4 \cdot 3 + 1) \cdot 6 = 294", r"(4 \cdot 4 \cdot 3 + 1) \cdot 6 = 196", "$49 \\cdot 6 = 294$; 196 belongs to four filters.",
            lambda: engine.count_parameters(engine.Conv2d(3, 6, 4)), lambda: (4 * 4 * 3 + 1) * 6, lambda: 196,
        ),
        Formula(
            "RMSProp", r"RMSProp's accumulator: $a \leftarrow \beta a + (1 - \beta) @$", r"g \odot g", r"g",
            "It averages squared gradients.",
            lambda: accumulated(lambda p: engine.RMSprop(p, lr=1.0, alpha=0.9, eps=0.0), [G]),
            lambda: 0.1 * G**2, lambda: 0.1 * G,
        ),
        Formula(
            "Adagrad", r"Adagrad's accumulator: $a \leftarrow a + @$", r"g \odot g", r"g",
            "It adds squared gradients; signed ones would cancel.",
            lambda: accumulated(lambda p: engine.Adagrad(p, lr=1.0, eps=0.0), [G, 2 * G]), lambda: G**2 + 4 * G**2, lambda: 3 * G,
        ),
        Formula(
            "Adam step", r"Adam's step, apart from the stabiliser: $\theta \leftarrow \theta - @$",
            r"\varepsilon \frac{\hat m}{\sqrt{\hat v}}", r"\varepsilon \frac{\hat m}{\hat v}", "The step divides by the root of the second moment.",
            lambda: stepped(lambda p: engine.Adam(p, lr=0.1, eps=0.0), [G]), lambda: -0.1 * G / np.sqrt(G**2), lambda: -0.1 * G / G**2,
        ),
        Formula(
            "Adam correction", r"Adam's corrected first moment after $t$ steps: $\hat m_t = @$",
            r"\frac{m_t}{1 - \beta_1^t}", r"\frac{m_t}{1 - \beta_1}", "The bias shrinks from step to step; the constant factor is right after one step only.",
            lambda: G, lambda: average([G, G, G]) / (1 - 0.9**3), lambda: average([G, G, G]) / (1 - 0.9),
        ),
        Formula(
            "weight decay", r"Gradient descent on $J + \frac{\alpha}{2} \lVert W \rVert^2$: $W \leftarrow @ W - \varepsilon \nabla J$",
            r"(1 - \varepsilon \alpha)", r"(1 - \alpha)", "The gradient of the penalty is multiplied by the learning rate, too.",
            lambda: stepped(lambda p: engine.SGD(p, lr=0.1, weight_decay=0.5), [G], [2.0, 5.0]),
            lambda: (1 - 0.1 * 0.5) * np.array([2.0, 5.0]) - 0.1 * G, lambda: (1 - 0.5) * np.array([2.0, 5.0]) - 0.1 * G,
        ),
        Formula(
            "hinge gradient", r"For the mean hinge loss of $K$ examples, where $m_i$ is 1 if $y_i w^\top x_i < 1$ and else 0: $\nabla_w L = @$",
            r"-\frac{1}{K} \sum_i m_i y_i x_i", r"-\frac{1}{K} \sum_i m_i y_i (w^\top x_i) x_i", "The hinge is linear: its slope does not contain the score.",
            lambda: gradient(hinge, [0.5, 0.25]),
            lambda: -np.mean((margins() < 1)[:, None] * LABELS[:, None] * POINTS, axis=0),
            lambda: -np.mean(((margins() < 1) * LABELS * (POINTS @ [0.5, 0.25]))[:, None] * POINTS, axis=0),
        ),
        Formula(
            "softmax gradient", r"For the mean cross-entropy of a softmax layer, with $p_{ij}$ the probability of class $i$ for example $j$ and $t_{ij}$ its one-hot target: $\nabla_{w_i} L = @$",
            r"\frac{1}{m} \sum_j (p_{ij} - t_{ij}) x_j", r"\frac{1}{m} \sum_j p_{ij} x_j", "The target pulls the probability of the right class up.",
            lambda: gradient(softmax_loss, LOGITS), lambda: POINTS.T @ (probabilities() - np.eye(3)[CLASSES]) / 4,
            lambda: POINTS.T @ probabilities() / 4,
        ),
        Formula(
            "cross-entropy", r"The cross-entropy of targets $y_c$ and probabilities $p_c$ is $@$",
            r"-\sum_c y_c \ln p_c", r"\sum_c y_c \ln p_c", "Logarithms of probabilities are never positive, and a minus sign makes the loss at least 0.",
            lambda: functional.cross_entropy(engine.Tensor(np.log([[0.2, 0.5, 0.3]])), np.array([[0.1, 0.8, 0.1]])).data,
            lambda: -np.dot([0.1, 0.8, 0.1], np.log([0.2, 0.5, 0.3])), lambda: np.dot([0.1, 0.8, 0.1], np.log([0.2, 0.5, 0.3])),
        ),
        Formula(
            "binary cross-entropy", r"The binary cross-entropy of a target $y$ and an output $p$ is $@$",
            r"-y \ln p - (1 - y) \ln(1 - p)", r"-y \ln p + (1 - y) \ln(1 - p)", "The minus sign belongs to both terms.",
            lambda: functional.binary_cross_entropy_with_logits(engine.Tensor([np.log(0.3 / 0.7)]), np.array([0.0])).data,
            lambda: -np.log(0.7), lambda: np.log(0.7),
        ),
        Formula(
            "convolution size", r"A convolution with filters of width $F$, padding $P$ on both sides and stride $S$ turns the width $W$ into $@$",
            r"\lfloor (W - F + 2P) / S \rfloor + 1", r"\lfloor (W - F + 1 + 2P) / S \rfloor", "Divide by the stride first, and then add 1.",
            lambda: len(windows(33, 5, stride=2, padding=1)), lambda: (33 - 5 + 2) // 2 + 1, lambda: (33 - 5 + 1 + 2) // 2,
        ),
        Formula(
            "pooling size", r"Pooling with windows of width $F$ and stride $S$, without padding, turns the width $W$ into $@$",
            r"\lfloor (W - F) / S \rfloor + 1", r"\lfloor W / F \rfloor", "The windows start $S$ apart, however wide they are.",
            lambda: len(windows(13, 3, stride=2)), lambda: (13 - 3) // 2 + 1, lambda: 13 // 3,
        ),
        Formula(
            "variance of a product", r"For independent $w$ and $h$: $\mathrm{Var}[w h] = @$",
            r"\mathbb{E}[w]^2 \mathrm{Var}[h] + \mathbb{E}[h]^2 \mathrm{Var}[w] + \mathrm{Var}[w] \mathrm{Var}[h]",
            r"\mathrm{Var}[h] + \mathrm{Var}[w] + \mathrm{Var}[w] \mathrm{Var}[h]", "Each variance is scaled by the squared mean of the other factor.",
            lambda: np.var([w * h for w, h in product(FIRST, SECOND)]),
            lambda: FIRST.mean() ** 2 * SECOND.var() + SECOND.mean() ** 2 * FIRST.var() + FIRST.var() * SECOND.var(),
            lambda: SECOND.var() + FIRST.var() + FIRST.var() * SECOND.var(),
        ),
        Formula(
            "covariance", r"$\mathrm{Cov}[A x + b] = @$", r"A \, \mathrm{Cov}[x] \, A^\top", r"A \, \mathrm{Cov}[x] \, A^\top + b b^\top",
            "Adding a constant vector moves the mean only.",
            lambda: np.cov((POINTS @ A.T + G).T), lambda: A @ np.cov(POINTS.T) @ A.T, lambda: A @ np.cov(POINTS.T) @ A.T + np.outer(G, G),
        ),
        Formula(
            "class weights", r"$N$ examples of $C$ classes, $N_i$ of them in class $i$, count equally by class with the weights $w_i = @$",
            r"\frac{N}{C N_i}", r"\frac{N_i}{C N}", "A rare class needs a large weight.",
            lambda: np.array([550.0, 550.0]) / [1000, 100], lambda: 1100 / (2 * np.array([1000, 100])), lambda: np.array([1000, 100]) / (2 * 1100),
        ),
        Formula(
            "equal priors", r"With $c$ classes that are equally likely, $\sum_{i=1}^{N} \ln p(y_i) = @$", r"N \ln \frac{1}{c}", r"N \ln \frac{1}{\sqrt{2 \pi}}",
            "The constant of the normal density belongs to the inputs, not to the classes.",
            lambda: np.sum(np.log(np.full(10, 1 / 3))), lambda: 10 * np.log(1 / 3), lambda: 10 * np.log(1 / np.sqrt(2 * np.pi)),
        ),
        Formula(
            "cross-correlation", r"What a convolution layer computes of $x$ and $w$, without padding: $z_i = @$",
            r"\sum_j x_{i+j} w_j", r"\sum_j x_{i-j} w_j", "The layer does not flip its filter.",
            lambda: convolved(engine.Tensor(SIGNAL), engine.Tensor(FILTER)).data.ravel(),
            lambda: np.array([SIGNAL[i : i + 3] @ FILTER for i in range(3)]), lambda: np.array([SIGNAL[i : i + 3] @ FILTER[::-1] for i in range(3)]),
        ),
        Formula(
            "filter gradient", r"For $z_i = \sum_j x_{i+j} w_j$ and $\delta_i = \frac{\partial L}{\partial z_i}$: $\frac{\partial L}{\partial w_j} = @$",
            r"\sum_i \delta_i x_{i+j}", r"\delta_j x_j", "The weight is used at every position: sum over all of them.",
            lambda: gradient(lambda x, w: (convolved(x, w) * DELTA.reshape(1, 1, 3)).sum(), SIGNAL, FILTER, which=1),
            lambda: np.array([DELTA @ SIGNAL[j : j + 3] for j in range(3)]), lambda: DELTA * SIGNAL[:3],
        ),
        Formula(
            "scale of batch normalisation", r"Batch normalisation puts out $y_i = \gamma \hat x_i + \beta$: $\frac{\partial L}{\partial \gamma} = @$",
            r"\sum_i \hat x_i \frac{\partial L}{\partial y_i}", r"\sum_i x_i \frac{\partial L}{\partial y_i}", "The scale multiplies the normalised value.",
            lambda: batch_norm("gamma"), lambda: np.dot(batch_norm("x"), [1.0, -2.0, 0.5, 3.0]), lambda: np.dot(X, [1.0, -2.0, 0.5, 3.0]),
        ),
        Formula(
            "normalisation", r"Batch normalisation, apart from the stabiliser: $\hat x_i = @$",
            r"\frac{x_i - \mu}{\sqrt{\sigma^2}}", r"\frac{x_i - \mu}{\sigma^2}", "Divide by the deviation, the root of the variance.",
            lambda: batch_norm("x"), lambda: (X - X.mean()) / np.sqrt(X.var()), lambda: (X - X.mean()) / X.var(),
        ),
    )
}  # fmt: skip
