"""Work on the machines of a dask cluster that runs already."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from partialcredit.errors import InputError

__all__ = ["cluster"]

#: Seconds in which a scheduler must answer.
PATIENCE = 20


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on all workers of the scheduler at ``address``, and how many cores they have.

    What a lost worker had begun is done again by another. Raises InputError where no scheduler
    answers or dask.distributed is not installed.
    """
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--cluster needs dask: pip install 'partialcredit[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"no dask scheduler answers at {address!r:.80}: {error!s:.200}") from None
    with client:
        cores = sum(client.ncores().values())
        if not cores:
            raise InputError(f"the dask scheduler at {address!r:.80} has no workers")
        yield client.get_executor(pure=False), cores
