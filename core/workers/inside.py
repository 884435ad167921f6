"""What runs inside a worker process: answer one request at a time, and say what is being done.

A worker never outlives its parent. Linux kills it when the parent dies; everywhere a thread waits
for that moment, and a timer of its own ends a worker that holds the interpreter too long for the
thread to be heard.
"""

from __future__ import annotations

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from math import inf
from multiprocessing.connection import Connection, wait
from typing import Any, TypeAlias

__all__ = ["Answer", "Gauge", "Step", "begin_work", "echo", "serve"]

#: Says what is done next, in a few characters, and how many CPU seconds it may take.
Step: TypeAlias = Callable[[str, float], None]

#: What a setup function returns: replies to one request, as they come.
Answer: TypeAlias = Callable[[Any, Step], Iterator[Any]]

#: Wall seconds after which a worker that has begun no new step ends itself.
_LONGEST_STEP = 300.0
#: How often that timer is wound up again, in seconds.
_REWIND = 20.0
_PR_SET_PDEATHSIG = 1


class Gauge(ctypes.Structure):
    """What a worker is doing, in memory that its parent reads.

    ``count`` numbers the steps; the step may take ``seconds`` of CPU after ``since``.
    """

    _fields_ = (
        ("count", ctypes.c_ulonglong),
        ("seconds", ctypes.c_double),
        ("since", ctypes.c_double),
        ("name", ctypes.c_char * 64),
    )


def serve(
    connection: Connection, gauge: Any, setup: str, arguments: tuple[Any, ...], tied: bool
) -> None:
    """Set up, then answer requests until the parent closes the connection or is gone."""
    begin_work(tied)
    step = _stepper(gauge)
    module, _, function = setup.partition(":")
    answer: Answer = getattr(import_module(module), function)(*arguments)
    connection.send(("ready", None))
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        step("", inf)
        try:
            for reply in answer(request, step):
                connection.send(("reply", reply))
            outcome: tuple[str, str | None] = ("done", None)
        except Exception as error:  # noqa: BLE001 - one request must not end the others
            outcome = ("failed", f"it failed ({type(error).__name__})")
        connection.send(outcome)
        faulthandler.cancel_dump_traceback_later()


def _stepper(gauge: Any) -> Step:
    sink = open(os.devnull, "w")  # noqa: SIM115 - open as long as the process lives
    wound = -inf

    def step(name: str, seconds: float) -> None:
        nonlocal wound
        gauge.name = name.encode("ascii", "replace")[:63]
        gauge.seconds, gauge.since = seconds, time.process_time()
        gauge.count += 1
        now = time.monotonic()
        if now - wound > _REWIND or not name:
            faulthandler.dump_traceback_later(_LONGEST_STEP, exit=True, file=sink)
            wound = now

    return step


def begin_work(tied: bool = True) -> None:
    """Let this process end when its parent does, however that ends, and leave Ctrl-C to it.

    ``tied`` says that the parent started it from its main thread: Linux counts the end of the
    thread that started a process as the end of the parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if tied and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def echo() -> Answer:
    """A setup that answers every request with itself."""

    def answer(request: Any, _step: Step) -> Iterator[Any]:
        yield request

    return answer
