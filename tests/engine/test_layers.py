"""Layers other than convolutions agree with torch, keep their promises and refuse by name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.engine import (
    AdaptiveAvgPool2d,
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    MaxPool2d,
    MinPool2d,
    PReLU,
    ReLU,
    Residual,
    Sequential,
    Tensor,
    check_gradients,
)  # fmt: skip
from partialcredit.engine import functional as F  # noqa: N812 - its name everywhere
from partialcredit.errors import EngineError

RNG = np.random.default_rng(0)


@pytest.fixture
def oracle():
    """The tests that need torch, skipped without it."""
    return pytest.importorskip("tests.engine.oracle")


@st.composite
def poolings(draw):
    """A pool that fits on its image, with torch's limit on the padding."""
    kernel = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    padding = tuple(draw(st.integers(0, k // 2)) for k in kernel)
    stride = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    size = [draw(st.integers(k, k + 5)) for k in kernel]
    return kernel, stride, padding, size, draw(st.booleans()), draw(st.booleans())


@given(poolings(), st.booleans(), st.integers(1, 2))
@settings(max_examples=80)
def test_max_pool_agrees_with_torch_also_on_ties(case, ties, dilation):
    oracle = pytest.importorskip("tests.engine.oracle")
    kernel, stride, padding, size, ceil, _ = case
    size = [n + k for n, k in zip(size, kernel, strict=True)]  # room for the dilation
    x = RNG.normal(size=(2, 3, *size))
    ours, theirs = oracle.leaves(np.round(x) if ties else x)
    arguments = (kernel, stride, padding, dilation, ceil)
    z = oracle.torch.nn.functional.max_pool2d(*theirs, *arguments)
    oracle.agree((F.max_pool2d(*ours, *arguments), ours), (z, theirs), RNG)


@given(poolings())
@settings(max_examples=80)
def test_avg_pool_agrees_with_torch(case):
    oracle = pytest.importorskip("tests.engine.oracle")
    kernel, stride, padding, size, ceil, include = case
    ours, theirs = oracle.leaves(RNG.normal(size=(2, 3, *size)))
    arguments = (kernel, stride, padding, ceil, include)
    z = oracle.torch.nn.functional.avg_pool2d(*theirs, *arguments)
    oracle.agree((F.avg_pool2d(*ours, *arguments), ours), (z, theirs), RNG)


@given(st.tuples(*[st.integers(1, 7)] * 2), st.tuples(*[st.integers(1, 5)] * 2))
@settings(max_examples=40)
def test_adaptive_pool_agrees_with_torch(size, target):
    oracle = pytest.importorskip("tests.engine.oracle")
    ours, theirs = oracle.leaves(RNG.normal(size=(2, 3, *size)))
    z = oracle.torch.nn.functional.adaptive_avg_pool2d(*theirs, target)
    oracle.agree((F.adaptive_avg_pool2d(*ours, target), ours), (z, theirs), RNG)


def test_min_pool_is_the_smallest_of_each_window():
    x = RNG.normal(size=(1, 1, 4, 4))
    expected = x.reshape(2, 2, 2, 2).min(axis=(1, 3))
    np.testing.assert_array_equal(MinPool2d(2)(x).data[0, 0], expected)


def test_average_pooling_everything_is_the_mean():
    x = RNG.normal(size=(2, 3, 5, 4))
    np.testing.assert_allclose(AdaptiveAvgPool2d(1)(x).data[:, :, 0, 0], x.mean(axis=(2, 3)))
    np.testing.assert_allclose(AvgPool2d((5, 4))(x).data[:, :, 0, 0], x.mean(axis=(2, 3)))


@pytest.mark.parametrize("shape", [(6, 4), (3, 4, 5), (2, 4, 3, 5), (16, 4, 9, 9)])
@pytest.mark.parametrize("affine", [True, False])
@pytest.mark.parametrize("momentum", [0.1, None])
def test_batch_norm_agrees_with_torch(oracle, shape, affine, momentum):
    """Two steps of training, the running statistics, then evaluation."""
    kind = "BatchNorm2d" if len(shape) == 4 else "BatchNorm1d"
    ours = {"BatchNorm1d": BatchNorm1d, "BatchNorm2d": BatchNorm2d}[kind](
        4, momentum=momentum, affine=affine
    )
    theirs = getattr(oracle.torch.nn, kind)(4, momentum=momentum, affine=affine).double()
    if affine:
        for name in ("weight", "bias"):
            values = RNG.normal(size=4)
            getattr(ours, name).data[...] = values
            getattr(theirs, name).data = oracle.torch.tensor(values)
    for mode in (True, True, False):
        ours.train(mode)
        theirs.train(mode)
        ours.zero_grad()
        theirs.zero_grad()
        (x,), (t,) = oracle.leaves(RNG.normal(2, 3, size=shape))
        mine, yours = [x, *ours.parameters()], [t, *theirs.parameters()]
        oracle.agree((ours(x), mine), (theirs(t), yours), RNG)
        for name in ("running_mean", "running_var"):
            np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-10)


def test_batch_norm_by_hand():
    """Ioffe and Szegedy, Algorithm 1, on four numbers: the variance divides by 4."""
    layer = BatchNorm1d(1, eps=0.0)
    y = layer(np.array([[1.0], [2.0], [4.0], [5.0]]))
    np.testing.assert_allclose(y.data[:, 0], np.array([-2, -1, 1, 2]) / np.sqrt(2.5))
    np.testing.assert_allclose(layer.running_var, 0.9 * 1 + 0.1 * 10 / 3)


def test_batch_norm_gradients_agree_with_differences():
    x = Tensor(RNG.normal(size=(4, 2, 3, 3)), requires_grad=True)
    w, b = (Tensor(RNG.normal(size=2), requires_grad=True) for _ in range(2))
    result = check_gradients(lambda *t: F.batch_norm(t[0], None, None, *t[1:], True), [x, w, b])
    assert result.agrees, result


def test_dropout_keeps_the_mean_and_takes_a_mask():
    layer = Dropout(0.25, generator=1)
    y = layer(np.ones(100_000)).data
    assert set(np.unique(y)) == {0.0, 1 / 0.75}
    assert abs(y.mean() - 1) < 5 * np.sqrt(0.25 / 0.75 / 1e5)
    layer.mask = [1, 0, 1]
    x = Tensor([1.0, 2.0, 3.0], requires_grad=True)
    layer(x).sum().backward()
    np.testing.assert_allclose(x.grad, np.array([1, 0, 1]) / 0.75)
    np.testing.assert_array_equal(layer.eval()(x).data, x.data)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("relu", ()), ("sigmoid", ()), ("tanh", ()), ("leaky_relu", (0.2,)), ("elu", (1.5,)),
     ("softplus", ()), ("softplus", (2.0,)), ("softmax", (1,)), ("log_softmax", (0,))],
)  # fmt: skip
def test_activations_agree_with_torch(oracle, name, arguments):
    values = RNG.normal(0, 3, size=(4, 5))
    values[0, 0] = 0.0  # the kink, as torch has it
    ours, theirs = oracle.leaves(values)
    z = getattr(oracle.torch.nn.functional, name)(*theirs, *arguments)
    oracle.agree((getattr(F, name)(*ours, *arguments), ours), (z, theirs), RNG)


