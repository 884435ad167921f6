"""Published totals of transformers."""

from __future__ import annotations

import pytest

from partialcredit.numbers.rationals import rational
from partialcredit.solvers import transformers


@pytest.mark.parametrize(
    ("d", "layers", "total"),
    [(768, 12, 124_439_808), (1024, 24, 354_823_168), (1280, 36, 774_030_080),
     (1600, 48, 1_557_611_200)],
)  # fmt: skip
def test_gpt_2(d: int, layers: int, total: int) -> None:
    """With tied output and 1024 learned positions."""
    blocks = layers * transformers.block_parameters(d, 4 * d)
    assert (50257 + 1024) * d + blocks + 2 * d == total


def test_llama_2() -> None:
    """7B: 32 gated blocks, two tables of 32,000 tokens, one last norm."""
    blocks = 32 * transformers.gated_block_parameters(4096, 11008)
    assert 2 * 32000 * 4096 + blocks + 4096 == 6_738_415_616


def test_vision_transformer() -> None:
    """ViT-B/16: 197 tokens, 86,567,656 parameters."""
    tokens = transformers.vision_tokens(224, 16)
    before = (3 * 16 * 16 + 1) * 768 + 768 + tokens * 768
    blocks = 12 * transformers.block_parameters(768, 3072)
    assert before + blocks + 2 * 768 + 769 * 1000 == 86_567_656


def test_attention_of_torch_and_of_grouped_queries() -> None:
    assert transformers.attention_parameters(512) == 1_050_624
    assert transformers.grouped_attention_parameters(512, 512, bias=True) == 1_050_624
    assert transformers.grouped_attention_parameters(512, 128, bias=False) == 655_360


def test_costs() -> None:
    d = 64
    n = transformers.crossover_length(d)
    products = 2 * transformers.product_multiplications(n, d)
    assert products == transformers.projection_multiplications(n, d)
    assert transformers.layer_multiplications(100, d) == 2_918_400
    assert transformers.growth(100, d, 3) == rational(107, 19)
    assert transformers.training_operations(175 * 10**9, 300 * 10**9) == 315 * 10**21  # GPT-3
