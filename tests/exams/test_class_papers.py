"""Everyone's paper from a recipe, a secret and what was before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from partialcredit.errors import InputError
from partialcredit.exam import EXAM, Exam
from partialcredit.exams.class_papers import Before, ClassPapers, resolved
from partialcredit.exams.folder import changed
from partialcredit.exams.planning import plan_class
from partialcredit.exams.recipe import read_recipe
from partialcredit.exams.roster import Student
from partialcredit.paper import LARGE, Paper

SECRET = "0c" * 32
RECIPE = """title: Quiz
questions:
  - {family: cnn_shapes/conv_output_size, level: easy}
  - {family: cnn_shapes/conv_output_size, level: easy, marks: 5}
  - {topic: log_sum_exp, level: easy, count: 1}
  - {family: losses/hinge_loss_gradient, level: easy, seed: 3}
"""
CLASS = [Student("Ada"), Student("Ben", "Ben B", LARGE), Student("", "Version A")]


def papers(text: str = RECIPE, *before: Exam, secret: str = SECRET) -> list[Paper]:
    recipe = read_recipe(text, "quiz.yaml")
    writer = ClassPapers(recipe, resolved(recipe, secret), secret, list(map(Before.of, before)))
    return [writer.paper(student) for student in CLASS]


@pytest.fixture(scope="module")
def exam() -> Exam:
    return Exam(RECIPE, SECRET, tuple(papers()))


def test_the_secret_decides_everything(exam: Exam) -> None:
    assert tuple(papers()) == exam.papers
    other = papers(secret="0d" * 32)
    assert not {p.id for p in other} & set(exam.by_id)
    assert other[0].problems[0] != exam.papers[0].problems[0]


def test_a_paper_knows_whom_it_is_for(exam: Exam) -> None:
    told = [(p.student, p.name) for p in exam.papers]
    assert told == [("Ada", ""), ("Ben", "Ben B"), ("", "Version A")]
    assert exam.papers[1].points == LARGE


def test_equal_questions_have_other_numbers_and_a_topic_one_family(exam: Exam) -> None:
    assert all(p.problems[0].parameters != p.problems[1].parameters for p in exam.papers)
    assert len({p.problems[2].family for p in exam.papers}) == 1
    assert len({p.problems[2].statement for p in exam.papers}) == 3
    assert len({p.problems[3].statement for p in exam.papers}) == 1
    assert {p.problems[1].marks for p in exam.papers} == {5}


def test_what_has_not_changed_is_taken_over_as_it_stood(exam: Exam) -> None:
    """Also when the program would draw it otherwise by now."""
    before = replace(
        exam,
        papers=tuple(
            replace(p, problems=tuple(replace(q, statement="As printed.") for q in p.problems))
            for p in exam.papers
        ),
    )
    edited = RECIPE.replace("marks: 5", "marks: 6")
    for was, now, drawn in zip(before.papers, papers(edited, before), exam.papers, strict=True):
        assert [now.problems[i] == was.problems[i] for i in range(4)] == [True, False, True, True]
        assert now.problems[1].statement == drawn.problems[1].statement
        assert now.problems[1].marks == 6
    assert changed(exam, Exam(RECIPE, SECRET, tuple(papers(RECIPE, exam)))) == []


def test_another_question_is_told_from_an_edited_one(exam: Exam) -> None:
    edited = RECIPE.replace("seed: 3", "seed: 4")
    assert changed(exam, Exam(edited, SECRET, tuple(papers(edited, exam)))) == [4]


def test_a_plan_goes_on_with_the_exam_in_the_folder(exam: Exam, tmp_path: Path) -> None:
    (tmp_path / EXAM).write_text(exam.to_json())
    recipe = read_recipe(RECIPE, "quiz.yaml")
    plan = plan_class(tmp_path, recipe, [Student("Cleo"), Student("Ada")], None)
    assert plan.secret == SECRET
    assert [student.key for student in plan.students] == ["Cleo", "Ada", "Ben", "Version A"]
    assert "Ben, Version A: no longer on the roster" in plan.notices[0]
    with pytest.raises(InputError, match="papers of another secret"):
        plan_class(tmp_path, recipe, CLASS, "0d" * 32)
    other = read_recipe("title: X\nquestions:\n  - {family: backprop/gate_gradients}\n", "x.yaml")
    with pytest.raises(InputError, match="holds another exam, 'Quiz'"):
        plan_class(tmp_path, other, CLASS, None)
