r"""What is trained when a network is adapted: new heads, low-rank updates, bottleneck adapters.

Reference: Yosinski et al. (2014), "How transferable are features in deep neural networks?"; Houlsby
et al. (2019), "Parameter-efficient transfer learning for NLP", section 2.1; Hu et al. (2022),
"LoRA", sections 4.1, 4.2 and 5.5. Warning: libraries count frozen parameters in some totals and
leave them out of others.
"""

from __future__ import annotations

from partialcredit.numbers.rationals import Rational, ceil, rational

__all__ = ["adapter_parameters", "break_even", "head", "largest_rank", "lora_parameters", "percent"]


def head(features: int, classes: int) -> int:
    """The parameters of a new dense layer with biases.

    >>> head(2048, 37)
    75813
    """
    return features * classes + classes


def percent(part: int, whole: int) -> Rational:
    """A share in percent.

    >>> percent(1, 8)
    25/2
    """
    return rational(100 * part, whole)


def lora_parameters(matrices: int, rank: int, inputs: int, outputs: int) -> int:
    """The entries of A (r, inputs) and B (outputs, r) beside every matrix.

    >>> lora_parameters(96 * 2, 1, 12288, 12288)
    4718592
    """
    return matrices * rank * (inputs + outputs)


def largest_rank(budget: int, matrices: int, inputs: int, outputs: int) -> int:
    """The largest rank that keeps within a budget of parameters.

    >>> largest_rank(10_000_000, 96 * 2, 12288, 12288)
    2
    """
    return budget // lora_parameters(matrices, 1, inputs, outputs)


def break_even(inputs: int, outputs: int) -> int:
    r"""The smallest rank with as many parameters as the matrix itself, or more.

    .. math:: \left\lceil \frac{n m}{n + m} \right\rceil

    >>> break_even(768, 3072)
    615
    """
    return ceil(rational(inputs * outputs, inputs + outputs))


def adapter_parameters(adapters: int, width: int, bottleneck: int) -> int:
    """Two dense layers with biases in every adapter: down to the bottleneck, and up again.

    >>> adapter_parameters(24, 768, 64)
    2379264
    """
    return adapters * (head(width, bottleneck) + head(bottleneck, width))
