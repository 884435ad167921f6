"""Statements about activations, losses, backpropagation, initialisation and normalisation.

References: Goodfellow, Bengio and Courville (2016), chapters 6 and 8; Glorot and Bengio (2010); He
et al. (2015) on rectifiers; Ioffe and Szegedy (2015); Clevert, Unterthiner and Hochreiter (2016);
Baydin et al. (2018) on automatic differentiation; Veit, Wilber and Belongie (2016) on residual
paths.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import combinations, product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.problems.concepts._statement import Opposite, Statement

__all__ = ["STATEMENTS"]

X = np.array([-3.0, -1.2, -0.3, 0.4, 1.1, 2.5])
PAIR = np.array([[2.0, -3.0]])


def of(name, x=X, **options):
    """An activation of the engine, as an array."""
    return np.array(getattr(functional, name)(engine.Tensor(np.asarray(x, float)), **options).data)


def gradient(function, *arrays, which=0):
    """The gradient of a scalar function by one of its arrays, from the tape."""
    tensors = [engine.Tensor(np.array(a, float), requires_grad=True) for a in arrays]
    function(*tensors).backward()
    return np.array(tensors[which].grad)


def slope(name, x=X, **options):
    return gradient(lambda t: getattr(functional, name)(t, **options).sum(), x)


def lse(x):
    return float(engine.Tensor(np.asarray(x, float)).logsumexp(0).data)


def softmax(x):
    return np.array(functional.softmax(engine.Tensor(np.asarray(x, float))).data)


def squared_slope(z, y):
    """Derivative by z of (y - sigmoid(z))^2."""
    return float(gradient(lambda t: (t.sigmoid() - y) ** 2, z))


def entropy_slope(z, y):
    """Derivative by z of the cross-entropy of sigmoid(z)."""
    return float(
        gradient(lambda t: functional.binary_cross_entropy_with_logits(t, np.array([y])), [z])[0]
    )


def relu_loss(w):
    h = (w @ engine.Tensor(np.array([1.0, 2.0]))).relu()
    return ((h - np.array([1.0, 4.0])) ** 2).sum()


WEIGHTS = np.array([[1.0, 1.5], [0.5, -3.0]])


def without_mask():
    h = np.maximum(WEIGHTS @ [1.0, 2.0], 0)
    return np.outer(2 * (h - [1.0, 4.0]), [1.0, 2.0])


def hidden_gradient(first, second):
    """Gradient of the first layer's weights of a tanh network, one row per hidden unit."""
    x, y = np.array([[1.0, -2.0], [0.5, 1.0]]), np.array([[1.0], [-1.0]])

    def loss(w, v):
        return (((engine.Tensor(x) @ w).tanh() @ v - y) ** 2).sum()

    return gradient(loss, first, second).T


def signal(deviation, layers=10, width=100):
    """Root mean square of a tanh network's last layer, and the mean slope of tanh there."""
    rng = np.random.default_rng(5)
    h = rng.normal(size=(20, width))
    for _ in range(layers):
        z = h @ rng.normal(scale=deviation, size=(width, width))
        h = np.tanh(z)
    return float(np.sqrt(np.mean(h**2))), float(np.mean(1 - h**2))


def glorot_variance(inputs, outputs):
    """The variance of weights that the engine draws."""
    layer = engine.Linear(inputs, outputs)
    engine.init.xavier_normal_(layer.weight, generator=6)
    return float(np.var(layer.weight.data))


def normalised(x, gamma=1.0, beta=0.0, training=True, eps=0.0):
    layer = engine.BatchNorm1d(1, eps=eps, dtype="float64")
    layer.weight.data[:], layer.bias.data[:] = gamma, beta
    layer.training = training
    return np.array(layer(engine.Tensor(np.asarray(x, float).reshape(-1, 1))).data[:, 0])


def batch_gradient():
    """Gradient by the inputs of a loss of batch-normalised values."""

    def loss(x):
        return (engine.BatchNorm1d(1, dtype="float64")(x) * np.arange(6.0).reshape(6, 1) ** 2).sum()

    return gradient(loss, X.reshape(6, 1))


