"""A class on the command line: from a recipe and a roster to marks."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from partialcredit.cli import main
from partialcredit.exam import Exam, read_papers
from partialcredit.writers.pdf import count_pages

Run = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.slow  # every class is printed by processes that start

RECIPE = """title: Quiz
minutes: 20
policy: {too_few_digits: 0.5}
questions:
  - {family: cnn_shapes/conv_output_size, level: easy, marks: 4}
  - {pick: [backprop/gate_gradients, losses/hinge_loss_gradient], level: easy}
  - {family: log_sum_exp/lse_bounds, level: easy, seed: 5}
  - title: In words
    text: Why?
    parts: [{prompt: Half of four is, kind: integer, key: 2, marks: 2}]
"""
ROSTER = "Student ID,Name,large\n17,Ada Lovelace,\n18,Ben,large\n19,Cleo,\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in a folder with a recipe and a roster."""
    monkeypatch.chdir(tmp_path)
    Path("quiz.yaml").write_text(RECIPE)
    Path("class.csv").write_text(ROSTER)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partialcredit", *arguments])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def make(run: Run, *more: str, folder: str = "quiz", roster: str = "class.csv") -> str:
    """Print the class; what it says."""
    code, _, said = run("generate", "quiz.yaml", "--roster", roster, "-o", folder, *more)
    assert code == 0, said
    return said


def held(folder: str) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in Path(folder).rglob("*") if p.is_file()}


def exam(folder: str = "quiz") -> Exam:
    found = read_papers(Path(folder))
    assert isinstance(found, Exam)
    return found


def test_the_folder_of_a_class(run: Run) -> None:
    said = make(run)
    assert "3 papers of 4 questions" in said
    assert "of the class's median" in said
    found = exam()
    assert [paper.student for paper in found.papers] == ["17", "18", "19"]
    assert {path.name for path in Path("quiz").iterdir()} == {
        "exam.json", "key.pdf", "papers", "print.pdf", "roster.csv",
    }  # fmt: skip
    for private in ("exam.json", "key.pdf"):
        assert Path("quiz", private).stat().st_mode & 0o077 == 0
    rows = list(csv.reader(io.StringIO(Path("quiz/roster.csv").read_text())))
    assert rows[0] == ["student", "name", "paper"]
    assert rows[1] == ["17", "Ada Lovelace", found.papers[0].id]
    lengths = {p.stem: count_pages(p.read_bytes()) for p in Path("quiz/papers").iterdir()}
    assert set(lengths) == {paper.id for paper in found.papers}
    a, large, c = (lengths[paper.id] for paper in found.papers)
    assert a == c <= large
    assert not any(length % 2 for length in lengths.values())
    with pikepdf.open("quiz/print.pdf") as whole:
        assert len(whole.pages) == sum(lengths.values())


def test_everyone_has_the_same_parts_and_marks_and_other_numbers(run: Run) -> None:
    make(run)
    papers = exam().papers
    assert len({paper.marks for paper in papers}) == 1
    assert len({paper.problems[0].statement for paper in papers}) == 3
    for fixed in (2, 3):
        assert len({paper.problems[fixed].statement for paper in papers}) == 1
    assert papers[1].points > papers[0].points


def test_the_same_secret_gives_the_same_bytes(run: Run) -> None:
    make(run, "--secret", "secret", folder="a")
    make(run, "--secret", "secret", folder="b")
    a, b = held("a"), held("b")
    assert {name[2:]: content for name, content in a.items()} == {
        name[2:]: content for name, content in b.items()
    }
    make(run, folder="c")
    assert exam("c").papers[0].id != exam("a").papers[0].id


def test_a_late_student_changes_nobodys_paper(run: Run) -> None:
    make(run)
    before = exam()
    Path("late.csv").write_text(ROSTER.replace("18,", "20,Dora,\n18,").replace("19,Cleo,\n", ""))
    said = make(run, roster="late.csv")
    after = exam()
    assert "19: no longer on the roster, but the papers are kept" in said
    assert "another one now" not in said
    assert [paper.student for paper in after.papers] == ["17", "20", "18", "19"]
    assert {p.id: p for p in before.papers}.items() <= {p.id: p for p in after.papers}.items()
    assert not Path("quiz/exam.1.json").exists()


