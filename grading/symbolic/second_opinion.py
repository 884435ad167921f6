"""SymPy as a second opinion, in a process of its own that can be killed.

The worker starts on first use and answers one question at a time. It gives a proof up by itself
when the time is over; where it is too busy to notice, or takes too much memory, it is replaced.
"""

from __future__ import annotations

import json
from typing import Any

from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, with_plain_indices
from partialcredit.workers import Worker

__all__ = ["SecondOpinion", "pack", "proves_equal", "unpack"]

#: Processor seconds after which the worker gives a proof up by itself.
SECONDS = 0.4
#: Seconds it may be late, busy where it cannot be interrupted, before it is killed.
_GRACE_SECONDS = 0.6

_WORKER = "partialcredit.grading.symbolic.second_opinion_worker:prover"


class SecondOpinion:
    """A worker process and the questions it has answered."""

    def __init__(self, seconds: float = SECONDS, grace: float = _GRACE_SECONDS) -> None:
        self.seconds, self.grace = seconds, grace
        self._worker = Worker(_WORKER)
        self._known: dict[str, bool] = {}

    def proves_equal(self, key: Node, answer: Node, names: Names) -> bool:
        """Whether SymPy reduces the difference to zero within the time allowed."""
        trees = (with_plain_indices(key), with_plain_indices(answer))
        question = json.dumps([*map(pack, trees), dict(names.symbols)])
        if question not in self._known:
            if len(self._known) > 10_000:
                self._known.clear()
            self._known[question] = self._ask(question)
        return self._known[question]

    def _ask(self, question: str) -> bool:
        replies, _ = self._worker.ask((question, self.seconds, self.grace))
        return replies == [True]

    def stop(self) -> None:
        """End the worker; the next question starts another."""
        self._worker.stop()


def pack(node: Node) -> Any:
    """A tree as JSON."""
    value = str(node.value) if node.op == "number" else node.value
    return [node.op, [pack(arg) for arg in node.args], value]


def unpack(packed: Any) -> Node:
    """The tree again."""
    from flint import fmpq

    op, args, value = packed
    if op == "number":
        top, _, bottom = value.partition("/")
        value = fmpq(int(top), int(bottom or 1))
    elif isinstance(value, list):
        value = tuple(value)
    return Node(op, tuple(unpack(arg) for arg in args), value)


_SECOND_OPINION = SecondOpinion()


def proves_equal(key: Node, answer: Node, names: Names) -> bool:
    """Ask the shared worker."""
    return _SECOND_OPINION.proves_equal(key, answer, names)
