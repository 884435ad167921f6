"""Papers handed back: everyone's own page, whatever the student is called and has written."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partialcredit.errors import InputError
from partialcredit.files import write_files
from partialcredit.marking.handing_back import pages
from partialcredit.marking.handing_back.names import file_names
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.pages import known, typeset
from partialcredit.paper import Head, Paper
from partialcredit.writers.keys import render_keys
from partialcredit.writers.typst_text import markup
from tests.marking.test_report import NASTY
from tests.writers.sample import paper as sample_paper

#: Ids that lead elsewhere, are alike on some disk, or are no name of a file.
HOSTILE = [
    "", ".", "..", "../../etc/passwd", "/etc/passwd", "..\\..\\x", "a/b", "a_b", "a:b", "C:x",
    "CON", "nul.txt", "con.html", "Ada", "ada", "ADA", "é", "e\u0301", "x" * 300, "x" * 301,
    "王伟", "\x00", "\n", "\u202eabc", "\ud800", "a b", "-rf", ".hidden", "name.", "pages.csv",
    "a_b-" + "0" * 12, "~", "$HOME", "%00", "𝕏" * 80,
]  # fmt: skip


def harmless(name: str) -> bool:
    stem = name.removesuffix(".html")
    path = Path(name)
    reserved = stem.split(".")[0].casefold() in ("con", "nul", "aux", "prn")
    safe = all(c.isalnum() or c in "_.-" for c in stem)
    return safe and path.name == name and not reserved and 0 < len(name.encode()) < 250


def test_every_id_has_a_file_of_its_own(tmp_path: Path) -> None:
    names = file_names(HOSTILE, "html")
    assert all(map(harmless, names))
    assert not [name for name in names if name.startswith((".", "-"))]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        (tmp_path / name).write_text("x")
    assert len(list(tmp_path.iterdir())) == len(names)


@given(st.lists(st.text(max_size=12), unique=True, max_size=12))
def test_any_ids(ids: list[str]) -> None:
    names = file_names(ids, "html")
    assert len({name.casefold() for name in names}) == len(ids)
    assert all(map(harmless, names))


def test_an_ordinary_id_is_the_name() -> None:
    assert file_names(["007123", "ada.lovelace", "Zoë"], "pdf") == [
        "007123.pdf", "ada.lovelace.pdf", "Zoë.pdf",
    ]  # fmt: skip


def test_a_name_does_not_depend_on_the_order() -> None:
    forth, back = (file_names(ids, "html") for ids in (HOSTILE, HOSTILE[::-1]))
    assert forth == back[::-1]
    assert file_names(["a/b"], "html") == [forth[HOSTILE.index("a/b")]]


def test_nobody_can_take_anothers_name() -> None:
    """An id that is another id with its digest is no good name itself."""
    (taken,) = file_names(["a/b"], "html")
    assert len(set(file_names(["a/b", taken.removesuffix(".html")], "html"))) == 2


@pytest.fixture(scope="module")
def paper() -> Paper:
    return replace(sample_paper, id="K7Q2M4ZX")


def marked(paper: Paper, student: str, text: str = "42", **more: str) -> Result:
    parts = tuple(
        PartMark(p.id, "partial", Fraction(1, 2), p.marks, text, text, "slip", text)
        for q in paper.problems
        for p in q.parts
    )
    return Result(student, parts, paper.id, dropped=frozenset(more.values()))


class Page(HTMLParser):
    """All tags, attributes and text of a page."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.headings: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.headings += [""] * (tag in ("h1", "h2"))

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.headings:
            self.headings[-1] += data


def page_of(paper: Paper, result: Result) -> Page:
    written = pages(Path("nowhere"), [(paper, result)], "html")
    return Page(next(iter(written.values())))


def test_a_page_says_everything(paper: Paper) -> None:
    page = page_of(paper, marked(paper, "s1", "my answer"))
    asked = sum(len(problem.parts) for problem in paper.problems)
    total = Fraction(asked, 2)
    most = sum(p.marks for q in paper.problems for p in q.parts)
    assert f"s1 · Paper K7Q2M4ZX · {float(total):g} of {most} marks" in page.text
    assert page.tags.count("details") == asked
    assert page.tags.count("figure") == sum(len(q.figures) for q in paper.problems)
    assert page.text.count("my answer") == 2 * asked
    assert page.text.count("Partly right") == asked


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_a_students_does_anything(paper: Paper, text: str) -> None:
    page, plain = (page_of(paper, marked(paper, name, t)) for name, t in ((text, text), ("s", "a")))
    assert [tag for tag in page.tags if tag != "pre"] == plain.tags  # of texts of several lines
    assert sorted(page.attributes, key=repr) == sorted(plain.attributes, key=repr)
    assert "script" not in page.tags
    assert not set("\u202e\x1b\x00\ud800") & set(page.text)


def test_an_option_is_read_as_it_looks(paper: Paper) -> None:
    asked = next(p for q in paper.problems for p in q.parts if p.options)
    parts = tuple(
        replace(m, understood=r"(A) $28 \times 28$ or $\evil{$") if m.id == asked.id else m
        for m in marked(paper, "s").parts
    )
    page = page_of(paper, Result("s", parts, paper.id))
    assert r"(A) 28 × 28 or $\evil{$" in page.text


def test_a_long_answer_is_cut(paper: Paper) -> None:
    page = page_of(paper, marked(paper, "s", "9" * 50_000))
    assert "9" * 501 not in page.text


