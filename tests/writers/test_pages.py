"""Pages of mixed papers: questions stay whole, no warning, a code and a number on each."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit import writers
from partialcredit.draw import Level
from partialcredit.exams.compose import compose, plan
from partialcredit.figures import Figure
from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.writers.pdf import pages
from tests.writers.sample import GRAPH, part, problem

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is missing")

MATRIX = r"$$ A = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} $$"


def texts(document: bytes, folder: Path) -> list[str]:
    """The text of each page."""
    path = folder / "paper.pdf"
    path.write_bytes(document)
    run = ["pdftotext", "-layout", str(path), "-"]
    told = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    return told.split("\f")[:-1]


def question(number: int, paragraphs: int, parts: int, figures: tuple[Figure, ...]) -> PaperProblem:
    asked = [
        part(f"{number}{'abcdefgh'[i]}", "array", f"prompt{number}p{i}.", "1", "Why.")
        for i in range(parts)
    ]
    shown = "![graph](figure:0)" if figures else MATRIX
    text = "\n\n".join([*["Some words."] * paragraphs, f"given{number}:", shown])
    return problem(number, f"title{number}", text, *asked, figures=figures)


@pytest.mark.parametrize(
    ("size", "points"), [("a4", 10.5), ("letter", 10.5), ("a4", 14), ("letter", 14)]
)
def test_a_question_that_fits_a_page_is_on_one_with_what_it_is_about(
    size: str, points: float, tmp_path: Path
) -> None:
    questions = tuple(
        question(n, n % 4, 1 + n % 3, (GRAPH,) if n % 2 else ()) for n in range(10, 26)
    )
    paper = Paper(Head("Mixed", paper=size), questions, points=points)
    printed = texts(pages(paper), tmp_path)
    for asked in questions:
        marks = [f"title{asked.number}", f"given{asked.number}"]
        marks += [part.prompt.split(".")[0] for part in asked.parts]
        (page,) = (page for page in printed if marks[0] in page)
        assert all(mark in page for mark in marks), asked.number


def test_a_question_longer_than_a_page_keeps_its_matrix_with_its_first_part(tmp_path: Path) -> None:
    long = question(10, 3, 8, ())
    long = replace(long, parts=tuple(replace(p, kind="text") for p in long.parts))
    printed = texts(pages(Paper(Head("Long"), (long,))), tmp_path)
    assert len(printed) > 1
    (page,) = (page for page in printed if "given10" in page)
    assert "prompt10p0" in page


def test_a_statement_longer_than_a_page_is_printed_whole_and_every_page_is_numbered(
    tmp_path: Path,
) -> None:
    long = replace(question(10, 0, 2, ()), statement="\n\n".join(f"word{i}." for i in range(150)))
    paper = Paper(Head("Long"), (question(9, 1, 1, ()), long), id="K7Q2MX4P")
    printed = texts(pages(paper, 9), tmp_path)
    found = re.findall(r"word(\d+)\.", "".join(printed))
    assert list(map(int, found)) == list(range(150))
    assert [re.findall(r"page (\d+) of (\d+)", page) for page in printed] == [
        [(str(number), "9")] for number in range(1, 10)
    ]


def test_short_options_stand_in_columns_and_long_ones_below_each_other(tmp_path: Path) -> None:
    short = part("1a", "choice", "Which?", "a", "Why.", options=("one", "two", "three", "four"))
    words = "so many words that no two such options have room beside each other"
    long = part("1b", "choice", "Which?", "a", "Why.", options=tuple(f"{n} {words}" for n in "xyz"))
    (page,) = texts(pages(Paper(Head("t"), (problem(1, "t", "Text.", short, long),))), tmp_path)
    assert re.search(r"\(A\) +one +\(B\) +two +\(C\) +three +\(D\) +four\n", page)
    assert all(re.search(rf"^ *\W* *\({a}\) +{n} so", page, re.MULTILINE) for a, n in ("Ax", "Cz"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_mixed_papers_settle_and_blank_pages_have_their_code_and_number(
    seed: int, tmp_path: Path
) -> None:
    """That nothing warns is what this asserts in every view: warnings are errors in tests."""
    zxing = pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    level: Level = ("easy", "medium", "hard")[seed % 3]
    mixed = compose(plan([], 20, level, seed), title="Mixed", level=level, seed=seed)
    head = Head("Mixed", paper=("a4", "letter")[seed // 2 % 2], cover=seed % 4 == 0)
    paper = replace(mixed, id="K7Q2MX4P", head=head, points=(10.5, 14)[seed % 2])
    for view in ("solutions", "key", "sheet"):
        assert writers.render(paper, ".pdf", view=view)
    own = len(texts(pages(paper), tmp_path))
    printed = texts(pages(paper, own + 2), tmp_path)
    assert len(printed) == own + 2
    assert all("left blank" in page for page in printed[-2:])
    run = ["pdftoppm", "-r", "100", "-gray", "-png", str(tmp_path / "paper.pdf")]
    subprocess.run([*run, str(tmp_path / "page")], check=True)
    for number, (page, scan) in enumerate(
        zip(printed, sorted(tmp_path.glob("page-*.png")), strict=True), 1
    ):
        assert f"page {number} of {own + 2}" in page
        assert [code.text for code in zxing.read_barcodes(image.open(scan))] == [
            f"K7Q2MX4P/{number}"
        ]
