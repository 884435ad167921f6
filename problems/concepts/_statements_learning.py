"""Statements about models, data, linear algebra, regularisation and ensembles.

References: Goodfellow, Bengio and Courville (2016), chapters 2, 5 and 7; Minsky and Papert (1969)
on the perceptron; Cybenko (1989) on approximation; Breiman (1996) on bagging.
"""

# ruff: noqa: E501 - a table: every sentence keeps to one line

from itertools import product

import numpy as np

from partialcredit import engine
from partialcredit.engine import functional
from partialcredit.engine.classical import knn_predict
from partialcredit.problems.concepts._statement import Opposite, Statement

__all__ = ["STATEMENTS"]

CORNERS = np.array(list(product([0.0, 1.0], repeat=2)))
A = np.array([[1.0, 4.0], [-2.0, 3.0]])
B = np.array([[0.0, 1.0], [5.0, 2.0]])
C = np.array([[2.0, -1.0], [1.0, 1.0]])
REFLECTION = np.array([[0.6, 0.8], [0.8, -0.6]])
DATA_X = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
DATA_Y = np.array([0.2, 0.9, 0.7, 2.4, 1.9, 3.4])
FRESH_X, FRESH_Y = np.array([0.5, 1.5, 2.5, 3.5, 4.5]), np.array([0.4, 1.0, 1.6, 2.2, 2.8])
LINE = np.stack([np.ones(6), DATA_X], axis=1)
#: errors of two models on one example
ERRORS = np.array(list(product([-1.5, -0.2, 0.4, 2.0], repeat=2)))
#: points on a line, of class 0 left and 1 right; the labels at 1 and 6 are noise
NOISY_X = np.arange(10.0).reshape(10, 1)
NOISY_Y = np.array([0, 1, 0, 0, 0, 1, 0, 1, 1, 1])


def threshold_functions():
    """The truth tables of all perceptrons with small integer weights."""
    grid = product(range(-3, 4), repeat=3)
    return {tuple((CORNERS @ [a, b] + c > 0).astype(int)) for a, b, c in grid}


def affine_at_the_corners():
    """Whether random networks without activations put out equal sums at opposite corners."""
    rng = np.random.default_rng(1)
    outputs = (CORNERS @ rng.normal(size=(2, 4)) + rng.normal(size=4)) @ rng.normal(size=4)
    return bool(np.isclose(outputs[0] + outputs[3], outputs[1] + outputs[2]))


def relu_hats(target, units):
    """The largest error of the best-known construction: straight pieces between ``units`` knots."""
    knots, x = np.linspace(0, 3, units), np.linspace(0, 3, 3001)
    slopes = np.diff(target(knots)) / np.diff(knots)
    y = target(knots)[0] + slopes[0] * np.maximum(x - knots[0], 0)
    for knot, bend in zip(knots[1:-1], np.diff(slopes), strict=True):
        y = y + bend * np.maximum(x - knot, 0)
    return float(np.max(np.abs(y - target(x))))


def fitted(degree, x=DATA_X, y=DATA_Y):
    """The training error and the error on fresh points of a polynomial."""
    coefficients = np.polynomial.polynomial.polyfit(x, y, degree)
    value = np.polynomial.polynomial.polyval
    return float(np.mean((value(x, coefficients) - y) ** 2)), float(
        np.mean((value(FRESH_X, coefficients) - FRESH_Y) ** 2)
    )


def ridge(strength, x=LINE, y=DATA_Y):
    return np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ y)


def train_error(theta):
    return float(np.sum((LINE @ theta - DATA_Y) ** 2))


def folds(n=12, k=4):
    """How often each example trains and validates in k-fold cross-validation."""
    parts = np.split(np.arange(n), k)
    trains = sum(np.isin(np.arange(n), np.delete(np.arange(n), part)).astype(int) for part in parts)
    validates = sum(np.isin(np.arange(n), part).astype(int) for part in parts)
    return trains, validates


def knn_errors(k):
    """Training error, and error against the labels without noise."""
    said = knn_predict(NOISY_X, NOISY_Y, NOISY_X, k)
    return np.mean(said != NOISY_Y), np.mean(
        knn_predict(NOISY_X, NOISY_Y, NOISY_X + 0.2, k) != (NOISY_X[:, 0] > 4.5)
    )


