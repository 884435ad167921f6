"""The same slips twice: with numbers, and in the question that asks for the formula."""

from collections.abc import Callable
from typing import Any

from partialcredit.family import Slip, rows
from partialcredit.solvers import letters

__all__ = ["in_letters"]


def in_letters(*slips: tuple[Any, ...], **known: Any) -> tuple[Slip, ...]:
    """The slips of a part, as :func:`rows` takes them, whose functions get symbols.

    An argument is the symbol of its name, or what ``known`` says instead.
    """
    return rows(*((name, sentence, _formula(wrong, known)) for name, sentence, wrong in slips))


def _formula(function: Callable[..., Any], known: dict[str, Any]) -> Callable[[], Any]:
    return lambda: letters.formula(function, **known)
