"""Statements about training in practice: data, losses, generalisation, convexity.

References: Goodfellow, Bengio and Courville (2016), sections 4.3, 5.2 to 5.4, 6.2 and 8.1; Boyd and
Vandenberghe (2004), section 3.1, on convexity.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.problems.concepts._statement import Opposite, Statement

__all__ = ["STATEMENTS"]

X = np.array([[-2.0, 1.0], [-1.0, -1.5], [0.5, 1.0], [2.0, -0.5], [1.5, 2.0], [-0.5, 0.2]])
#: Labels that the first input separates, and labels that no line separates.
SEPARATED, MIXED = np.array([0.0, 0, 1, 1, 1, 0]), np.array([0.0, 1, 1, 0, 1, 0])
LABELS = np.array([1.0, 2.0, 2.5, 3.0, 60.0])
PLACES = [np.array(w) for w in product([-6.0, -1.0, 0.5, 4.0], repeat=2)]
GRID = np.linspace(0, 70, 7001)


def logistic_loss(w, y=MIXED):
    """The mean cross-entropy of logistic regression without bias."""
    return float(functional.binary_cross_entropy_with_logits(engine.Tensor(X @ w), y).data)


def squared_loss(w, y=MIXED):
    """The mean squared error behind a sigmoid."""
    return float(((engine.Tensor(X @ w).sigmoid() - engine.Tensor(y)) ** 2).mean().data)


def two_units(w):
    """The squared error of two tanh units whose outputs are added, for targets that w = (1, -2) fits."""
    x = X[:, 0]
    target = np.tanh(x) + 3 * np.tanh(-2 * x)
    return float(np.mean((np.tanh(w[0] * x) + 3 * np.tanh(w[1] * x) - target) ** 2))


def convex(loss):
    """Whether no middle of two places is higher than the mean of its ends."""
    return all(loss((a + b) / 2) <= (loss(a) + loss(b)) / 2 + 1e-9 for a in PLACES for b in PLACES)


def accuracy(scores):
    return float(np.mean((scores > 0) == (MIXED > 0)))


def best_constant(power):
    """The constant with the smallest mean of |label - constant|^power, searched for."""
    return float(GRID[np.argmin([np.mean(np.abs(LABELS - c) ** power) for c in GRID])])


def zero_start(steps=50):
    """The loss of logistic regression before and after training from weights 0."""
    w = engine.Tensor(np.zeros(2), requires_grad=True)
    optimizer = engine.SGD([w], lr=0.5)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = functional.binary_cross_entropy_with_logits(engine.Tensor(X) @ w, SEPARATED)
        loss.backward()
        losses.append(loss.item())
        optimizer.step()
    return losses[0], losses[-1]


def line_fit(n, noise=0.1):
    """Training error, and error without noise, of a straight line fitted to n points of a parabola."""
    x = np.linspace(-1, 1, n)
    y = x**2 + noise * (-1.0) ** np.arange(n)
    line = np.polyval(np.polyfit(x, y, 1), x)
    return float(np.mean((line - y) ** 2)), float(np.mean((line - x**2) ** 2))


def wiggle(start):
    """Where gradient descent on x^4 - 4 x^2 + x ends, as the loss there."""
    path = engine.descent_path(
        lambda p: engine.SGD(p, lr=0.02), lambda x: x * x * x * x - x * x * 4.0 + x, start, 300
    )
    return float(path[-1] ** 4 - 4 * path[-1] ** 2 + path[-1])


def normalised(test, mean, deviation):
    return (test - mean) / deviation


def reach(*kernels):
    """How many inputs of a signal one output of a stack of convolutions depends on."""
    signal = engine.Tensor(np.zeros((1, 1, 15)), requires_grad=True)
    out = signal
    for size in kernels:
        out = functional.conv1d(out, engine.Tensor(np.ones((1, 1, size))))
    grad = np.zeros(out.shape)
    grad[0, 0, 3] = 1.0
    out.backward(grad)
    return int(np.count_nonzero(signal.grad))


STATEMENTS = (
    Statement("double accuracy", True, "Multiplying all weights and biases of a linear classifier by 2 leaves its accuracy as it is.",
        "All scores are doubled, so the largest one stays the largest.", "", lambda: all(accuracy(X @ w) == accuracy(X @ (2 * w)) for w in PLACES), because="double loss"),
    Statement("double loss", True, "Doubling all logits of a softmax squares the ratios of its probabilities, so that a larger one stays larger.",
        "$e^{2 z_i - 2 z_j}$ is the square of $e^{z_i - z_j}$.", "", lambda: bool(np.isclose(np.divide(*functional.softmax(engine.Tensor([2.0, 0.6])).data), np.divide(*functional.softmax(engine.Tensor([1.0, 0.3])).data) ** 2))),
    Statement("double cross-entropy", False, "Multiplying all weights and biases of a linear classifier by 2 leaves its cross-entropy as it is.",
        "Right predictions become more confident, and so do wrong ones.", "", lambda: bool(np.isclose(logistic_loss(np.array([1.0, 0.5])), logistic_loss(np.array([2.0, 1.0])))), because="double loss"),
    Statement("test statistics", False, "Test inputs should be normalised with the mean and the deviation of the test set.",
        "The model was trained on inputs normalised with those of the training data; the same map belongs to the test inputs.", "",
        lambda: bool(np.isclose(normalised(5.0, np.mean([5.0, 9.0]), np.std([5.0, 9.0])), normalised(5.0, np.mean([1.0, 5.0]), np.std([1.0, 5.0])))), because="own statistics"),
    Statement("own statistics", True, "If test inputs are normalised with their own mean and deviation, the prediction for one of them depends on the others.",
        "Another test input changes the mean and the deviation.", "",
        lambda: not np.isclose(normalised(5.0, np.mean([5.0, 9.0]), np.std([5.0, 9.0])), normalised(5.0, np.mean([1.0, 5.0]), np.std([1.0, 5.0])))),
    Statement("split first", True, "The mean and the deviation for normalising inputs should be computed after the test data have been set aside.",
        "Otherwise the test data influence the model.", "", Opposite("The mean and the deviation for normalising inputs should be computed from all data, test data included.", False, "")),
    Statement("one by one field", False, "A $1 \\times 1$ convolution after a $3 \\times 3$ convolution enlarges the receptive field.",
        "Each of its outputs sees one place of the layer before.", "", lambda: reach(3, 1) > reach(3), because="one by one stride"),
    Statement("one by one stride", True, "With stride 1, a stack of a $3 \\times 3$ and a $1 \\times 1$ convolution sees $3 \\times 3$ pixels.",
        "The second layer adds $1 - 1 = 0$ to the width of 3.", "", lambda: reach(3, 1) == 3),
    Statement("bias place", False, "A convolution layer has a bias of its own for every position of its output.",
        "Like the weights, the bias of a filter is shared by all positions.", "",
        lambda: engine.count_parameters(engine.Conv1d(1, 1, 3)) == 3 + 10),
    Statement("logistic zero", True, "Logistic regression can be trained from weights that are all 0.",
        "Each weight has a gradient with its own input as a factor; there are no hidden units that stay alike.", "", lambda: zero_start()[1] < zero_start()[0] / 2, because="logistic convex"),
    Statement("median", True, "The constant prediction with the smallest mean absolute error is the median of the labels.",
        "Moving it towards the larger half of the labels gains more than it loses.", "", lambda: abs(best_constant(1) - np.median(LABELS)) < 0.02),
    Statement("absolute outlier", False, "A single label that is far off moves the fit with the absolute error more than the fit with the squared error.",
        "The slope of the absolute error does not grow with the distance.", "", lambda: abs(best_constant(1) - 2.25) > abs(best_constant(2) - 2.25), because="median"),
    Statement("bias data", False, "A model that is too simple for the data gets a low error when it is given enough training data.",
        "More data lower the variance, not the bias.", "", lambda: line_fit(4000)[1] < 0.01, because="bias train"),
    Statement("bias train", True, "A model with high bias and low variance has a high error on the training data as well.",
        "It cannot follow the data that it is fitted to.", "", lambda: line_fit(400)[0] > 0.05),
    Statement("gap data", True, "Where the training error is low and the validation error is much higher, more training data can help.",
        "The gap is a sign of variance, which falls with the number of examples.", "", Opposite("A low training error and a much higher validation error are a sign that more training data cannot help.", False, "")),
    Statement("step cost", False, "A step of stochastic gradient descent with one example costs as much as a step of gradient descent on all $N$ examples.",
        "It runs forward and backward for one example instead of $N$.", "", lambda: X[:1].size == X.size),
    Statement("backprop global", False, "Backpropagation makes sure that gradient descent ends in a global minimum.",
        "It computes the gradient; where the steps lead depends on the loss and the start.", "", lambda: bool(np.isclose(wiggle(1.5), wiggle(-1.5))), because="two minima"),
    Statement("two minima", True, "On a loss with several local minima, the start can decide in which of them gradient descent ends.",
        "It goes downhill from where it starts.", "", lambda: wiggle(1.5) > wiggle(-1.5) + 1),
    Statement("separable zero", False, "On linearly separable data logistic regression reaches cross-entropy 0 at some finite weights.",
        "Every probability stays below 1, so every example adds a positive loss.", "", lambda: logistic_loss(np.array([30.0, 0.0]), SEPARATED) == 0, because="separable small"),
    Statement("separable small", True, "On linearly separable data the cross-entropy of logistic regression comes as close to 0 as one likes.",
        "Scale up weights that separate the data: every margin grows.", "", lambda: logistic_loss(np.array([30.0, 0.0]), SEPARATED) < 1e-3),
    Statement("logistic convex", True, "The cross-entropy of logistic regression is a convex function of its weights.",
        "Each example adds $\\ln(1 + e^{\\pm z})$, which is convex in a linear $z$.", "", lambda: convex(logistic_loss)),
    Statement("sigmoid convex", False, "The squared error behind a sigmoid is a convex function of the weights.",
        "It levels off at both ends: far from the minimum it is flat.", "", lambda: convex(squared_loss), because="logistic convex"),
    Statement("network convex", False, "The squared error of a network with one hidden layer is a convex function of its weights.",
        "Exchanging hidden units gives another minimum, and half-way between the two the loss is larger.", "", lambda: convex(two_units)),
)  # fmt: skip
