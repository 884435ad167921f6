"""``report`` and ``grade --feedback`` as a lecturer calls them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit.exam import Exam
from partialcredit.paper_file import read_paper
from tests.core.test_cli_grade import Run, keys, run

__all__ = ["run"]  # the fixture


@pytest.fixture
def marked(run: Run, tmp_path: Path) -> Run:
    """A class of three whose marks stand in marks.json."""
    right = keys(tmp_path)
    wrong = {**right, "1a": "1"}
    (tmp_path / "c.json").write_text(
        json.dumps({"ada": right, "ben": wrong, "../eve": {"1a": "<b>3x(</b>"}})
    )
    assert run("grade", "paper.json", "c.json", "-o", "marks.json")[0] == 0
    return run


def test_every_form_in_one_run(marked: Run, tmp_path: Path) -> None:
    names = ["r.html", "r.pdf", "r.md", "r.xlsx"]
    code, out, err = marked("report", "paper.json", "marks.json", *(f"-o{name}" for name in names))
    assert (code, out) == (0, "")
    assert err == "".join(f"wrote {name}\n" for name in names)
    assert "3 papers" in (tmp_path / "r.md").read_text()
    assert (tmp_path / "r-figures" / "1.svg").exists()


def test_a_class_folder_has_a_report(marked: Run, tmp_path: Path) -> None:
    paper = read_paper((tmp_path / "paper.json").read_text())
    (tmp_path / "midterm").mkdir()
    papers = tuple(replace(paper, id=name) for name in ("AAAA", "BBBB"))
    (tmp_path / "midterm" / "exam.json").write_text(Exam("r", "0" * 64, papers).to_json())
    records = json.loads((tmp_path / "marks.json").read_text())
    many = [
        {**record, "student": f"{record['student']}{n}", "paper": ("AAAA", "BBBB")[n % 2]}
        for record in records
        for n in range(4)
    ]
    (tmp_path / "marks.json").write_text(json.dumps(many))
    assert marked("report", "midterm", "marks.json", "-o", "r.md")[0] == 0
    assert "## Versions" in (tmp_path / "r.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("report", "paper.json", "marks.json"), "Missing option '-o'"),
        (("report", "paper.json", "marks.json", "-o", "r.docx"), "a report is a .html, .pdf"),
        (("report", "paper.json", "paper.json", "-o", "r.md"), "holds no marks: it holds no list"),
        (("report", "marks.json", "paper.json", "-o", "r.md"), "a paper file has"),
        (("report", "paper.json", "none.json", "-o", "r.md"), "cannot read none.json"),
        (("report", "paper.json", "marks.json", "-o", "r.md", "-o", "r.md"), "two reports would"),
        (("grade", "paper.json", "c.json", "--feedback", "paper.json"), "cannot write"),
        (("grade", "paper.json", "c.json", "--feedback", "f", "--feedback-format", "md"), "'md'"),
    ],
)
def test_refusals_are_one_sentence(
    marked: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    code, out, err = marked(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert err.startswith("partialcredit: ")
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_everyone_gets_a_page(marked: Run, tmp_path: Path, form: str) -> None:
    arguments = ("grade", "paper.json", "c.json", "--feedback", "fb/", "--feedback-format", form)
    code, out, err = marked(*arguments, "-o", "m.csv")
    assert (code, out) == (0, "")
    assert "wrote the pages of 3 students to fb\n" in err
    names = sorted(path.name for path in (tmp_path / "fb").iterdir())
    assert names[1:] == [f"ada.{form}", f"ben.{form}", "pages.csv"]
    assert names[0].startswith("_")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "c.json", "fb", "m.csv", "marks.json", "paper.json",
    ]  # fmt: skip
    assert marked(*arguments)[0] == 0


def test_nothing_is_written_over_a_foreign_page(marked: Run, tmp_path: Path) -> None:
    (tmp_path / "fb").mkdir()
    (tmp_path / "fb" / "ben.html").write_text("mine")
    code, _, err = marked("grade", "paper.json", "c.json", "--feedback", "fb", "-o", "m.csv")
    assert code == 2
    assert "no page of this exam's" in err
    assert [path.name for path in (tmp_path / "fb").iterdir()] == ["ben.html"]
    assert not (tmp_path / "m.csv").exists()


def test_decisions_and_dropped_parts_reach_page_and_report(marked: Run, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(
        "part,answer,marks,comment\n1a,<b>3x(</b>,1,you meant 3\n1b,*,drop,unfair\n"
    )
    grade = ("grade", "paper.json", "c.json", "--decisions", "d.csv", "--feedback", "fb")
    assert marked(*grade, "-o", "marks.json")[0] == 0
    page = next(p for p in (tmp_path / "fb").iterdir() if p.name.startswith("_")).read_text()
    assert "Marked by a person" in page
    assert "you meant 3" in page
    assert page.count("not counted") == 1
    assert marked("report", "paper.json", "marks.json", "-o", "r.md")[0] == 0
    report = (tmp_path / "r.md").read_text()
    assert "Nobody has marks for 1b: dropped" in report
    assert "| 1a | 0 | 0 | 1 |" in report
