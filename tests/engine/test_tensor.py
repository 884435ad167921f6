"""The tensor and its derivative table."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest

from partialcredit.engine import Tensor, check_gradients, grad
from partialcredit.engine.derivatives import OPERATIONS
from partialcredit.engine.tensor import apply
from partialcredit.errors import EngineError

RNG = np.random.default_rng(0)
POSITIVE = {"log", "sqrt", "log1p", "power"}
CONSTANTS = {
    "power": (3,), "where": (RNG.random((3, 4)) > 0.5,), "clamp": (-0.5, 0.7), "sum": (1, False),
    "mean": (0, True), "logsumexp": (1, False), "reshape": ((2, 6),), "permute": ((1, 0),),
    "expand": ((2, 3, 4),), "index": ((slice(None), np.array([0, 2, 2])),),
    "scatter": ((5, 4), slice(1, 4)),
}  # fmt: skip
SHAPES = {"matmul": [(3, 4), (4, 2)], "linear": [(3, 4), (2, 4), (2,)]}


def inputs(name):
    """Leaves for one row of the table, away from kinks."""
    count = len(OPERATIONS[name].derivatives)
    shapes = SHAPES.get(name, [(3, 4)] * count)
    spaced = RNG.permutation(np.linspace(-2, 2, sum(map(prod, shapes)) + 1) + 0.03)
    arrays = [spaced[i : i + prod(s)].reshape(s) for i, s in zip((0, 12, 20), shapes, strict=False)]
    if name in POSITIVE:
        arrays = [np.abs(a) + 0.5 for a in arrays]
    return [Tensor(a, requires_grad=True) for a in arrays]


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_row_agrees_with_finite_differences(name):
    result = check_gradients(lambda *t: apply(name, t, *CONSTANTS.get(name, ())), inputs(name))
    assert result.agrees, result


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_row_can_be_differentiated_twice(name):
    """The gradient of a weighted sum of first derivatives agrees with differences of them."""
    leaves = inputs(name)

    def first(*tensors):
        y = apply(name, tensors, *CONSTANTS.get(name, ()))
        parts = grad((y * y).sum(), list(tensors), create_graph=True)
        total = Tensor(0.0)
        for k, part in enumerate(parts):
            weights = np.cos(k + np.arange(part.numel())).reshape(part.shape)
            total = total + (part * Tensor(weights)).sum()
        return total

    def with_history(*tensors):
        """The differences pass plain tensors, but first derivatives need leaves."""
        return first(*[t if t.requires_grad else Tensor(t.data, True) for t in tensors])

    result = check_gradients(with_history, leaves)
    assert result.agrees, result


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_row_keeps_the_dtype(name, dtype):
    leaves = [Tensor(t.data.astype(dtype), requires_grad=True) for t in inputs(name)]
    y = apply(name, tuple(leaves), *CONSTANTS.get(name, ()))
    y.backward(np.ones(y.shape))
    assert y.dtype == dtype
    assert all(leaf.grad.dtype == dtype and leaf.grad.shape == leaf.shape for leaf in leaves)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_python_numbers_do_not_change_the_dtype(dtype):
    for x in (Tensor(dtype(3)), Tensor(np.ones(2, dtype))):
        results = [x + 1, 2.5 * x, 1 / x, x**2, x - 0.5, 1 - x, -x, abs(x), x.mean()]
        assert {y.dtype for y in results} == {np.dtype(dtype)}


def test_a_value_used_twice_counts_twice():
    x = Tensor(3.0, requires_grad=True)
    y = x * x
    (y + y * x).backward()
    assert x.grad == 2 * 3 + 3 * 9


def test_broadcasting_is_undone():
    x = Tensor(RNG.normal(size=(2, 1, 3)), requires_grad=True)
    y = Tensor(RNG.normal(size=(4, 1)), requires_grad=True)
    assert check_gradients(lambda x, y: x * y + y, [x, y]).agrees


@pytest.mark.parametrize(
    ("a", "b"),
    [((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((4, 2, 3), (3, 5)), ((4, 2, 3), (4, 3, 5)),
     ((3,), (4, 3, 2)), ((4, 2, 3), (3,))],
)  # fmt: skip
def test_matmul_of_all_ranks(a, b):
    x, y = (Tensor(RNG.normal(size=s), requires_grad=True) for s in (a, b))
    assert check_gradients(lambda x, y: x @ y, [x, y]).agrees


def test_repeated_indices_add_up():
    x = Tensor([1.0, 2.0, 3.0], requires_grad=True)
    x[np.array([0, 0, 2])].sum().backward()
    np.testing.assert_array_equal(x.grad, [2, 0, 1])


def test_long_chains_need_no_recursion():
    x = Tensor(1.0, requires_grad=True)
    y = x
    for _ in range(20_000):
        y = y + x
    y.backward()
    assert x.grad == 20_001


def test_a_diamond_of_depth_fifty_is_walked_once():
    """Walking every path instead of every node would take 2**50 steps."""
    x = Tensor(1.0, requires_grad=True)
    y = x
    for _ in range(50):
        y = (y + y) * 0.5
    y.backward()
    assert x.grad == 1


def test_backward_changes_nothing_but_the_leaves():
    """A second call adds exactly the same gradients again."""
    x = Tensor([1.0, 2.0], requires_grad=True)
    middle = x * x
    y = (middle * middle).sum()
    y.backward()
    once = x.grad.copy()
    y.backward()
    np.testing.assert_array_equal(x.grad, 2 * once)
    assert middle.grad is None
    np.testing.assert_array_equal(grad(y, x)[0].data, once)


def test_leaves_do_not_share_their_gradients():
    x, y = Tensor(np.ones(2), requires_grad=True), Tensor(np.ones(2), requires_grad=True)
    upstream = np.ones(2)
    (x + y).backward(upstream)
    x.grad *= 5
    np.testing.assert_array_equal(y.grad, [1, 1])
    np.testing.assert_array_equal(upstream, [1, 1])
    z = Tensor(np.ones(3), requires_grad=True)
    z.sum().backward()
    z.grad *= 2  # not a read-only broadcast
    np.testing.assert_array_equal(z.grad, [2, 2, 2])


def test_higher_derivatives_of_a_sine():
    x = Tensor(0.7, requires_grad=True)
    y, values = x.sin(), []
    for _ in range(4):
        (y,) = grad(y, x, create_graph=True)
        values.append(float(y.data))
    expected = [np.cos(0.7), -np.sin(0.7), -np.cos(0.7), np.sin(0.7)]
    np.testing.assert_allclose(values, expected, atol=1e-14)


def test_gradients_of_intermediate_results():
    x = Tensor(2.0, requires_grad=True)
    y = x * x
    z = y * 3
    assert float(grad(z, y)[0].data) == 3
    assert float(grad(z, Tensor(1.0, requires_grad=True))[0].data) == 0


def test_maximum_takes_the_first_of_equals():
    x = Tensor([[1.0, 4.0, 4.0], [2.0, 2.0, 0.0]], requires_grad=True)
    x.max(1).sum().backward()
    np.testing.assert_array_equal(x.grad, [[0, 1, 0], [1, 0, 0]])
    x.grad = None
    x.min().backward()
    np.testing.assert_array_equal(x.grad, [[0, 0, 0], [0, 0, 1]])


def test_the_variance_divides_as_asked():
    values = RNG.normal(size=(5, 3))
    x = Tensor(values)
    np.testing.assert_allclose(x.var(0).data, values.var(0, ddof=1))
    np.testing.assert_allclose(x.var(correction=0).data, values.var())


def test_mixed_expression_agrees_with_torch():
    oracle = pytest.importorskip("tests.engine.oracle")
    ours, theirs = oracle.leaves(RNG.normal(size=(4, 3)), RNG.normal(size=(3,)))

    def f(x, y):
        z = (x * y).exp() / (1 + x * x)
        return (z @ y + x.sum(1) * 2 - (x - y).abs().mean(1)) ** 2

    oracle.agree((f(*ours), ours), (f(*theirs), theirs), RNG)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda: Tensor(["a"]), "float64, float32"),
        (lambda: Tensor([1, 2], requires_grad=True), "only floats"),
        (lambda: Tensor(np.float16(1)), "float16"),
        (lambda: Tensor([1.0]).backward(), "requires_grad=True"),
        (lambda: (Tensor([1.0, 2.0], requires_grad=True) * 2).backward(), "shape (2,)"),
        (lambda: (Tensor([1.0, 2.0], requires_grad=True) * 2).backward([1.0]), "(1,)"),
    ],
)  # fmt: skip
def test_refusals_say_why(act, words):
    with pytest.raises(EngineError) as error:
        act()
    assert words in str(error.value)


def test_fused_operations_have_no_second_derivative():
    from partialcredit.engine.functional import softmax

    x = Tensor([[1.0, 2.0]], requires_grad=True)
    with pytest.raises(EngineError, match="softmax"):
        grad((softmax(x) ** 2).sum(), x, create_graph=True)
