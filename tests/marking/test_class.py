"""A class in worker processes: hostile answers cost their part alone, equal ones are one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import psutil
import pytest

from partialcredit.errors import Interrupted
from partialcredit.exams.compose import compose, plan
from partialcredit.marking import desk as desks
from partialcredit.marking.classroom import Classroom, mark_paper
from partialcredit.marking.desk import Done, Job
from partialcredit.marking.marks import PartMark, Result
from partialcredit.marking.policy import Policy
from partialcredit.marking.queue import Queue
from partialcredit.marking.resuming import resumable
from partialcredit.paper import Paper
from partialcredit.workers import Overrun

FAMILIES = (
    "activations/saturating_gradient_product", "cnn_shapes/conv_hyperparameter_inverse",
    "log_sum_exp/lse_bounds", "activations/activation_properties",
)  # fmt: skip


@pytest.fixture(scope="module")
def paper() -> Paper:
    """The first hard problems that attackers tried: among their parts are all kinds of answers."""
    tasks = plan(FAMILIES, len(FAMILIES), "hard", 1)
    return compose(tasks, title="T", level="hard", seed=1)


def part_of(paper: Paper, kind: str) -> str:
    return next(p.id for q in paper.problems for p in q.parts if p.kind == kind)


def verdicts(result: Result) -> dict[str, str]:
    return {part.id: part.verdict for part in result.parts if part.verdict != "blank"}


BIG = "*".join(["1e300"] * 15)

HOSTILE = [
    ("expression", "(1+1/10^300)^(10^300)"),
    ("expression", "max(" + ",".join(f"{n}*w" for n in range(2, 450)) + ")"),
    ("expression", "det(" + "(" * 7 + "[[1,2],[3,4]]" + "^16)" * 7 + "^16)"),
    ("expression", "binom(binom(2000,1000),1000)*w"),
    ("set", BIG),
    ("set", "sum(ln(ln(i+2)),i,1,399)"),
    ("interval", f"({BIG},oo)"),
    ("set", "1/" + "9" * 3000 + "^300"),
]


def test_a_class_with_hostile_hand_ins(paper: Paper) -> None:
    """Whatever one student writes, the others get the marks they would get without it."""
    right = {p.id: p.key or "" for q in paper.problems for p in q.parts}
    attackers = {
        f"attacker {n}": {part_of(paper, kind): text} for n, (kind, text) in enumerate(HOSTILE)
    }
    results = {r.student: r for r in mark_paper(paper, {"Ada": right, **attackers, "Ben": right})}
    for student in ("Ada", "Ben"):
        assert results[student].marks == results[student].out_of
    for student, given in attackers.items():
        (identifier,) = given
        assert set(verdicts(results[student])) == {identifier}
        mark = next(p for p in results[student].parts if p.id == identifier)
        assert mark.marks < mark.out_of
        if mark.verdict == "undecided":
            assert mark.feedback  # the reason, which the review shows


def test_an_ordinary_wrong_number_cannot_hang_the_marking() -> None:
    """A later key computed from a tiny earlier answer was e to the power of minus a million."""
    tasks = plan(["ml_basics/gaussian_class_conditional_mle"], 1, "hard", 7)
    paper = compose(tasks, title="T", level="hard", seed=7)
    answers = {"1c": "1e-6", "1e": "0.5"}
    (result,) = mark_paper(paper, {"": answers})
    assert set(verdicts(result)) == {"1c", "1e"}
    assert verdicts(result)["1c"] in ("incorrect", "partial")


def test_workers_are_gone_when_the_marking_is_over(paper: Paper) -> None:
    before = {p.pid for p in psutil.Process().children()}
    mark_paper(paper, {"": {"1a": "1"}})
    left = [p for p in psutil.Process().children() if p.pid not in before]
    assert all("resource_tracker" in " ".join(p.cmdline()) for p in left)


class TestQueue:
    """The queue by itself, without a process: who is marked when, and at whose expense."""

    def queue(self, paper: Paper, *students: dict[str, str]) -> tuple[Queue, list[Any]]:
        sent: list[Any] = []
        return Queue(paper.problems, students, sent.append), sent

    def done(self, paper: Paper, sent: list[Any], place: int, **options: Any) -> Done:
        job: Job = sent[0][place]
        parts = paper.problems[job.problem].parts
        marks = tuple(
            PartMark(p.id, "correct", Fraction(1), p.marks, t)
            for p, t in zip(parts, job.answers, strict=True)
        )
        return Done(place, marks, options.pop("seconds", 0.01), options.pop("complete", True))

    def test_equal_answers_are_marked_once(self, paper: Paper) -> None:
        queue, sent = self.queue(paper, {"1a": "1"}, {"1a": "1"}, {"1a": "2"}, {})
        assert [student for student, _ in queue.finished()] == [3]
        assert len(sent[0]) == 2
        queue.take(sent[0], self.done(paper, sent, 0))
        assert [student for student, _ in queue.finished()] == [0, 1]

    def test_what_is_to_blame_is_skipped_and_the_rest_goes_on(self, paper: Paper) -> None:
        queue, sent = self.queue(paper, {"1a": "1"}, {"1a": "2"}, {"1a": "3"})
        queue.take(sent[0], self.done(paper, sent, 0))
        queue.end(sent[0], Overrun("1 0", "too long"))
        again = sent[1]
        assert [(job.student, dict(job.skipped)) for job in again] == [
            (1, {0: "too long"}),
            (2, {}),
        ]
        assert again[0].spent == desks.PART_SECONDS
        assert again[1].spent == 0

    def test_one_students_spent_time_is_no_other_students_fault(self, paper: Paper) -> None:
        queue, sent = self.queue(paper, {"1a": "1"}, {"1a": "1"})
        queue.take(sent[0], self.done(paper, sent, 0, complete=False, seconds=5.0))
        assert [student for student, _ in queue.finished()] == [0]
        (job,) = sent[1]
        assert (job.student, job.spent) == (1, 0.0)

    def test_a_request_that_ends_for_no_reason_is_not_tried_for_ever(self, paper: Paper) -> None:
        queue, sent = self.queue(paper, {"1a": "1"})
        for attempt in range(3):
            queue.end(sent[attempt], Overrun("", "it broke"))
        ((_, marks),) = queue.finished()
        assert [m.verdict for m in marks if m.answer] == ["undecided"]
        assert len(sent) == 3


def test_a_student_whose_time_is_over_is_left_to_a_person(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desks, "STUDENT_SECONDS", 0.0)
    answer = desks.desk(paper.problems, True)
    (done,) = answer((Job(0, 0, tuple("1" for _ in paper.problems[0].parts)),), lambda *_: None)
    assert not done.complete
    assert {mark.verdict for mark in done.marks} == {"undecided"}
    assert "needed more than 0 s together" in done.marks[0].feedback


def test_marks_do_not_depend_on_how_many_workers_there_are(paper: Paper) -> None:
    students = [{"1a": str(n), "2a": f"{n}x{n}"} for n in range(60)]
    found = []
    for size in (1, 2):
        with Classroom(paper.problems, size=size) as room:
            found.append(sorted(room.mark(students)))
    assert found[0] == found[1]


def test_an_interrupted_class_goes_on_where_it_stopped(paper: Paper) -> None:
    answers = {f"s{n}": {"1a": str(n)} for n in range(5)}
    whole = mark_paper(paper, answers)

    def marked(stop_after: int, answers: dict[str, dict[str, str]] = answers) -> tuple[Any, int]:
        with resumable(dict.fromkeys(answers, paper), answers, policy=Policy()) as run:

            def finished(result: Result) -> None:
                run.finished.append(result)
                if len(run.finished) == stop_after:
                    raise KeyboardInterrupt

            return mark_paper(paper, answers, done=run.done, progress=finished), len(run.done)

    with pytest.raises(Interrupted, match="after 3 of 5 students"):
        marked(3)
    assert marked(99, {**answers, "s0": {"1a": "new"}})[1] in (2, 3)
    with pytest.raises(Interrupted):
        marked(3)
    results, taken_over = marked(99)
    assert taken_over == 3
    assert results == whole
    assert marked(99)[1] == 0
