r"""Parameters, shapes and costs of attention and of transformers built from it.

Reference: Vaswani et al. (2017), sections 3.1 to 3.3 and table 1; Ainslie et al. (2023), section 2
(grouped queries); Radford et al. (2019), section 2.3; Dosovitskiy et al. (2021), equations 1 to 4;
Touvron et al. (2023), section 2.2 (gated network, RMS norm); Kaplan et al. (2020), section 2.1.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "attention_parameters",
    "block_parameters",
    "crossover_length",
    "gated_block_parameters",
    "grouped_attention_parameters",
    "growth",
    "layer_multiplications",
    "mlp_parameters",
    "product_multiplications",
    "projection_multiplications",
    "training_operations",
    "vision_tokens",
]


def attention_parameters(d: Any) -> Any:
    """Four projections of width d with biases, whatever the number of heads.

    >>> attention_parameters(512)
    1050624
    """
    return 4 * d * d + 4 * d


def grouped_attention_parameters(d: int, key_width: int, *, bias: bool) -> int:
    """The projections when keys and values have together ``key_width`` features in all their heads.

    >>> grouped_attention_parameters(512, 128, bias=False)
    655360
    """
    matrices = 2 * d * d + 2 * d * key_width
    return matrices + (2 * d + 2 * key_width if bias else 0)


def mlp_parameters(d: Any, f: Any) -> Any:
    """Two layers with biases, from d to f and back.

    >>> mlp_parameters(64, 256)
    33088
    """
    return 2 * d * f + f + d


def block_parameters(d: Any, f: Any) -> Any:
    """Attention, network and two layer norms with scale and shift.

    >>> block_parameters(768, 3072)
    7087872
    """
    return attention_parameters(d) + mlp_parameters(d, f) + 4 * d


def gated_block_parameters(d: int, f: int) -> int:
    """Attention and a gated network of three matrices without biases, and two RMS norms.

    >>> gated_block_parameters(4096, 11008)
    202383360
    """
    return 4 * d * d + 3 * d * f + 2 * d


def vision_tokens(size: int, patch: int) -> int:
    """The patches of a square image, and the class token.

    >>> vision_tokens(224, 16)
    197
    """
    return (size // patch) ** 2 + 1


def product_multiplications(n: Any, d: Any) -> Any:
    """Multiplications of Q K^T over all heads, n^2 d."""
    return n * n * d


def projection_multiplications(n: Any, d: Any) -> Any:
    """Multiplications of the four projections of n tokens, 4 n d^2."""
    return 4 * n * d * d


def layer_multiplications(n: Any, d: Any) -> Any:
    """Projections, scores and the mixture of the values.

    >>> layer_multiplications(100, 64)
    2918400
    """
    return projection_multiplications(n, d) + 2 * product_multiplications(n, d)


def crossover_length(d: int) -> int:
    """The number of tokens at which both products cost as much as the projections, 2 d."""
    return 2 * d


def growth(n: int, d: int, factor: int) -> Rational:
    """How many times as much a layer costs when the text is ``factor`` times as long.

    >>> growth(100, 64, 3)
    107/19
    """
    return rational(layer_multiplications(factor * n, d), layer_multiplications(n, d))


def training_operations(parameters: int, tokens: int) -> int:
    """Floating-point operations of a training run, 6 for every parameter and token.

    Forward a multiplication and an addition, backward twice as many.
    """
    return 6 * parameters * tokens
