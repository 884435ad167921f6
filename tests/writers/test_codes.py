"""The code on every page is read from a bad copy, and says paper and page and nothing else."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from partialcredit.paper import Head
from partialcredit.writers.codes import codes
from partialcredit.writers.pdf import count_pages, pages
from tests.writers.sample import paper

PIL = pytest.importorskip("PIL.Image")
ImageFilter = pytest.importorskip("PIL.ImageFilter")
zxing = pytest.importorskip("zxingcpp")


def test_a_code_says_paper_and_page() -> None:
    for number, rows in enumerate(codes("K7Q2MX4P", 120), 1):
        dark = np.array([[module == "1" for module in row] for row in rows])
        assert dark.shape == (21, 21)
        image = np.kron(np.pad(~dark, 4, constant_values=True), np.ones((4, 4)))
        (found,) = zxing.read_barcodes((image * 255).astype(np.uint8))
        assert found.text == f"K7Q2MX4P/{number}"


def read(scan: PIL.Image) -> list[str]:
    """What the codes say, as a reader does it: another way of cleaning the scan after the first."""
    for clean in (ImageFilter.MedianFilter(3), ImageFilter.GaussianBlur(1)):
        found = zxing.read_barcodes(scan.filter(clean))
        if found:
            return [code.text for code in found]
    return []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_every_page_of_a_shuffled_noisy_slanted_pile_is_read(tmp_path: Path) -> None:
    rng = random.Random(11)
    noise = np.random.default_rng(11)
    pile = []
    for i, size in enumerate(("a4", "letter", "a4")):
        own = replace(paper, id=f"{i}7Q2MX4Z", head=Head("t", paper=size), points=(10.5, 14)[i % 2])
        path = tmp_path / f"{i}.pdf"
        path.write_bytes(pages(own, 11))
        run = ["pdftoppm", "-r", "150", "-gray", "-png", str(path), str(tmp_path / f"{i}")]
        subprocess.run(run, check=True)
        scans = sorted(tmp_path.glob(f"{i}-*.png"))
        assert len(scans) == count_pages(path.read_bytes()) >= 11
        pile += [(scan, f"{own.id}/{page}") for page, scan in enumerate(scans, 1)]
    rng.shuffle(pile)
    unread = []
    for scan, told in pile:
        page = PIL.open(io.BytesIO(scan.read_bytes())).convert("L")
        turned = np.asarray(page.rotate(rng.uniform(-5, 5), fillcolor=255, resample=2), float)
        copied = turned * 0.7 + 50 + noise.normal(0, 25, turned.shape)
        copied[noise.random(copied.shape) < 0.01] = 0
        found = read(PIL.fromarray(np.clip(copied, 0, 255).astype(np.uint8)))
        assert found in ([told], [])
        unread += [told] if not found else []
    assert unread == []
