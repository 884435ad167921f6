"""A practice session: asks, marks, names the slip, offers the solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from textwrap import indent

from partialcredit.draw import Level
from partialcredit.exams.compose import plan, written
from partialcredit.grading.option_letters import letter
from partialcredit.marking.classroom import Classroom
from partialcredit.marking.marks import PartMark, plain
from partialcredit.marking.report.terminal import printable
from partialcredit.paper import PaperPart, PaperProblem
from partialcredit.registry import select
from partialcredit.writers.head import asked
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
        with Classroom([problem]) as room:
            return self._ask_parts(problem, room, answers, say, ask)

    def _ask_parts(
        self, problem: PaperProblem, room: Classroom, answers: dict[str, str], say: Say, ask: Ask
    ) -> bool:
        """Ask part after part; False when the student wants to stop."""
        for part in problem.parts:
            marks = f"[{part.marks} mark{'s' * (part.marks != 1)}]"
            say(f"\n({part.id[-1]}) {to_terminal(asked(part))}  {marks}")
            for index, option in enumerate(part.options):
                say(f"    ({letter(index)}) {to_terminal(option)}")
            wish = self._ask_part(room, part, answers, say, ask)
            if wish in ("q", "n"):
                return wish == "n"
        return True

    def _ask_part(
        self, room: Classroom, part: PaperPart, answers: dict[str, str], say: Say, ask: Ask
    ) -> str:
        """Ask until the part is right or given up; returns 'q' or 'n' when the student says so.

        An answer that cannot be read counts as none: it may be typed again. One that only a person
        can judge counts as none, too; the student compares it with the solution.
        """
        best: Fraction | None = None
        text = ""
        while (text := ask(part.id[-1])) not in ("q", "n", "", "s"):
            ((_, marks),) = room.mark([{**answers, part.id: text}])
            mark = next(mark for mark in marks if mark.id == part.id)
            say(_told(mark))
            if mark.verdict == "undecided":
                say(f"    compare it with this one:\n{indent(_solution(part), '    ')}")
                return ""
            if mark.verdict in ("invalid", "blank"):
                continue
            answers[part.id] = text
            best = max(best or Fraction(0), mark.marks)
            if mark.verdict in ("correct", "follow-through"):
                break
        if text in ("", "s"):
            say(indent(_solution(part), "    ") if text else f"    skipped; the key is {part.key}")
        if best is not None or text in ("", "s"):  # what was tried counts, also when it was left
            self._marks += best or 0
            self._out_of += part.marks
        return text if text in ("q", "n") else ""

    def summary(self) -> str:
        """One line: the marks of everything asked."""
        if not self._out_of:
            return "Nothing asked, nothing lost."
        return f"{plain(self._marks)} of {self._out_of} marks."


def _solution(part: PaperPart) -> str:
    return to_terminal(part.solution or part.key or "")


def _told(mark: PartMark) -> str:
    lines = []
    if mark.understood:
        lines.append(f"    understood as  {printable(mark.understood)}")
    lines.append(f"    {mark.verdict}  ({plain(mark.marks)} of {mark.out_of})")
    lines += [f"    {printable(line)}" for line in mark.feedback.splitlines()]
    return "\n".join(lines)
