"""Statements about gradient descent and its relatives.

References: Goodfellow, Bengio and Courville (2016), chapter 8; Sutskever et al. (2013); Duchi,
Hazan and Singer (2011) for Adagrad; Kingma and Ba (2015) for Adam; Loshchilov and Hutter (2019)
for decoupled weight decay; Pascanu, Mikolov and Bengio (2013) for clipping.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.problems.concepts._statement import Opposite, Statement

__all__ = ["STATEMENTS"]

G = np.array([3.0, -4.0])


def run(optimizer, gradients, start=0.0):
    """Positions of an engine optimizer that is given these gradients."""
    return engine.optimizer_path(optimizer, np.asarray(gradients, float), start)


def steps(optimizer, gradients):
    return np.diff(run(optimizer, gradients), axis=0)


def sgd(**options):
    return lambda p: engine.SGD(p, **{"lr": 0.1, **options})


def adam(**options):
    return lambda p: engine.Adam(p, **{"lr": 0.1, "eps": 0.0, **options})


def adagrad(p):
    return engine.Adagrad(p, lr=0.1, eps=0.0)


def rmsprop(p):
    return engine.RMSprop(p, lr=0.1, alpha=0.9, eps=0.0)


def bowl(optimizer, curvature, start, count):
    """Distances from the minimum of sum(curvature x^2) / 2."""
    weights = np.asarray(curvature) * 0.5
    return engine.descent_path(optimizer, lambda x: (x * x * weights).sum(), start, count)


def clipped(g, bound, by_value=False):
    theta = engine.Tensor(np.zeros(2), requires_grad=True)
    theta.grad = np.array(g, float)
    (engine.clip_grad_value_ if by_value else engine.clip_grad_norm_)([theta], bound)
    return theta.grad


def parallel(a, b):
    return bool(np.isclose(a[0] * b[1], a[1] * b[0]) and np.dot(a, b) > 0)


def velocity_variance(t, alpha=0.9):
    """Variance of the velocity after t steps of zero-mean noise, over all its outcomes."""
    path = run(sgd(momentum=alpha, lr=1.0), engine.sign_sequences(t))
    return float(np.var(path[-1] - path[-2]))


def batches(values, size):
    """Means of all ordered batches drawn with replacement."""
    return np.array([np.mean(batch) for batch in product(values, repeat=size)])


PER_EXAMPLE = np.array([1.0, -2.0, 4.0, 0.5])


def noise_floor(lr, count=400):
    """Mean loss of a quadratic under noisy gradients, once the start is forgotten."""
    rng = np.random.default_rng(7)
    x, losses = 1.0, []
    for _ in range(count):
        x -= lr * (x + rng.normal())
        losses.append(x * x / 2)
    return float(np.mean(losses[count // 2 :]))


def stochastic_losses():
    """Full losses along stochastic gradient descent on (w - y)^2 with single examples."""
    w, losses = 0.0, []
    for y in (5.0, -5.0, 4.0, -4.0, 5.0):
        w -= 0.3 * 2 * (w - y)
        losses.append(np.mean((w - np.array([5.0, -5.0, 4.0, -4.0])) ** 2))
    return np.array(losses)


def weight_in_velocity(age):
    """With which weight a gradient enters the velocity some steps later, relative to a new one."""
    path = run(sgd(momentum=0.9, lr=1.0), [1.0] + [0.0] * age)
    return float(path[-1] - path[-2]) / -1.0


def looked_at():
    """Where the engine's Nesterov momentum takes its second gradient."""
    theta = engine.Tensor(3.0, requires_grad=True)
    optimizer = engine.Momentum([theta], lr=0.1, momentum=0.5, nesterov=True)
    optimizer.look_ahead()
    theta.grad = np.float64(2.0)
    optimizer.step()
    velocity = float(theta.data) - 3.0
    optimizer.look_ahead()
    return float(theta.data), 3.0 + velocity + 0.5 * velocity


def moments_after_one():
    """Adam's two moments after one gradient of 1, without their correction."""
    theta = engine.Tensor(0.0, requires_grad=True)
    optimizer = engine.Adam([theta], betas=(0.9, 0.999))
    theta.grad = np.float64(1.0)
    optimizer.step()
    return [float(moment) for moment in optimizer.moments(theta)]