def test_papers_that_stand_are_not_printed_again(run: Run) -> None:
    make(run)
    marked, cut, lost = sorted(Path("quiz/papers").glob("*.pdf"))
    whole = {path: path.read_bytes() for path in (marked, cut, lost)}
    marked.write_bytes(b"%PDF-1.7 % as it was\n" + whole[marked])
    cut.write_bytes(whole[cut][:5000])
    lost.unlink()
    make(run)
    assert marked.read_bytes() == b"%PDF-1.7 % as it was\n" + whole[marked]
    assert [path.read_bytes() for path in (cut, lost)] == [whole[cut], whole[lost]]
    Path("quiz.yaml").write_text(RECIPE.replace("title: Quiz", "title: Test"))
    make(run)
    assert b"as it was" not in marked.read_bytes()


def test_an_edited_recipe_changes_only_what_was_edited(run: Run) -> None:
    make(run)
    before = Path("quiz/exam.json").read_bytes()
    edited = RECIPE.replace("title: Quiz", "title: Test").replace(
        "lse_bounds, level: easy, seed: 5", "lse_scaled_bounds, level: easy"
    )
    Path("quiz.yaml").write_text(edited.replace("marks: 4", "marks: 6"))
    old = Exam.from_json(before.decode())
    said = make(run)
    new = exam()
    assert "question 3 is another one now" in said
    assert Path("quiz/exam.1.json").read_bytes() == before
    assert new.head.title == "Test"
    for was, now in zip(old.papers, new.papers, strict=True):
        assert (was.id, was.problems[1]) == (now.id, now.problems[1])
        assert was.problems[0].parameters == now.problems[0].parameters
        assert now.problems[0].marks == 6
        assert was.problems[2].family != now.problems[2].family
        assert was.problems[3] == now.problems[3]


def test_questions_may_change_places(run: Run) -> None:
    make(run)
    old = exam()
    first = RECIPE.splitlines(keepends=True)[4]
    Path("quiz.yaml").write_text(RECIPE.replace(first, "") + first)
    make(run)
    for was, now in zip(old.papers, exam().papers, strict=True):
        assert was.problems[0].statement == now.problems[3].statement
        assert now.problems[3].parts[0].id == "4a"


def test_another_exam_is_refused_and_nothing_is_lost(run: Run) -> None:
    make(run)
    before = held("quiz")
    other = "title: Other\nquestions:\n  - {family: backprop/multipath_gradient}\n"
    Path("quiz.yaml").write_text(other)
    code, _, said = run("generate", "quiz.yaml", "--roster", "class.csv", "-o", "quiz")
    assert code == 2
    assert "holds another exam, 'Quiz'; name another folder" in said
    Path("quiz.yaml").write_text(RECIPE)
    more = ("--secret", "other")
    code, _, said = run("generate", "quiz.yaml", "--roster", "class.csv", "-o", "quiz", *more)
    assert code == 2
    assert "papers of another secret" in said
    Path("quiz/exam.json").rename("lost.json")
    code, _, said = run("generate", "quiz.yaml", "--roster", "class.csv", "-o", "quiz")
    assert code == 2
    assert "cannot be made again" in said
    Path("lost.json").rename("quiz/exam.json")
    assert held("quiz") == before


