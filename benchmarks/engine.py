"""The engine against torch eager on the CPU: ratios of CPU time, one thread each.

    python benchmarks/engine.py [NAME]...

Every case runs the same computation in both libraries, interleaved, and reports the medians. The
peaks are this machine's: a 1024 by 1024 sgemm, and an addition of arrays larger than the cache.
"""

# ruff: noqa: E402, N812 - threads are set before NumPy is imported; torch's customary names

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import sys
import tracemalloc
from collections.abc import Callable
from time import process_time
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as TF
from torch import nn

import partialcredit.engine as E
from partialcredit.engine import functional as F
from partialcredit.engine.batched import value_and_gradients
from partialcredit.engine.models.small import lenet5, mlp

torch.set_num_threads(1)
RNG = np.random.default_rng(0)


class Case(NamedTuple):
    """Ours, torch's, the goal for the ratio, and the work: GFLOP and GB moved at least."""

    ours: Callable[[], Any]
    theirs: Callable[[], Any]
    goal: float
    gflop: float = 0.0
    gigabytes: float = 0.0


def normal(*shape: int) -> Any:
    """Standard normal float32."""
    return RNG.standard_normal(shape, dtype=np.float32)


def step(model: Any, optimizer: Any, loss: Any, x: Any, y: Any) -> Callable[[], None]:
    """One training step, the same code for both libraries."""

    def run() -> None:
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()

    return run


def training(ours: Any, theirs: Any, shape: tuple[int, ...], goal: float, gflop: float) -> Case:
    """A step of SGD with momentum at these shapes."""
    x, y = normal(*shape), RNG.integers(0, 10, shape[0])
    return Case(
        step(ours, E.SGD(ours.parameters(), 0.01), E.CrossEntropyLoss(), E.Tensor(x), y),
        step(
            theirs, torch.optim.SGD(theirs.parameters(), 0.01), nn.CrossEntropyLoss(),
            torch.from_numpy(x), torch.from_numpy(y),
        ),
        goal, gflop,
    )  # fmt: skip


def lenet() -> Case:
    """LeNet-5 on 32 by 32 images, batch 64."""
    theirs = nn.Sequential(
        nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84),
        nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip
    return training(lenet5(generator=0), theirs, (64, 1, 32, 32), 0.6, 6 * 64 * 416520 / 1e9)


def perceptron() -> Case:
    """784-256-128-10, batch 64."""
    theirs = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(),
        nn.Linear(128, 10),
    )  # fmt: skip
    return training(
        mlp((1, 28, 28), 10, generator=0), theirs, (64, 1, 28, 28), 0.8, 6 * 64 * 234752 / 1e9
    )


def small() -> Case:
    """64-32-10, batch 32."""
    ours = E.Sequential(
        E.Linear(64, 32, dtype=np.float32), E.ReLU(), E.Linear(32, 10, dtype=np.float32)
    )
    theirs = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
    return training(ours, theirs, (32, 64), 0.2, 6 * 32 * 2368 / 1e9)


def graph() -> Case:
    """(x + y) z of three scalars, forward and backward."""
    ours = [E.Tensor(v, requires_grad=True) for v in (2.0, 3.0, 4.0)]
    theirs = [torch.tensor(v, requires_grad=True) for v in (2.0, 3.0, 4.0)]

    def run(x: Any, y: Any, z: Any) -> None:
        x.grad = y.grad = z.grad = None
        ((x + y) * z).backward()

    return Case(lambda: run(*ours), lambda: run(*theirs), 0.12)


def both_ways(
    ours: Callable[..., Any], theirs: Callable[..., Any], arrays: list[Any], goal: float,
    gflop: float = 0.0, gigabytes: float = 0.0,
) -> Case:  # fmt: skip
    """Forward and backward of one function."""
    mine = [E.Tensor(a, requires_grad=True) for a in arrays]
    yours = [torch.from_numpy(a.copy()).requires_grad_() for a in arrays]
    g = np.empty_like(ours(*mine).data)  # each library gets the gradient in its own layout
    g[...] = normal(*g.shape)
    h = torch.from_numpy(g.copy())

    def run(f: Callable[..., Any], inputs: list[Any], upstream: Any) -> None:
        for x in inputs:
            x.grad = None
        f(*inputs).backward(upstream)

    return Case(lambda: run(ours, mine, g), lambda: run(theirs, yours, h), goal, gflop, gigabytes)


def pooling() -> Case:
    """Max-pool 2x2 of (64, 16, 28, 28)."""
    x = batch_last(64, 16, 28, 28)
    return both_ways(
        lambda x: F.max_pool2d(x, 2),
        lambda x: TF.max_pool2d(x, 2),
        [x],
        0.4,
        0,
        3.5 * x.nbytes / 1e9,
    )


def norm() -> Case:
    """BatchNorm2d of (64, 32, 28, 28) in training."""
    x = batch_last(64, 32, 28, 28)
    w, b = normal(32), normal(32)
    return both_ways(
        lambda x, w, b: F.batch_norm(x, None, None, w, b, True),
        lambda x, w, b: TF.batch_norm(x, None, None, w, b, True),
        [x, w, b], 0.6, 0, 8 * x.nbytes / 1e9,
    )  # fmt: skip


def batch_last(n: int, *image: int) -> Any:
    """Images as the engine's layers hand them on: shape (N, C, H, W), the batch last in memory."""
    return normal(*image, n).transpose(3, 0, 1, 2)