def spread(n):
    """The standard deviation of random distances over their mean, in n dimensions."""
    rng = np.random.default_rng(2)
    d = np.linalg.norm(rng.random((60, n)) - rng.random((60, n)), axis=1)
    return float(np.std(d) / np.mean(d))


def lucky_accuracy():
    """The best accuracy of 500 coin-flipping models on one set of 100 labels."""
    rng = np.random.default_rng(3)
    labels = rng.integers(0, 2, 100)
    return max(float(np.mean(rng.integers(0, 2, 100) == labels)) for _ in range(500))


def shrunk(**penalty):
    """Weights after many steps on sum (w - target)^2 / 2 with a penalty."""
    w = engine.Tensor(np.zeros(4), requires_grad=True)
    optimizer = engine.SGD([w], lr=0.1, **penalty)
    for _ in range(300):
        w.grad = w.data - np.array([2.0, 0.05, -0.03, -1.0])
        optimizer.step()
    return w.data


def dropped(mask, training=True):
    """What inverted dropout with p = 0.5 makes of ones."""
    layer = engine.Dropout(0.5)
    layer.training = training
    layer.mask = np.array(mask, float)
    return layer(engine.Tensor(np.ones(len(mask)))).data


def averaged(K, c):
    """Mean squared error of an average of K models with variance 1 and covariance c."""
    return float(np.mean(np.where(np.eye(K, dtype=bool), 1.0, c)))


def bootstrap(n=2000):
    rng = np.random.default_rng(4)
    return len(set(rng.integers(0, n, n).tolist())) / n


def noisy_input_loss(w, sigma):
    """The mean loss when every sign of noise is added to the inputs."""
    noise = np.array(list(product([-sigma, sigma], repeat=2)))
    return np.mean([np.mean(((LINE + d) @ w - DATA_Y) ** 2) for d in noise])


def smoothed(eps=0.1, classes=4):
    return (1 - eps) * np.eye(classes)[1] + eps / classes


def error_slope(w):
    """The gradient of the squared error of a line through the data, by automatic differentiation."""
    weights = engine.Tensor(w, requires_grad=True)
    residual = engine.Tensor(LINE) @ weights - engine.Tensor(DATA_Y)
    (residual * residual).sum().backward()
    return weights.grad


def mean_error_between(degree):
    """Squared error between six noisy points of a line, averaged over noise."""
    noise = np.random.default_rng(5).normal(0, 0.5, (200, 6))
    fits = [np.polyfit(DATA_X, DATA_X + e, degree) for e in noise]
    return np.mean([(np.polyval(fit, FRESH_X) - FRESH_X) ** 2 for fit in fits])


