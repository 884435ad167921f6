"""Counting by running agrees with published numbers and with brute force."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import (
    GRU,
    LSTM,
    RNN,
    AdaptiveAvgPool2d,
    AvgPool2d,
    Conv2d,
    ConvTranspose2d,
    Embedding,
    Flatten,
    LayerNorm,
    Linear,
    MaxPool2d,
    MultiheadAttention,
    Sequential,
    Tensor,
    TransformerEncoderLayer,
    alexnet,
    count_parameters,
    lenet5,
    receptive_field,
    resnet18,
    summary,
    trace,
    vgg16,
)  # fmt: skip
from partialcredit.errors import EngineError


def test_lenet_by_layer():
    """LeCun et al. (1998): C1 156 parameters and 122,304 connections on 28 by 28 by 6 units."""
    c1, _, s2, c3, *_ = trace(lenet5(generator=0), (1, 1, 32, 32))
    assert (c1.parameters, c1.output_shape) == (156, (1, 6, 28, 28))
    assert c1.multiply_adds + c1.activations == 122_304
    assert (s2.parameters, s2.output_shape) == (0, (1, 6, 14, 14))
    assert (c3.parameters, c3.biases, c3.multiply_adds) == (2416, 16, 240_000)


@pytest.mark.parametrize(
    ("build", "options", "parameters"),
    [
        (lenet5, {}, 61_706),
        (resnet18, {}, 11_689_512),
        pytest.param(alexnet, {}, 62_378_344, marks=pytest.mark.slow),
        pytest.param(alexnet, {"groups": 2}, 60_965_224, marks=pytest.mark.slow),
        pytest.param(vgg16, {}, 138_357_544, marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_published_parameter_counts(build, options, parameters):
    assert count_parameters(build(generator=0, **options)) == parameters


@pytest.mark.slow
def test_resnet_runs_to_its_published_work():
    """1.8 billion multiply-adds (He et al. 2016, Table 1)."""
    records = trace(resnet18(generator=0), (1, 3, 224, 224))
    assert sum(r.multiply_adds for r in records) == 1_814_073_344
    assert records[-1].output_shape == (1, 1000)


@pytest.mark.slow
def test_alexnet_shapes():
    shapes = [r.output_shape[1:] for r in trace(alexnet(generator=0), (1, 3, 227, 227))]
    assert shapes[0] == (96, 55, 55)
    assert shapes[2] == (96, 27, 27)
    assert (256, 6, 6) in shapes


def test_biases_are_counted_or_not():
    model = Sequential(Conv2d(3, 4, 2), Flatten(), Linear(36, 5))
    assert count_parameters(model) - count_parameters(model, bias=False) == 9


@pytest.mark.parametrize(
    ("layer", "shape"),
    [(Linear(5, 3), (2, 5)), (Linear(5, 5), (2, 5)), (Conv2d(3, 3, 2), (1, 3, 4, 4)),
     (Conv2d(2, 4, 3, 2, 1, groups=2), (2, 2, 7, 6)), (ConvTranspose2d(2, 3, 3, 2), (2, 2, 4, 5)),
     (ConvTranspose2d(2, 2, 3, 2), (1, 2, 4, 5))],
)  # fmt: skip
def test_multiply_adds_are_the_products_that_happen(layer, shape):
    """Each product moves the output by the weight's change: run with ones and unit inputs."""
    layer.padding = 0 if hasattr(layer, "padding") else None
    layer.weight.data = np.ones_like(layer.weight.data)
    layer.bias.data = np.zeros_like(layer.bias.data)
    (record,) = trace(layer, shape)
    assert record.multiply_adds == layer(np.ones(shape)).data.sum()


@pytest.mark.parametrize(
    ("layer", "parameters"),
    [
        (RNN(3, 4), 36),
        (LSTM(10, 20), 2_560),
        (LSTM(10, 20, num_layers=2), 5_920),
        (GRU(10, 20), 1_920),
        (MultiheadAttention(512, 8), 1_050_624),
        (TransformerEncoderLayer(768, 12, 3072), 7_087_872),  # BERT base's and GPT-2 small's
    ],
)
def test_published_parameters_of_sequence_layers(layer, parameters):
    assert count_parameters(layer) == parameters


