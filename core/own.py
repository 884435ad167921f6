"""A question that a recipe brings along: its keys are typed, so no witness testifies to them.

It is data. The printed problem holds its texts, marks, kinds, options and keys; how else its parts
are marked stands in the problem's parameters, and so a paper file alone can be marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cached_property
from typing import Any

from partialcredit.draw import LEVELS
from partialcredit.effort import minutes
from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.family import Family, Part, Slip
from partialcredit.grading import Choice, Integer, Text, TrueFalse
from partialcredit.grading.declared import Declared
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Answer, Kind
from partialcredit.grading.kinds import typed_kinds
from partialcredit.grading.reader.declarations import check_symbols
from partialcredit.paper import OWN, PaperPart, PaperProblem
from partialcredit.problem import Problem
from partialcredit.wording import in_form

__all__ = ["OwnProblem", "Unfit", "own_question", "restored_own"]

#: What stands for the key where a person reads the answer.
BY_PERSON = "read by a person"

#: Statements of one true-or-false part, and significant digits of a number.
MOST_STATEMENTS, MOST_DIGITS = 26, 15


class Unfit(InputError):
    """What is wrong in a part, by its place among the parts and the field."""

    def __init__(self, place: int, field: str, sentence: str) -> None:
        self.place, self.field = place, field
        super().__init__(sentence)


class OwnProblem(Problem):
    """A problem of typed keys: no part follows from another."""

    def __init__(self, parts: Iterable[Part]) -> None:
        family = Family()
        family.id = OWN
        family.parts = {part.name: part for part in parts}
        super().__init__(family, "medium", 0, {})

    def verify(self) -> float:
        """Whoever typed the keys answers for them."""
        return 0.0

    @cached_property
    def slips(self) -> dict[str, list[tuple[Slip, Any]]]:
        """All of them: they were told from the key and from each other when they were read."""
        return {p.name: [(slip, slip.function()) for slip in p.slips] for p in self.parts}

    @cached_property
    def carried(self) -> dict[str, list[tuple[Slip, Any]]]:
        """Nothing is carried on."""
        return {part.name: [] for part in self.parts}


def own_question(data: Mapping[str, Any], number: int = 1) -> PaperProblem:
    """A question as it stands in a paper.

    ``data`` are texts ``title`` and ``text``, and ``parts``: mappings of ``prompt``, ``kind``,
    ``key``, ``marks``, ``solution``, ``options``, ``digits``, ``symbols`` and ``slips``, which are
    pairs of a wrong answer and what is said about it. Raises :class:`Unfit`.
    """
    parts = [_printed(place, part, number) for place, part in enumerate(data["parts"])]
    marked_by = [
        {name: part[name] for name in ("digits", "symbols", "slips") if part.get(name)}
        for part in data["parts"]
    ]
    return PaperProblem(
        number, data["title"], data["text"], tuple(parts), family=OWN,
        parameters={"parts": marked_by}, minutes=round(minutes(data["text"], parts), 2),
    )  # fmt: skip


def _printed(place: int, data: Mapping[str, Any], number: int) -> PaperPart:
    letter = chr(ord("a") + place)
    part = PaperPart(
        f"{number}{letter}", letter, data["kind"], data["marks"], data["prompt"],
        data.get("key", BY_PERSON), data.get("solution"), tuple(data.get("options", ())),
    )  # fmt: skip
    made = _part(place, part, data)
    kind, key = made.kind_for({}), made.function()
    return replace(
        part,
        prompt=in_form(part.prompt, kind.instruction()),
        key=_with_rounding(kind, key, str(part.key)),
        count=getattr(kind, "statements", 1),
    )


def _with_rounding(kind: Kind, key: Any, typed: str) -> str:
    """The key as typed and, where that is another text, as the question asks for it.

    It is read back when the paper is marked, so it stays as typed where the two cannot be joined.
    """
    if not kind.typed:
        return kind.write(key)
    rounded = kind.write(key) if getattr(kind, "digits", None) else typed
    both = f"{typed} = {rounded}"
    with suppress(UnreadableAnswer):
        if rounded != typed and kind.key(both) == key:
            return both
    return typed


def restored_own(printed: PaperProblem) -> OwnProblem:
    """The problem behind a printed question of a recipe; raises :class:`Unfit`."""
    marked_by = printed.parameters.get("parts")
    if not isinstance(marked_by, list) or len(marked_by) != len(printed.parts):
        raise Unfit(0, "parameters", "its parameters do not fit its parts")
    for place, fields in enumerate(marked_by):
        if not _well_formed(fields):
            raise Unfit(place, "parameters", "its digits, symbols or slips are none")
    pairs = zip(printed.parts, marked_by, strict=True)
    return OwnProblem(_part(place, *pair) for place, pair in enumerate(pairs))


def _well_formed(fields: Any) -> bool:
    """Whether what a file says beside a key has the form that a recipe gives it."""
    if not isinstance(fields, dict):
        return False
    digits, slips = fields.get("digits", 1), fields.get("slips", [])
    return (
        type(digits) is int
        and 1 <= digits <= MOST_DIGITS
        and isinstance(fields.get("symbols", {}), dict)
        and isinstance(slips, list)
        and all(isinstance(slip, list) and [*map(type, slip)] == [str, str] for slip in slips)
    )


def _part(place: int, printed: PaperPart, marked_by: Mapping[str, Any]) -> Part:
    """A part by which answers are marked."""
    text = printed.key or ""
    with _unfit(place, "key", f"the key {text!r:.80} cannot be read"):
        kind = _kind(place, printed, text, marked_by)
        key = kind.key(text)
        right = kind.read(text)
    if printed.kind == "integer" and not isinstance(key, int):
        raise Unfit(place, "key", f"the key {text!r:.80} is no whole number")
    if not kind.by_person and kind.compare(key, right).outcome != "equivalent":
        raise Unfit(place, "key", f"the key {text!r:.80} is no {printed.kind} that can be marked")
    slips = tuple(_slips(place, kind, right, marked_by.get("slips", ())))
    return Part(printed.name, kind, printed.marks, LEVELS, _giving(key), slips)


def _giving(value: Any) -> Callable[[], Any]:
    return lambda: value


def _kind(place: int, printed: PaperPart, key: str, marked_by: Mapping[str, Any]) -> Kind:
    """The kind that the key asks for, with what is said beside it."""
    kind = _made(place, printed, key, marked_by.get("symbols", {}))
    for field in ("digits", "symbols"):
        if field in marked_by and not hasattr(kind, field):
            raise Unfit(place, field, f"an answer of kind {printed.kind} takes no {field}")
    if printed.options and not hasattr(kind, "options"):
        raise Unfit(place, "options", f"an answer of kind {printed.kind} takes no options")
    if "digits" in marked_by:
        kind = replace(kind, digits=marked_by["digits"])  # type: ignore[type-var]
    return kind


def _made(place: int, printed: PaperPart, key: str, symbols: Mapping[str, str]) -> Kind:
    """The kind as ``compare`` makes it of a key, or one of those that it does not know."""
    match printed.kind:
        case "integer":
            return Integer()
        case "text":
            return Text()
        case "choice":
            if len(printed.options) < 2:
                raise Unfit(place, "options", "a choice needs two options or more")
            return Choice(printed.options)
        case "truefalse":
            return _statements(key)
    for made in typed_kinds().values():
        if made.called(printed.kind):
            kind = made.made(key, Declared.of(check_symbols(symbols), (), None, False))
            if not kind.called(printed.kind):
                raise Unfit(place, "key", f"the key {key!r:.80} is no number")
            return kind
    raise Unfit(place, "kind", f"no key is typed for the kind {printed.kind!r:.40}")


def _statements(key: str) -> Kind:
    """True or false for as many statements as the key judges."""
    for count in range(1, MOST_STATEMENTS):
        try:
            TrueFalse(count).read(key)
        except UnreadableAnswer:
            continue
        return TrueFalse(count)
    return TrueFalse(MOST_STATEMENTS)


def _slips(
    place: int, kind: Kind, right: Answer, slips: Sequence[tuple[str, str]]
) -> Iterator[Slip]:
    """The slips, each of which is read and differs from the key and from those before it."""
    known: list[tuple[str, Any]] = []
    for text, sentence in slips:
        if kind.by_person:
            raise Unfit(place, "slips", "a person reads the answers, so there are no slips to know")
        with _unfit(place, "slips", f"the slip {text!r:.80} cannot be read"):
            wrong, value = kind.read(text), kind.key(text)
        for other, key in [("the key", kind.key(right.text)), *known]:
            if kind.compare(key, wrong).outcome == "equivalent":
                raise Unfit(place, "slips", f"the slip {text!r:.80} is the same answer as {other}")
        known.append((f"the slip {text!r:.80}", value))
        yield Slip(sentence.rstrip("."), sentence, _giving(value))


@contextmanager
def _unfit(place: int, field: str, what: str) -> Iterator[None]:
    """Whatever a typed text cannot be, as one sentence about the part."""
    try:
        yield
    except Unfit:
        raise
    except (UnreadableAnswer, NotANumber, InputError, ValueError, ArithmeticError) as error:
        raise Unfit(place, field, f"{what}: {error}") from None
