"""Every pair of our own corpora gets the verdict a teacher gives.

unusual.jsonl and typed.jsonl hold answers with all that students write around and into them;
variations.jsonl varies the groups a deep-learning course asks most; families.jsonl holds keys of
the problem families in the forms students write; edges.jsonl near misses and odd spellings.
"""

import json
from pathlib import Path

import pytest

from partialcredit.grading import compare

HERE = Path(__file__).parent


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").split("\n")[:-1]
    return [pytest.param(json.loads(line), id=json.loads(line)["id"]) for line in lines]


def verdict(row):
    return compare(
        row["key"],
        row["answer"],
        row["kind"],
        row.get("symbols"),
        row.get("functions") or (),
        row.get("tolerance"),
        bool(row.get("complex")),
    )


@pytest.mark.parametrize(
    "row", [*rows("variations.jsonl"), *rows("families.jsonl"), *rows("edges.jsonl")]
)
def test_pair(row):
    outcome = verdict(row).outcome
    assert outcome == "equivalent" if row["expected"] else outcome in ("different", "invalid")


@pytest.mark.parametrize("row", [*rows("unusual.jsonl"), *rows("typed.jsonl")])
def test_typed_answer(row):
    """A right answer is accepted in any dress; a wrong one may be refused, but never accepted."""
    assert (verdict(row).outcome == "equivalent") == row["expected"]


@pytest.mark.parametrize("row", rows("families.jsonl"))
def test_a_key_equals_itself(row):
    assert verdict({**row, "answer": row["key"]}).outcome == "equivalent"