def variance_by_mean():
    """Change of the variance sum (x - mu)^2 / m when mu is moved away from the mean a little."""

    def loss(mu):
        return ((engine.Tensor(X) - mu) ** 2).mean()

    return float(gradient(loss, float(np.mean(X))))


def batch_means(m):
    """Standard deviation of the means of all batches of m of the six values."""
    return float(np.std([np.mean(batch) for batch in product(X, repeat=m)]))


def residual(w):
    """Jacobian of h + tanh(W h)."""
    rows = []
    for i in range(2):

        def entry(h, i=i):
            return (h + (engine.Tensor(w) @ h).tanh())[i]

        rows.append(gradient(entry, [0.5, -1.0]))
    return np.array(rows)


def signs_of(x):
    """Signs of the gradient of a sigmoid unit's weights, for both signs of the upstream gradient."""
    return [
        np.sign(gradient(lambda w, u=u: (w * np.array(x)).sum().sigmoid() * u, np.ones(3)))
        for u in (1, -1)
    ]


def difference(f, h, centred=True):
    return (f(1 + h) - f(1 - h)) / (2 * h) if centred else (f(1 + h) - f(1)) / h


def evaluations(parameters):
    """How often a loss is evaluated until central differences have its gradient; 0 if they fail."""
    w, seen, found = np.arange(1.0, parameters + 1), 0, []
    for move in 0.1 * np.eye(parameters):
        found.append((np.sum((w + move) ** 2) - np.sum((w - move) ** 2)) / 0.2)
        seen += 2
    return seen if np.allclose(found, 2 * w) else 0


