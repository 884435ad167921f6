"""One worker process, seen from outside: started, asked, watched, and killed."""

from __future__ import annotations

import atexit
import multiprocessing
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import wait
from types import ModuleType
from typing import Any, Literal

from partialcredit.errors import InputError
from partialcredit.workers.inside import Gauge, serve

__all__ = ["POLL", "Event", "Overrun", "Worker"]

#: Bytes of memory a worker may hold.
MEMORY = 512 * 2**20
#: Seconds between two looks at what a worker uses.
POLL = 0.02
#: Wall seconds without a new step after which a worker counts as stuck, however busy the machine.
STUCK = 60.0
#: Workers that die before their first word, one after the other, until that is no accident.
FALSE_STARTS = 3

_ALL: weakref.WeakSet[Worker] = weakref.WeakSet()

#: What a start changes for a moment is everybody's: threads start one worker at a time.
_STARTING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Overrun:
    """A request that ended early: in which step (empty when none is to blame), and why."""

    step: str
    why: str


#: A reply, or the end of a request: ``None`` when it is complete.
Event = tuple[Literal["reply"], Any] | tuple[Literal["end"], Overrun | None]


class Worker:
    """A process that answers one request at a time.

    ``setup`` names a function, ``"package.module:function"``, which is called with ``arguments``
    inside the process and returns what answers requests. The process starts with the first
    request and is started again after it was killed.
    """

    def __init__(self, setup: str, *arguments: Any, memory: int = MEMORY) -> None:
        self._setup, self._arguments, self._memory = setup, arguments, memory
        self._process: Any = None
        self._waiting: list[Any] = []
        self._false_starts = 0
        self.busy = self._ready = False
        self._looked = self._moved = -inf
        _ALL.add(self)

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, request: Any) -> tuple[list[Any], Overrun | None]:
        """All replies to a request, and why there are no more, if it ended early."""
        self.send(request)
        replies: list[Any] = []
        while True:
            wait(self.signs, POLL)
            for kind, value in self.events():
                if kind == "end":
                    return replies, value
                replies.append(value)

    def send(self, request: Any) -> None:
        """Begin a request; :meth:`events` tells how it goes."""
        self._waiting, self.busy = [request], True
        if self._process is None:
            self._start()
        elif self._ready:
            self._begin()

    @property
    def signs(self) -> list[Any]:
        """What to wait for: something was said, or the process ended."""
        return [self._connection, self._process.sentinel]

    def events(self) -> list[Event]:
        """What has happened since the last look; ends the process when it takes too much."""
        events = self._heard()
        if any(kind == "end" for kind, _ in events):
            return events
        if not self._process.is_alive():
            return [*events, *self._ended("the process that marked it broke down")]
        now = time.monotonic()
        if now - self._looked < POLL:
            return events
        self._looked = now
        count = self._gauge.count
        why = self._excess(count, now)
        if not why:
            return events
        self._process.kill()
        self._process.join()
        return [*events, *self._ended(why, count)]

    def stop(self) -> None:
        """End the process; the next request starts another."""
        if self._process is None:
            return
        self._process.kill()
        self._process.join()
        self._connection.close()
        self._process, self.busy = None, False

    def _start(self) -> None:
        import psutil

        context = multiprocessing.get_context("spawn")
        self._gauge = context.RawValue(Gauge)
        self._connection, theirs = context.Pipe()
        tied = threading.current_thread() is threading.main_thread()
        arguments = (theirs, self._gauge, self._setup, self._arguments, tied)
        process = context.Process(target=serve, args=arguments)
        with _STARTING, _no_main_module(), _no_daemon():
            process.start()
        self._process = process
        theirs.close()
        self._usage = psutil.Process(self._process.pid)
        self._ready = False
        self._count, self._moved = 0, time.monotonic()
        self._looked = -inf

    def _begin(self) -> None:
        self._connection.send(self._waiting.pop())
        self._count, self._moved = self._gauge.count, time.monotonic()

    def _heard(self) -> list[Event]:
        """Everything that lies in the connection."""
        events: list[Event] = []
        try:
            while self.busy and self._connection.poll():
                kind, value = self._connection.recv()
                if kind == "ready":
                    self._ready, self._false_starts = True, 0
                    self._begin()
                elif kind == "reply":
                    events.append(("reply", value))
                else:
                    self.busy = False
                    why = None if kind == "done" else Overrun(self._step, value)
                    events.append(("end", why))
        except (EOFError, OSError):
            pass  # cut off in the middle of a word: the process is gone, which events() notices
        return events

    @property
    def _step(self) -> str:
        return str(self._gauge.name.decode())

    def _excess(self, count: int, now: float) -> str:
        """What the present step takes too much of, in words; empty when nothing."""
        import psutil

        try:
            used, memory = self._usage.cpu_times(), self._usage.memory_info().rss
        except psutil.Error:
            return ""  # it ends at this very moment, which is noticed as that
        if memory > self._memory:
            return f"it needed more than {self._memory >> 20} MB of memory"
        if count != self._count:
            self._count, self._moved = count, now
        elif now - self._moved > STUCK:
            return "it did not come to an end"
        seconds, since = self._gauge.seconds, self._gauge.since
        over = self._ready and count and used.user + used.system - since > seconds
        return f"it needed more than {seconds:g} s" if over and count == self._gauge.count else ""

    def _ended(self, why: str, count: int | None = None) -> list[Event]:
        """The last words of a process that is gone, and which step is to blame."""
        events = self._heard()
        step = self._step if count in (None, self._gauge.count) else ""
        ready, complete = self._ready, not self.busy
        self.stop()
        if not ready:
            self._false_starts += 1
            if self._false_starts >= FALSE_STARTS:
                raise InputError(
                    "the processes that answers are marked in do not start on this machine; "
                    "is the installation complete?"
                )
        return events if complete else [*events, ("end", Overrun(step, why))]


class _no_main_module:  # noqa: N801 - used as a statement
    """Spare the new process the caller's main module.

    Spawning imports it again, which a script without ``if __name__ == "__main__"`` does not bear.
    Workers need nothing of it.
    """

    def __enter__(self) -> None:
        self._main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")

    def __exit__(self, *_: object) -> None:
        sys.modules["__main__"] = self._main


@contextmanager
def _no_daemon() -> Iterator[None]:
    """Let a daemonic process, such as one of a ``multiprocessing.Pool``, start one all the same.

    Python forbids it because a daemon's children would outlive it. A worker ends with its parent.
    """
    settings = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    was = settings.pop("daemon", False)
    try:
        yield
    finally:
        settings["daemon"] = was


@atexit.register
def _stop_all() -> None:
    """Before multiprocessing waits, for ever, for processes that wait for us."""
    for worker in list(_ALL):
        worker.stop()
