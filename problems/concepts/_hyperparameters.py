"""Hyperparameters whose effect is asked about, and what the engine shows of it.

References: Goodfellow, Bengio and Courville (2016), sections 5.2, 7.1, 7.12, 8.1 and 8.3.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine

__all__ = ["MODELS", "SCENARIOS", "SETTINGS", "seen"]

#: the quantity, what is changed, and whether the two move the same way (1), contrary ways (-1) or
#: the quantity does not depend on it (0)
SCENARIOS = {
    "momentum": (r"the length of the step $v \leftarrow \alpha v - \eta g$ that momentum approaches under equal gradients", r"momentum coefficient $\alpha$", 1),
    "batch": ("the variance of the mean gradient of a mini-batch of independently drawn examples", "batch size", -1),
    "ridge": ("the length of the weight vector of ridge regression", "penalty strength", -1),
    "keep": ("the variance that inverted dropout adds to an activation", "probability of keeping a unit", -1),
    "rate": (
        r"the distance from the minimum of $\frac{1}{2} x^2$ after five steps of gradient descent from a fixed start",
        "learning rate", -1,
    ),
    "neighbours": ("the share of one noisy label in the vote of the nearest neighbours that it is among", "number of neighbours", -1),
    "first step": (r"the length of the first step $v \leftarrow \alpha v - \eta g$ that momentum makes from $v = 0$", r"momentum coefficient $\alpha$", 0),
    "mean": ("the expected output of inverted dropout", "probability of keeping a unit", 0),
    "window": ("the number of parameters of a max-pooling layer", "window size", 0),
}  # fmt: skip
SETTINGS = {
    "momentum": ("0.5", "0.6", "0.8", "0.9", "0.95"),
    "batch": ("1", "2", "3", "4"),
    "ridge": ("0.1", "0.5", "1", "2", "5"),
    "keep": ("0.4", "0.5", "0.6", "0.8", "0.9"),
    "rate": ("0.1", "0.2", "0.3", "0.5", "0.7", "0.9"),
    "neighbours": ("1", "3", "5", "7", "9"),
    "first step": ("0.5", "0.6", "0.8", "0.9", "0.95"),
    "mean": ("0.4", "0.5", "0.6", "0.8", "0.9"),
    "window": ("2", "3", "4", "5", "6"),
}

#: a model, its hyperparameter, its settings, and whether a larger setting is a simpler model
MODELS = {
    "polynomial": ("A classifier with polynomial features is trained", "degree", (1, 2, 3, 4, 6, 8), False),
    "network": ("A network with one hidden layer is trained", "number of hidden units", (2, 4, 8, 16, 32, 64), False),
    "neighbours": ("Nearest neighbours are used", "number of neighbours", (3, 5, 9, 15, 31, 63), True),
    "penalty": ("A large network is trained with an L2 penalty", "penalty (in thousandths)", (1, 3, 10, 30, 100, 300), True),
    "epochs": ("A large network is trained", "number of epochs", (5, 10, 20, 40, 80, 160), False),
}  # fmt: skip


def step_length(momentum, gradients):
    """The length of the last step under equal gradients."""
    path = engine.optimizer_path(lambda p: engine.SGD(p, lr=0.1, momentum=momentum), gradients)
    return abs(path[-1] - path[-2])


def dropped(keep):
    """The outputs of inverted dropout for an activation of 3, and their probabilities."""
    drop = engine.Dropout(1 - keep)
    drop.mask = np.array([0.0, 1.0])
    return drop(engine.Tensor([3.0, 3.0])).data, [1 - keep, keep]


def seen(scenario, setting):
    """The quantity of a scenario, measured with one setting."""
    x = float(setting)
    match scenario:
        case "momentum":
            return step_length(x, np.ones(100))
        case "first step":
            return step_length(x, [2.0])
        case "batch":
            return np.var([np.mean(b) for b in product([1.0, -2.0, 4.0], repeat=int(x))])
        case "ridge":
            data = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
            return np.linalg.norm(
                np.linalg.solve(data.T @ data + x * np.eye(2), data.T @ [1.0, 2.0, 4.0])
            )
        case "keep":
            outputs, chances = dropped(x)
            return np.dot(chances, (outputs - 3.0) ** 2)
        case "mean":
            return np.dot(*dropped(x))
        case "rate":
            path = engine.descent_path(
                lambda p: engine.SGD(p, lr=x), lambda theta: theta * theta * 0.5, 1.0, steps=5
            )
            return abs(path[-1])
        case "window":
            return engine.count_parameters(engine.MaxPool2d(int(x)))
    votes = np.zeros(int(x))
    votes[0] = 1.0
    return votes.mean()
