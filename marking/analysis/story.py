"""What a report says of a class, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from partialcredit.marking.analysis.figures import facility_plot, histogram_plot
from partialcredit.marking.analysis.tables import (
    Block,
    Column,
    Drawing,
    Heading,
    Say,
    Table,
    shown,
)
from partialcredit.marking.marks import Result
from partialcredit.marking.statistics.items import FEWEST, Item, alpha, item_analysis
from partialcredit.marking.statistics.scores import Scores, by_part, by_question
from partialcredit.marking.statistics.slips import count_slips, open_parts
from partialcredit.marking.statistics.spread import histogram, spread
from partialcredit.marking.statistics.versions import LEVEL, compare_versions
from partialcredit.paper import Paper
from partialcredit.writers.views import one_line, plural

__all__ = ["story"]

#: The discrimination below which a rule of thumb calls an item poor.
POOR = 0.2

_ITEM = (
    Column("marks", "number"), Column("mean", "index"), Column("facility", "share"),
    Column("discrimination", "index"), Column("upper − lower", "index"),
    Column("full marks", "share"), Column("blank", "share"),
)  # fmt: skip

_HOW = (
    "Facility is the share of the marks that was earned. Discrimination is the correlation with "
    "the rest of the paper; upper − lower is the facility in the best 27 % of the papers less that "
    "in the weakest 27 %. What was left blank counts as zero, and an answer that waits for a "
    "person as the marks that it has now."
)


def story(results: Sequence[Result], papers: Mapping[str, Paper]) -> tuple[Block, ...]:
    """The blocks of a report on ``results``; ``papers`` are the papers by id."""
    questions, parts = by_question(results), by_part(results)
    return (
        *_marks(results, questions, _dropped(parts, papers)),
        *_questions(questions, papers),
        *_parts(parts),
        *_slips(results),
        *_open(results),
        *_versions(results, questions, papers),
    )


def _dropped(parts: Scores, papers: Mapping[str, Paper]) -> list[str]:
    asked = (p.id for paper in papers.values() for q in paper.problems for p in q.parts)
    return [name for name in dict.fromkeys(asked) if name not in parts.names]


def _marks(results: Sequence[Result], scores: Scores, dropped: Sequence[str]) -> Iterator[Block]:
    most = sorted({result.out_of for result in results})
    out_of = f"{most[0]} to {most[-1]} marks" if len(most) > 1 else plural(most[0], "mark")
    yield Heading("Marks")
    yield Say(f"{plural(len(results), 'paper')}, {out_of}.")
    if dropped:
        yield Say(f"Nobody has marks for {', '.join(dropped)}: dropped, and not counted here.")
    found = spread(scores)
    columns = (
        Column("mean", "index"), Column("standard deviation", "index"), Column("lowest", "number"),
        Column("lower quartile", "number"), Column("median", "number"),
        Column("upper quartile", "number"), Column("highest", "number"),
    )  # fmt: skip
    row = (
        found.mean, found.deviation, found.lowest, found.lower, found.median, found.upper,
        found.highest,
    )  # fmt: skip
    yield Table(columns, (row,))
    yield Drawing(histogram_plot(histogram(scores)))


def _questions(scores: Scores, papers: Mapping[str, Paper]) -> Iterator[Block]:
    items = item_analysis(scores)
    yield Heading("Questions")
    titles = _titles(papers)
    columns = (Column("question"), Column("title", "prose"), *_ITEM)
    rows = tuple((item.name, titles.get(item.name, ""), *_cells(item)) for item in items)
    yield Table(columns, rows)
    yield Say(_HOW)
    if len(scores.marks) < FEWEST:
        yield Say(
            f"{plural(len(scores.marks), 'paper')} cannot show how questions hang together; "
            f"{FEWEST} are the fewest."
        )
        return
    if plot := facility_plot(items):
        yield Drawing(plot)
    poor = [i.name for i in items if i.discrimination is not None and i.discrimination < POOR]
    if poor:
        yield Say(
            f"Better papers did hardly better, or worse, in {', '.join(poor)} (a discrimination "
            f"below {POOR}): look at the wording and the key."
        )
    reliability = alpha(scores)
    if reliability is None:
        yield Say("Cronbach's alpha needs two questions, and papers that differ.")
    else:
        yield Say(
            f"Cronbach's alpha over the {len(items)} questions is {shown(reliability, 'index')}. "
            "Parts of one question depend on each other, so they count as one."
        )


def _titles(papers: Mapping[str, Paper]) -> dict[str, str]:
    """The titles of every question; where it was picked among several, all of them."""
    found: dict[str, dict[str, None]] = {}
    for paper in papers.values():
        for problem in paper.problems:
            found.setdefault(str(problem.number), {})[one_line(problem.title)] = None
    return {number: " or ".join(titles) for number, titles in found.items()}


def _parts(scores: Scores) -> Iterator[Block]:
    yield Heading("Parts")
    items = item_analysis(scores)
    yield Table((Column("part"), *_ITEM), tuple((item.name, *_cells(item)) for item in items))


def _cells(item: Item) -> tuple[float | None, ...]:
    return (
        item.out_of, item.mean, item.facility, item.discrimination, item.upper_lower, item.full,
        item.blank,
    )  # fmt: skip


def _slips(results: Sequence[Result]) -> Iterator[Block]:
    yield Heading("Slips")
    slips = count_slips(results)
    if not slips:
        yield Say("No slip was named.")
        return
    columns = (
        Column("papers"),
        Column("part"),
        Column("slip"),
        Column("what was said of it", "prose"),
    )
    rows = [(f"{s.count} of {s.students}", s.part, s.name, s.told) for s in slips]
    yield Table(columns, tuple(rows))


def _open(results: Sequence[Result]) -> Iterator[Block]:
    yield Heading("For a person")
    rows = open_parts(results)
    if not rows:
        yield Say("No answer waits for a person.")
        return
    columns = (
        Column("part"), Column("cannot be read", "number"), Column("undecided", "number"),
        Column("decided by a person", "number"),
    )  # fmt: skip
    yield Table(columns, tuple((r.part, r.invalid, r.undecided, r.decided) for r in rows))


def _versions(
    results: Sequence[Result], scores: Scores, papers: Mapping[str, Paper]
) -> Iterator[Block]:
    compared = compare_versions(results, scores, papers)
    if not compared:
        return
    yield Heading("Versions")
    differing = [test.what for test in compared if test.differs]
    yield Say(
        f"Not equally hard: {', '.join(differing)}."
        if differing
        else "No difference between the versions is larger than chance makes it."
    )
    yield Say(
        "Permutation tests of the mean share of the marks; p is corrected for "
        f"{plural(len(compared), 'test')} by Holm's method, and below {LEVEL} counts as a "
        "difference. They hold where the versions were handed out by chance."
    )
    columns = (Column("compared"), Column("version"), Column("papers", "number"),
               Column("mean", "share"), Column("p", "index"))  # fmt: skip
    rows = [
        (test.what, label, students, mean, test.p)
        for test in compared
        for label, students, mean in test.groups
    ]
    yield Table(columns, tuple(rows))
