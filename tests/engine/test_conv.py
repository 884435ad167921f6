"""Convolutions agree with torch, with their plain definition and with finite differences."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.engine import Conv1d, Conv2d, ConvTranspose2d, Tensor, check_gradients
from partialcredit.engine import functional as F  # noqa: N812 - its name everywhere
from partialcredit.errors import EngineError

PAIRS = st.tuples(st.integers(1, 3), st.integers(1, 3))


@st.composite
def convolutions(draw):
    """Shapes and arguments of a convolution that fits."""
    groups = draw(st.integers(1, 3))
    inputs, outputs = groups * draw(st.integers(1, 3)), groups * draw(st.integers(1, 3))
    kernel, stride, dilation = draw(PAIRS), draw(PAIRS), draw(PAIRS)
    padding = draw(st.tuples(st.integers(0, 2), st.integers(0, 2)))
    least = [
        max(1, d * (k - 1) + 1 - 2 * p) for k, d, p in zip(kernel, dilation, padding, strict=True)
    ]
    size = [n + draw(st.integers(0, 4)) for n in least]
    x = (draw(st.integers(1, 3)), inputs, *size)
    arguments = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    return x, (outputs, inputs // groups, *kernel), arguments, draw(st.integers(0, 2**16))


@given(convolutions())
@settings(max_examples=60)
def test_conv2d_agrees_with_torch(case):
    oracle = pytest.importorskip("tests.engine.oracle")
    x, w, arguments, seed = case
    rng = np.random.default_rng(seed)
    ours, theirs = oracle.leaves(rng.normal(size=x), rng.normal(size=w), rng.normal(size=w[0]))
    z = oracle.torch.nn.functional.conv2d(*theirs, **arguments)
    oracle.agree((F.conv2d(*ours, **arguments), ours), (z, theirs), rng)


@given(convolutions())
@settings(max_examples=40)
def test_conv_transpose2d_agrees_with_torch(case):
    oracle = pytest.importorskip("tests.engine.oracle")
    shape, (outputs, inner, *kernel), arguments, seed = case
    rng = np.random.default_rng(seed)
    x = (shape[0], outputs, *shape[2:])
    bias = inner * arguments["groups"]
    sizes = [
        (n - 1) * s - 2 * p + d * (k - 1) + 1
        for n, s, p, d, k in zip(
            x[2:],
            arguments["stride"],
            arguments["padding"],
            arguments["dilation"],
            kernel,
            strict=True,
        )
    ]
    ours, theirs = oracle.leaves(
        rng.normal(size=x), rng.normal(size=(outputs, inner, *kernel)), rng.normal(size=bias)
    )
    if min(sizes) < 1:
        with pytest.raises(EngineError, match="no output"):
            F.conv_transpose2d(*ours, **arguments)
        return
    z = oracle.torch.nn.functional.conv_transpose2d(*theirs, **arguments)
    oracle.agree((F.conv_transpose2d(*ours, **arguments), ours), (z, theirs), rng)


def test_output_padding_agrees_with_torch():
    oracle = pytest.importorskip("tests.engine.oracle")
    rng = np.random.default_rng(3)
    ours, theirs = oracle.leaves(rng.normal(size=(2, 4, 3, 5)), rng.normal(size=(4, 3, 3, 2)))
    arguments = {"stride": (2, 3), "padding": 1, "output_padding": (1, 2)}
    z = oracle.torch.nn.functional.conv_transpose2d(*theirs, **arguments)
    oracle.agree((F.conv_transpose2d(*ours, **arguments), ours), (z, theirs), rng)


def test_conv1d_agrees_with_torch():
    oracle = pytest.importorskip("tests.engine.oracle")
    rng = np.random.default_rng(4)
    ours, theirs = oracle.leaves(
        rng.normal(size=(2, 4, 9)), rng.normal(size=(6, 2, 3)), rng.normal(size=6)
    )
    arguments = {"stride": 2, "padding": 2, "dilation": 2, "groups": 2}
    z = oracle.torch.nn.functional.conv1d(*theirs, **arguments)
    oracle.agree((F.conv1d(*ours, **arguments), ours), (z, theirs), rng)


def test_every_weight_is_where_the_definition_puts_it():
    """A one in the image copies the flipped kernel: cross-correlation."""
    image = np.zeros((1, 1, 5, 5))
    image[0, 0, 2, 2] = 1
    kernel = np.arange(9.0).reshape(1, 1, 3, 3)
    y = F.conv2d(Tensor(image), Tensor(kernel))
    np.testing.assert_array_equal(y.data[0, 0], kernel[0, 0, ::-1, ::-1])


@pytest.mark.parametrize("groups", [1, 2])
def test_gradients_agree_with_finite_differences(groups):
    rng = np.random.default_rng(5)
    x = Tensor(rng.normal(size=(2, 2, 4, 5)), requires_grad=True)
    w = Tensor(rng.normal(size=(4, 2 // groups, 3, 2)), requires_grad=True)
    b = Tensor(rng.normal(size=4), requires_grad=True)
    result = check_gradients(
        lambda *t: F.conv2d(*t, stride=(2, 1), padding=1, groups=groups), [x, w, b]
    )
    assert result.agrees, result


def test_float32_is_preserved():
    layer = Conv2d(2, 3, 3, dtype=np.float32, generator=0)
    y = layer(np.ones((1, 2, 5, 5), np.float32))
    y.sum().backward()
    assert y.dtype == layer.weight.grad.dtype == layer.bias.grad.dtype == np.float32


@pytest.mark.parametrize(
    ("layer", "shape", "words"),
    [
        (Conv2d(3, 4, 3), (1, 2, 5, 5), ["Conv2d", "(4, 3, 3, 3)", "(N, 3, H, W)", "(1, 2, 5, 5)"]),
        (Conv2d(3, 4, 3), (1, 3, 2, 5), ["does not fit", "(1, 3, 2, 5)"]),
        (Conv2d(3, 4, 3), (3, 5, 5), ["Conv2d", "(3, 5, 5)"]),
        (Conv1d(3, 4, 3), (1, 3, 5, 5), ["Conv1d", "(N, C, L)"]),
        (ConvTranspose2d(3, 4, 3), (1, 2, 5, 5), ["ConvTranspose2d", "(N, 3, H, W)"]),
    ],
)
def test_wrong_shapes_are_refused_by_name(layer, shape, words):
    with pytest.raises(EngineError) as error:
        layer(np.zeros(shape))
    assert all(word in str(error.value) for word in words), str(error.value)


def test_wrong_arguments_are_refused():
    with pytest.raises(EngineError, match="divisible by groups"):
        Conv2d(3, 4, 3, groups=2)
    with pytest.raises(EngineError, match="stride"):
        Conv2d(1, 1, 3, stride=0)(np.zeros((1, 1, 5, 5)))
    with pytest.raises(EngineError, match="float64"):
        Conv2d(1, 1, 3)(np.zeros((1, 1, 5, 5), np.float32))
