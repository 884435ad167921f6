"""Setups of workers that misbehave, each on request."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from partialcredit.workers.inside import Answer, Step


def misbehave(pid_file: str = "") -> Answer:
    """Answer by name: spin, sleep, grow, die, fail, or anything else with itself."""
    if pid_file:
        with open(pid_file, "w") as file:
            file.write(str(os.getpid()))

    def answer(request: Any, step: Step) -> Iterator[Any]:
        yield "begun"
        # Memory is to end "grow", also on a machine that is slow to give it.
        step(str(request), 30 if request == "grow" else 0.3)
        match request:
            case "spin":
                while True:
                    pass
            case "hold the interpreter":
                pow(7, 3**17)
            case "grow":
                held = []
                while True:
                    held.append(bytearray(2**20))
                    time.sleep(1e-4)
            case "die":
                os._exit(7)
            case "divide by zero in C":
                from flint import fmpq

                fmpq(1, 3) ** 10**12
            case "fail":
                raise ArithmeticError
            case "sleep":
                time.sleep(1)
        yield request

    return answer


def never_starts() -> Answer:
    """A setup that ends its process."""
    os._exit(3)
