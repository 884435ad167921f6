"""From sheets to one set of answers per student, and notices of what was not used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from partialcredit.errors import InputError
from partialcredit.marking.hand_ins.labels import Labels, is_paper
from partialcredit.marking.hand_ins.sheets import Sheet, clean
from partialcredit.marking.hand_ins.whose import Foreign, Papers
from partialcredit.paper import Paper
from partialcredit.tables.students import names_student

__all__ = ["Answers", "HandIns", "Stray", "collect"]

#: Student (empty for a single hand-in) to part id to text.
Answers = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Stray:
    """An answer under a label that no part of the paper has."""

    student: str
    label: str
    text: str


@dataclass(slots=True)
class HandIns:
    """A class's answers, and everyone's paper.

    ``notices`` are sentences about what was not used, or used in doubt.
    """

    answers: Answers = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    strays: list[Stray] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def collect(sheets: Sequence[Sheet], notices: list[str], papers: Papers, *, where: str) -> HandIns:
    """One set of answers per student; a later sheet of a student replaces an earlier one.

    Raises InputError when nothing in any sheet answers one of the papers.
    """
    known = {paper.id: _labels(paper) for paper in papers.papers}
    found, ignored = HandIns(notices=notices), dict[str, None]()
    foreign: list[str] = []
    for sheet in sheets:
        try:
            student, paper, notice = papers.paper_of(sheet)
        except Foreign as error:
            foreign.append(str(error))
            continue
        found.notices += [notice] if notice else []
        _add(found, sheet, student, paper, known[paper.id], ignored)
    found.notices += foreign
    if ignored:
        names = ", ".join(repr(name[:40]) for name in list(ignored)[:12])
        more = ", ..." if len(ignored) > 12 else ""
        found.notices.append(f"these fields are no part of the paper, and ignored: {names}{more}")
    _refuse_nothing(found, known[papers.papers[0].id], foreign, where)
    for stray in found.strays[:20]:
        whose = f" of {stray.student}" if stray.student else ""
        found.notices.append(
            f"the answer{whose} to {stray.label!r} is not marked: the paper has no such part; "
            f"its parts are {known[found.papers[stray.student].id]}"
        )
    if len(found.strays) > 20:
        found.notices.append(f"and {len(found.strays) - 20} more answers to parts it has not")
    return found


def _refuse_nothing(found: HandIns, labels: Labels, foreign: Sequence[str], where: str) -> None:
    """When nobody can be marked, say why, instead of marking an empty class."""
    if not found.answers:
        why = foreign or [f"{where} has no student's answers", *found.notices]
        raise InputError("; ".join(why[:3]))
    if not any(found.answers.values()):
        asked = (
            ", ".join(dict.fromkeys(stray.label[:40] for stray in found.strays[:5])) or "nothing"
        )
        raise InputError(
            f"{where} answers {asked}, which the paper does not ask; its parts are {labels}"
        )


def _labels(paper: Paper) -> Labels:
    return Labels(part.id for problem in paper.problems for part in problem.parts)


def _add(
    found: HandIns, sheet: Sheet, student: str, paper: Paper, labels: Labels,
    ignored: dict[str, None],
) -> None:  # fmt: skip
    answers: dict[str, str] = {}
    for name, text in sheet.fields.items():
        label = labels.read(name)
        if label is None:
            if names_student(name) is None and not is_paper(name):
                ignored[clean(name)] = None
        elif label not in labels:
            if text.strip():
                found.strays.append(Stray(student, clean(label), clean(text)))
        elif answers.get(label, "").strip() and text.strip():
            found.notices.append(f"{sheet.place} answers {label} twice; the last answer counts")
            answers[label] = clean(text)
        elif text.strip() or label not in answers:
            answers[label] = clean(text)
    found.notices += [
        f"{sheet.place} answers {n} twice; the last one counts" for n in sheet.doubled
    ]
    if student in found.answers:
        who = student or "one student"
        found.notices.append(f"{who} handed in twice; {sheet.place} counts, as the later one")
        del found.answers[student]
    found.answers[student], found.papers[student] = answers, paper