@pytest.mark.parametrize("count", [1, 3])
def test_prelu_learns_its_slope_as_in_torch(oracle, count):
    ours, theirs = oracle.leaves(RNG.normal(size=(2, 3, 4)), RNG.normal(size=count))
    z = oracle.torch.nn.functional.prelu(*theirs)
    oracle.agree((F.prelu(*ours), ours), (z, theirs), RNG)


def test_maxout_contains_relu_and_the_absolute_value():
    x = RNG.normal(size=(5, 1))
    np.testing.assert_array_equal(F.maxout(Tensor(x * [[1, 0]])).data, np.maximum(x, 0))
    np.testing.assert_array_equal(F.maxout(Tensor(x * [[1, -1]])).data, abs(x))


def test_extreme_inputs_neither_overflow_nor_warn():
    x = Tensor([[-800.0, 0.0, 800.0]])
    for f in (F.sigmoid, F.softplus, F.softmax, F.log_softmax, F.elu, F.tanh):
        assert np.isfinite(f(x).data).all()


def test_residual_adds_and_projects():
    body, shortcut = Linear(3, 2, generator=0), Linear(3, 2, generator=1)
    x = RNG.normal(size=(4, 3))
    expected = body(x).data + shortcut(x).data
    np.testing.assert_allclose(Residual(body, shortcut)(x).data, expected)
    with pytest.raises(EngineError, match=r"\(4, 3\).*\(4, 2\)"):
        Residual(body)(x)


