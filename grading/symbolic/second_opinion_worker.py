"""The worker of ``grading.symbolic.second_opinion``: whether a difference reduces to zero."""

from __future__ import annotations

import ctypes
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from partialcredit.grading.symbolic.matrix_words import NotWords, words
from partialcredit.grading.symbolic.second_opinion import unpack
from partialcredit.grading.symbolic.to_sympy import to_sympy
from partialcredit.grading.tree import Node
from partialcredit.workers.inside import Answer, Step

__all__ = ["prover", "reduces_to_zero"]

#: What SymPy raises on expressions it has no rule for.
_SYMPY_FAULTS = (
    ArithmeticError,
    AttributeError,
    NotImplementedError,
    RecursionError,
    TimeoutError,
    TypeError,
    ValueError,
)


def prover() -> Answer:
    """Answer questions ``(trees and domains as JSON, seconds, grace)`` with true or nothing."""
    import sympy

    sympy.simplify(sympy.Symbol("x") - 1)  # pay for SymPy's caches before the first question

    def answer(request: tuple[str, float, float], step: Step) -> Iterator[bool]:
        question, seconds, grace = request
        step("proof", seconds + grace)
        key, answer, domains = json.loads(question)
        try:
            with _giving_up(seconds):
                equal = _equal(unpack(key), unpack(answer), domains)
        except TimeoutError:
            equal = False
        yield equal

    return answer


@contextmanager
def _giving_up(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in here after so many CPU seconds, wherever Python can be interrupted.

    It spares the process, whose next start would cost more than most proofs.
    """
    me, end = threading.get_ident(), time.process_time() + seconds
    lock, over = threading.Lock(), threading.Event()

    def watch() -> None:
        while not over.wait(max(end - time.process_time(), 1e-3)):
            with lock:
                if time.process_time() >= end and not over.is_set():
                    error = ctypes.py_object(TimeoutError)
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), error)
                    return

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over.set()
        for _ in range(100):  # an error on its way arrives here, not in the caller
            pass


def _equal(key: Node, answer: Node, domains: dict[str, str]) -> bool:
    def scalar(node: Node) -> Any:
        return to_sympy(node, domains)

    try:
        if any(domain.startswith(("vector", "matrix")) for domain in domains.values()):
            sides = [words(node, domains, scalar) for node in (key, answer)]
            return bool(_expanded(sides[0] - sides[1]) == 0)
        difference = scalar(key) - scalar(answer)
        return reduces_to_zero(_positive(difference, domains))
    except (*_SYMPY_FAULTS, NotWords):
        return False


def _expanded(e: Any) -> Any:
    import sympy

    return sympy.expand(e)


def _positive(difference: Any, domains: dict[str, str]) -> Any:
    """A number between 0 and 1 is 1/(1 + u) with u positive, so that ln(1 - p) can be split."""
    import sympy

    for symbol in difference.free_symbols:
        if domains.get(symbol.name) == "unit":
            u = sympy.Symbol(f"{symbol.name}_u", positive=True)
            difference = difference.subs(symbol, 1 / (1 + u))
    return difference


def reduces_to_zero(difference: Any) -> bool:
    """Whether one of SymPy's reductions gives zero, cheapest first."""
    import sympy

    steps: tuple[Callable[[Any], Any], ...] = (
        sympy.expand,
        lambda e: sympy.cancel(
            sympy.expand_log(sympy.factor(sympy.together(e.rewrite(sympy.exp))))
        ),
        lambda e: sympy.expand_log(e.replace(sympy.log, _log_of_factors)).expand(),
        _piece_by_piece,
        lambda e: sympy.simplify(_generic(e.doit())),
    )
    return any(step(difference) == 0 for step in steps)


def _generic(e: Any) -> Any:
    """A closed form where no case of single numbers applies, such as a sum of powers of 1.

    What is true but there is what the points have shown: they never lie there.
    """
    import sympy

    def usual(*cases: Any) -> Any:
        others = [case for case in cases if not isinstance(case[1], sympy.Eq)]
        return others[0][0] if len(others) == 1 and others[0][1] == True else None  # noqa: E712

    for piece in e.atoms(sympy.Piecewise):
        found = usual(*piece.args)
        if found is not None:
            e = e.xreplace({piece: found})
    return e


def _log_of_factors(x: Any) -> Any:
    """The logarithm of a product as a sum where the factors are positive."""
    import sympy

    return sympy.expand_log(sympy.log(sympy.factor(sympy.together(x))))


def _piece_by_piece(e: Any) -> Any:
    """max, |x| and indicators as cases."""
    import sympy

    if not e.has(sympy.Max, sympy.Min, sympy.Abs, sympy.Piecewise):
        return e
    return sympy.simplify(sympy.piecewise_fold(e.rewrite(sympy.Piecewise)))