def test_a_dropped_part_is_shown_and_not_counted(paper: Paper) -> None:
    first = paper.problems[0].parts[0]
    page = page_of(paper, marked(paper, "s", part=first.id))
    assert page.text.count("not counted") == 1
    problem = paper.problems[0]
    counted = len(problem.parts) - 1
    assert f"{counted / 2:g} of {problem.marks - first.marks}" in page.headings[1]


def test_everyone_has_the_own_paper() -> None:
    one, two = (
        replace(sample_paper, id=name, student=student, name=f"{student} L.", head=Head(name))
        for name, student in (("AAAA", "ada"), ("BBBB", "ben"))
    )
    marks = [(one, marked(one, "ada")), (two, marked(two, "ben"))]
    written = pages(Path("n"), marks, "html")
    assert Page(written[Path("n/ada.html")]).text.count("ada · ada L. · Paper AAAA") == 1
    assert "BBBB: feedback" in Page(written[Path("n/ben.html")]).text


@pytest.mark.slow
def test_a_pdf_of_hostile_texts(paper: Paper) -> None:
    for text in [*NASTY, "a\nb\n  ^", "#set page(fill: red)", "$x$ `y` *z*", "王伟 😀"]:
        written = pages(Path("n"), [(paper, marked(paper, text, text))], "pdf")
        assert next(iter(written.values())).startswith(b"%PDF")


@pytest.mark.slow
def test_pages_are_as_large_as_the_paper(paper: Paper) -> None:
    for size, width in (("a4", 210 / 25.4), ("letter", 8.5)):
        of_size = replace(paper, head=replace(paper.head, paper=size))
        written = pages(Path("n"), [(of_size, marked(of_size, "ada"))], "pdf")
        for file in (written[Path("n/ada.pdf")], render_keys([of_size])):
            with pikepdf.open(io.BytesIO(file)) as read:
                left, _, right, _ = map(float, read.pages[0].mediabox)
            assert abs(right - left - 72 * width) < 1


def test_the_fonts_have_every_letter_that_is_left() -> None:
    """A letter that they lack stops the compiler; every third stands for its block."""
    everything = known("".join(map(chr, range(0x20, 0x3000, 2))))
    left = "".join(c for c in everything if c != "\ufffd")
    assert len(left) > 700
    assert typeset("t", "", f"{markup(left)} \ufffd").startswith(b"%PDF")
    assert known("王 x\n") == "\ufffd x\n"


class TestFolder:
    """The folder holds this exam's pages, and nothing is written over anything else."""

    def write(self, folder: Path, paper: Paper, *students: str) -> dict[Path, bytes]:
        written = pages(folder, [(paper, marked(paper, s)) for s in students], "html")
        write_files(written)
        return written

    def test_the_list_says_whose_page_is_which(self, tmp_path: Path, paper: Paper) -> None:
        self.write(tmp_path, paper, "ada", "=1+1")
        text = (tmp_path / "pages.csv").read_text()
        header, *rows = csv.reader(io.StringIO(text))
        assert header == ["student", "page", "marks", "out_of", "exam"]
        assert [row[0] for row in rows] == ["ada", "'=1+1"]
        assert all((tmp_path / row[1]).exists() for row in rows)

    def test_the_same_exam_is_written_again(self, tmp_path: Path, paper: Paper) -> None:
        self.write(tmp_path, paper, "ada", "ben")
        self.write(tmp_path, paper, "ada")
        self.write(tmp_path, paper, "ben")
        rows = list(csv.reader(io.StringIO((tmp_path / "pages.csv").read_text())))
        assert [row[0] for row in rows[1:]] == ["ada", "ben"]

    def test_an_exam_of_any_title_is_known_again(self, tmp_path: Path, paper: Paper) -> None:
        odd = replace(paper, head=Head("=1+1\n\u202e", "x" * 40_000))
        self.write(tmp_path, odd, "ada")
        self.write(tmp_path, odd, "ada")

    def test_foreign_files_stay(self, tmp_path: Path, paper: Paper) -> None:
        (tmp_path / "ada.html").write_text("mine")
        with pytest.raises(InputError, match=r"ada\.html is there and no page of this exam's"):
            self.write(tmp_path, paper, "ben", "ada")
        assert [path.name for path in tmp_path.iterdir()] == ["ada.html"]

    def test_another_exams_pages_stay(self, tmp_path: Path, paper: Paper) -> None:
        self.write(tmp_path, paper, "ada")
        other = replace(paper, head=replace(paper.head, title="Final"))
        with pytest.raises(InputError, match="no page of this exam's"):
            self.write(tmp_path, other, "ada")

    @pytest.mark.parametrize("content", [b"a,b\n", b"\xff\x00", b"", b'"student'])
    def test_a_foreign_list_stays(self, tmp_path: Path, paper: Paper, content: bytes) -> None:
        (tmp_path / "pages.csv").write_bytes(content)
        with pytest.raises(InputError, match="is no list of feedback pages"):
            self.write(tmp_path, paper, "ada")
        assert (tmp_path / "pages.csv").read_bytes() == content

    def test_the_same_marks_give_the_same_bytes(self, paper: Paper) -> None:
        for form in ("html", "pdf"):
            one, two = (pages(Path("n"), [(paper, marked(paper, "s"))], form) for _ in range(2))  # type: ignore[arg-type]
            assert one == two