STATEMENTS = (
    Statement("xor perceptron", False, "A single perceptron can represent the logical XOR of two inputs.",
        "Its four inequalities contradict each other: the two corners to be told from the other two lie across a diagonal.", "S0-06",
        lambda: (0, 1, 1, 0) in threshold_functions(), "affine corners"),
    Statement("affine corners", True, "An affine function of two inputs takes equal sums at the two pairs of opposite corners of the unit square.",
        "$f(0,0) + f(1,1) = f(0,1) + f(1,0)$ because the function has no mixed term.", "S0-05", affine_at_the_corners),
    Statement("and perceptron", True, "A single perceptron can represent the logical AND of two inputs.",
        "For instance, it answers 1 where $x_1 + x_2 - 1.5 > 0$.", "S0-05", lambda: (0, 0, 0, 1) in threshold_functions()),
    Statement("linear network xor", False, "A network with two layers whose activations are all the identity can represent XOR.",
        "It computes an affine function, and no straight line separates XOR.", "S1-42", lambda: not affine_at_the_corners(), "affine corners"),
    Statement("universal", True, "With enough hidden units a ReLU network comes as close as wanted to any continuous function on a closed interval.",
        "It can connect ever closer points of the function by straight pieces.", "S0-13",
        lambda: relu_hats(np.sin, 10) > relu_hats(np.sin, 40) and relu_hats(np.sin, 160) < 1e-3),
    Statement("any function", False, "A finite ReLU network can represent every function of a real variable exactly.",
        "Its output is continuous and made of finitely many straight pieces: it cannot jump, nor follow a sine exactly.", "S0-13",
        lambda: relu_hats(lambda x: (x > 1.7) * 1.0, 300) < 0.1),
    Statement("half cost", False, "Multiplying the squared-error cost by $\\frac{1}{2}$ changes its minimiser.",
        "It scales the cost and its gradient; the place of the minimum stays.", "S0-16",
        lambda: len({int(np.argmin([f * train_error([0.2, b]) for b in np.linspace(0, 1, 101)])) for f in (1, 0.5)}) > 1),
    Statement("degree parameters", False, "A polynomial of degree $n$ in one variable has $n$ coefficients.",
        "It has $n + 1$: the constant counts, too.", "S0-10", lambda: np.polynomial.polynomial.polyfit(DATA_X, DATA_Y, 3).size == 3),
    Statement("interpolation", True, "Through any $n + 1$ points with different $x$ passes a polynomial of degree at most $n$.",
        "Its $n + 1$ coefficients can solve the $n + 1$ equations.", "S0-11", lambda: fitted(5)[0] < 1e-12),
    Statement("training error degree", True, "With least squares, raising the degree of a polynomial never raises its error on the training data.",
        "The polynomials of lower degree are among those of higher degree.", "S0-11", lambda: all(fitted(n + 1)[0] <= fitted(n)[0] + 1e-12 for n in range(5)), "least squares best"),
    Statement("fresh error degree", False, "With least squares, raising the degree of a polynomial never raises its error on fresh data.",
        "A high degree can fit the noise.", "S0-11", lambda: all(fitted(n + 1)[1] <= fitted(n)[1] + 1e-12 for n in range(5)), "interpolation"),
    Statement("test set choice", False, "The error on the test set stays an unbiased estimate when the degree of a polynomial was chosen by that error.",
        "The smallest of many errors is partly luck; choose by validation data.", "S0-12", lambda: lucky_accuracy() < 0.55, "lucky best"),
    Statement("lucky best", True, "When 500 models only guess 100 labels of two equally likely classes, the best of them is almost certain to get more than 55 of them right.",
        "Each has a chance of more than one in ten, and there are 500 of them.", "S0-24", lambda: lucky_accuracy() > 0.55),
    Statement("validation", True, "Hyperparameters should be chosen on validation data, and test data should only score the final model.",
        "Otherwise the test score would be too good.", "S1-16",
        Opposite("Hyperparameters should be chosen on test data, and validation data should only score the final model.", False, "S0-24")),
    Statement("folds", True, "In $K$-fold cross-validation every example is used for validation once and for training $K - 1$ times.",
        "Each fold is left out once.", "S1-17", lambda: set(folds()[0]) == {3} and set(folds()[1]) == {1}),
    Statement("fold size", True, "In 5-fold cross-validation with 1000 examples every fit is trained on 800 of them.",
        "One fold of 200 is left out.", "S0-25", lambda: len(np.concatenate(np.split(np.arange(1000), 5)[1:])) == 800, "folds"),
    Statement("knn training error", False, "The number of neighbours that minimises the training error of $k$-NN always minimises the error on fresh data, too.",
        "$k = 1$ makes no error on its training data without repeated points, but follows the noise.", "S1-109",
        lambda: knn_errors(1)[1] <= knn_errors(3)[1], "knn one"),
    Statement("knn one", True, "With $k = 1$ and no two training points at the same place, $k$-NN makes no error on its training data.",
        "The nearest point of a training point is the point itself.", "S1-109", lambda: knn_errors(1)[0] == 0),
    Statement("knn all", True, "When $k$ is the number of training points and all votes count equally, $k$-NN gives every query the same label.",
        "All training points vote on every query, so that the most frequent label wins.", "S1-109", lambda: len(set(knn_predict(NOISY_X[:9], NOISY_Y[:9], NOISY_X, 9).tolist())) == 1),
    Statement("knn large", False, "A large $k$ makes $k$-NN follow single noisy points more closely than a small $k$.",
        "A large $k$ takes the majority of many points; a small $k$ follows single ones.", "S1-109", lambda: knn_errors(5)[1] > knn_errors(1)[1]),
    Statement("knn cost", True, "For $k$-NN that compares a query with all training points, training is cheap and prediction is expensive.",
        "Training stores the data; each query measures the distance to all of them.", "S0-30",
        Opposite("For $k$-NN that compares a query with all training points, training is expensive and prediction is cheap.", False, "S1-04")),
    Statement("high dimension", False, "The higher the dimension of a cube, the more the distances between random points in it vary, relative to their mean.",
        "Relative to their mean they vary less and less.", "S1-05", lambda: spread(2000) > spread(2), "distances alike"),
    Statement("distances alike", True, "In a cube of 2000 dimensions, the distances between random points, uniformly distributed, typically differ by only a few per cent.",
        "The squared distance is a sum of 2000 independent terms.", "S0-30", lambda: spread(2000) < 0.05),
    Statement("quadratic form", False, "The gradient of $x^\\top A x$ is $2 A x$ for every square matrix $A$.",
        "It is $(A + A^\\top) x$; the two agree for symmetric $A$.", "S0-19",
        lambda: bool(np.allclose(engine.numerical_gradient(lambda x: (x * (engine.Tensor(A) @ x)).sum(), [np.array([1.0, 2.0])])[0], 2 * A @ [1.0, 2.0])), "quadratic symmetric"),
    Statement("quadratic symmetric", True, "For a symmetric matrix the gradient of $x^\\top A x$ is $2 A x$.",
        "$A + A^\\top = 2 A$ then.", "S1-20",
        lambda: bool(np.allclose(engine.numerical_gradient(lambda x: (x * (engine.Tensor(A + A.T) @ x)).sum(), [np.array([1.0, 2.0])])[0], 2 * (A + A.T) @ [1.0, 2.0], atol=1e-5))),
    Statement("trace order", False, "$\\mathrm{tr}(A B C) = \\mathrm{tr}(A C B)$ for all square matrices of one size.",
        "Only cyclic exchanges keep the trace of every product.", "S1-22", lambda: bool(np.isclose(np.trace(A @ B @ C), np.trace(A @ C @ B))), "trace cycle"),
    Statement("trace cycle", True, "$\\mathrm{tr}(A B C) = \\mathrm{tr}(C A B)$ for all square matrices of one size.",
        "The last factor of a product may be moved to the front without changing the trace.", "S1-22", lambda: bool(np.isclose(np.trace(A @ B @ C), np.trace(C @ A @ B)))),
    Statement("frobenius", True, "For every real matrix $X$ the squared Frobenius norm is $\\mathrm{tr}(X^\\top X)$.",
        "Both add the squares of all entries.", "S1-15", lambda: bool(np.isclose(np.sum(A**2), np.trace(A.T @ A)))),
    Statement("frobenius sum", False, "The Frobenius norm of a matrix is the sum of the absolute values of its entries.",
        "It is the square root of the sum of their squares.", "S1-15", lambda: bool(np.isclose(np.linalg.norm(A), np.sum(np.abs(A))))),
    Statement("orthogonal determinant", False, "Every orthogonal matrix has determinant 1.",
        "A reflection has determinant $-1$.", "S1-32",
        lambda: bool(np.allclose(REFLECTION @ REFLECTION.T, np.eye(2)) and np.linalg.det(REFLECTION) > 0), "determinant squared"),
    Statement("determinant squared", True, "The square of the determinant of an orthogonal matrix is 1.",
        "$\\det(Q)^2 = \\det(Q^\\top Q) = \\det I = 1$.", "S1-32", lambda: bool(np.isclose(np.linalg.det(REFLECTION) ** 2, 1))),
    Statement("orthogonal length", True, "Multiplying by an orthogonal matrix keeps the length of every vector.",
        "$\\lVert Q v \\rVert^2 = v^\\top Q^\\top Q v = v^\\top v = \\lVert v \\rVert^2$.", "S1-31", lambda: bool(np.isclose(np.linalg.norm(REFLECTION @ [3.0, -7.0]), np.linalg.norm([3.0, -7.0])))),
    Statement("gram diagonal", False, "$A^\\top A$ is a diagonal matrix for every real matrix $A$.",
        "It is symmetric, but its entries beside the diagonal are inner products of columns, which need not be 0.", "S1-29", lambda: bool(np.allclose(A.T @ A, np.diag(np.diag(A.T @ A))))),
    Statement("singular values", True, "The non-zero singular values of a real matrix $A$ are the square roots of the non-zero eigenvalues of $A^\\top A$.",
        "$A^\\top A = V \\Sigma^\\top \\Sigma V^\\top$.", "S1-29",
        lambda: bool(np.allclose(np.sort(np.linalg.svd(A)[1] ** 2), np.sort(np.linalg.eigvalsh(A.T @ A))))),
    Statement("positive definite", True, "All eigenvalues of a symmetric positive definite matrix are positive.",
        "For an eigenvector $v$, $\\lambda \\lVert v \\rVert^2 = v^\\top A v > 0$.", "S1-28", lambda: bool(np.all(np.linalg.eigvalsh(A.T @ A + np.eye(2)) > 0))),
    Statement("covariance shift", False, "Adding a constant vector to a random vector changes its covariance matrix.",
        "It moves only the mean.", "S1-33", lambda: not np.allclose(np.cov(LINE.T + 7.0), np.cov(LINE.T))),
    Statement("covariance scale", True, "Doubling a random vector multiplies its covariance matrix by 4.",
        "$\\mathrm{Cov}[A x] = A \\, \\mathrm{Cov}[x] A^\\top$ with $A = 2 I$.", "S1-33", lambda: bool(np.allclose(np.cov(2 * LINE.T), 4 * np.cov(LINE.T)))),
    Statement("normal equations", True, "If two columns of $X$ are equal, $X^\\top X$ has no inverse.",
        "The rank is smaller than the number of columns.", "S0-21", lambda: np.linalg.matrix_rank((X2 := np.stack([DATA_X, DATA_X], axis=1)).T @ X2) < 2),
    Statement("ridge inverse", True, "$X^\\top X + \\lambda I$ has an inverse for every $\\lambda > 0$, even if two columns of $X$ are equal.",
        "Its eigenvalues are at least $\\lambda$.", "S0-81", lambda: np.linalg.matrix_rank((X2 := np.stack([DATA_X, DATA_X], axis=1)).T @ X2 + 0.1 * np.eye(2)) == 2),
    Statement("ridge shrinks", True, "In ridge regression a larger penalty never gives a longer weight vector.",
        "Length costs more then.", "S1-60", lambda: all(np.linalg.norm(ridge(a)) > np.linalg.norm(ridge(b)) for a, b in ((0, 1), (1, 5), (5, 50)))),
    Statement("ridge training", False, "Adding a ridge penalty to least squares can lower the error on the training data.",
        "Least squares without a penalty already has the smallest error there.", "S1-60", lambda: train_error(ridge(1.0)) < train_error(ridge(0.0)), "least squares best"),
    Statement("least squares best", True, "Among all weights of a linear model, those of least squares have the smallest squared error on the training data.",
        "That is how they are chosen.", "S1-21", lambda: all(train_error(ridge(0.0)) <= train_error(ridge(0.0) + d) for d in 0.1 * np.eye(2))),
    Statement("regularisation aim", False, "The aim of regularisation is a smaller error on the training data.",
        "It gives up some training error for a smaller error on new data.", "S0-81",
        Opposite("The aim of regularisation is a smaller error on new data, even if the training error grows.", True, "S1-60"), "least squares best"),
    Statement("input noise", True, "In linear regression with squared error, independent zero-mean noise of variance $\\sigma^2$ on every input acts, on average, like the penalty $\\sigma^2 \\lVert w \\rVert^2$.",
        "The mean of $(w^\\top \\varepsilon)^2$ is $\\sigma^2 \\lVert w \\rVert^2$, and the cross term has mean 0.", "S1-08",
        lambda: bool(np.isclose(noisy_input_loss(np.array([0.3, -0.7]), 0.5), noisy_input_loss(np.array([0.3, -0.7]), 0.0) + 0.25 * 0.58))),
    Statement("l1 sparse", True, "At the minimum, an L1 penalty can make weights exactly 0.",
        "Its pull does not fade as a weight becomes small.", "S1-64", lambda: int(np.sum(shrunk(l1=0.1) == 0)) == 2),
    Statement("l2 sparse", False, "At the minimum, an L2 penalty makes all small weights exactly 0.",
        "It shrinks them in proportion, but not all the way.", "S1-114", lambda: bool(np.any(shrunk(weight_decay=0.1) == 0)), "l2 proportion"),
    Statement("l2 proportion", True, "For a quadratic loss whose Hessian is the identity, an L2 penalty shrinks all weights of the minimum by the same factor.",
        "$w = w^* / (1 + \\lambda)$ in each coordinate.", "S1-58", lambda: bool(np.allclose(shrunk(weight_decay=0.25) * 1.25, [2.0, 0.05, -0.03, -1.0]))),
    Statement("l1 sparser", True, "On the same data L1 regularisation tends to give more zeros than L2.",
        "Only L1 pulls a weight towards 0 with constant force.", "S1-114", lambda: bool(np.sum(shrunk(l1=0.1) == 0) > np.sum(shrunk(weight_decay=0.1) == 0)), "l1 sparse"),
    Statement("decay factor", False, "For every learning rate $\\eta$, a step of gradient descent on $J + \\frac{\\alpha}{2} \\lVert W \\rVert^2$ is $W \\leftarrow (1 - \\alpha) W - \\eta \\nabla J$.",
        "The factor is $1 - \\eta \\alpha$.", "S1-59",
        lambda: bool(np.isclose(engine.optimizer_path(lambda p: engine.SGD(p, lr=0.1, weight_decay=0.5), [3.0], 2.0)[-1], 0.5 * 2 - 0.3))),
    Statement("early stopping", False, "Early stopping ends the training when the error on the training data no longer falls.",
        "It watches the error on validation data, which usually rises again while the training error still falls.", "S1-61",
        Opposite("Early stopping ends the training when the error on validation data no longer falls.", True, "S1-61")),
    Statement("early stopping aim", True, "Early stopping counts as regularisation.",
        "It accepts a larger training error for a smaller error on new data.", "S1-18",
        Opposite("Early stopping serves to reach the smallest possible training error.", False, "S3-04")),
    Statement("dropout networks", True, "Dropout on $N$ units has $2^N$ possible masks.",
        "Each unit is kept or dropped, independently of the others.", "S0-85", lambda: len({tuple(m) for m in product([0, 1], repeat=6)}) == 2**6),
    Statement("dropout square", False, "Dropout on $N$ units has $N^2$ possible masks for every $N$.",
        "There are $2^N$: each unit is kept or dropped.", "S1-63", lambda: len(set(product([0, 1], repeat=6))) == 36),
    Statement("dropout test", False, "With inverted dropout the activations are rescaled at test time.",
        "Dividing by the probability of being kept is done in training; at test time nothing is changed.", "S0-86",
        lambda: not np.allclose(dropped([1, 0, 1], training=False), 1), "dropout mean"),
    Statement("dropout mean", True, "Inverted dropout does not change the expected value of an activation.",
        "Kept values are divided by the probability of being kept.", "S0-86",
        lambda: bool(np.allclose(np.mean([dropped(m) for m in product([0, 1], repeat=3)], axis=0), 1))),
    Statement("dropout double", True, "Inverted dropout with a keep probability of 0.5 doubles the activations that it keeps.",
        "They are divided by 0.5.", "S0-86", lambda: bool(np.allclose(dropped([1, 0, 1]), [2, 0, 2])), "dropout mean"),
    Statement("dropout evaluation", False, "In evaluation mode dropout sets some activations to 0.",
        "In evaluation mode all units are kept.", "S1-88", lambda: bool(np.any(dropped([1, 0, 1], training=False) == 0))),
    Statement("dropout bagging", True, "Dropout can be seen as an approximation of bagging with shared weights.",
        "Each mask trains a different sub-network.", "S1-63",
        Opposite("Dropout trains one fixed sub-network and so has nothing in common with bagging.", False, "S0-85")),
    Statement("correlated", False, "Averaging $K$ models with equal error variances and perfectly correlated zero-mean errors divides the mean squared error by $K$.",
        "Equal errors do not cancel: nothing is gained.", "S1-81", lambda: bool(np.isclose(averaged(5, 1.0), 1 / 5)), "independent"),
    Statement("independent", True, "Averaging $K$ models with uncorrelated zero-mean errors of equal variance divides the mean squared error by $K$.",
        "Variances add, and the average divides by $K^2$.", "S1-81", lambda: bool(np.isclose(averaged(5, 0.0), 1 / 5))),
    Statement("correlation gain", True, "The lower the correlation between the zero-mean errors of equally good models, the more is gained by averaging them.",
        "What the errors share does not cancel.", "S1-115", lambda: averaged(5, 0.1) < averaged(5, 0.5) < averaged(5, 0.9), "independent"),
    Statement("bagging", False, "Bagging draws the training set of each model without replacement.",
        "It draws with replacement, so that the data sets differ.", "S1-84",
        Opposite("Bagging draws the training set of each model with replacement.", True, "S0-84"), "bootstrap share"),
    Statement("bootstrap share", True, "For large $N$, a sample of $N$ examples drawn with replacement from $N$ examples contains, on average, about 63 per cent of them at least once.",
        "An example is missed with probability $(1 - \\frac{1}{N})^N \\approx e^{-1}$.", "S1-84", lambda: abs(bootstrap() - (1 - np.exp(-1))) < 0.02),
    Statement("smoothing sum", True, "After label smoothing the targets of an example still add up to 1.",
        "What is taken from the right class is shared out among the classes.", "S0-04", lambda: bool(np.isclose(np.sum(smoothed()), 1))),
    Statement("smoothing zero", False, "With label smoothing the cross-entropy can still be brought down to 0.",
        "It is never smaller than the entropy of the smoothed targets.", "S1-83",
        lambda: min(functional.cross_entropy(engine.Tensor(np.array([[0, z, 0, 0.0]])), smoothed()[None]).data for z in np.linspace(0, 30, 61)) < 0.1, "smoothing finite"),
    Statement("smoothing finite", True, "With label smoothing the cross-entropy is smallest at finite logits.",
        "Ever larger logits make the small targets of the other classes expensive.", "S0-04",
        lambda: 0 < int(np.argmin([functional.cross_entropy(engine.Tensor(np.array([[0, z, 0, 0.0]])), smoothed()[None]).data for z in np.linspace(0, 30, 61)])) < 60),
    Statement("transfer", True, "Transfer learning starts from weights that were learned on another task.",
        "The features learned there often serve the new task, too.", "S0-83",
        Opposite("Transfer learning starts from random weights only.", False, "S1-85")),
    Statement("multi-task", True, "In multi-task learning with hard parameter sharing, several tasks use the same lower layers of a network.",
        "These layers learn from the data of all tasks.", "S1-85",
        Opposite("In multi-task learning with hard parameter sharing, every task has a network of its own without common layers.", False, "S0-83")),
    Statement("likelihood", True, "Minimising the cross-entropy of a classifier's predictions with the labels maximises the likelihood of the labels.",
        "The cross-entropy is the mean negative log-likelihood.", "S1-86",
        lambda: int(np.argmin([-3 * np.log(p) - np.log(1 - p) for p in np.linspace(0.01, 0.99, 99)])) == int(np.argmax([p**3 * (1 - p) for p in np.linspace(0.01, 0.99, 99)]))),
    Statement("mean maximum", True, "Among normal distributions of one given variance, independent data are most likely under the one whose mean is the mean of the data.",
        "The log-likelihood is, up to a constant, a negative sum of squared deviations, times a positive factor.", "S0-28",
        lambda: bool(np.isclose(np.linspace(0, 3, 301)[np.argmin([np.sum((DATA_Y - m) ** 2) for m in np.linspace(0, 3, 301)])], np.mean(DATA_Y), atol=0.01))),
    Statement("squared error easy", True, "For a linear model, the derivative of the squared error with respect to a weight is an affine function of the weights.",
        "Squares of affine functions have affine derivatives; that makes the minimum easy to find.", "S0-14",
        lambda: bool(np.allclose(error_slope([1.0, -2.0]) + error_slope([3.0, 5.0]), 2 * error_slope([2.0, 1.5])))),
    Statement("data for parameters", True, "Fitted to six noisy points of a straight line, a polynomial of degree 5 tends to have larger errors between the points than a straight line.",
        "It has as many coefficients as there are points and follows their noise; many parameters need many data.", "S3-08",
        lambda: mean_error_between(5) > mean_error_between(1)),
    Statement("dense cost", True, "A dense layer of 1000 units that reads a colour image of $200 \\times 200$ pixels has more than 100 million weights.",
        "Each unit has $200 \\cdot 200 \\cdot 3 = 120000$ weights.", "S3-09", lambda: np.empty((1000, 200 * 200 * 3), dtype=bool).size > 10**8),
    Statement("same sizes", False, "Two feed-forward networks with the same number of layers and of units in each layer have the same number of weights.",
        "The architecture also says which edges are allowed: a unit may be joined to all units before it or to a few.", "S4-16",
        lambda: engine.count_parameters(engine.Linear(8, 8), bias=False) == engine.count_parameters(engine.Conv1d(1, 1, 3, padding=1), bias=False)),
    Statement("self-play", True, "AlphaGo Zero, which learned from games against itself alone, won all 100 games against the version of AlphaGo that had beaten Lee Sedol.",
        "Silver et al. (2017) report 100 to 0.", "S0-02",
        Opposite("AlphaGo Zero was trained on records of games between people before it beat the AlphaGo of Lee Sedol.", False, "S0-02")),
    Statement("fold validation", False, "In 5-fold cross-validation with 1000 examples every fit is validated on 800 of them.", "It is validated on one fold, 200 examples, and trained on the other 800.", "S1-17", lambda: len(np.split(np.arange(1000), 5)[0]) == 800, "folds"),
    Statement("knn near", False, "With $k = 1$, $k$-NN gives every query the same label.", "Each query gets the label of its own nearest point.", "S1-109", lambda: len(set(knn_predict(NOISY_X, NOISY_Y, NOISY_X, 1).tolist())) == 1, "knn one"),
    Statement("trace product", False, "$\\mathrm{tr}(A B) = \\mathrm{tr}(A) \\, \\mathrm{tr}(B)$ for all square matrices of one size.", "For the identity of size 2 the left side is 2, the right side 4.", "S1-22", lambda: bool(np.isclose(np.trace(A @ B), np.trace(A) * np.trace(B)))),
    Statement("trace sum", True, "$\\mathrm{tr}(A + B) = \\mathrm{tr}(A) + \\mathrm{tr}(B)$ for all square matrices of one size.", "The diagonals are added entry by entry.", "S1-22", lambda: bool(np.isclose(np.trace(A + B), np.trace(A) + np.trace(B)))),
    Statement("gram symmetric", True, "$A^\\top A$ is a symmetric matrix for every real matrix $A$.", "$(A^\\top A)^\\top = A^\\top A$.", "S1-29", lambda: bool(np.allclose(A.T @ A, (A.T @ A).T))),
    Statement("orthogonal inverse", False, "Every orthogonal matrix is its own inverse.", "Its inverse is its transpose, as a rotation by 90 degrees shows.", "S1-31", lambda: all(np.allclose(Q @ Q, np.eye(2)) for Q in (REFLECTION, np.array([[0.0, -1.0], [1.0, 0.0]])))),
    Statement("average harm", False, "The squared error of an average of several predictions can be larger than the mean of their squared errors.", "The square is convex: the error of the mean is at most the mean of the errors.", "S1-81", lambda: bool(np.any(ERRORS.mean(axis=1) ** 2 > (ERRORS**2).mean(axis=1) + 1e-12))),
    Statement("dropout scale", False, "Inverted dropout with the drop probability 0.5 halves the activations that it keeps.", "It divides them by the keep probability: they are doubled.", "S0-86", lambda: bool(np.allclose(dropped([1.0, 1.0]), 0.5)), "dropout mean"),
    Statement("penalty zero", True, "The penalty $\\frac{\\alpha}{2} \\lVert w \\rVert^2$ with $\\alpha > 0$ is 0 only for $w = 0$.", "It is a sum of squares times a positive number.", "S1-58", lambda: all((np.linalg.norm(w) ** 2 == 0) == (not np.any(w)) for w in (np.zeros(2), A[0], B[0]))),
    Statement("bootstrap same", False, "A sample of $N$ examples drawn with replacement from $N$ examples always contains each of them once.", "Some come more than once, so others are missing.", "S1-84", lambda: bootstrap() == 1.0),
)  # fmt: skip
