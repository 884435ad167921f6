"""What every family promises, at every level: docs/authoring.md, "Checking"."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from partialcredit import writers
from partialcredit.draw import LEVELS, Level
from partialcredit.errors import Disagreement
from partialcredit.exams.choices import with_options
from partialcredit.grading import Choice
from partialcredit.grading.nested import flatten
from partialcredit.injection import arguments
from partialcredit.marking.marker import mark_problem
from partialcredit.marking.restoring import restored
from partialcredit.numbers.notation import number
from partialcredit.numbers.plausible import plausible
from partialcredit.numbers.rationals import Rational, rational
from partialcredit.numbers.values import from_json, to_json
from partialcredit.paper import Paper, PaperProblem
from partialcredit.printed import printed as as_printed
from partialcredit.problem import Problem, generate
from partialcredit.registry import family_ids, load
from partialcredit.solvers import networks
from tests.problems.instances import FEW, instances
from tests.problems.reach import named, reached

SEEDS = 200
GARBAGE = ("@@@", "import os", "3 +", "\\frac{1}", "((", "</script>")

CASES = [(family_id, level) for family_id in family_ids() for level in LEVELS]
case = pytest.mark.parametrize(("family_id", "level"), CASES, ids=lambda value: str(value))


def problems(family_id: str, level: Level, count: int = FEW) -> list[Problem]:
    return instances(family_id, level).problems(count)


def pairs(family_id: str, level: Level) -> Iterator[tuple[PaperProblem, Problem]]:
    return instances(family_id, level).pairs()


def mark(printed: PaperProblem, problem: Problem, answers: dict[str, str]) -> dict[str, Any]:
    """Marks by part name, for answers by part name."""
    ids = {part.name: part.id for part in printed.parts}
    marks = mark_problem(printed, problem, {ids[name]: text for name, text in answers.items()})
    return dict(zip(ids, marks, strict=True))


@case
def test_witnesses_agree(family_id: str, level: Level) -> None:
    for problem in problems(family_id, level):
        problem.verify()


@pytest.mark.slow
@case
def test_witnesses_agree_on_many_seeds(family_id: str, level: Level) -> None:
    family = load(family_id)
    for seed in range(FEW, SEEDS):
        generate(family, level, seed).verify()


@case
def test_the_same_seed_gives_the_same_problem(family_id: str, level: Level) -> None:
    again = [as_printed(generate(load(family_id), level, seed)) for seed in range(3)]
    assert again == [printed for printed, _ in pairs(family_id, level)][:3]


@pytest.mark.slow
@case
def test_neighbouring_seeds_give_different_problems(family_id: str, level: Level) -> None:
    family = load(family_id)
    different = {repr(generate(family, level, seed).parameters) for seed in range(1000)}
    assert len(different) >= 950


@case
def test_a_key_off_by_five_tolerances_is_caught(family_id: str, level: Level) -> None:
    for problem in problems(family_id, level, 5):
        for part in problem.parts:
            wrong = Problem(problem.family, level, problem.seed, problem.parameters)
            wrong.keys[part.name] = problem.kinds[part.name].nudged(problem.keys[part.name])
            with pytest.raises(Disagreement, match=re.escape(repr(part.name))):
                wrong.verify()


@case
def test_keys_earn_full_marks(family_id: str, level: Level) -> None:
    """As printed in the key, and as typeset in the worked solution."""
    for printed, problem in pairs(family_id, level):
        for write in ("write", "tex"):
            answers = {
                name: getattr(kind, write)(problem.keys[name])
                for name, kind in problem.kinds.items()
                if write == "write" or kind.typeset
            }
            marks = mark(printed, problem, answers)
            for name, marked in ((name, marks[name]) for name in answers):
                assert marked.verdict == "correct", (problem.seed, name, answers[name], marked)


@case
def test_slips_earn_less_and_are_named(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        for part in problem.parts:
            kind = problem.kinds[part.name]
            for slip, value in problem.slips[part.name]:
                marked = mark(printed, problem, {part.name: kind.write(value)})[part.name]
                assert marked.marks < part.marks, (problem.seed, part.name, slip.name)
                assert marked.mistake == slip.name, (problem.seed, part.name, marked)
                assert marked.feedback.endswith(slip.sentence)


@case
def test_wrong_earlier_answers_are_followed_through(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        for earlier in problem.parts:
            for _slip, wrong in problem.slips[earlier.name][:2]:
                _check_followed(printed, problem, earlier.name, wrong)


def _check_followed(printed: PaperProblem, problem: Problem, earlier: str, wrong: Any) -> None:
    kind = problem.kinds[earlier]
    wrong = kind.read(kind.write(wrong)).value  # rounded, as a student would hand it in
    if not plausible(wrong, problem.keys[earlier]):
        return  # out of all proportion: not computed with
    try:
        keys = problem.keys_given({earlier: wrong})
    except (ArithmeticError, ValueError, IndexError):
        return  # the slip leaves nothing to compute with
    for part in problem.parts:
        if earlier not in arguments(part.function):
            continue
        kind, key = problem.kinds[part.name], problem.keys[part.name]
        theirs = keys[part.name]
        stock = all(set(flatten(value)) in ({0}, {1}) for value in (wrong, theirs))
        if stock or not kind.separated(key, theirs, {}):
            continue
        answers = {earlier: problem.kinds[earlier].write(wrong), part.name: kind.write(theirs)}
        marked = mark(printed, problem, answers)[part.name]
        assert marked.verdict == "follow-through", (problem.seed, part.name, answers, marked)


@case
def test_nonsense_is_invalid_not_wrong(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        for garbage in GARBAGE:
            for marked in mark(printed, problem, dict.fromkeys(problem.kinds, garbage)).values():
                assert marked.verdict == "invalid", (garbage, marked)
        break


def numbers_in(value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | Rational):
        yield str(abs(value))
    elif isinstance(value, tuple):
        for item in value:
            yield from numbers_in(item)


@case
def test_every_parameter_stands_in_the_text(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        text = " ".join([printed.statement, *(part.prompt for part in printed.parts)])
        text += " ".join(map(repr, printed.figures))
        for name, value in problem.parameters.items():
            if name in problem.family.hidden:
                continue
            for written in set(numbers_in(value)) - {"0", "1"}:  # which may be left to words
                shown = number(rational(written))
                assert shown in text, (problem.seed, name, shown, text)


@case
def test_solutions_show_the_key(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        for part in printed.parts:
            if part.kind not in ("integer", "real", "shape", "array", "interval"):
                continue
            shown = problem.kinds[part.name].tex(problem.keys[part.name])
            for digits in re.findall(r"\d[\d.]*", shown):  # laid out in whatever way
                assert digits in (part.solution or ""), (problem.seed, part.name, shown)


@case
def test_the_question_does_not_give_its_answer_away(family_id: str, level: Level) -> None:
    """A key of four digits or more stands neither in the statement nor in any prompt."""
    for printed, problem in pairs(family_id, level):
        text = " ".join([printed.statement, *(part.prompt for part in printed.parts)])
        given = set(re.findall(r"\d+(?:\.\d+)?", text))
        for name, kind in problem.kinds.items():
            key = kind.write(problem.keys[name]).lstrip("-")
            if not re.fullmatch(r"[\d.]+", key):
                continue  # not a single number
            long = len(key.replace(".", "").strip("0")) >= 4
            assert not (long and key in given), (problem.seed, name, key)


@case
def test_the_paper_file_round_trips(family_id: str, level: Level) -> None:
    for printed, problem in pairs(family_id, level):
        paper = Paper("A paper", 1, level, (printed,))
        again = Paper.from_json(paper.to_json())
        assert again.to_json() == paper.to_json()
        parameters = from_json(json.loads(json.dumps(to_json(problem.parameters))))
        assert parameters == problem.parameters
        assert restored(again.problems[0]).keys == problem.keys


@case
def test_every_writer_can_print_it(family_id: str, level: Level) -> None:
    """TeX outside the allow-list, or Markdown that formats read differently, is an error here."""
    printed = tuple(as_printed(p, n) for n, p in enumerate(problems(family_id, level, 4), 1))
    paper = Paper("A paper", 1, level, printed)
    for suffix in (".md", ".html"):
        assert writers.render(paper, suffix, view="solutions")


@case
def test_choices_mark_themselves(family_id: str, level: Level) -> None:
    """The multiple-choice form: the key's letter is right, a slip's letter names the slip."""
    for problem in problems(family_id, level, 4):
        printed = with_options(problem, as_printed(problem))
        answers = {part.name: part.key or "" for part in printed.parts}
        for name, marked in mark(printed, problem, answers).items():
            assert marked.verdict == "correct", (name, marked)
        for part in printed.parts:
            if part.kind != "choice" or isinstance(problem.kinds[part.name], Choice):
                continue
            assert len(set(part.options)) == len(part.options)
            wrong = next(letter for letter in "ABC" if letter != part.key)
            marked = mark(printed, problem, {part.name: wrong})[part.name]
            assert marked.mistake
            assert marked.verdict in ("incorrect", "partial")


#: What only names the layers of a network, as its table in a paper does, and computes nothing.
DESCRIPTIONS = (networks.conv, networks.pool, networks.dense)


@pytest.mark.parametrize("family_id", family_ids())
def test_witnesses_know_no_solver(family_id: str) -> None:
    """The second computation stands on the engine alone."""
    parts = load(family_id).parts
    for part in parts.values():
        assert part.testimony is not None, f"{part.name} has no witness"
        for value in (value for f in reached([part.testimony]) for value in named(f)):
            home = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", "")
            solver = str(home).startswith("partialcredit.solvers") and value not in DESCRIPTIONS
            assert not solver, (part.name, value)
        given = set(arguments(part.testimony)) & set(parts)
        assert not given, f"the witness of {part.name} takes {given}"