def test_fused_training_agrees_with_separate_layers():
    """Sequential fuses in training and does not in evaluation: same values, same gradients."""
    model = Sequential(
        Conv2d(2, 3, 3, padding=1, generator=0), ReLU(), MaxPool2d(2), Conv2d(3, 2, 2, generator=1),
        MaxPool2d(2), Flatten(),
    )  # fmt: skip
    x = RNG.normal(size=(3, 2, 9, 8))
    g = RNG.normal(size=model(x).shape)
    results = []
    for mode in (True, False):
        leaf = Tensor(x, requires_grad=True)
        model.train(mode).zero_grad()
        y = model(leaf)
        y.backward(g)
        results.append([y.data, leaf.grad, *[p.grad for p in model.parameters()]])
    for a, b in zip(*results, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-12)


def test_replacing_a_layer_replaces_its_step():
    model = Sequential(Linear(2, 2), ReLU())
    model(np.ones((1, 2)))
    setattr(model, "1", Flatten())
    assert (model(-100 * np.ones((1, 2))).data != 0).all() or len(model) == 2


def test_state_round_trip():
    make = lambda seed: Sequential(Linear(3, 4, generator=seed), BatchNorm1d(4), PReLU())  # noqa: E731
    a, b = make(0), make(1)
    a(RNG.normal(size=(5, 3)))
    b.load_state_dict(a.state_dict())
    x = RNG.normal(size=(5, 3))
    np.testing.assert_array_equal(a.eval()(x).data, b.eval()(x).data)
    with pytest.raises(EngineError, match="weight"):
        b.load_state_dict({})


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Linear(3, 2)(np.zeros((4, 5))), ["Linear", "(2, 3)", "(4, 5)"]),
        (lambda: Linear(3, 2)(np.zeros((4, 3), np.float32)), ["Linear", "float64", "float32"]),
        (lambda: Linear(3, 2)(np.array([[1, np.nan, 2.0]])), ["Linear", "nan", "(0, 1)", "(1, 3)"]),
        (lambda: ReLU()(np.array([1.0, np.inf])), ["ReLU", "inf"]),
        (lambda: BatchNorm1d(3)(np.zeros((1, 3))), ["BatchNorm", "more than one", "(1, 3)"]),
        (lambda: BatchNorm2d(3)(np.zeros((2, 4, 5, 5))), ["BatchNorm2d", "C=3", "(2, 4, 5, 5)"]),
        (lambda: MaxPool2d(3)(np.zeros((1, 1, 2, 2))), ["MaxPool2d", "(3, 3)", "(1, 1, 2, 2)"]),
        (lambda: MaxPool2d(2, padding=2)(np.zeros((1, 1, 4, 4))), ["half the kernel"]),
        (lambda: Dropout(1.5)(np.zeros(3)), ["Dropout", "1.5"]),
        (lambda: F.maxout(Tensor(np.zeros((2, 3)))), ["Maxout", "(2, 3)"]),
        (lambda: F.prelu(Tensor(np.zeros((2, 3))), Tensor(np.zeros(2))), ["PReLU", "(2,)"]),
    ],
)
def test_refusals_name_the_layer_and_both_shapes(act, words):
    with pytest.raises(EngineError) as error:
        act()
    assert all(word in str(error.value) for word in words), str(error.value)
