"""PDF: tagged, reproducible, with its fonts, and with every word of the paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit import writers
from partialcredit.errors import InputError
from partialcredit.paper import Head, PaperProblem
from partialcredit.writers.compiler import _compiler, compile_document, told
from partialcredit.writers.pdf import count_pages, pages
from tests.writers.sample import paper, part, problem

VIEWS: list[writers.View] = ["paper", "solutions", "key"]


@pytest.mark.parametrize("view", VIEWS)
def test_it_compiles_tagged_and_without_a_warning(view: writers.View) -> None:
    content = writers.render(paper, ".pdf", view=view)
    assert b"pdfuaid:part" in content
    assert b"/Lang" in content
    assert b"/FontFile" in content


def test_the_same_paper_gives_the_same_bytes() -> None:
    first = writers.render(paper, ".pdf")
    _compiler.cache_clear()
    assert writers.render(paper, ".pdf") == first


@pytest.mark.parametrize(
    "title",
    ['#panic("x")', "$x^$ *a* _b_ <c>", 'a\nb "c" \\', "\x00\ud800", "", "//", "[", "Привет"],
)
def test_any_title_is_only_text(title: str) -> None:
    problem = replace(paper.problems[2], title=title)
    assert writers.render(replace(paper, head=Head(title), problems=(problem,)), ".pdf")


def test_a_character_without_a_glyph_is_named() -> None:
    with pytest.raises(InputError, match='lack "漢"'):
        writers.render(replace(paper, head=Head("漢")), ".pdf")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_its_text_can_be_selected(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(writers.render(paper, ".pdf"))
    run = ["pdftotext", "-layout", str(path), "-"]
    text = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    for words in ("25 marks", "Student number", "page 1 of", "batch mean", "[2]"):
        assert words in text
    assert "Solution" not in text


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
@pytest.mark.parametrize("view", VIEWS)
def test_no_stem_stands_alone_at_the_foot_of_a_page(view: writers.View, tmp_path: Path) -> None:
    def asked(number: int) -> PaperProblem:
        parts = [part(f"{number}{x}", "real", f"prompt{number}{x}.", "1", "Why.") for x in "ab"]
        return problem(number, f"title{number}", "\n\n".join(["Words."] * number), *parts)

    path = tmp_path / "paper.pdf"
    many = replace(paper, problems=tuple(asked(number) for number in range(10, 25)))
    path.write_bytes(writers.render(many, ".pdf", view=view))
    run = ["pdftotext", "-layout", str(path), "-"]
    pages = subprocess.run(run, capture_output=True, check=True, text=True).stdout.split("\f")
    assert len(pages) > 3
    for page in pages:
        first = "(a)" if view == "key" else "prompt{}a"
        for number in re.findall(r"title(\d+)", page):
            assert first.format(number) in page.split(f"title{number}")[1]


def test_blank_pages_make_papers_equally_long() -> None:
    own = count_pages(writers.render(paper, ".pdf"))
    assert pages(paper) == writers.render(paper, ".pdf")
    assert [count_pages(pages(paper, least)) for least in (own - 1, own + 2)] == [own, own + 2]
    assert count_pages(pages(paper, own + own % 2 + 1, even=True)) == own + own % 2 + 2


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_pages_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pages(paper, 12))
    run = ["pdfinfo", str(path)]
    told = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    assert re.search(r"Pages: +12", told)


def test_what_is_no_pdf_has_no_pages() -> None:
    with pytest.raises(ValueError, match="no PDF"):
        count_pages(b"")


def test_a_layout_that_does_not_settle_is_not_passed_over() -> None:
    growing = '#set document(title: "t")\n#context for _ in range(query(heading).len() + 1) [= a]'
    with pytest.warns(RuntimeWarning) as warned:
        compile_document(growing, "pdf")
    assert any("did not converge" in str(warning.message) for warning in warned)


def test_a_document_tells_what_it_ends_with() -> None:
    assert told('#panic("12 3.5")') == "12 3.5"
    with pytest.raises(ValueError, match="tells nothing"):
        told('#set document(title: "t")\nwords')