def test_an_interrupted_class_goes_on_with_its_secret(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from partialcredit.exams import folder

    def stops(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(folder, "merge", stops)
        code, _, said = run("generate", "quiz.yaml", "--roster", "class.csv", "-o", "quiz")
    assert code == 130
    assert "after 3 of 3 papers, which are kept; the same command goes on" in said
    assert not Path("quiz").exists()
    (kept,) = Path(str(pytest.importorskip("os").environ["PARTIALCREDIT_STATE"])).glob("*.json")
    secret = Exam.from_json(json.loads(kept.read_text())["content"]).secret
    make(run)
    assert exam().secret == secret
    assert not kept.exists()


def answers(found: Exam, *rows: tuple[str, str, int]) -> None:
    """A hand-in: a student's name for themselves, the paper they name, whose keys they give."""
    all_parts = (p.id for paper in found.papers for q in paper.problems for p in q.parts)
    parts = list(dict.fromkeys(all_parts))  # a pick's families have different ones
    with Path("answers.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["student", "paper", *parts])
        for student, paper, place in rows:
            keys = {p.id: p.key for q in found.papers[place].problems for p in q.parts}
            table.writerow([student, paper, *(keys.get(part, "") for part in parts)])


def graded(run: Run) -> tuple[dict[str, dict[str, Any]], str]:
    code, out, said = run("grade", "quiz", "answers.csv", "--json")
    assert code == 0, said
    return {record["student"]: record for record in json.loads(out)}, said


def test_everyone_is_marked_against_their_own_paper(run: Run) -> None:
    make(run)
    found = exam()
    a, b, c = (paper.id for paper in found.papers)
    answers(found, ("17", "", 0), ("ben", b, 1), ("19", "", 0))
    records, _ = graded(run)
    assert [records[s]["paper"] for s in ("17", "18", "19")] == [a, b, c]
    assert records["17"]["marks"] == records["17"]["out_of"] == found.papers[0].marks
    assert records["18"]["marks"] == found.papers[1].marks
    assert records["19"]["marks"] < found.papers[2].marks


def test_a_wrong_version_is_refused_by_name_and_a_stranger_needs_a_paper(run: Run) -> None:
    make(run)
    found = exam()
    a, b, _ = (paper.id for paper in found.papers)
    answers(found, ("17", b, 1), ("18", "ZZZZZZZZ", 1), ("Zoe", a.lower(), 0), ("Yan", "", 0))
    records, said = graded(run)
    assert set(records) == {"Zoe"}
    assert records["Zoe"]["marks"] == found.papers[0].marks
    assert f"the hand-in of 17 (answers.csv, row 2) is not marked: it names the paper {b}" in said
    assert "names the paper ZZZZZZZZ, which is none of this exam" in said
    assert f"Zoe is not on the roster; marked as the paper {a}" in said
    assert "the hand-in of Yan (answers.csv, row 5) is not marked: nobody of that name" in said


def test_versions_are_named_by_letter_or_id(run: Run) -> None:
    assert run("generate", "quiz.yaml", "--versions", "2", "-o", "quiz")[0] == 0
    found = exam()
    answers(found, ("Ada", "B", 1), ("Ben", found.papers[0].id, 0), ("Cleo", "version b", 1))
    records, said = graded(run)
    assert {name: r["marks"] == r["out_of"] for name, r in records.items()} == dict.fromkeys(
        ("Ada", "Ben", "Cleo"), True
    )
    assert "roster" not in said


def test_what_cannot_be_read_is_decided_once_for_everyone(run: Run) -> None:
    """Whatever the numbers are; a question that all share is decided once in any case."""
    make(run)
    Path("answers.csv").write_text("student,1a,4a\n17,?,?\n18,?,?\n19,?,\n")
    assert run("grade", "quiz", "answers.csv", "--review", "r.csv")[0] == 0
    rows = list(csv.DictReader(io.StringIO(Path("r.csv").read_text())))
    (unread,) = [row for row in rows if row["part"] == "1a"]
    assert unread["students"] == "17, 18, 19"
    shared = next(row for row in rows if row["part"] == "4a")
    assert shared["students"] == "17, 18"
    with Path("d.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows([{**unread, "marks": "2"}, {**shared, "marks": "1"}])
    code, out, said = run("grade", "quiz", "answers.csv", "--decisions", "d.csv", "--json")
    assert code == 0
    marks = {r["student"]: {p["id"]: p["marks"] for p in r["parts"]} for r in json.loads(out)}
    assert [marks[s]["1a"] for s in ("17", "18", "19")] == [2, 2, 2]
    assert [marks[s]["4a"] for s in ("17", "18", "19")] == [1, 1, 0]
    assert "1a: 0 -> 2 for 17, 18, 19" in said


@pytest.mark.parametrize("view", ["paper", "solutions", "key", "sheet"])
def test_a_class_is_printed_again_in_every_view(run: Run, view: str) -> None:
    make(run)
    code, _, said = run("print", "quiz", "--view", view, "-o", "all.pdf")
    assert (code, "of the class's median" in said) == (0, True)
    assert run("print", "quiz", "--view", view, "--student", "18", "-o", "one")[0] == 0
    assert [path.name for path in Path("one").iterdir()] == [f"{exam().papers[1].id}.pdf"]
    if view == "paper":
        assert Path("all.pdf").read_bytes() == Path("quiz/print.pdf").read_bytes()


def test_what_cannot_be_printed_is_said(run: Run) -> None:
    make(run)
    for arguments, message in (
        (("quiz", "-o", "x.html"), "3 papers are written as .pdf"),
        (("quiz", "--student", "170", "-o", "x.pdf"), "no student or paper is called '170'"),
        (("class.csv", "-o", "x.pdf"), "not JSON"),
        ((".", "-o", "x.pdf"), "no class folder"),
    ):
        code, _, said = run("print", *arguments)
        assert code == 2
        assert message in said
