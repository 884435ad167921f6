"""Initial values have the moments their papers ask for, and are reproducible."""

from __future__ import annotations

import numpy as np
import pytest

from partialcredit.engine import Conv2d, Linear, Tensor, init
from partialcredit.errors import EngineError

SHAPE = (100, 200, 3, 3)  # fan_in 1800, fan_out 900
CASES = [
    (init.xavier_normal_, {}, 2 / 2700), (init.xavier_uniform_, {}, 2 / 2700),
    (init.kaiming_normal_, {}, 2 / 1800), (init.kaiming_uniform_, {}, 2 / 1800),
    (init.kaiming_normal_, {"mode": "fan_out"}, 2 / 900),
    (init.kaiming_normal_, {"nonlinearity": "linear"}, 1 / 1800),
    (init.xavier_normal_, {"gain": 2.0}, 8 / 2700),
    (init.normal_, {"std": 0.1}, 0.01), (init.uniform_, {"a": -1.0, "b": 1.0}, 1 / 3),
]  # fmt: skip


@pytest.mark.parametrize(("function", "options", "variance"), CASES)
def test_moments(function, options, variance):
    """180,000 draws: the sample variance is within five of its standard errors."""
    values = function(Tensor(np.empty(SHAPE)), generator=1, **options).data
    assert abs(values.var() / variance - 1) < 5 * np.sqrt(2 / values.size)
    assert abs(values.mean()) < 5 * np.sqrt(variance / values.size)


def test_fans_and_gains_agree_with_torch():
    torch = pytest.importorskip("torch")
    weight = torch.empty(SHAPE)
    assert init.fans(Tensor(np.empty(SHAPE))) == torch.nn.init._calculate_fan_in_and_fan_out(weight)
    for name in ("linear", "sigmoid", "tanh", "relu", "leaky_relu"):
        assert init.calculate_gain(name) == pytest.approx(torch.nn.init.calculate_gain(name))


def test_layers_start_where_torch_starts():
    for layer, bound in ((Linear(400, 300), 1 / 20), (Conv2d(4, 64, 5), 1 / 10)):
        values = np.abs(layer.weight.data)
        assert values.max() <= bound
        assert values.mean() == pytest.approx(bound / 2, rel=0.05)
        assert np.abs(layer.bias.data).max() <= bound


def test_the_same_seed_gives_the_same_layer():
    np.testing.assert_array_equal(
        Linear(3, 4, generator=5).weight.data, Linear(3, 4, generator=5).weight.data
    )
    assert (Linear(3, 4).weight.data != Linear(3, 4).weight.data).any()


def test_constants_and_refusals():
    x = Tensor(np.empty((2, 3)))
    assert (init.constant_(x, 4.0).data == 4).all()
    assert (init.ones_(x).data == 1).all()
    assert (init.zeros_(x).data == 0).all()
    with pytest.raises(EngineError, match="two axes"):
        init.xavier_normal_(Tensor(np.empty(3)))
    with pytest.raises(EngineError, match="swish"):
        init.calculate_gain("swish")
