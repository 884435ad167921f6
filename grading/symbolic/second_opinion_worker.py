"""The worker of ``grading.symbolic.second_opinion``: answers ``equal`` or ``unknown``."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from typing import Any

from partialcredit.grading.symbolic.second_opinion import unpack
from partialcredit.grading.symbolic.to_sympy import to_sympy
from partialcredit.grading.tree import Node

__all__ = ["main", "reduces_to_zero"]

_MEMORY = 2 << 30
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


def main() -> None:
    """Answer one question a line until the input ends."""
    seconds = float(sys.argv[1])
    import sympy

    sympy.simplify(sympy.Symbol("x") - 1)  # pay for SymPy's caches before the first question
    _limit_memory()
    print("ready", flush=True)
    signal.signal(signal.SIGPROF, _give_up)
    for line in sys.stdin:
        _limit_time(seconds)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        key, answer, domains = json.loads(line)
        equal = _equal(unpack(key), unpack(answer), domains)
        signal.setitimer(signal.ITIMER_PROF, 0)
        print("equal" if equal else "unknown", flush=True)


def _give_up(*_: object) -> None:
    raise TimeoutError


def _equal(key: Node, answer: Node, domains: dict[str, str]) -> bool:
    try:
        difference = to_sympy(key, domains) - to_sympy(answer, domains)
        return reduces_to_zero(_positive(difference, domains))
    except _SYMPY_FAULTS:
        return False


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
        lambda e: sympy.simplify(e.doit()),
    )
    return any(step(difference) == 0 for step in steps)


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


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not a Unix system: the parent's time limit remains
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _limit_time(seconds: float) -> None:
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 2, hard))


if __name__ == "__main__":
    main()