def adam_correction(t):
    """Which factor takes the engine's first moment of equal gradients to the gradient itself."""
    theta = engine.Tensor(0.0, requires_grad=True)
    optimizer = engine.Adam([theta], betas=(0.9, 0.999))
    for _ in range(t):
        theta.grad = np.float64(2.0)
        optimizer.step()
    factor = 2.0 / float(optimizer.moments(theta)[0])
    names = {"constant": 1 / (1 - 0.9), "power": 1 / (1 - 0.9**t)}
    return next((name for name, value in names.items() if np.isclose(factor, value)), "neither")


STATEMENTS = (
    Statement("unbiased", True, "The expected gradient of the mean loss of a mini-batch drawn uniformly at random is the gradient of the mean loss over all examples.", "Every example is drawn as often as every other.", "S1-87", lambda: bool(np.isclose(np.mean(batches(PER_EXAMPLE, 3)), np.mean(PER_EXAMPLE)))),
    Statement("batch variance", True, "With examples drawn independently, the mean gradient of $K$ examples has $\\frac{1}{K}$ of the variance of the gradient of a single example.", "Variances of independent terms add, and the mean divides by $K^2$.", "S1-87", lambda: bool(np.isclose(np.var(batches(PER_EXAMPLE, 4)), np.var(PER_EXAMPLE) / 4))),
    Statement("batch deviation", False, "With examples drawn independently, doubling the batch halves the standard deviation of its mean gradient.", "It divides it by $\\sqrt 2$.", "S1-87", lambda: bool(np.isclose(np.std(batches(PER_EXAMPLE, 4)), np.std(batches(PER_EXAMPLE, 2)) / 2)), "batch variance"),
    Statement("batch noise", False, "With examples drawn independently, the mean gradient of a larger mini-batch is noisier.", "Averaging reduces noise.", "S1-65", lambda: np.var(batches(PER_EXAMPLE, 4)) > np.var(batches(PER_EXAMPLE, 1)), "batch variance"),
    Statement("epoch", True, "With 1000 examples and mini-batches of 100, an epoch has 10 steps.", "Every example is used once: $1000 / 100 = 10$.", "S1-38", lambda: len(np.split(np.arange(1000), range(100, 1000, 100))) == 10),
    Statement("monotone", False, "The loss on all data falls in every step of stochastic gradient descent.", "The gradient of a few examples may point elsewhere.", "S1-87", lambda: bool(np.all(np.diff(stochastic_losses()) < 0))),
    Statement("contour", False, "A step of gradient descent is tangent to the contour line through its starting point.", "It is perpendicular to it.", "S1-89", lambda: bool(np.isclose(np.dot(steps(sgd(), [G])[0], [4.0, 3.0]), np.linalg.norm(steps(sgd(), [G])[0]) * 5)), "along contour"),
    Statement("along contour", True, "To first order, the loss does not change along a direction perpendicular to the gradient.", "The change is the inner product with the gradient.", "S0-34", lambda: bool(np.isclose(np.dot(G, [4.0, 3.0]), 0))),
    Statement("stable", True, "On $\\frac{\\lambda}{2} x^2$ with $\\lambda > 0$, gradient descent with a fixed learning rate $\\eta > 0$ converges to 0 from every start exactly if $\\eta < \\frac{2}{\\lambda}$.", "Every step multiplies $x$ by $1 - \\eta \\lambda$.", "S0-35", lambda: abs(bowl(sgd(lr=0.49), 4.0, [1.0], 100)[-1, 0]) < 0.1 and abs(bowl(sgd(lr=0.51), 4.0, [1.0], 100)[-1, 0]) > 10),
    Statement("unstable", False, "On $\\frac{\\lambda}{2} x^2$ with $\\lambda > 0$, gradient descent from $x \\ne 0$ diverges for every learning rate above $\\frac{1}{\\lambda}$.", "Between $\\frac{1}{\\lambda}$ and $\\frac{2}{\\lambda}$ it jumps across the minimum but comes closer with every step.", "S0-35", lambda: abs(bowl(sgd(lr=0.4), 4.0, [1.0], 100)[-1, 0]) > 1, "stable"),
    Statement("one step", True, "On $\\frac{\\lambda}{2} x^2$ with $\\lambda > 0$, gradient descent with the learning rate $\\frac{1}{\\lambda}$ reaches the minimum in one step.", "The step multiplies $x$ by $1 - \\frac{1}{\\lambda} \\lambda = 0$.", "S0-35", lambda: bool(np.isclose(bowl(sgd(lr=0.25), 4.0, [1.0], 1)[-1, 0], 0)), "stable"),
    Statement("slow", True, "On a quadratic bowl, a learning rate that is far too small makes gradient descent slow rather than divergent.", "Every step is short but goes downhill.", "S3-20", lambda: 0.9 < bowl(sgd(lr=1e-4), 4.0, [1.0], 100)[-1, 0] < 1),
    Statement("loss scale", True, "For plain gradient descent, doubling the loss has the same effect on the weights as doubling the learning rate.", "The gradient is doubled.", "S0-16", lambda: bool(np.allclose(run(sgd(), [2 * G]), run(sgd(lr=0.2), [G])))),
    Statement("momentum first", True, "From $v = 0$, momentum in the form $v \\leftarrow \\alpha v - \\eta g$, $\\theta \\leftarrow \\theta + v$ makes the same first step as gradient descent with the learning rate $\\eta$.", "$\\alpha \\cdot 0 - \\eta g = -\\eta g$.", "S1-69", lambda: bool(np.allclose(run(sgd(momentum=0.9), [G]), run(sgd(), [G])))),
    Statement("momentum first other", False, "From $v = 0$, momentum in the form $v \\leftarrow 0.9 v - \\eta g$, $\\theta \\leftarrow \\theta + v$ makes a first step ten times as long as gradient descent with the learning rate $\\eta$.", "The first steps are equal; only a long run of equal gradients reaches the factor 10.", "S1-69", lambda: bool(np.allclose(steps(sgd(momentum=0.9), [G])[0], 10 * steps(sgd(), [G])[0])), "momentum first"),
    Statement("terminal", True, "With equal gradients $g$, the steps $v \\leftarrow 0.9 v - \\eta g$ of momentum approach ten times the steps $-\\eta g$ of gradient descent.", "$1 + 0.9 + 0.9^2 + \\dots = \\frac{1}{1 - 0.9} = 10$.", "S2-10", lambda: bool(np.isclose(steps(sgd(momentum=0.9), np.ones(300))[-1], -1.0))),
    Statement("terminal half", False, "With equal gradients, raising $\\alpha$ from 0.5 to 0.9 doubles the limit of the steps $v \\leftarrow \\alpha v - \\eta g$ of momentum.", "The factor $\\frac{1}{1 - \\alpha}$ rises from 2 to 10.", "S2-10", lambda: bool(np.isclose(steps(sgd(momentum=0.9), np.ones(300))[-1], 2 * steps(sgd(momentum=0.5), np.ones(300))[-1])), "terminal"),
    Statement("old gradients", False, "In the velocity $v \\leftarrow \\alpha v - \\eta g$ with $0 < \\alpha < 1$ the oldest gradient has the largest weight.", "Each step multiplies its weight by $\\alpha < 1$ once more.", "S1-93", lambda: weight_in_velocity(3) > weight_in_velocity(0), "memory"),
    Statement("memory", True, "In the velocity $v \\leftarrow 0.9 v - \\eta g$, a gradient that is ten steps old has less than half the weight of the newest one.", "$0.9^{10} \\approx 0.35$.", "S1-94", lambda: weight_in_velocity(10) < 0.5),
    Statement("velocity variance", True, "With independent gradients of mean 0 and equal finite variance, the variance of the velocity $v \\leftarrow \\alpha v - \\eta g$ stays bounded for every $0 < \\alpha < 1$.", "It is a geometric sum with the ratio $\\alpha^2$.", "S1-116", lambda: velocity_variance(8, 0.5) < 1 / (1 - 0.25) and velocity_variance(10, 0.5) < 1 / (1 - 0.25), "memory"),
    Statement("velocity variance limit", False, "With independent gradients of mean 0 and variance 1, the variance of the velocity $v \\leftarrow \\alpha v - g$ with $0 < \\alpha < 1$ approaches $\\frac{1}{1 - \\alpha}$.", "The weights are squared: it approaches $\\frac{1}{1 - \\alpha^2}$.", "S1-116", lambda: bool(np.isclose(velocity_variance(12, 0.5), 2, rtol=0.01)), "velocity variance"),
    Statement("nesterov place", True, "With the step $\\theta \\leftarrow \\theta + v$, Nesterov's momentum takes the gradient where the old velocity alone would lead.", "That is $\\theta + \\alpha v$.", "S0-88", lambda: bool(np.isclose(*looked_at()))),
    Statement("nesterov sign", False, "With the step $\\theta \\leftarrow \\theta + v$, Nesterov's momentum is $v \\leftarrow \\alpha v + \\eta \\nabla J(\\theta + \\alpha v)$.", "It goes downhill: $v \\leftarrow \\alpha v - \\eta \\nabla J(\\theta + \\alpha v)$.", "S0-88", Opposite("With the step $\\theta \\leftarrow \\theta + v$, Nesterov's momentum is $v \\leftarrow \\alpha v - \\eta \\nabla J(\\theta + \\alpha v)$.", True, "S1-70"), "nesterov place"),
    Statement("adagrad grows", False, "With the same gradient in every step, Adagrad's steps can become longer in the course of training.", "Its accumulator never falls.", "S1-91", lambda: bool(np.any(np.diff(np.abs(steps(adagrad, np.full(20, 3.0)))) > 0)), "adagrad root"),
    Statement("adagrad root", True, "With the same gradient in every step, Adagrad's step number $t$ is $\\frac{1}{\\sqrt t}$ of its first step, apart from the stabiliser.", "The sum of the squared gradients is $t g^2$.", "S0-89", lambda: bool(np.allclose(np.abs(steps(adagrad, np.full(9, 3.0))), 0.1 / np.sqrt(np.arange(1, 10))))),
    Statement("adagrad signed", False, "In Adagrad's accumulator, gradients of opposite signs cancel each other.", "It adds squares.", "S1-90", lambda: bool(np.isclose(np.abs(steps(adagrad, [3.0, -3.0, 3.0]))[-1], 0.1)), "adagrad root"),
    Statement("adagrad first", False, "Adagrad's first step is longer in coordinates with larger gradients.", "Apart from the stabiliser, $g / \\sqrt{g^2}$ is 1 or $-1$ in every coordinate with $g \\ne 0$.", "S1-91", lambda: float(np.abs(np.diff(np.abs(steps(adagrad, [[3.0, -500.0]])[0])))[0]) > 1e-6, "adagrad root"),
    Statement("rmsprop forgets", True, "RMSProp forgets old squared gradients exponentially.", "Every step multiplies them by $\\beta$.", "S1-72", lambda: bool(np.abs(steps(rmsprop, [100.0] + [1.0] * 300))[-1] > 0.09)),
    Statement("adagrad forgets", False, "Adagrad forgets old squared gradients.", "Its accumulator keeps all of them; RMSProp's forgets.", "S1-71", lambda: bool(np.abs(steps(adagrad, [100.0] + [1.0] * 300))[-1] > 0.09), "adagrad root"),
    Statement("rmsprop constant", True, "With the same gradient in every step and no zero in it, the steps of RMSProp approach the learning rate in every coordinate, apart from the stabiliser.", "The root of the averaged square approaches the size of the gradient.", "S1-72", lambda: bool(np.allclose(np.abs(steps(rmsprop, [[3.0, 500.0]] * 200))[-1], 0.1, rtol=1e-3))),
    Statement("adam parts", True, "Adam combines momentum with the scaling of RMSProp.", "It averages the gradients and their squares.", "S1-112", Opposite("Adam uses neither an average of the gradients nor one of their squares.", False, "S1-74")),
    Statement("adam correction constant", False, "Adam's bias correction divides the first moment by $1 - \\beta_1$ in every step.", "In step $t$ it divides by $1 - \\beta_1^t$.", "S0-91", lambda: adam_correction(4) == "constant", "adam correction fades"),
    Statement("adam correction fades", True, "The factors of Adam's bias correction approach 1 in the course of training.", "They are $\\frac{1}{1 - \\beta^t}$, and $\\beta^t \\to 0$.", "S1-76", lambda: 1 / (1 - 0.9**100) < 1.001 and adam_correction(4) == "power"),
    Statement("adam uncorrected", False, "With $\\beta_1 = 0.9$ and $\\beta_2 = 0.999$, leaving out Adam's bias correction makes its first step shorter.", "It makes it $0.1 / \\sqrt{0.001} \\approx 3.16$ times as long.", "S1-76", lambda: moments_after_one()[0] / np.sqrt(moments_after_one()[1]) < 1, "second moment"),
    Statement("second moment", True, "With $\\beta_1 = 0.9$ and $\\beta_2 = 0.999$, and without bias correction, the root of Adam's second moment is smaller than the absolute value of its first moment after one step with $g \\ne 0$.", "They are $\\sqrt{0.001} \\, |g| \\approx 0.032 \\, |g|$ and $0.1 \\, |g|$.", "S1-76", lambda: np.sqrt(moments_after_one()[1]) < moments_after_one()[0]),
    Statement("adam first", True, "Adam's first step has the length of the learning rate in every coordinate with $g \\ne 0$, apart from the stabiliser.", "After correction the first moment is $g$ and the root of the second is $|g|$.", "S2-11", lambda: bool(np.allclose(np.abs(steps(adam(), [[0.001, -700.0]])[0]), 0.1))),
    Statement("adam scale", True, "Multiplying all gradients by 10 leaves Adam's steps unchanged, apart from the stabiliser.", "The first moment and the root of the second are both multiplied by 10.", "S1-74", lambda: bool(np.allclose(run(adam(), [G, -G, 2 * G]), run(adam(), [10 * G, -10 * G, 20 * G])))),
    Statement("sgd scale", False, "Multiplying all gradients by 10 leaves the steps of plain gradient descent unchanged.", "They become ten times as long.", "S2-06", lambda: bool(np.allclose(run(sgd(), [G]), run(sgd(), [10 * G])))),
    Statement("adam direction", False, "Adam's first step always points exactly against the gradient.", "Apart from the stabiliser, all coordinates with $g \\ne 0$ move by the same length.", "S2-11", lambda: parallel(-steps(adam(), [G])[0], G), "adam first"),
    Statement("decay equal", True, "For plain gradient descent with learning rate $\\eta$, the penalty $\\frac{\\alpha}{2} \\lVert w \\rVert^2$ has the same effect as adding $-\\eta \\alpha w$ to every step.", "The gradient of the penalty is $\\alpha w$.", "S1-58", lambda: bool(np.allclose(run(sgd(weight_decay=0.5), [G], [2.0, 5.0])[-1], (1 - 0.05) * np.array([2.0, 5.0]) - 0.1 * G))),
    Statement("decay adam", False, "For Adam, an L2 penalty and decoupled weight decay with the same coefficient always give the same steps.", "Adam rescales the gradient of the penalty, but not decoupled decay.", "S1-58", lambda: bool(np.allclose(run(adam(weight_decay=0.5), [G], [2.0, 5.0]), run(lambda p: engine.AdamW(p, lr=0.1, eps=0.0, weight_decay=0.5), [G], [2.0, 5.0]))), "adam scale"),
    Statement("clip direction", True, "Clipping a gradient by its norm keeps its direction.", "All components are multiplied by one factor.", "S1-78", lambda: parallel(clipped(G, 1.0), G)),
    Statement("clip value", False, "Clipping a gradient component by component always keeps its direction.", "Large components are cut while small ones are not.", "S1-78", lambda: parallel(clipped([3.0, -0.5], 1.0, by_value=True), [3.0, -0.5]), "clip direction"),
    Statement("clip short", False, "Clipping gradients by the norm at $c$ stretches shorter gradients to the length $c$.", "It leaves them as they are.", "S1-78", lambda: bool(np.isclose(np.linalg.norm(clipped([0.3, 0.4], 1.0)), 1))),
    Statement("decay drop", True, "When the training loss has stopped falling in stochastic gradient descent, a smaller learning rate can make it fall further.", "The noise keeps the loss at a level that grows with the learning rate.", "S1-113", lambda: noise_floor(0.05) < noise_floor(0.5) / 3),
    Statement("constant rate", False, "If the noise of its gradients keeps the same variance, stochastic gradient descent with a constant learning rate comes arbitrarily close to the minimum and stays there.", "The noise keeps moving it about, the further the larger the learning rate.", "S1-113", lambda: noise_floor(0.5, 400) > 2 * noise_floor(0.5, 1600), "decay drop"),
    Statement("batch definition", True, "Stochastic gradient descent in its strict sense makes a step after every single example.", "Batch gradient descent uses all examples for a step, mini-batch descent some of them.", "S0-36", Opposite("Stochastic gradient descent in its strict sense makes one step after it has seen all examples.", False, "S1-38")),
    Statement("class weights", True, "To give a class of 1000 and a class of 100 examples the same total weight in the loss, each example of the smaller class must weigh ten times as much.", "$1000 \\cdot 1 = 100 \\cdot 10$.", "S1-122", lambda: 1000 * 1 == 100 * 10),
    Statement("zero gradient", True, "Where the gradient is 0, plain gradient descent makes no step.", "The step is the learning rate times the gradient.", "S0-34", lambda: float(run(sgd(), [0.0], start=2.0)[-1]) == 2.0),
    Statement("uphill", False, "Plain gradient descent adds the learning rate times the gradient to the weights.", "It subtracts it: the gradient points uphill.", "S0-34", lambda: bool(np.isclose(run(sgd(), [3.0], start=2.0)[-1], 2.3))),
    Statement("minimum of descent", False, "On $\\frac{\\lambda}{2} x^2$ with $\\lambda > 0$, a larger learning rate always brings gradient descent closer to the minimum in one step.", "Beyond $\\frac{1}{\\lambda}$ the step leads past the minimum.", "S0-35", lambda: bool(abs(bowl(sgd(lr=0.9), [2.0], [1.0], 1)[-1]) < abs(bowl(sgd(lr=0.5), [2.0], [1.0], 1)[-1]))),
    Statement("epoch rounding", False, "With 1000 examples and mini-batches of 300, the last one smaller, an epoch has 3 steps.", "The 100 examples that are left make a fourth.", "S1-38", lambda: len(range(0, 1000, 300)) == 3),
    Statement("momentum zero", True, "With $\\alpha = 0$, momentum in the form $v \\leftarrow \\alpha v - \\eta g$, $\\theta \\leftarrow \\theta + v$ is plain gradient descent.", "Nothing of the old velocity is kept.", "S1-69", lambda: bool(np.allclose(run(sgd(momentum=0.0), [1.0, -3.0, 2.0]), run(sgd(), [1.0, -3.0, 2.0])))),
    Statement("momentum stops", False, "From $v \\ne 0$, momentum with $0 < \\alpha < 1$ stands still as soon as the gradient is 0.", "The velocity is multiplied by $\\alpha$ and still moves the weights.", "S1-69", lambda: float(steps(sgd(momentum=0.9), [1.0, 0.0])[-1]) == 0.0),
    Statement("rmsprop sum", False, "RMSProp adds up all squared gradients without forgetting any.", "It takes a moving average; Adagrad adds them up.", "S1-72", lambda: bool(np.allclose(steps(rmsprop, [1.0, 3.0, 2.0]), steps(adagrad, [1.0, 3.0, 2.0])))),
    Statement("adam sign", False, "Adam's first step points uphill in a coordinate with a negative gradient.", "It is against the gradient, as in every coordinate.", "S2-11", lambda: float(run(adam(), [-2.0])[-1]) < 0),
)  # fmt: skip
