"""Names find families, and misspelt ones are told the nearest."""

from __future__ import annotations

from importlib import import_module

import pytest

from partialcredit.errors import UnknownName
from partialcredit.registry import family_ids, load, select


def test_a_topic_a_name_and_an_id_select() -> None:
    assert "cnn_shapes/conv_output_size" in select(["cnn_shapes"])
    assert select(["conv_output_size"]) == ["cnn_shapes/conv_output_size"]
    assert select(["cnn_shapes/conv_output_size"] * 2) == ["cnn_shapes/conv_output_size"]
    assert select([]) == list(family_ids())


def test_a_misspelt_name_is_told_the_nearest() -> None:
    with pytest.raises(UnknownName, match="did you mean conv_output_size"):
        select(["conv_output_sise"])
    with pytest.raises(UnknownName, match="partialcredit families"):
        select(["zzzzzzzz"])


def test_data_beside_families_is_no_family() -> None:
    assert not [name for name in family_ids() if name.partition("/")[2].startswith("_")]


@pytest.mark.parametrize("family_id", family_ids())
def test_docstrings_carry_title_and_sources(family_id: str) -> None:
    """Rows of the source notes, or the word that there are none."""
    family = load(family_id)
    assert family.title
    assert not family.title.endswith(".")
    document = import_module(family_ids()[family_id]).__doc__ or ""
    assert bool(family.sources) != document.endswith("\nSource: none\n")