STATEMENTS = (
    Statement("shift", True, "Adding the same constant to all logits leaves the softmax unchanged.", "The constant cancels in the quotient.", "S0-32",
        lambda: bool(np.allclose(softmax(X), softmax(X + 5)))),
    Statement("scale", False, "Multiplying all logits by 2 always leaves the softmax unchanged.", "It makes the distribution sharper unless all logits are equal.", "S0-32", lambda: bool(np.allclose(softmax(X), softmax(2 * X))), "shift"),
    Statement("softmax gradient", True, "For one example, the gradient of the cross-entropy with respect to the logits of a softmax is the vector of probabilities minus the one-hot target.", "The logarithm undoes the exponential: $-z_k + \\ln \\sum_i e^{z_i}$ is easily differentiated.", "S1-14",
        lambda: bool(np.allclose(gradient(lambda z: functional.cross_entropy(z, np.array([2])), [X]), [softmax(X) - np.eye(6)[2]]))),
    Statement("mse saturated", True, "With a sigmoid output and the squared error, the gradient with respect to the logit is near 0 for a confidently wrong prediction.", "The slope of the sigmoid, which is near 0 there, is a factor.", "S0-51", lambda: abs(squared_slope(-10, 1)) < 1e-3),
    Statement("cross-entropy saturated", False, "With a sigmoid output and the cross-entropy, the gradient with respect to the logit is near 0 for a confidently wrong prediction.", "The gradient is $\\sigma(z) - y$, which is near $\\pm 1$ there.", "S1-41",
        lambda: abs(entropy_slope(-10, 1)) < 0.5, "cross-entropy slope"),
    Statement("cross-entropy slope", True, "With a sigmoid output $\\sigma(z)$ and the target $y$, the derivative of the cross-entropy with respect to $z$ is $\\sigma(z) - y$.", "The slope of the sigmoid cancels against a denominator of the loss's derivative.", "S4-08",
        lambda: all(np.isclose(entropy_slope(z, y), of("sigmoid", [z])[0] - y) for z, y in ((0.3, 1), (-2, 0)))),
    Statement("cross-entropy sign", False, "The cross-entropy of two distributions over finitely many classes can be negative.", "Logarithms of probabilities are at most 0, and a minus sign stands before them.", "S1-57",
        lambda: any(-np.dot(q, np.log(p)) < 0 for p in ([0.2, 0.8], [0.99, 0.01]) for q in ([0, 1], [0.5, 0.5]))),
    Statement("lse norm", False, "$\\max_i |x_i| \\le \\ln \\sum_i e^{x_i}$ for every real vector $x$.", "For $x = (-5, -5)$ the right side is about $-4.3$.", "S1-100", lambda: all(np.max(np.abs(x)) <= lse(x) for x in ([1, 2], [-5, -5])), "lse maximum"),
    Statement("lse maximum", True, "$\\max_i x_i \\le \\ln \\sum_i e^{x_i}$ for every real vector $x$.", "One term of the sum is $e^{\\max x_i}$, the others are positive.", "S1-101", lambda: all(np.max(x) <= lse(x) for x in ([1, 2], [-5, -5], X))),
    Statement("lse strict", True, "For two or more real entries, $\\ln \\sum_i e^{x_i}$ is larger than the largest entry.", "The other terms are positive.", "S1-107", lambda: all(np.max(x) < lse(x) for x in ([1, 2], [-5, -5], X)), "lse maximum"),
    Statement("lse equal", True, "$\\ln \\sum_i e^{x_i} = \\max_i x_i + \\ln n$ holds exactly when all $n$ entries are equal.", "Only then is every term as large as the largest.", "S1-108",
        lambda: bool(np.isclose(lse([3, 3, 3]), 3 + np.log(3))) and lse([3, 3, 2.9]) < 3 + np.log(3) - 1e-3),
    Statement("lse shift", True, "Adding $c$ to all $x_i$ adds $c$ to $\\ln \\sum_i e^{x_i}$.", "$e^c$ can be taken out of the sum.", "S1-101", lambda: bool(np.isclose(lse(X + 7), lse(X) + 7))),
    Statement("lse gradient", True, "The gradient of $\\ln \\sum_i e^{x_i}$ with respect to $x$ is the softmax of $x$.", "The derivative with respect to $x_i$ is $e^{x_i}$ divided by the sum.", "S1-13", lambda: bool(np.allclose(gradient(lambda x: x.logsumexp(0), X), softmax(X)))),
    Statement("lse sharp", True, "For $t > 0$ and two or more entries, $\\frac{1}{t} \\ln \\sum_i e^{t x_i}$ comes ever closer to the largest entry as $t$ grows.", "The gap is at most $\\frac{\\ln n}{t}$.", "S1-106", lambda: lse(X) - 2.5 > lse(5 * X) / 5 - 2.5 > lse(50 * X) / 50 - 2.5, "lse equal"),
    Statement("tanh sigmoid", False, "$\\tanh x = 2 \\sigma(x) - 1$ for all $x$.", "It is $2 \\sigma(2x) - 1$.", "S0-43", lambda: bool(np.allclose(of("tanh"), 2 * of("sigmoid") - 1)), "tanh steeper"),
    Statement("tanh steeper", True, "At 0, $\\tanh x$ is twice as steep as $2 \\sigma(x) - 1$.", "Their slopes there are 1 and $2 \\cdot \\frac{1}{4}$.", "S1-45", lambda: bool(np.isclose(slope("tanh", [0.0])[0], 4 * slope("sigmoid", [0.0])[0])), "sigmoid slope"),
    Statement("sigmoid slope", True, "The slope of the sigmoid is at most $\\frac{1}{4}$.", "$\\sigma (1 - \\sigma)$ is largest at $\\sigma = \\frac{1}{2}$.", "S0-40", lambda: bool(np.max(slope("sigmoid", np.linspace(-5, 5, 101))) <= 0.25 + 1e-12)),
    Statement("sigmoid symmetric", True, "$\\sigma(-x) = 1 - \\sigma(x)$ for all $x$.", "Multiply numerator and denominator by $e^x$.", "S0-40", lambda: bool(np.allclose(of("sigmoid", -X), 1 - of("sigmoid")))),
    Statement("sigmoid centred", False, "The outputs of a sigmoid are centred around 0.", "They lie between 0 and 1.", "S0-41", lambda: bool(np.min(of("sigmoid")) < 0), "sigmoid symmetric"),
    Statement("tanh saturates", False, "The hyperbolic tangent never saturates.", "It is centred at 0, but its slope vanishes far out.", "S0-44", lambda: bool(slope("tanh", [10.0])[0] > 0.01)),
    Statement("relu saturates", False, "ReLU saturates for large positive inputs.", "Its slope is 1 for every positive input.", "S0-46", lambda: bool(slope("relu", [100.0])[0] < 0.5)),
    Statement("relu centred", False, "The outputs of ReLU are centred around 0.", "None of them is negative.", "S0-46", lambda: bool(np.min(of("relu")) < 0)),
    Statement("dead relu", True, "The incoming weights of a ReLU unit whose input is negative for every example get no gradient from the loss.", "The slope of ReLU is 0 there.", "S0-46", lambda: bool(np.all(gradient(relu_loss, WEIGHTS)[1] == 0))),
    Statement("leaky slope", True, "A leaky ReLU passes a gradient back for negative inputs, too.", "Its slope there is small but not 0.", "S1-48", lambda: bool(slope("leaky_relu", [-2.0])[0] > 0), "leaky maximum"),
    Statement("leaky maximum", True, "For $0 < \\alpha < 1$ the leaky ReLU with slope $\\alpha$ for negative $x$ is $\\max(\\alpha x, x)$.", "For negative $x$, $\\alpha x$ is the larger of the two.", "S0-48", lambda: bool(np.allclose(of("leaky_relu", negative_slope=0.2), np.maximum(0.2 * X, X)))),
    Statement("leaky steep", False, "$\\max(2x, x)$ has the slope 2 for negative $x$ and the slope 1 for positive $x$.", "It is the other way round: for positive $x$ the maximum picks $2x$.", "S0-48", lambda: bool(np.allclose(of("leaky_relu", negative_slope=2.0), np.maximum(2 * X, X)))),
    Statement("elu maximum", False, "With $\\alpha = 1$ the ELU is $\\max(\\alpha (e^x - 1), x)$.", "For positive $x$ the maximum picks $e^x - 1$.", "S0-49", lambda: bool(np.allclose(of("elu"), np.maximum(np.exp(X) - 1, X))), "exponential line"),
    Statement("exponential line", True, "$e^x - 1 \\ge x$ for every real $x$.", "The line is the tangent of the convex function at 0.", "S1-49", lambda: bool(np.all(np.exp(X) - 1 >= X))),
    Statement("elu bound", True, "The ELU with $\\alpha = 1$ never falls below $-1$.", "For negative $x$ it is $e^x - 1 > -1$.", "S1-49", lambda: bool(of("elu", [-50.0])[0] >= -1)),
    Statement("prelu", False, "In PReLU the negative slope is fixed before training.", "It is learned; in leaky ReLU it is fixed.", "S1-48", lambda: engine.count_parameters(engine.PReLU()) == 0),
    Statement("maxout", True, "A maxout unit with two pieces can compute $|x|$.", "Its two pieces can be $x$ and $-x$: $\\max(x, -x) = |x|$.", "S1-39", lambda: bool(np.allclose(functional.maxout(engine.Tensor(np.stack([X, -X], axis=1)), 2).data.ravel(), np.abs(X)))),
    Statement("softplus slope", True, "The derivative of the softplus $\\ln(1 + e^x)$ is the sigmoid.", "$\\frac{e^x}{1 + e^x} = \\sigma(x)$.", "S0-47", lambda: bool(np.allclose(slope("softplus"), of("sigmoid")))),
    Statement("zigzag", True, "If all inputs of a sigmoid unit are positive, the derivatives of one example's loss with respect to its weights never have different signs.", "They are the inputs times one number.", "S0-42", lambda: all(len(set(s)) == 1 for s in signs_of([0.3, 1.0, 2.0]))),
    Statement("zigzag centred", False, "If the inputs of a sigmoid unit have different signs, the derivatives of one example's loss with respect to its weights still never have different signs.", "They are the inputs times one number, so they differ in sign where the inputs do.", "S0-42", lambda: all(len(set(s)) == 1 for s in signs_of([0.3, -1.0, 2.0])), "zigzag"),
    Statement("collapse", True, "Two fully connected layers without an activation function together compute an affine map.", "$W_2 (W_1 x + b_1) + b_2$ can be multiplied out.", "S1-42", lambda: bool(np.allclose((X[:2] @ WEIGHTS + 1) @ WEIGHTS.T + 2, X[:2] @ (WEIGHTS @ WEIGHTS.T) + (np.ones(2) @ WEIGHTS.T + 2)))),
    Statement("multiply gate", False, "A multiply gate passes its upstream gradient to both inputs unchanged.", "Each input gets the upstream gradient times the other input.", "S0-56", lambda: bool(np.allclose(gradient(lambda p: p[0, 0] * p[0, 1] * 5.0, PAIR), [[5, 5]])), "add gate"),
    Statement("add gate", True, "An add gate passes its upstream gradient to both inputs unchanged.", "The derivative of a sum with respect to each term is 1.", "S0-56", lambda: bool(np.allclose(gradient(lambda p: (p[0, 0] + p[0, 1]) * 5.0, PAIR), [[5, 5]]))),
    Statement("max gate", True, "Where its inputs differ, a max gate passes its upstream gradient to the largest input only.", "Small changes of the others do not change the maximum.", "S0-56", lambda: bool(np.allclose(gradient(lambda p: p.max() * 5.0, PAIR), [[5, 0]]))),
    Statement("branches", True, "Where a value feeds two branches, its gradient is the sum of what comes back from both.", "That is the chain rule for functions of several variables.", "S0-57", lambda: bool(np.isclose(gradient(lambda x: x * x + x * 3.0, 2.0), 4 + 3))),
    Statement("branches larger", False, "Where a value feeds two branches, its gradient is the larger of what comes back from them.", "The two are added.", "S0-57", lambda: bool(np.isclose(gradient(lambda x: x * x + x * 3.0, 2.0), 4)), "branches"),
    Statement("relu mask", False, "For $h = \\mathrm{ReLU}(W x + b)$, always $\\frac{\\partial L}{\\partial W} = \\frac{\\partial L}{\\partial h} x^\\top$.", "The rows of inactive units are 0, whatever $\\frac{\\partial L}{\\partial h}$ is.", "S0-61", lambda: bool(np.allclose(gradient(relu_loss, WEIGHTS), without_mask())), "dead relu"),
    Statement("linear backward", True, "For $y = W x$, the gradient with respect to $x$ is $W^\\top$ times the gradient with respect to $y$.", "$x_j$ enters $y_i$ with the factor $W_{ij}$.", "S0-60", lambda: bool(np.allclose(gradient(lambda x: (engine.Tensor(WEIGHTS) @ x * np.array([1.0, -2.0])).sum(), [1.0, 2.0]), WEIGHTS.T @ [1, -2]))),
    Statement("bias batch", True, "The gradient of the bias of a dense layer is the sum of the upstream gradients of all examples of the batch.", "The bias is added to every example.", "S4-13", lambda: bool(np.allclose(gradient(lambda b: ((engine.Tensor(np.ones((3, 2))) + b) * np.arange(6.0).reshape(3, 2)).sum(), [0.0, 0.0]), np.arange(6.0).reshape(3, 2).sum(0)))),
    Statement("numerical training", False, "Networks are usually trained with gradients by central differences because these are exact.", "They need two evaluations for every parameter and have an error of order $h^2$; backpropagation is used instead.", "S1-37", lambda: bool(np.isclose(difference(np.exp, 0.1), np.e, rtol=1e-6)), "numerical cost"),
    Statement("numerical cost", True, "A gradient by central differences needs two evaluations of the loss for every parameter.", "Each parameter is moved up and down.", "S1-37", lambda: evaluations(7) == 14),
    Statement("central quadratic", True, "Apart from rounding, central differences are exact for quadratic functions.", "The error begins with the third derivative.", "S1-37", lambda: bool(np.isclose(difference(lambda x: 3 * x * x + x, 0.5), 7))),
    Statement("forward quadratic", False, "Apart from rounding, forward differences are exact for quadratic functions.", "Their error begins with the second derivative.", "S1-37", lambda: bool(np.isclose(difference(lambda x: 3 * x * x + x, 0.5, centred=False), 7)), "central quadratic"),
    Statement("halving", True, "For a smooth function whose third derivative is not 0, halving a small step divides the error of a central difference by about 4.", "The error is of order $h^2$.", "S1-37", lambda: 3.9 < (difference(np.exp, 0.1) - np.e) / (difference(np.exp, 0.05) - np.e) < 4.1),
    Statement("reverse mode", True, "Backpropagation is a special case of reverse-mode automatic differentiation.", "It runs the chain rule from one output back to all inputs.", "S4-14", Opposite("Backpropagation is a special case of forward-mode automatic differentiation.", False, "S4-14")),
    Statement("learned features", True, "In deep learning the features are learned by backpropagation rather than designed by hand.", "The filters are weights like all others.", "S4-41", Opposite("In deep learning the filters are designed by hand and stay fixed during training.", False, "S3-18")),
    Statement("constant start", True, "If all weights and biases of a fully connected layer start equal, and so do all those of the next one, all hidden units between them get equal gradients.", "They compute the same and are used in the same way.", "S3-03", lambda: bool(np.allclose(*hidden_gradient(np.full((2, 2), 0.3), np.full((2, 1), 0.5))))),
    Statement("zero start", False, "A tanh network with one hidden layer whose weights and biases all start at 0 gets a gradient other than 0 in its first layer.", "The zero weights of the second layer pass nothing back.", "S3-03", lambda: bool(np.any(hidden_gradient(np.zeros((2, 2)), np.zeros((2, 1))) != 0)), "constant start"),
    Statement("small start", False, "Very small initial weights make a deep tanh network learn fast.", "Signals and gradients fade from layer to layer.", "S1-50", lambda: signal(0.01)[0] > 0.1, "signal fades"),
    Statement("signal fades", True, "In a tanh network of width 100 whose weights have mean 0 and standard deviation 0.01, a small signal shrinks to about a tenth in every layer.", "The factor is $\\sqrt{100} \\cdot 0.01$.", "S0-62", lambda: signal(0.01, 4)[0] / signal(0.01, 5)[0] > 8),
    Statement("large start", True, "Very large initial weights drive tanh units into saturation.", "The sums that enter them become large in absolute value.", "S1-51", lambda: signal(1.0)[1] < 0.2),
    Statement("product variance", True, "For independent factors with mean 0, the variance of the product is the product of the variances.", "It is the mean of the product of the squares, which are independent, too.", "S1-53", lambda: bool(np.isclose(np.var([a * b for a, b in product([-2, 2], [-3, 3])]), 4 * 9))),
    Statement("product sum", False, "For independent factors with mean 0, the variance of the product is always the sum of the variances.", "Variances add for sums; here they multiply.", "S0-64", lambda: bool(np.isclose(np.var([a * b for a, b in product([-2, 2], [-3, 3])]), 4 + 9)), "product variance"),
    Statement("glorot product", False, "Glorot's initialisation uses the variance $\\frac{2}{n_{\\mathrm{in}} n_{\\mathrm{out}}}$.", "The fans are added: $\\frac{2}{n_{\\mathrm{in}} + n_{\\mathrm{out}}}$.", "S0-63",
        lambda: bool(np.isclose(glorot_variance(30, 50), 2 / (30 * 50), rtol=0.2))),
    Statement("he factor", True, "He's initialisation uses twice the variance $\\frac{1}{n_{\\mathrm{in}}}$ because ReLU halves the mean square of a symmetrically distributed input.", "Half of the values become 0.", "S1-56", lambda: bool(np.isclose(np.mean(of("relu", [-2, 2, -1, 1]) ** 2), np.mean(np.square([-2, 2, -1, 1])) / 2))),
    Statement("bn test", False, "Batch normalisation uses the statistics of the current mini-batch at test time.", "It uses the running averages that were gathered in training.", "S1-88", lambda: bool(np.isclose(np.mean(normalised(X + 9, training=False)), 0))),
    Statement("bn affine", True, "In evaluation mode, batch normalisation is an affine map of its input.", "Its statistics are constants then.", "S1-111", lambda: bool(np.allclose(np.diff(normalised([0, 1, 2, 3], 2, 1, training=False), 2), 0))),
    Statement("bn training affine", False, "In training, the output of batch normalisation for one example does not depend on the other examples.", "They enter the mean and the variance.", "S1-111", lambda: bool(np.isclose(normalised([0, 1, 5])[0], normalised([0, 1, 2])[0]))),
    Statement("bn parameters", True, "Batch normalisation has two learned parameters for every feature.", "The scale and the shift.", "S1-111", lambda: engine.count_parameters(engine.BatchNorm1d(7)) == 14),
    Statement("bn running learned", False, "The running averages of batch normalisation are learned by gradient descent.", "They are averages of batch statistics; only scale and shift are trained by gradients.", "S1-88", lambda: engine.count_parameters(engine.BatchNorm2d(3)) > 6, "bn parameters"),
    Statement("bn channels", True, "After a convolution, batch normalisation has one scale and one shift per channel.", "All positions of a channel share them.", "S0-69", lambda: engine.count_parameters(engine.BatchNorm2d(3)) == 6, "bn parameters"),
    Statement("bn bias", True, "A bias added just before batch normalisation has no effect on its output in training.", "It is part of the mean that is subtracted.", "S1-67", lambda: bool(np.allclose(normalised(X + 4), normalised(X)))),
    Statement("bn scale", True, "In training, multiplying the weights before batch normalisation by 3 does not change its output, apart from the stabiliser in the denominator.", "Deviations and standard deviation are both multiplied by 3.", "S1-67", lambda: bool(np.allclose(normalised(3 * X), normalised(X))), "bn output"),
    Statement("bn output", True, "In training, batch normalisation with scale $\\gamma$ and shift $\\beta$ gives every feature that varies over the batch the mean $\\beta$ and the standard deviation $|\\gamma|$, apart from the stabiliser in the denominator.", "The normalised values have mean 0 and variance 1.", "S1-66", lambda: bool(np.allclose([np.mean(normalised(X, 2, 5)), np.std(normalised(X, 2, 5))], [5, 2]))),
    Statement("bn unbiased", False, "In training, batch normalisation normalises a batch of $m$ values by a variance with $m - 1$ in its denominator.", "The variance of the batch is taken with $m$.", "S0-68", lambda: bool(np.isclose(np.std(normalised(X), ddof=1), 1))),
    Statement("bn mean path", False, "In the graph of batch normalisation, the path from the mean through the variance adds a non-zero term to the gradient of the mean.", "The term is proportional to $\\sum_i (x_i - \\mu) = 0$.", "S0-75", lambda: abs(variance_by_mean()) > 1e-9, "deviations"),
    Statement("deviations", True, "The deviations of a batch from its mean add up to 0.", "$\\sum_i (x_i - \\mu) = \\sum_i x_i - m \\mu = 0$.", "S0-75", lambda: bool(np.isclose(np.sum(X - np.mean(X)), 0))),
    Statement("bn gradient sum", True, "In training, the gradients that batch normalisation passes to the inputs of a feature add up to 0 over the batch.", "Moving all inputs by the same amount changes nothing.", "S0-80", lambda: bool(np.isclose(np.sum(batch_gradient()), 0)), "bn bias"),
    Statement("bn noise", True, "Smaller mini-batches make the statistics of batch normalisation noisier.", "The standard deviation of a mean of $m$ independent values is proportional to $\\frac{1}{\\sqrt m}$.", "S1-111", lambda: batch_means(1) > batch_means(2) > batch_means(4)),
    Statement("residual identity", True, "If $W = 0$, the residual block $h + \\tanh(W h)$ has the identity as its Jacobian.", "Only the skip connection is left.", "S3-23", lambda: bool(np.allclose(residual(np.zeros((2, 2))), np.eye(2)))),
    Statement("residual zero", False, "If $W = 0$, the residual block $h + \\tanh(W h)$ passes no gradient back to $h$.", "The skip connection passes all of it.", "S3-23", lambda: bool(np.allclose(residual(np.zeros((2, 2))), 0)), "residual identity"),
    Statement("residual paths", True, "A chain of $n$ residual blocks has $2^n$ paths from input to output.", "On its way a signal passes through the body of each block or skips it.", "S3-23", lambda: sum(1 for k in range(6) for _ in combinations(range(5), k)) == 2**5),
    Statement("vanishing", True, "A gradient that passes back through ten sigmoid units in a row, joined by weights of 1, shrinks to less than a millionth.", "Each slope is at most $\\frac{1}{4}$, and $4^{10} > 10^6$.", "S1-110", lambda: float(np.prod(slope("sigmoid", np.zeros(10)))) < 1e-6, "sigmoid slope"),
    Statement("hinge beyond", True, "An example whose margin $y f(x)$ is above 1 contributes nothing to the gradient of the hinge loss.", "The loss is constantly 0 there.", "S1-36", lambda: bool(np.all(gradient(lambda s: functional.hinge_loss(s, np.array([1, -1])), [1.5, -3.0]) == 0))),
    Statement("hinge correct", False, "An example on the right side of the boundary never contributes to the gradient of the hinge loss.", "It does while its margin $y f(x)$ is below 1.", "S1-36", lambda: bool(np.all(gradient(lambda s: functional.hinge_loss(s, np.array([1, -1])), [0.5, -0.2]) == 0))),
    Statement("inputs of a layer", True, "With $\\gamma = 1$, $\\beta = 0$ and $\\epsilon = 0$, batch normalisation gives the next layer values with mean 0 and variance 1 in every mini-batch, however the layers before it shift or scale them.",
        "It subtracts the mean and divides by the standard deviation of the mini-batch.", "S0-67",
        lambda: bool(np.allclose(engine.BatchNorm1d(1, eps=0)(engine.Tensor([[7.0], [-1.0], [4.0]])).data, engine.BatchNorm1d(1, eps=0)(engine.Tensor([[75.0], [-5.0], [45.0]])).data))),
    Statement("softmax equal", True, "If all logits are equal, the softmax gives every class the same probability.", "All terms of the sum are equal, too.", "S0-32", lambda: bool(np.allclose(softmax([1.7] * 5), 0.2))),
    Statement("softmax order", False, "The softmax can give a smaller probability to the class with the larger logit.", "The exponential function rises, so the order stays.", "S0-32", lambda: bool(np.any(np.diff(softmax(np.sort(X))) < 0))),
    Statement("softmax zero", False, "For some real logits the softmax gives a class exactly the probability 0, apart from rounding.", "Every exponential is positive.", "S0-32", lambda: float(np.min(softmax([-20.0, 0.0, 20.0]))) == 0.0),
    Statement("sigmoid zero", False, "$\\sigma(0) = 0$.", "$\\frac{1}{1 + e^0} = \\frac{1}{2}$.", "S0-40", lambda: float(of("sigmoid", [0.0])[0]) == 0.0),
    Statement("tanh odd", True, "$\\tanh(-x) = -\\tanh x$ for all $x$.", "$e^{-x} - e^x$ is the contrary of $e^x - e^{-x}$, and the denominator stays.", "S0-43", lambda: bool(np.allclose(of("tanh", -X), -of("tanh")))),
    Statement("tanh quarter", False, "The slope of the hyperbolic tangent is at most $\\frac{1}{4}$.", "At 0 it is 1; the bound $\\frac{1}{4}$ is that of the sigmoid.", "S0-44", lambda: bool(np.all(slope("tanh", np.linspace(-2, 2, 41)) <= 0.25))),
    Statement("relu twice", True, "Applying ReLU a second time changes nothing.", "Its outputs are not negative, and there it is the identity.", "S0-46", lambda: bool(np.allclose(of("relu", of("relu")), of("relu")))),
    Statement("relu slope", False, "For positive inputs the slope of ReLU grows with the input.", "It is 1 for all of them.", "S0-46", lambda: bool(np.all(np.diff(slope("relu", [0.5, 1.0, 3.0])) > 0)), "relu twice"),
    Statement("branch product", False, "Where a value feeds two branches, its gradient is the product of what comes back from both.", "Both branches change the loss, and their changes add up.", "S0-57", lambda: bool(np.isclose(gradient(lambda t: t * 2.0 + t * 5.0, 1.5), 2.0 * 5.0))),
    Statement("bn identity", False, "In training, batch normalisation with scale 1 and shift 0 leaves every batch as it is.", "It gives the batch the mean 0 and the standard deviation 1.", "S1-66", lambda: bool(np.allclose(normalised(X), X)), "bn output"),
)  # fmt: skip
