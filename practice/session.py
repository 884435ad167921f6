"""A practice session: asks, marks, names the slip, offers the solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from textwrap import indent

from partialcredit.draw import Level
from partialcredit.exams.compose import plan, written
from partialcredit.grading.kinds.option_letters import letter
from partialcredit.marking.classroom import restored
from partialcredit.marking.marker import PartMark, mark_problem
from partialcredit.marking.report import plain, printable
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.registry import select
from partialcredit.writers.terminal import to_terminal

__all__ = ["Session"]

Say = Callable[[str], None]
Ask = Callable[[str], str]


class Session:
    """Problems in the order of a paper that never ends, and the marks so far."""

    def __init__(self, names: Iterable[str], level: Level, seed: int) -> None:
        self._names, self._level, self._seed = select(names), level, seed
        self._asked = 0
        self._marks, self._out_of = Fraction(0), 0

    def ask(self, say: Say, ask: Ask) -> bool:
        """Ask one problem; False when the student wants to stop."""
        task = plan(self._names, 1, self._level, self._seed + self._asked)[0]
        self._asked += 1
        problem = written(task)
        say(f"\n{'-' * 72}\n{problem.title}  ({problem.family}, {problem.level})\n")
        say(to_terminal(problem.statement))
        answers: dict[str, str] = {}
        for part in problem.parts:
            marks = f"[{part.marks} mark{'s' * (part.marks != 1)}]"
            say(f"\n({part.id[-1]}) {to_terminal(part.prompt)}  {marks}")
            for index, option in enumerate(part.options):
                say(f"    ({letter(index)}) {to_terminal(option)}")
            wish = self._ask_part(problem, part, answers, say, ask)
            if wish in ("q", "n"):
                return wish == "n"
        return True

    def _ask_part(
        self, problem: PaperProblem, part: PaperPart, answers: dict[str, str], say: Say, ask: Ask
    ) -> str:
        """Ask until the part is right or given up; returns 'q' or 'n' when the student says so."""
        restored_problem = restored(problem)
        best, wish = Fraction(0), ""
        while True:
            text = ask(part.id[-1])
            if text in ("q", "n"):
                wish = text
                break
            if text in ("", "s"):
                solution = to_terminal(part.solution or "")
                say(indent(solution, "    ") if text else f"    skipped; the key is {part.key}")
                break
            answers[part.id] = text
            marks = mark_problem(problem, restored_problem, answers)
            mark = next(mark for mark in marks if mark.id == part.id)
            say(_told(mark))
            best = max(best, mark.marks)
            if mark.verdict in ("correct", "follow-through", "undecided"):
                break
        if not wish or part.id in answers:  # what was tried counts, also when it was left
            self._marks += best
            self._out_of += part.marks
        return wish

    def summary(self) -> str:
        """One line: the marks of everything asked."""
        if not self._out_of:
            return "Nothing asked, nothing lost."
        return f"{plain(self._marks)} of {self._out_of} marks."


def _told(mark: PartMark) -> str:
    lines = []
    if mark.understood:
        lines.append(f"    understood as  {printable(mark.understood)}")
    lines.append(f"    {mark.verdict}  ({plain(mark.marks)} of {mark.out_of})")
    lines += [f"    {printable(line)}" for line in mark.feedback.splitlines()]
    return "\n".join(lines)
