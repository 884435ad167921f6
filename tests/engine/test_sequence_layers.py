"""Recurrent layers, attention, layer norms and embeddings agree with torch and refuse by name."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit import engine
from partialcredit.engine import Tensor, check_gradients, grad
from partialcredit.engine import functional as F  # noqa: N812 - its name everywhere
from partialcredit.engine.functional.recurrent import run_cell
from partialcredit.errors import EngineError

RNG = np.random.default_rng(5)


@pytest.fixture
def oracle():
    """The tests that need torch, skipped without it."""
    return pytest.importorskip("tests.engine.oracle")


def twins(oracle, name, *arguments, **options):
    """The same layer on both sides, with the same random values under the same names."""
    ours = getattr(engine, name)(*arguments, **options)
    theirs = getattr(oracle.torch.nn, name)(*arguments, **options, dtype=oracle.torch.float64)
    state = {n: RNG.normal(size=p.shape) for n, p in theirs.state_dict().items()}
    assert {n: p.shape for n, p in ours.named_parameters()} == {
        n: v.shape for n, v in state.items()
    }
    ours.load_state_dict(state)
    theirs.load_state_dict({n: oracle.torch.tensor(v) for n, v in state.items()})
    return ours, theirs


def all_agree(oracle, ours, theirs, inputs):
    """Results (nested tuples), and the gradients of inputs and parameters through all of them."""
    (model, call), (other, torch_call) = ours, theirs
    mine, yours = oracle.leaves(*inputs)
    results, expected = list(flat(call(model, *mine))), list(flat(torch_call(other, *yours)))
    assert [r.shape for r in results] == [tuple(e.shape) for e in expected]
    weights = [RNG.normal(size=r.shape) for r in results]
    total, total_of_torch = Tensor(0.0), oracle.torch.tensor(0.0)
    for r, e, w in zip(results, expected, weights, strict=True):
        np.testing.assert_allclose(r.data, e.detach().numpy(), rtol=1e-8, atol=1e-8)
        total = total + (r * w).sum()
        total_of_torch = total_of_torch + (e * oracle.torch.tensor(w)).sum()
    total.backward()
    total_of_torch.backward()
    pairs = list(zip(mine, yours, strict=True))
    pairs += list(zip(model.parameters(), other.parameters(), strict=True))
    for x, t in pairs:
        np.testing.assert_allclose(x.grad, t.grad.numpy(), rtol=1e-8, atol=1e-8)


def flat(results):
    for r in results if isinstance(results, tuple) else (results,):
        if isinstance(r, tuple):
            yield from flat(r)
        elif r is not None:
            yield r


def plain(model, *inputs):
    return model(*inputs)


@pytest.mark.parametrize("name", ["RNNCell", "GRUCell", "LSTMCell"])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("batch", [(), (3,)])
def test_cells_agree_with_torch(oracle, name, bias, batch):
    ours, theirs = twins(oracle, name, 4, 2, bias=bias)
    states = 2 if name == "LSTMCell" else 1
    inputs = [RNG.normal(size=(*batch, n)) for n in (4, *(2,) * states)]

    def call(cell, x, *hx):
        return cell(x, hx if states == 2 else hx[0])

    all_agree(oracle, (ours, call), (theirs, call), inputs)
    all_agree(oracle, (ours, plain), (theirs, plain), inputs[:1])


def test_the_relu_cell_agrees_with_torch(oracle):
    ours, theirs = twins(oracle, "RNNCell", 4, 2, nonlinearity="relu")
    all_agree(oracle, (ours, plain), (theirs, plain), [RNG.normal(size=(3, n)) for n in (4, 2)])


@pytest.mark.parametrize("name", ["RNN", "GRU", "LSTM"])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"bias": False, "batch_first": True},
        {"num_layers": 2, "bidirectional": True},
        {"num_layers": 3, "bidirectional": True, "batch_first": True},
    ],
)
def test_recurrent_layers_agree_with_torch(oracle, name, options):
    ours, theirs = twins(oracle, name, 4, 2, **options)
    layers = options.get("num_layers", 1) * (1 + options.get("bidirectional", 0))
    states = [RNG.normal(size=(layers, 3, 2))] * (2 if name == "LSTM" else 1)
    x = RNG.normal(size=(3, 5, 4) if "batch_first" in options else (5, 3, 4))

    def call(layer, x, *hx):
        return layer(x, hx if name == "LSTM" else hx[0])

    all_agree(oracle, (ours, call), (theirs, call), [x, *states])
    all_agree(oracle, (ours, plain), (theirs, plain), [x])
    all_agree(oracle, (ours, plain), (theirs, plain), [RNG.normal(size=(5, 4))])


def test_the_relu_layer_agrees_with_torch(oracle):
    ours, theirs = twins(oracle, "RNN", 4, 2, nonlinearity="relu")
    all_agree(oracle, (ours, plain), (theirs, plain), [RNG.normal(size=(5, 3, 4))])


@pytest.mark.parametrize("name", ["RNN", "GRU", "LSTM"])
def test_a_layer_is_its_cell_over_time(name):
    layer, cell = getattr(engine, name)(3, 2, generator=1), getattr(engine, f"{name}Cell")(3, 2)
    cell.load_state_dict({n.removesuffix("_l0"): v for n, v in layer.state_dict().items()})
    x, state = RNG.normal(size=(4, 1, 3)), None
    for step in x:
        state = cell(step, state)
    _, last = layer(x)
    expected = state if isinstance(state, tuple) else (state,)
    for a, b in zip(last if isinstance(last, tuple) else (last,), expected, strict=True):
        np.testing.assert_allclose(a.data[0], b.data, rtol=1e-12)


def test_dropout_acts_between_the_layers_in_training_only():
    layer = engine.LSTM(3, 4, num_layers=2, dropout=0.5, generator=0)
    x = RNG.normal(size=(5, 2, 3))
    first, second = layer(x)[0].data, layer(x)[0].data
    assert not np.allclose(first, second)
    layer.eval()
    np.testing.assert_array_equal(layer(x)[0].data, layer(x)[0].data)


def test_an_embedding_agrees_with_torch_and_adds_up_gradients(oracle):
    places = np.array([[1, 2, 1], [0, 1, 3]])
    for padding in (None, 1):
        ours, theirs = twins(oracle, "Embedding", 4, 2, padding_idx=padding)
        all_agree(
            oracle,
            (ours, lambda m: m(places)),
            (theirs, lambda m: m(oracle.torch.tensor(places))),
            [],
        )
    np.testing.assert_array_equal(
        F.one_hot(places, 4).data,
        oracle.torch.nn.functional.one_hot(oracle.torch.tensor(places), 4),
    )


def test_a_padding_row_starts_at_0():
    assert not engine.Embedding(3, 2, padding_idx=1).weight.data[1].any()


@pytest.mark.parametrize(
    ("name", "arguments", "options"),
    [
        ("LayerNorm", (4,), {}),
        ("LayerNorm", ((3, 4),), {"eps": 0.1}),
        ("LayerNorm", (4,), {"bias": False}),
        ("LayerNorm", (4,), {"elementwise_affine": False}),
        ("RMSNorm", (4,), {}),
        ("RMSNorm", ((3, 4),), {"eps": 0.1}),
        ("GroupNorm", (1, 6), {}),
        ("GroupNorm", (3, 6), {"eps": 0.1}),
        ("GroupNorm", (6, 6), {"affine": False}),
    ],
)
def test_norms_of_one_example_agree_with_torch(oracle, name, arguments, options):
    ours, theirs = twins(oracle, name, *arguments, **options)
    all_agree(oracle, (ours, plain), (theirs, plain), [RNG.normal(size=(2, 6, 3, 4))])


def test_cosine_similarity_agrees_with_torch(oracle):
    for shapes, dim in (([(3, 4), (3, 4)], 1), ([(5, 1, 4), (2, 4)], -1)):
        ours, theirs = oracle.leaves(*(RNG.normal(size=s) for s in shapes))
        z = oracle.torch.nn.functional.cosine_similarity(*theirs, dim)
        oracle.agree((F.cosine_similarity(*ours, dim), ours), (z, theirs), RNG)


MASKS = {
    "none": {},
    "causal": {"is_causal": True},
    "scale": {"scale": 0.3},
    "boolean": {"attn_mask": np.array([[True, False, True], [True, True, False]])},
    "added": {"attn_mask": np.array([[0.5, -1.0, 2.0], [0.0, 1.0, -np.inf]])},
}


@pytest.mark.parametrize("case", MASKS)
def test_attention_agrees_with_torch(oracle, case):
    options = MASKS[case]
    theirs_too = {k: oracle.torch.tensor(v) if k == "attn_mask" else v for k, v in options.items()}
    arrays = [RNG.normal(size=(2, 4, n, 5)) for n in (2, 3, 3)]
    for heads in (4, 2):
        arrays[1:] = [a[:, :heads] for a in arrays[1:]]
        ours, theirs = oracle.leaves(*arrays)
        attend = oracle.torch.nn.functional.scaled_dot_product_attention
        z = attend(*theirs, **theirs_too, enable_gqa=True)
        y = F.scaled_dot_product_attention(*ours, **options, enable_gqa=True)
        oracle.agree((y, ours), (z, theirs), RNG)


MULTI = {
    "plain": {},
    "heads": {"average_attn_weights": False},
    "mask": {"attn_mask": np.triu(np.ones((3, 3), bool), 1)},
    "each head": {"attn_mask": RNG.normal(size=(4, 3, 3))},
    "padding": {"key_padding_mask": np.array([[False, True, False], [False, False, True]])},
    "both": {
        "attn_mask": np.triu(np.ones((3, 3), bool), 1),
        "key_padding_mask": np.array([[False, True, False], [False, False, True]]),
    },
}


@pytest.mark.parametrize("case", MULTI)
@pytest.mark.parametrize("batch_first", [False, True])
def test_multi_head_attention_agrees_with_torch(oracle, case, batch_first):
    options = MULTI[case]
    to_torch = {
        k: oracle.torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()
    }
    ours, theirs = twins(oracle, "MultiheadAttention", 6, 2, batch_first=batch_first)
    x = RNG.normal(size=(2, 3, 6) if batch_first else (3, 2, 6))
    all_agree(
        oracle,
        (ours, lambda m, *a: m(*a, **options)),
        (theirs, lambda m, *a: m(*a, **to_torch)),
        [x, x + 1, x - 1],
    )


def test_attention_without_a_batch_and_across_lengths(oracle):
    ours, theirs = twins(oracle, "MultiheadAttention", 6, 3, bias=False)
    inputs = [RNG.normal(size=(n, 6)) for n in (2, 5, 5)]
    all_agree(oracle, (ours, plain), (theirs, plain), inputs)


@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("bias", [True, False])
def test_a_transformer_layer_agrees_with_torch(oracle, norm_first, bias):
    ours, theirs = twins(
        oracle, "TransformerEncoderLayer", 6, 2, 8, dropout=0.0, norm_first=norm_first, bias=bias
    )
    mask = np.triu(np.ones((3, 3), bool), 1)
    all_agree(
        oracle,
        (ours, lambda m, x: m(x, mask)),
        (theirs, lambda m, x: m(x, oracle.torch.tensor(mask))),
        [RNG.normal(size=(3, 2, 6))],
    )


def test_cat_and_stack_agree_with_torch_and_have_second_derivatives(oracle):
    for name, dim in (("cat", 0), ("cat", -1), ("stack", 0), ("stack", 2)):
        ours, theirs = oracle.leaves(*RNG.normal(size=(3, 2, 4)))
        y, z = getattr(engine, name)(ours, dim), getattr(oracle.torch, name)(theirs, dim)
        oracle.agree((y, ours), (z, theirs), RNG)
    x = Tensor(2.0, requires_grad=True)
    cubes = engine.cat([(x**3).reshape(1), (x**2).reshape(1)]).sum()
    (first,) = grad(cubes, x, create_graph=True)
    (second,) = grad(first, x)
    assert float(second) == 14


@pytest.mark.parametrize(
    ("kind", "gates", "states"), [("tanh", 1, 1), ("lstm", 4, 2), ("gru", 3, 1)]
)
def test_fused_steps_have_the_slopes_of_finite_differences(kind, gates, states):
    shapes = [(3, 1, gates * 2), (gates * 2, 2), (1, 2), (gates * 2,)]

    def total(x, w, h, b):
        return sum(((s * s).sum() for s in run_cell(kind, x, (h,) * states, w, b)), Tensor(0.0))

    inputs = [Tensor(RNG.normal(size=s), requires_grad=True) for s in shapes]
    assert check_gradients(total, inputs).agrees


def test_a_layer_norm_has_the_slopes_of_finite_differences():
    x = Tensor(RNG.normal(size=(3, 4)), requires_grad=True)
    assert check_gradients(lambda x: (F.layer_norm(x, 4) ** 3).sum(), [x]).agrees


def test_positions_are_complex_powers():
    """A pair of features is a complex number of length 1, turned at a rate of its own."""
    positions, rates = np.array([0, 1, 7]), 100.0 ** -np.array([0, 0.5])
    turned = np.exp(1j * positions[:, None] * rates)
    rows = F.sinusoidal_encoding(positions, 4, base=100).data
    np.testing.assert_allclose(rows[:, 1::2] + 1j * rows[:, 0::2], turned)
    x = RNG.normal(size=(3, 4))
    y = F.rotary_embedding(Tensor(x), positions, base=100).data
    expected = (x[:, 0::2] + 1j * x[:, 1::2]) * turned
    np.testing.assert_allclose(y[:, 0::2] + 1j * y[:, 1::2], expected)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: engine.LSTM(3, 2)(np.zeros((5, 1, 4))), "LSTM expects an input of shape"),
        (lambda: engine.GRU(3, 2)(np.zeros((5, 1, 3)), Tensor(np.zeros((1, 2, 2)))), "states of"),
        (lambda: engine.RNN(3, 2, nonlinearity="sine"), "'tanh' or 'relu', not 'sine'"),
        (lambda: engine.Embedding(3, 2)(np.array([3])), "numbers from 0 to 2, but received 3"),
        (lambda: engine.Embedding(3, 2)(np.array([1.0])), "expects integers"),
        (lambda: engine.LayerNorm(3)(np.zeros((2, 4))), "LayerNorm expects an input of shape"),
        (lambda: engine.GroupNorm(2, 3), "multiple of num_groups"),
        (lambda: engine.GroupNorm(2, 4)(np.zeros((1, 5))), "C a multiple of it"),
        (lambda: engine.MultiheadAttention(6, 4), "multiple of num_heads"),
        (lambda: engine.MultiheadAttention(6, 2)(np.zeros((3, 5))), "MultiheadAttention expects"),
        (lambda: engine.cat([]), "at least one tensor"),
        (lambda: engine.cat([Tensor([1.0]), Tensor([[1.0]])]), "differ in this axis alone"),
        (lambda: F.sinusoidal_encoding([0], 3), "even number"),
        (
            lambda: F.scaled_dot_product_attention(
                *[Tensor(np.ones((1, 2)))] * 3, attn_mask=np.array([[False]])
            ),
            "at least one key",
        ),
        (
            lambda: F.scaled_dot_product_attention(
                *[Tensor(np.ones((1, 2)))] * 3, attn_mask=np.ones((3, 1), bool)
            ),
            "broadcasts to the scores' shape",
        ),
        (
            lambda: F.scaled_dot_product_attention(
                Tensor(np.ones((3, 1, 2))), *[Tensor(np.ones((2, 1, 2)))] * 2, enable_gqa=True
            ),
            "multiple of the 2 heads",
        ),
        (
            lambda: F.scaled_dot_product_attention(
                Tensor(np.ones((1, 2))), *[Tensor(np.ones((1, 3)))] * 2
            ),
            "one length",
        ),
    ],
)
def test_refusals_name_the_layer(call, words):
    with pytest.raises(EngineError, match=words):
        call()
