"""Networks layer by layer, against published counts and against the engine's own counting."""

import numpy as np
import pytest

from partialcredit.engine import AdaptiveAvgPool2d, BatchNorm2d, Flatten, Sequential
from partialcredit.engine.count.trace import count_parameters, trace
from partialcredit.engine.layers.conv import Conv2d
from partialcredit.engine.layers.linear import Linear
from partialcredit.engine.layers.pool import MaxPool2d
from partialcredit.engine.models import large, small
from partialcredit.problems import _counting
from partialcredit.problems.architectures import _networks
from partialcredit.solvers import networks


@pytest.mark.parametrize(
    ("layers", "shape", "published"),
    [
        (_networks.LENET5, (32, 32, 1), 61_706),
        (_networks.ALEXNET, (227, 227, 3), 62_378_344),
        (_networks.alexnet(groups=2), (227, 227, 3), 60_965_224),
        (_networks.vgg(), (224, 224, 3), 138_357_544),
        (_networks.vgg(_networks.VGG[11]), (224, 224, 3), 132_863_336),
        (_networks.vgg(_networks.VGG[13]), (224, 224, 3), 133_047_848),
        (_networks.vgg(_networks.VGG[19]), (224, 224, 3), 143_667_240),
    ],
)
def test_totals_are_the_published_ones(layers, shape, published):
    assert networks.total_parameters(layers, shape) == published
    assert sum(entered for _, entered, _ in _counting.counted(layers, shape)) == published


def test_multiplications_are_the_published_ones():
    """About 0.7 and 15.5 thousand million, as usually quoted for grouped AlexNet and VGG-16."""
    assert networks.total_multiply_adds(_networks.alexnet(groups=2), (227, 227, 3)) == 724_406_816
    assert networks.total_multiply_adds(_networks.vgg(), (224, 224, 3)) == 15_470_264_320


@pytest.mark.parametrize(
    ("model", "layers", "shape"),
    [
        (small.lenet5(), _networks.LENET5, (32, 32, 1)),
        (
            large.vgg16((3, 32, 32), 10),
            _networks.vgg(heads=(4096, 4096, 10)),
            (32, 32, 3),
        ),
    ],
)
def test_the_engine_traces_the_same_shapes_and_counts(model, layers, shape):
    height, width, depth = shape
    records = [
        r
        for r in trace(model, (1, depth, height, width))
        if isinstance(r.module, Conv2d | Linear | MaxPool2d)
    ]
    counted = _counting.counted(layers, shape)
    for record, layer, (seen, entered, worked), said in zip(
        records, layers, counted, networks.shapes(layers, shape), strict=True
    ):
        assert record.parameters == entered
        assert record.multiply_adds == worked
        assert np.prod(record.output_shape) == np.prod(seen)
        assert said == seen
        read = record.input_shape[1:]
        read = (*read[1:], read[0]) if len(read) == 3 else read
        assert networks.parameters(layer, read) == entered
        assert networks.multiply_adds(layer, read) == worked
    assert count_parameters(model) == networks.total_parameters(layers, shape)


def test_a_depthwise_stack_is_counted_as_the_engine_counts_it():
    """The block of MobileNet with normalisation, global pooling and a classifier."""
    layers = (
        networks.conv(16, 3, stride=2, padding=1),
        networks.norm(),
        networks.conv(16, 3, padding=1, groups=16),
        networks.conv(32, 1),
        networks.global_pool(),
        networks.dense(10),
    )
    model = Sequential(
        Conv2d(3, 16, 3, stride=2, padding=1), BatchNorm2d(16),
        Conv2d(16, 16, 3, padding=1, groups=16), Conv2d(16, 32, 1),
        AdaptiveAvgPool2d(1), Flatten(), Linear(32, 10),
    )  # fmt: skip
    records = trace(model, (1, 3, 33, 33))
    ours = _counting.counted(layers, (33, 33, 3))
    assert networks.total_parameters(layers, (33, 33, 3)) == count_parameters(model)
    assert sum(own for _, own, _ in ours) == count_parameters(model)
    assert sum(worked for *_, worked in ours) == sum(record.multiply_adds for record in records)
    assert networks.total_multiply_adds(layers, (33, 33, 3)) == sum(w for *_, w in ours)
