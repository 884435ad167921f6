"""SymPy as a second opinion, in a process of its own that can be killed.

The worker starts on first use, has limits on memory and processor time, answers one question at a
time in JSON, and is replaced when it does not answer in time.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import time
from typing import Any

from partialcredit.grading.reader.names import Names
from partialcredit.grading.tree import Node, with_plain_indices

__all__ = ["SecondOpinion", "pack", "proves_equal", "unpack"]

#: Processor seconds after which the worker gives a proof up by itself.
SECONDS = 0.4
#: Seconds it may be late, busy where it cannot be interrupted, before it is killed.
_GRACE_SECONDS = 1.0
_START_SECONDS = 20.0


class SecondOpinion:
    """A worker process and the questions it has answered."""

    def __init__(self, seconds: float = SECONDS, grace: float = _GRACE_SECONDS) -> None:
        self.seconds, self.grace = seconds, grace
        self._process: subprocess.Popen[bytes] | None = None
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
        process = self._running()
        if process is None or process.stdin is None:
            return False
        try:
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
            reply = _line(process, self.seconds + self.grace)
        except BrokenPipeError:
            reply = b""
        if not reply:
            self.stop()
        return reply == b"equal\n"

    def _running(self) -> subprocess.Popen[bytes] | None:
        """The worker, started if need be; None where it cannot be."""
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                [
                    sys.executable,
                    "-m",
                    "partialcredit.grading.symbolic.second_opinion_worker",
                    str(self.seconds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if _line(self._process, _START_SECONDS) != b"ready\n":
                self.stop()
        return self._process

    def stop(self) -> None:
        """End the worker; the next question starts another."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process = None


def _line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    """One line from the worker, or nothing when it is late or gone."""
    if process.stdout is None:
        return b""
    reply, deadline = b"", time.monotonic() + seconds
    while not reply.endswith(b"\n"):
        left = deadline - time.monotonic()
        ready, _, _ = select.select([process.stdout], [], [], max(left, 0))
        piece = os.read(process.stdout.fileno(), 64) if ready else b""
        if not piece:
            return b""
        reply += piece
    return reply


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
atexit.register(_SECOND_OPINION.stop)


def proves_equal(key: Node, answer: Node, names: Names) -> bool:
    """Ask the shared worker."""
    return _SECOND_OPINION.proves_equal(key, answer, names)
