"""Ids and seeds come from the secret, and lead nowhere without it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.exams.identity import (
    id_of_seed,
    new_secret,
    paper_id,
    question_seed,
    secret_in,
)

SECRET = "5a" * 32


def test_an_id_is_eight_letters_that_nobody_confuses() -> None:
    ids = [paper_id(SECRET, f"s{n}") for n in range(500)]
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", name) for name in ids)
    assert len(set(ids)) == 500
    assert {letter for name in ids for letter in name} == set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_ids_and_seeds_are_pinned() -> None:
    """They were written down once: if they change, papers that are printed are nobody's."""
    assert paper_id(SECRET, "Ada") == PINNED_ID
    assert question_seed(SECRET, PINNED_ID, "a/b easy 1") == PINNED_SEED


PINNED_ID = "SBSNP4RK"
PINNED_SEED = 128244749974253302715027683599583488483


def test_whatever_differs_gives_another_seed() -> None:
    scopes = [
        (SECRET, "A", "B", 0), ("5b" * 32, "A", "B", 0), (SECRET, "AB", "", 0),
        (SECRET, "", "AB", 0), (SECRET, "A", "B", 1), (SECRET, "A", "B1", 0),
    ]  # fmt: skip
    seeds = {question_seed(*scope) for scope in scopes}
    assert len(seeds) == len(scopes)
    assert max(seeds).bit_length() > 100


def test_a_secret_is_written_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    secret = secret_in(path)
    assert re.fullmatch("[0-9a-f]{64}", secret)
    assert path.stat().st_mode & 0o077 == 0
    assert secret_in(path) == secret
    assert new_secret() != secret


def test_another_file_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "paper.json").write_text("{}")
    with pytest.raises(InputError, match="64 hexadecimal digits"):
        secret_in(tmp_path / "paper.json")
    assert (tmp_path / "paper.json").read_text() == "{}"


def test_what_is_asked_for_is_in_the_id_of_a_seed() -> None:
    assert len({id_of_seed(1, "a"), id_of_seed(2, "a"), id_of_seed(1, "b")}) == 3
