"""Compare two texts: what the command ``compare`` does, and what ``check`` shows.

A kind is made for the text of the key; from there on a question of a paper and a pair of texts go
the same way, so that one answer has one verdict in both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from partialcredit.errors import InputError, UnreadableAnswer
from partialcredit.grading.declared import Declared
from partialcredit.grading.exact_value import NotANumber
from partialcredit.grading.kind import Kind, Verdict
from partialcredit.grading.kinds import typed_kinds

__all__ = ["compare", "question", "understand"]


def compare(
    key: str,
    answer: str,
    kind: str = "expression",
    symbols: Mapping[str, str] | None = None,
    functions: Sequence[str] = (),
    tolerance: Mapping[str, Any] | None = None,
    complex: bool = False,
) -> Verdict:
    r"""Whether an answer means the same as a key; an unreadable answer gives ``invalid``.

    SymPy, in a process of its own, is asked to prove what only points have shown; the evidence is
    then ``proved``.

    Raises :class:`~partialcredit.errors.UnreadableAnswer` when the *key* cannot be read and
    :class:`~partialcredit.errors.InputError` for an unknown kind or tolerance.

    >>> compare("1/3", "\\frac13", kind="number").evidence
    'exact'
    """
    asked, value = question(key, kind, Declared.of(symbols, functions, tolerance, complex))
    try:
        given = asked.read(answer)
    except UnreadableAnswer as error:
        return Verdict("invalid", "", str(error))
    verdict = asked.proved(value, given, asked.compare(value, given))
    if verdict.outcome == "different" and not verdict.message:
        message = asked.slip(value, given) or asked.remark(value, given)
        return Verdict("different", verdict.evidence, message, verdict.share)
    return verdict


def understand(
    text: str,
    kind: str = "expression",
    symbols: Mapping[str, str] | None = None,
    functions: Sequence[str] = (),
) -> str:
    """How an answer is read; raises ``UnreadableAnswer`` when it cannot be.

    There is no key beside it, so every name in it counts as one of the question's.
    """
    declared = Declared.of(symbols, functions, None, False)
    return _kind(text, kind, declared).read(text).understood


@lru_cache(maxsize=1024)
def question(key: str, kind: str, declared: Declared) -> tuple[Kind, Any]:
    """The kind that a key's text asks for, and the key; a class answers one key many times."""
    asked = _kind(key, kind, declared)
    return asked, asked.key(key)


def _kind(key: str, kind: str, declared: Declared) -> Kind:
    known = typed_kinds()
    if kind not in known:
        raise InputError(f"the kind is one of {', '.join(known)}, not {kind!r}")
    try:
        return known[kind].made(key, declared)
    except NotANumber as error:
        raise UnreadableAnswer(key, 0, str(error)) from None
