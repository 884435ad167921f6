"""Several workers and one queue of requests."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import wait
from typing import Any

from partialcredit.workers.worker import POLL, Event, Worker

__all__ = ["Pool"]


class Pool:
    """Workers that share a queue; requests may be added while the answers come in.

    A worker starts when there is something to do for it, so that a short queue starts few.
    """

    def __init__(self, size: int, setup: str, *arguments: Any) -> None:
        self._workers = [Worker(setup, *arguments) for _ in range(size)]
        self._queue: deque[Any] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End all workers and forget the queue."""
        self._queue.clear()
        for worker in self._workers:
            worker.stop()

    def submit(self, request: Any) -> None:
        """Add a request to the end of the queue."""
        self._queue.append(request)

    def events(self) -> Iterator[tuple[Any, Event]]:
        """Replies and ends, each with its request, until nothing is left to do."""
        asked: dict[Worker, Any] = {}
        while self._queue or asked:
            for worker in self._workers:
                if self._queue and worker not in asked:
                    asked[worker] = self._queue.popleft()
                    worker.send(asked[worker])
            wait([sign for worker in asked for sign in worker.signs], POLL)
            for worker in list(asked):
                for event in worker.events():
                    request = asked.pop(worker) if event[0] == "end" else asked[worker]
                    yield request, event
