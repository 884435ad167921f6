"""Losses agree with torch, with hand computation, and refuse what has no loss."""

from __future__ import annotations

from math import log

import numpy as np
import pytest

from partialcredit.engine import (
    CrossEntropyLoss,
    HalfSquaredError,
    HingeLoss,
    MultiMarginLoss,
    Tensor,
    check_gradients,
)  # fmt: skip
from partialcredit.engine import functional as F  # noqa: N812 - its name everywhere
from partialcredit.errors import EngineError

RNG = np.random.default_rng(0)
LABELS = np.array([2, 0, 3, 3, 1])
WEIGHTS = np.array([0.5, 1.0, 2.0, 3.0])


@pytest.fixture
def oracle():
    """The tests that need torch, skipped without it."""
    return pytest.importorskip("tests.engine.oracle")


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
@pytest.mark.parametrize("weight", [None, WEIGHTS])
@pytest.mark.parametrize("soft", [False, True])
def test_cross_entropy_agrees_with_torch(oracle, reduction, smoothing, weight, soft):
    ours, theirs = oracle.leaves(RNG.normal(0, 3, size=(5, 4)))
    target = RNG.dirichlet(np.ones(4), size=5) if soft else LABELS
    other = None if weight is None else oracle.torch.tensor(weight)
    z = oracle.torch.nn.functional.cross_entropy(
        *theirs, oracle.torch.tensor(target), weight=other, reduction=reduction,
        label_smoothing=smoothing,
    )  # fmt: skip
    loss = CrossEntropyLoss(weight, reduction, smoothing)
    oracle.agree((loss(ours[0], target), ours), (z, theirs), RNG)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize(
    ("name", "target"),
    [("mse_loss", RNG.normal(size=(5, 4))),
     ("binary_cross_entropy_with_logits", RNG.random((5, 4)))],
)  # fmt: skip
def test_elementwise_losses_agree_with_torch(oracle, name, target, reduction):
    ours, theirs = oracle.leaves(RNG.normal(0, 3, size=(5, 4)))
    f = getattr(oracle.torch.nn.functional, name)
    z = f(*theirs, oracle.torch.tensor(target), reduction=reduction)
    oracle.agree((getattr(F, name)(*ours, target, reduction=reduction), ours), (z, theirs), RNG)


@pytest.mark.parametrize("name", ["nll_loss", "multi_margin_loss"])
def test_label_losses_agree_with_torch(oracle, name):
    ours, theirs = oracle.leaves(RNG.normal(size=(5, 4)))
    z = getattr(oracle.torch.nn.functional, name)(*theirs, oracle.torch.tensor(LABELS))
    oracle.agree((getattr(F, name)(*ours, LABELS), ours), (z, theirs), RNG)


def test_uniform_logits_cost_the_logarithm_of_the_classes():
    assert float(F.cross_entropy(Tensor(np.zeros((3, 10))), [0, 5, 9]).data) == pytest.approx(
        log(10)
    )


def test_one_example_without_a_batch(oracle):
    ours, theirs = oracle.leaves(RNG.normal(size=4))
    z = oracle.torch.nn.functional.cross_entropy(*theirs, oracle.torch.tensor(2))
    oracle.agree((F.cross_entropy(*ours, 2), ours), (z, theirs), RNG)


def test_losses_of_extreme_logits_are_finite():
    x = Tensor([[1000.0, -1000.0]])
    assert float(F.cross_entropy(x, [1]).data) == 2000
    assert float(F.binary_cross_entropy_with_logits(x, [[0.0, 1.0]], "sum").data) == 2000


def test_hinge_by_hand():
    """Margins 2, 0.5 and -1 cost 0, 0.5 and 2; the derivative is -y where the margin is below 1."""
    x = Tensor([2.0, -0.5, 1.0], requires_grad=True)
    loss = HingeLoss(reduction="sum")(x, [1, -1, -1])
    loss.backward()
    assert float(loss.data) == 2.5
    np.testing.assert_array_equal(x.grad, [0, 1, 1])


def test_multi_class_hinge_as_the_notes_have_it():
    loss = MultiMarginLoss(divide=False, reduction="sum")
    assert float(loss(np.array([[3.2, 5.1, -1.7]]), [0]).data) == pytest.approx(2.9)


def test_half_squared_error_has_the_difference_as_gradient():
    x, y = Tensor([1.0, 5.0], requires_grad=True), [0.5, 7.0]
    loss = HalfSquaredError()(x, y)
    loss.backward()
    assert float(loss.data) == 0.5 * (0.25 + 4)
    np.testing.assert_array_equal(x.grad, [0.5, -2])


def test_gradients_agree_with_differences():
    x = Tensor(RNG.normal(size=(5, 4)), requires_grad=True)
    for f in (
        lambda t: F.cross_entropy(t, LABELS),
        lambda t: F.cross_entropy(t, LABELS, WEIGHTS, "sum", 0.1),
        lambda t: F.binary_cross_entropy_with_logits(t, np.full((5, 4), 0.3)),
    ):
        assert check_gradients(f, [x]).agrees


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_losses_keep_the_dtype(dtype):
    x = Tensor(np.ones((2, 3), dtype), requires_grad=True)
    for loss in (
        F.cross_entropy(x, [0, 1]), F.cross_entropy(x, [0, 1], [1, 2, 3], label_smoothing=0.1),
        F.mse_loss(x, np.zeros((2, 3))), F.multi_margin_loss(x, [0, 1]),
        F.half_squared_error(x, np.ones((2, 3))),
    ):  # fmt: skip
        x.grad = None
        loss.backward()
        assert loss.dtype == x.grad.dtype == dtype


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda x: F.cross_entropy(x, [0, 4]), ["CrossEntropyLoss", "0 to 2", "4"]),
        (lambda x: F.cross_entropy(x, [0, -1]), ["CrossEntropyLoss", "-1"]),
        (lambda x: F.cross_entropy(x, [0]), ["(2,)", "(2, 3)", "(1,)"]),
        (lambda x: F.cross_entropy(x, [0.0, 1.0]), ["integer", "float64"]),
        (lambda x: F.cross_entropy(x, [0, 1], reduction="avg"), ["avg"]),
        (lambda x: F.cross_entropy(x * np.nan, [0, 1]), ["CrossEntropyLoss", "nan"]),
        (lambda x: F.cross_entropy(x, [0, 1], weight=[1.0]), ["(3,)", "(1,)"]),
        (lambda x: F.mse_loss(x, [1.0]), ["MSELoss", "(2, 3)", "(1,)"]),
        (lambda x: F.hinge_loss(x, np.zeros((2, 3))), ["HingeLoss", "-1 or 1"]),
        (lambda x: F.nll_loss(x, [0, 7]), ["NLLLoss", "7"]),
    ],
)
def test_refusals_name_the_loss(act, words):
    with pytest.raises(EngineError) as error:
        act(Tensor(np.ones((2, 3))))
    assert all(word in str(error.value) for word in words), str(error.value)
