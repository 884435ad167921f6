"""Processes that can be killed, and their budgets of processor time and memory.

Nothing here rests on one operating system: processes are spawned, watched from outside, and ended.

>>> from partialcredit.workers import Worker
>>> with Worker("partialcredit.workers.inside:echo") as worker:
...     worker.ask("hello")
(['hello'], None)
"""

from partialcredit.workers.inside import Step, begin_work
from partialcredit.workers.pool import Pool
from partialcredit.workers.worker import Overrun, Worker

__all__ = ["Overrun", "Pool", "Step", "Worker", "begin_work"]
