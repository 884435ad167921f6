"""A function over many items on all cores, in order, with few of them on their way at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

from partialcredit.workers.inside import begin_work

__all__ = ["in_order"]

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Items that a process takes at a time, and such batches that wait for each process.
_BATCH, _WAITING = 32, 4


def in_order(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    pool: Executor | None = None,
    cores: int = 0,
) -> Iterator[Result]:
    """The results, in the order of the items, which may be without end.

    Without a ``pool`` of so many ``cores`` they come from processes of this machine.
    """
    cores = cores or os.cpu_count() or 1
    if pool is None:
        with ProcessPoolExecutor(cores, initializer=begin_work) as own:
            try:
                yield from in_order(function, items, own, cores)
            finally:
                own.shutdown(cancel_futures=True)
        return
    source = iter(items)
    running: deque[Future[list[Result]]] = deque()
    while batch := list(islice(source, _BATCH)):
        running.append(pool.submit(_all, function, batch))
        if len(running) >= _WAITING * cores:
            yield from running.popleft().result()
    while running:
        yield from running.popleft().result()


def _all(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]
