"""Whatever a worker does, the caller goes on, and knows what was to blame."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from partialcredit.errors import InputError
from partialcredit.workers import Overrun, Pool, Worker

HOSTILE = "tests.workers.hostile:misbehave"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(HOSTILE, memory=200 * 2**20) as one:
        yield one


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        ("spin", "it needed more than 0.3 s"),
        ("hold the interpreter", "it needed more than 0.3 s"),
        ("grow", "it needed more than 200 MB of memory"),
        ("die", "the process that marked it broke down"),
        ("divide by zero in C", "the process that marked it broke down"),
        ("fail", "it failed (ArithmeticError)"),
    ],
)
def test_a_step_that_misbehaves_is_named_and_the_next_request_is_answered(
    worker: Worker, request_: str, why: str
) -> None:
    replies, overrun = worker.ask(request_)
    assert replies == ["begun"]
    assert overrun == Overrun(request_, why)
    assert worker.ask("hello") == (["begun", "hello"], None)


def test_waiting_is_no_work(worker: Worker) -> None:
    """A busy machine must not make an answer wrong: time is processor time."""
    assert worker.ask("sleep") == (["begun", "sleep"], None)


def test_a_pool_answers_everything_and_requests_may_be_added() -> None:
    heard = []
    with Pool(2, HOSTILE) as pool:
        for request in ("a", "die", "b"):
            pool.submit(request)
        for request, (kind, value) in pool.events():
            heard.append((request, kind, value))
            if isinstance(value, Overrun):
                pool.submit("instead of it")
    assert {r for r, kind, value in heard if kind == "end" and value is None} == {
        "a", "b", "instead of it",
    }  # fmt: skip


def test_few_requests_start_few_processes() -> None:
    before = len(psutil.Process().children())
    with Pool(8, HOSTILE) as pool:
        pool.submit("a")
        assert len(list(pool.events())) == 3
        assert len(psutil.Process().children()) - before <= 2  # one, and Python's own tracker


def test_processes_that_never_start_are_one_sentence() -> None:
    with Worker("tests.workers.hostile:never_starts") as worker:
        for _ in range(2):
            assert worker.ask("a")[1] == Overrun("", "the process that marked it broke down")
        with pytest.raises(InputError, match="do not start on this machine"):
            worker.ask("a")


@pytest.mark.parametrize(
    ("busy", "ask"),
    [
        ("spin", "heard = one.ask('hello')"),
        ("hold the interpreter", "heard = one.ask('hello')"),
        ("wait for requests", "heard = one.ask('hello')"),
        ("spin", "heard = ThreadPoolExecutor().submit(one.ask, 'hello').result()"),
    ],
    ids=["busy", "deaf", "idle", "started in a thread"],
)
def test_a_worker_dies_with_its_parent(tmp_path: Path, busy: str, ask: str) -> None:
    """Also when the parent is killed and cannot say good-bye."""
    script = tmp_path / "parent.py"
    script.write_text(
        "from partialcredit.workers import Worker\n"
        f"one = Worker({HOSTILE!r}, {str(tmp_path / 'pid')!r})\n"
        f"from concurrent.futures import ThreadPoolExecutor\n{ask}\n"
        f"one.send({busy!r}) if {busy != 'wait for requests'} else None\n"
        "import time; time.sleep(1); print(heard, flush=True)\n"
        "time.sleep(100)\n"
    )
    here = str(Path(__file__).parents[2])
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": here},
    )
    assert parent.stdout is not None
    assert b"hello" in parent.stdout.readline()
    pid = int((tmp_path / "pid").read_text())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_a_script_without_a_guard_may_mark(tmp_path: Path) -> None:
    """Spawned processes import the main module again; ours do not."""
    script = tmp_path / "script.py"
    script.write_text(
        "from partialcredit.workers import Worker\n"
        "print(Worker('partialcredit.workers.inside:echo').ask('hello'))\n"
    )
    out = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert out.stdout == "(['hello'], None)\n"
    assert out.stderr == ""


def test_nothing_rests_on_posix(tmp_path: Path) -> None:
    """With the modules and signals that Windows lacks taken away, limits and replies are the same.

    They are taken away in the workers, too, which read the same ``sitecustomize``.
    """
    (tmp_path / "sitecustomize.py").write_text(
        "import psutil, sys, signal\n"  # whose own Windows build needs none of them
        "sys.modules['resource'] = sys.modules['pwd'] = None\n"
        "for name in ('setitimer', 'alarm', 'SIGALRM', 'SIGPROF', 'SIGVTALRM', 'SIGHUP'):\n"
        "    delattr(signal, name)\n"
    )
    code = (
        "from partialcredit.workers import Worker\n"
        f"w = Worker({HOSTILE!r}, memory=200 * 2**20)\n"
        "print([w.ask(r)[1].why for r in ('spin', 'grow', 'die')], w.ask('hello'))\n"
        "from partialcredit.grading import compare\n"
        "print(compare('sin(2x)', '2 sin x cos x').evidence)\n"
    )
    here = Path(__file__).parents[2]
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{here}"}, check=False,
    )  # fmt: skip
    assert out.stderr == ""
    assert out.stdout.splitlines() == [
        "['it needed more than 0.3 s', 'it needed more than 200 MB of memory', "
        "'the process that marked it broke down'] (['begun', 'hello'], None)",
        "proved",
    ]