def convolution() -> Case:
    """3x3, 64 to 64 channels at 32x32, batch 16."""
    x, w = batch_last(16, 64, 32, 32), normal(64, 64, 3, 3)
    work = 3 * 2 * 16 * 32 * 32 * 64 * 64 * 9 / 1e9
    return both_ways(
        lambda x, w: F.conv2d(x, w, padding=1), lambda x, w: TF.conv2d(x, w, padding=1), [x, w],
        1.0, work,
    )  # fmt: skip


def adam(tensors: int = 1) -> Case:
    """Adam on a million parameters, in one tensor or in many."""
    mine, yours = [], []
    for _ in range(tensors):
        p, g = normal(1_000_000 // tensors), normal(1_000_000 // tensors)
        mine.append(E.Parameter(p.copy()))
        yours.append(nn.Parameter(torch.from_numpy(p.copy())))
        mine[-1].grad, yours[-1].grad = g, torch.from_numpy(g)
    return Case(E.Adam(mine).step, torch.optim.Adam(yours).step, 0.3, 0, 0.028)


CASES: dict[str, Callable[[], Case]] = {
    "LeNet-5 step, batch 64": lenet,
    "MLP 784-256-128-10 step": perceptron,
    "64-32-10 step": small,
    "graph (x+y)z": graph,
    "max-pool 2x2": pooling,
    "BatchNorm2d": norm,
    "conv 3x3 64-64 at 32x32": convolution,
    "Adam, 10^6 in one tensor": adam,
    "Adam, 10^6 in 500 tensors": lambda: adam(500),
}


def timed(f: Callable[[], Any], count: int) -> float:
    """Seconds of CPU time a call."""
    start = process_time()
    for _ in range(count):
        f()
    return (process_time() - start) / count


def compare(case: Case, rounds: int = 31) -> tuple[float, float, float]:
    """Median seconds of both, and the median ratio of neighbouring rounds."""
    for f in (case.ours, case.theirs):
        timed(f, 3)
    count = max(1, int(0.02 / max(timed(case.theirs, 3), 1e-6)))
    pairs = [(timed(case.ours, count), timed(case.theirs, count)) for _ in range(rounds)]
    ours, theirs = np.median(pairs, axis=0)
    return float(ours), float(theirs), float(np.median([a / b for a, b in pairs]))


def peaks() -> tuple[float, float]:
    """The machine's sgemm in GFLOP/s and memory bandwidth in GB/s, one thread."""
    a = normal(1024, 1024)
    out = np.empty_like(a)
    flops = 2 * 1024**3 / min(timed(lambda: np.matmul(a, a, out=out), 3) for _ in range(9))
    long = normal(1 << 24)
    wide = np.empty_like(long)
    moved = 3 * long.nbytes / min(timed(lambda: np.add(long, long, out=wide), 1) for _ in range(9))
    return flops / 1e9, moved / 1e9


def batched() -> float:
    """Gradients of a 2-2-1 sigmoid network a second, one instance each, float32."""
    shapes = [(2,), (2, 2), (2,), (2,), (), ()]
    inputs = [normal(*shape, 1 << 18) for shape in shapes]

    def loss(x: Any, W: Any, b: Any, v: Any, c: Any, y: Any) -> Any:
        h0 = (W[0, 0] * x[0] + W[0, 1] * x[1] + b[0]).relu()
        h1 = (W[1, 0] * x[0] + W[1, 1] * x[1] + b[1]).relu()
        away = v[0] * h0 + v[1] * h1 + c - y
        return away * away

    def run() -> Any:
        return value_and_gradients(loss, inputs, wanted=(1, 2, 3, 4))

    run()
    return (1 << 18) / float(np.median([timed(run, 1) for _ in range(9)]))


def memory(case: Case) -> tuple[float, float]:
    """The peaks of one step above its start, ours and torch's, in MB."""
    for f in (case.ours, case.theirs):
        f()
    tracemalloc.start()
    case.ours()
    ours = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    activities = [torch.profiler.ProfilerActivity.CPU]
    with torch.profiler.profile(activities=activities, profile_memory=True) as profile:
        case.theirs()
    events = [e for e in profile.profiler.kineto_results.events() if e.name() == "[memory]"]
    sizes = [e.nbytes() for e in sorted(events, key=lambda e: e.start_ns())]
    return ours / 1e6, float(np.max(np.cumsum(sizes))) / 1e6


def main() -> None:
    """Print the table."""
    chosen = {
        n: c for n, c in CASES.items() if not sys.argv[1:] or any(a in n for a in sys.argv[1:])
    }
    flops, bandwidth = peaks()
    print(f"sgemm {flops:.0f} GFLOP/s, memory {bandwidth:.0f} GB/s, one thread")
    print(f"{'':26}{'engine':>10}{'torch':>10}{'ratio':>7}{'goal':>6}   share of peak")
    for name, build in chosen.items():
        case = build()
        ours, theirs, ratio = compare(case)
        share = f"{case.gflop / ours / flops:5.0%} sgemm" if case.gflop else ""
        if case.gigabytes:
            share = f"{case.gigabytes / ours / bandwidth:5.0%} memory"
        times = f"{ours * 1e6:8.1f}us{theirs * 1e6:8.1f}us{ratio:7.2f}{case.goal:6.2f}"
        print(f"{name:26}{times}   {share}" + ("" if ratio <= case.goal else "   MISSED"))
    if not sys.argv[1:]:
        print(f"batched 2-2-1 network: {batched():.2e} gradients a second (goal 2e7)")
        for name in list(CASES)[:2]:
            ours, theirs = memory(CASES[name]())
            print(f"{name}: {ours:.1f} MB at its peak, torch {theirs:.1f} (goal 1.5 times)")


if __name__ == "__main__":
    main()
