"""A limit on computing with numbers that a student chose."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["patience"]


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in code that takes more CPU than this.

    It interrupts Python code in the main thread of systems with interval timers. A single big
    integer operation cannot be interrupted so; bounds on the numbers have to prevent it.
    """
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not timed:
        yield
        return

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} s of CPU")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
