"""How much of a paper's pages is blank: the share of a page's text area below its last ink.

Run ``python benchmarks/layout.py [TOPIC|FAMILY]...``. Ten mixed papers of twenty are printed and
drawn by poppler's pdftoppm; the last page of a paper counts like the others.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

PAPERS = 10
SIZE = 20
DPI = 50

#: The margins above and below the text of an A4 page, and its height, in mm (page.typ).
TOP, BOTTOM, HIGH = 27, 20, 297


def documents() -> list[bytes]:
    """The papers as PDF, with an id, as they are printed for a class."""
    from dataclasses import replace

    from partialcredit import writers
    from partialcredit.exams.compose import compose, plan

    printed = []
    for seed in range(PAPERS):
        tasks = plan(sys.argv[1:], SIZE, "medium", seed)
        paper = compose(tasks, title="Benchmark", level="medium", seed=seed)
        printed.append(writers.render(replace(paper, id="K7Q2MX4P"), ".pdf"))
    return printed


def blank(document: bytes) -> list[float]:
    """The blank share of each page."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(document)
        run = ["pdftoppm", "-r", str(DPI), "-gray", str(path), str(Path(folder, "page"))]
        subprocess.run(run, check=True)
        return [below_ink(page.read_bytes()) for page in sorted(Path(folder).glob("*.pgm"))]


def below_ink(pgm: bytes) -> float:
    """The share of the text area of a page, a gray image as PGM, that lies below its last ink."""
    _, size, _, pixels = pgm.split(b"\n", 3)
    wide, high = map(int, size.split())
    page = np.frombuffer(pixels, np.uint8).reshape(high, wide)
    top, bottom = round(high * TOP / HIGH), round(high * (HIGH - BOTTOM) / HIGH)
    inked = np.flatnonzero((page[top:bottom] < 200).any(axis=1))
    return 1 - (inked[-1] + 1 if inked.size else 0) / (bottom - top)


def main() -> None:
    """Print the table."""
    print(f"{PAPERS} papers of {SIZE} problems, per cent blank below the last ink of a page")
    print(f"{'paper':>8} {'pages':>6} {'mean':>6} {'most':>6} {'last':>6}")
    means = []
    for number, document in enumerate(documents(), 1):
        shares = [100 * share for share in blank(document)]
        means.append(sum(shares) / len(shares))
        print(
            f"{number:8} {len(shares):6} {means[-1]:6.1f} {max(shares[:-1]):6.1f} {shares[-1]:6.1f}"
        )
    print(f"{'all':>8} {'':6} {sum(means) / len(means):6.1f}")


if __name__ == "__main__":
    main()
