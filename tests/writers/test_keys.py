"""The keys of many papers: every paper with its id, student and keys."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.writers.keys import render_keys
from tests.writers.sample import paper

PAPERS = [
    replace(paper, id="K7Q2MX4P", student="2031", name="Ada Lovelace"),
    replace(paper, id="00000000", student="#panic()", name='$"[x]"$ \\'),
]


def test_the_same_papers_give_the_same_bytes() -> None:
    assert render_keys(PAPERS) == render_keys(PAPERS)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_every_paper_has_its_id_its_student_and_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "key.pdf"
    path.write_bytes(render_keys(PAPERS))
    run = ["pdftotext", "-raw", str(path), "-"]
    text = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    first, second = text.split("00000000")
    for words in ("K7Q2MX4P", "2031 Ada Lovelace", "(b) 156", "[-3.351, -1.784, -1, 2.135]"):
        assert words in first
    for words in ("#panic()", "[x]", "(b) 156"):
        assert words in second


def test_papers_without_keys_have_none_to_print() -> None:
    with pytest.raises(InputError, match="without --public"):
        render_keys([paper.public()])
