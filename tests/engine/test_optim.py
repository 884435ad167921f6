"""Optimizers agree with torch.optim for ten steps, and with the notes' formulas by hand."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import (
    SGD,
    Adagrad,
    Adam,
    AdamW,
    CosineAnnealingLR,
    ExponentialLR,
    InverseTimeLR,
    LinearLR,
    Momentum,
    Parameter,
    RMSprop,
    StepLR,
    Tensor,
    clip_grad_norm_,
    clip_grad_value_,
    soft_threshold,
)  # fmt: skip
from partialcredit.engine.optim import optimizer as base
from partialcredit.engine.optim import schedule
from partialcredit.errors import EngineError

RNG = np.random.default_rng(0)
METHODS = [
    (SGD, {"lr": 0.1}),
    (SGD, {"lr": 0.1, "weight_decay": 0.1}),
    (SGD, {"lr": 0.1, "momentum": 0.9}),
    (SGD, {"lr": 0.1, "momentum": 0.9, "dampening": 0.3, "weight_decay": 0.01}),
    (SGD, {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    (Adagrad, {}),
    (Adagrad, {"lr": 0.1, "lr_decay": 0.1, "initial_accumulator_value": 0.5, "weight_decay": 0.1}),
    (RMSprop, {}),
    (RMSprop, {"lr": 0.1, "alpha": 0.9, "momentum": 0.9, "weight_decay": 0.1}),
    (RMSprop, {"centered": True, "momentum": 0.5}),
    (Adam, {}),
    (Adam, {"lr": 0.1, "betas": (0.5, 0.8), "eps": 1e-3, "weight_decay": 0.1}),
    (AdamW, {"lr": 0.1, "weight_decay": 0.2}),
]


@pytest.mark.parametrize(("method", "options"), METHODS)
def test_ten_steps_agree_with_torch(monkeypatch, method, options):
    """A large, a small, a transposed and a scalar parameter; one has no gradient at every third."""
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(base, "SMALL", 50)
    monkeypatch.setattr(base, "PIECE", 32)
    arrays = [
        RNG.normal(size=(10, 9)),
        RNG.normal(size=7),
        np.float64(1.5),
        RNG.normal(size=(3, 4)),
    ]
    ours = [Parameter(a.copy()) for a in arrays]
    ours[3].data = np.asfortranarray(ours[3].data)
    theirs = [torch.tensor(a, requires_grad=True) for a in arrays]
    mine, yours = method(ours, **options), getattr(torch.optim, method.__name__)(theirs, **options)
    for step in range(10):
        for i, (p, t) in enumerate(zip(ours, theirs, strict=True)):
            g = None if (i, step % 3) == (1, 2) else np.asarray(RNG.normal(size=p.shape))
            p.grad, t.grad = g, None if g is None else torch.tensor(g)
        mine.step()
        yours.step()
        for p, t in zip(ours, theirs, strict=True):
            np.testing.assert_allclose(p.data, t.detach().numpy(), rtol=1e-10, atol=1e-12)


def walk(method, gradients, start=1.0):
    """Positions of one scalar parameter under given gradients."""
    p = Parameter(start)
    optimizer = method([p])
    path = []
    for g in gradients:
        p.grad = np.float64(g)
        optimizer.step()
        path.append(float(p.data))
    return path


def test_adam_by_hand():
    """The first step is lr against the sign; the state grows to m and v of the paper."""
    p = Parameter([1.0, 1.0])
    optimizer = Adam([p], lr=0.1)
    p.grad = np.array([5.0, -3.0])
    optimizer.step()
    np.testing.assert_allclose(p.data, [0.9, 1.1])
    m, v = optimizer.moments(p)
    np.testing.assert_allclose(m, [0.5, -0.3])
    np.testing.assert_allclose(v, [0.025, 0.009])


def test_rmsprop_with_momentum_as_the_notes_have_it():
    """G = (2, 2), alpha = beta = 0.9, eps = 0.1: theta = 0.6838, 0.1698 (catalogue)."""
    path = walk(lambda p: RMSprop(p, lr=0.1, alpha=0.9, momentum=0.9, eps=0.0), [2, 2])
    np.testing.assert_allclose(path, [0.6838, 0.1698], atol=5e-5)


def test_adagrad_shrinks_as_one_over_the_root_of_t():
    path = walk(lambda p: Adagrad(p, lr=0.1, eps=0.0), [3, 3, 3, 3], start=0.0)
    np.testing.assert_allclose(np.diff([0.0, *path]), -0.1 / np.sqrt([1, 2, 3, 4]))


def test_momentum_inside_and_outside_agree_while_lr_is_constant():
    gradients = RNG.normal(size=6)
    a = walk(lambda p: Momentum(p, lr=0.1, momentum=0.8), gradients)
    b = walk(lambda p: SGD(p, lr=0.1, momentum=0.8), gradients)
    np.testing.assert_allclose(a, b)


def test_both_forms_of_nesterov_meet():
    """SGD's parameter is the look-ahead form's x + momentum · v, on a curved function."""
    slope = np.array([1.0, 9.0])
    x, z = Parameter(np.ones(2)), Parameter(np.ones(2))
    ahead, shifted = Momentum([x], 0.05, 0.9, nesterov=True), SGD([z], 0.05, 0.9, nesterov=True)
    for _ in range(8):
        ahead.look_ahead()
        np.testing.assert_allclose(x.data, z.data)
        x.grad, z.grad = slope * x.data, slope * z.data
        ahead.step()
        shifted.step()
    with pytest.raises(EngineError, match="look_ahead"):
        ahead.step()


def test_soft_threshold_sets_small_values_to_zero():
    np.testing.assert_allclose(
        soft_threshold(np.array([-2.0, 0.3, 0.0, 1.0]), 0.5), [-1.5, 0, 0, 0.5]
    )
    p = Parameter([1.0, -0.01])
    p.grad = np.zeros(2)
    SGD([p], lr=0.1, l1=0.5).step()
    np.testing.assert_allclose(p.data, [0.95, 0])


def test_l2_as_decay_and_as_penalty_agree():
    a, b = Parameter([2.0, -1.0]), Parameter([2.0, -1.0])
    decay, penalty = SGD([a], lr=0.1, weight_decay=0.3), SGD([b], lr=0.1)
    for _ in range(5):
        a.grad = b.grad = None
        (a * a * a).sum().backward()
        ((b * b * b).sum() + (b * b).sum() * 0.15).backward()
        decay.step()
        penalty.step()
        np.testing.assert_allclose(a.data, b.data)


def test_data_put_into_a_parameter_is_taken_over():
    p, q = Parameter([1.0, 2.0]), Parameter(3.0)
    optimizer = SGD([p, q], lr=1.0)
    p.data = np.array([10.0, 20.0])
    p.grad, q.grad = np.ones(2), np.float64(1)
    optimizer.step()
    np.testing.assert_array_equal(p.data, [9, 19])
    assert q.data == 2


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(("method", "options"), METHODS)
def test_optimizers_keep_the_dtype(method, options, dtype):
    p = Parameter(np.ones(3, dtype))
    p.grad = np.ones(3, dtype)
    method([p], **options).step()
    assert p.dtype == dtype


def test_schedules_follow_their_formulas():
    def rates(made, **options):
        optimizer = SGD([Parameter(1.0)], lr=1.0)
        chosen = made(optimizer, **options)
        values = []
        for _ in range(5):
            values.append(optimizer.lr)
            chosen.step()
        return values

    np.testing.assert_allclose(rates(StepLR, step_size=2, gamma=0.1), [1, 1, 0.1, 0.1, 0.01])
    np.testing.assert_allclose(rates(ExponentialLR, gamma=0.5), [1, 0.5, 0.25, 0.125, 0.0625])
    np.testing.assert_allclose(rates(InverseTimeLR, decay=1.0), [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5])
    cosine = rates(CosineAnnealingLR, T_max=4, eta_min=0.2)
    np.testing.assert_allclose([cosine[0], cosine[2], cosine[4]], [1, 0.6, 0.2])


SCHEDULES = {
    "cosine": lambda lib, o: lib.CosineAnnealingLR(o, 10, 0.01),
    "restarts": lambda lib, o: lib.CosineAnnealingWarmRestarts(o, 2, 2, 0.01),
    "linear": lambda lib, o: lib.LinearLR(o, 0.25, 0.75, 4),
    "milestones": lambda lib, o: lib.MultiStepLR(o, [2, 3, 7], 0.5),
    "polynomial": lambda lib, o: lib.PolynomialLR(o, 8, 2.0),
    "sequential": lambda lib, o: lib.SequentialLR(
        o, [lib.LinearLR(o, 0.1, 1.0, 4), lib.StepLR(o, 2, 0.5)], [4]
    ),
}


@pytest.mark.parametrize("make", SCHEDULES.values(), ids=SCHEDULES)
def test_schedules_agree_with_torch(make):
    torch = pytest.importorskip("torch")
    torch_schedule = torch.optim.lr_scheduler
    ours, theirs = SGD([Parameter(1.0)], lr=0.3), torch.optim.SGD([torch.ones(1)], lr=0.3)
    a, b = (make(library, o) for library, o in ((schedule, ours), (torch_schedule, theirs)))
    for _ in range(10):
        assert ours.lr == pytest.approx(theirs.param_groups[0]["lr"])
        theirs.step()
        a.step()
        b.step()


@pytest.mark.parametrize("schedules", [(), (3,)])
def test_a_second_schedule_starts_from_the_rate_before_the_first(schedules):
    optimizer = SGD([Parameter(1.0)], lr=0.3)
    for steps in schedules:
        LinearLR(optimizer, 0.5, total_iters=steps)
    CosineAnnealingLR(optimizer, 10, 0.03).step()
    assert optimizer.lr == pytest.approx(0.03 + 0.27 * (1 + np.cos(np.pi / 10)) / 2)


def test_clipping_scales_all_gradients_together():
    p, q = Tensor([0.0]), Tensor([0.0])
    p.grad, q.grad = np.array([3.0]), np.array([4.0])
    assert clip_grad_norm_([p, q], 1.0) == 5
    np.testing.assert_allclose([p.grad[0], q.grad[0]], [0.6, 0.8], rtol=1e-6)
    clip_grad_value_([p, q], 0.7)
    np.testing.assert_allclose([p.grad[0], q.grad[0]], [0.6, 0.7], rtol=1e-6)
    p.grad = np.array([np.nan])
    with pytest.raises(EngineError, match="not finite"):
        clip_grad_norm_([p], 1.0)


@pytest.mark.parametrize(
    "act",
    [
        lambda: SGD([], lr=0.1),
        lambda: SGD([Parameter(1.0)], lr=-1),
        lambda: SGD([Parameter(1.0)], lr=1, nesterov=True),
        lambda: Adam([Parameter(1.0)], betas=(1.0, 0.9)),
        lambda: Adam([Parameter(1.0)]).moments(Parameter(1.0)),
    ],
)
def test_impossible_settings_are_refused(act):
    with pytest.raises(EngineError):
        act()
