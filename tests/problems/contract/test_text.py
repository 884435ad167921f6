"""The text says all that a student needs, and the solution what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from partialcredit import writers
from partialcredit.numbers.notation import number
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.paper import Head, Paper, PaperProblem
from partialcredit.printed import printed as as_printed
from tests.problems.instances import Instances


def test_every_parameter_stands_in_the_text(instances: Instances) -> None:
    for printed, problem in instances:
        text = asked(printed) + " ".join(map(repr, printed.figures))
        for name, value in problem.parameters.items():
            if name in problem.family.hidden:
                continue
            for written in set(numbers_in(value)) - {"0", "1"}:  # which may be left to words
                shown = number(rational(written))
                assert shown in text, (problem.seed, name, shown, text)


def asked(printed: PaperProblem) -> str:
    return " ".join([printed.statement, *(part.prompt for part in printed.parts)])


def numbers_in(value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | Rational):
        yield str(abs(value))
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers_in(item)


def test_solutions_show_the_key(instances: Instances) -> None:
    for printed, problem in instances:
        for part in printed.parts:
            if part.kind not in ("integer", "real", "shape", "array", "interval"):
                continue
            shown = problem.kinds[part.name].tex(problem.keys[part.name])
            for digits in re.findall(r"\d[\d.]*", shown):  # laid out in whatever way
                assert digits in (part.solution or ""), (problem.seed, part.name, shown)


def test_the_question_does_not_give_its_answer_away(instances: Instances) -> None:
    """A key of four digits or more stands neither in the statement nor in any prompt."""
    for printed, problem in instances:
        given = set(re.findall(r"\d+(?:\.\d+)?", asked(printed)))
        for name, kind in problem.kinds.items():
            key = kind.write(problem.keys[name]).lstrip("-")
            if not re.fullmatch(r"[\d.]+", key):
                continue  # not a single number
            long = len(key.replace(".", "").strip("0")) >= 4
            assert not (long and key in given), (problem.seed, name, key)


def test_every_writer_can_print_it(instances: Instances) -> None:
    """TeX outside the allow-list, or Markdown that formats read differently, is an error here."""
    problems = tuple(as_printed(p, n) for n, p in enumerate(instances.problems[:4], 1))
    paper = Paper(Head("A paper"), problems, seed=1, level=instances.level)
    for suffix in (".md", ".html"):
        assert writers.render(paper, suffix, view="solutions")
