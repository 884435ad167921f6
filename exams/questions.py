"""From the questions of a recipe to the problems of a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256

from partialcredit.draw import Draw
from partialcredit.errors import InputError
from partialcredit.exams.question import Question
from partialcredit.exams.recipe import Recipe
from partialcredit.exams.scaled_marks import scaled
from partialcredit.family import Part
from partialcredit.fixed import generate_with
from partialcredit.notation import in_notation
from partialcredit.own import own_question
from partialcredit.paper import OWN, Paper, PaperPart, PaperProblem
from partialcredit.printed import printed
from partialcredit.registry import load, select

__all__ = ["chosen", "paper_of", "question_seed", "resolve", "written"]


def resolve(recipe: Recipe, seed: int) -> tuple[Question, ...]:
    """The questions that all papers share, with the families of every topic chosen.

    Each has an identity, which does not change with the questions around it.
    """
    asked = {name for question in recipe.questions for name in question.families}
    resolved: list[Question] = []
    for question in recipe.questions:
        question = replace(question, digits=recipe.head.digits, notation=recipe.head.notation)
        resolved += _of_topic(question, seed, asked) if question.topic else [question]
    return tuple(_identified(resolved))


def _of_topic(question: Question, seed: int, asked: set[str]) -> Iterator[Question]:
    """A question for each family chosen; those that are asked elsewhere come last."""
    ids = select([question.topic])
    order = Draw(f"topic:{question.topic}", question.level, seed).shuffle(ids)
    families = sorted(order, key=lambda name: name in asked)[: question.count]
    asked |= set(families)
    for place, family in enumerate(families):
        first = place == 0
        yield replace(
            question, families=(family,), topic="", count=1,
            section=question.section if first else None, new_page=question.new_page and first,
        )  # fmt: skip


def _identified(questions: Iterable[Question]) -> Iterator[Question]:
    seen: Counter[str] = Counter()
    for question in questions:
        name = (
            OWN if question.own is not None else f"{'|'.join(question.families)} {question.level}"
        )
        seen[name] += 1
        yield replace(question, identity=f"{name} {seen[name]}")


def question_seed(seed: int, identity: str) -> int:
    """128 bits for one question of a paper; nearby seeds give unrelated ones."""
    return int.from_bytes(sha256(f"{seed}/{identity}".encode()).digest()[:16], "big")


def chosen(question: Question, seed: int) -> Question:
    """The question with one family, where it names several to pick from.

    Whichever it is, it has the marks of the one that has most, so that all papers have as many.
    """
    if len(question.families) < 2:
        return question
    seed = seed if question.seed is None else question.seed
    family = Draw("pick", question.level, seed).choice(question.families)
    most = max(_marks(load(each).parts_at(question.level)) for each in question.families)
    return replace(question, families=(family,), marks=question.marks or most)


def _marks(parts: Iterable[Part | PaperPart]) -> int:
    return sum(part.marks for part in parts)


def written(question: Question, number: int, seed: int) -> PaperProblem:
    """Generate, verify and print one resolved question; its own seed comes before ``seed``.

    Raises InputError, with the question's line, where its parameters or parts fit nothing.
    """
    seed = seed if question.seed is None else question.seed
    question = chosen(question, seed)
    try:
        problem = _printed(question, number, seed)
    except InputError as error:
        raise InputError(f"{question.line}: {error}") from None
    if question.own is None and question.marks is not None:
        problem = _with_marks(problem, question.marks)
    return replace(
        problem, title=question.title or problem.title, section=question.section,
        new_page=question.new_page, space=question.space,
    )  # fmt: skip


def _printed(question: Question, number: int, seed: int) -> PaperProblem:
    if question.own is not None:
        return own_question(question.own, number)
    family = load(question.families[0])
    problem = generate_with(family, question.level, seed, question.parameters, question.digits)
    if question.parts:
        problem.ask(question.parts)
    return in_notation(printed(problem, number), question.notation)


def _with_marks(problem: PaperProblem, total: int) -> PaperProblem:
    marks = scaled([part.marks for part in problem.parts], total)
    pairs = zip(problem.parts, marks, strict=True)
    return replace(problem, parts=tuple(replace(part, marks=each) for part, each in pairs))


def paper_of(recipe: Recipe, seed: int) -> Paper:
    """One paper."""
    problems = (
        written(question, number, question_seed(seed, question.identity))
        for number, question in enumerate(resolve(recipe, seed), 1)
    )
    return Paper(recipe.head, tuple(problems), seed=seed)