@pytest.mark.slow
def test_published_totals_of_transformers():
    """GPT-2 small with tied output (124,439,808) and BERT base with its pooler (109,482,240)."""
    block = count_parameters(TransformerEncoderLayer(768, 12, 3072, dtype=np.float32))
    norm, pooler = count_parameters(LayerNorm(768)), count_parameters(Linear(768, 768))

    def table(rows):
        return count_parameters(Embedding(rows, 768, dtype=np.float32))

    assert table(50257) + table(1024) + 12 * block + norm == 124_439_808
    assert table(30522) + table(512) + table(2) + norm + 12 * block + pooler == 109_482_240


def test_a_transformer_is_counted_layer_by_layer():
    model = Sequential(Embedding(10, 4), TransformerEncoderLayer(4, 2, 8, batch_first=True))
    records = {type(r.module).__name__ + r.name[1:]: r for r in trace(model, (3, 5))}
    assert sum(r.parameters for r in records.values()) == count_parameters(model)
    attention = records["MultiheadAttention.self_attn"]
    assert (attention.parameters, attention.biases) == (3 * 4 * 5, 3 * 4)
    # the projections of 15 tokens; scores and mixtures of 5 by 5 pairs of 4 features, 3 times
    assert attention.multiply_adds == 15 * 3 * 16 + 2 * 3 * 25 * 4
    assert records["Embedding"].multiply_adds == 0
    assert records["LayerNorm.norm1"].multiply_adds == 0
    assert "TransformerEncoderLayer" not in records


def test_recurrent_weights_work_at_every_step():
    (record,) = trace(LSTM(3, 2, num_layers=2), (5, 4, 3))
    assert record.multiply_adds == 5 * 4 * 8 * (3 + 2 + 2 + 2)
    assert record.output_shape == (5, 4, 2)


def test_tracing_leaves_the_model_as_it_was():
    model = lenet5(generator=0)
    trace(model, (1, 1, 32, 32))
    assert model.training
    assert not any("forward" in vars(m) for m in model.modules())


CHAINS = [
    ([Conv2d(1, 1, 3)] * 3, 7), ([Conv2d(1, 1, 3)] * 2, 5),
    ([Conv2d(1, 1, 5), MaxPool2d(2), Conv2d(1, 1, 5), MaxPool2d(2)], 16),
    ([Conv2d(1, 1, 11, 4), MaxPool2d(3, 2), Conv2d(1, 1, 5, padding=2), MaxPool2d(3, 2)], 67),
    ([Conv2d(1, 1, 3, dilation=2), AvgPool2d(2), Conv2d(1, 1, 3, 2, 1, dilation=3)], 18),
]  # fmt: skip


@pytest.mark.parametrize(("chain", "size"), CHAINS)
def test_receptive_fields_are_where_gradients_arrive(chain, size):
    """Against back-propagation from one inner output through kernels of ones."""
    field = receptive_field(chain)
    assert field.size == size
    x = Tensor(np.random.default_rng(0).random((1, 1, 150, 150)), requires_grad=True)
    y = x
    for layer in chain:
        if hasattr(layer, "weight"):
            layer.weight.data = np.ones_like(layer.weight.data)
            y = layer(y)
        else:  # a mean touches every place, a maximum only one
            y = AvgPool2d(layer.kernel_size, layer.stride)(y)
    y[0, 0, 5, 5].backward()
    rows = np.flatnonzero(x.grad[0, 0].any(axis=1))
    assert (rows[0], rows[-1] - rows[0] + 1) == (field.start + 5 * field.jump, size)


def test_layers_that_see_everything_have_no_receptive_field():
    with pytest.raises(EngineError, match="AdaptiveAvgPool2d"):
        receptive_field([Conv2d(1, 1, 3), AdaptiveAvgPool2d(1)])


def test_summary_counts_a_shared_layer_once():
    shared = Linear(3, 3)
    table = summary(Sequential(shared, shared), (1, 3))
    assert "Total params: 12" in table
    assert "Total mult-adds: 18" in table
