"""Fuzz the reader: no bytes may raise anything but the project's own error, or take long.

    pip install atheris
    python benchmarks/fuzz_reader.py [-max_total_time=60] [libFuzzer options]

Without atheris, or with ``-n 10000``, the same check runs on random splices of readable answers;
``--seed`` draws others.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from contextlib import suppress
from importlib.util import find_spec

from partialcredit.errors import PartialCreditError
from partialcredit.grading import compare, understand
from partialcredit.grading.kinds import typed_kinds

SECONDS = 0.5
SEEDS = (
    r"\frac{\epsilon\mu\left(1-\alpha^{t}\right)}{1-\alpha}",
    "εμ(1−αᵗ)/(1−α)",
    r"\begin{cases} z & z>0 \\ 0 & \text{otherwise}\end{cases}",
    r"\begin{bmatrix}1&2\\3&4\end{bmatrix}^T",
    "[1 2; 3 4]",
    "(-oo, 0) U (1, oo)",
    "p <= LSE(x) <= p + ln(n) and x > 0",
    r"\frac{1}{n}\sum_{i=1}^{n} (y_i-\hat{y}_i)^2",
    "28x28x6",
    "25{,}636{,}712.5e-3%",
    "||x||_2^2 + |x-|y|| 1[z>0] max(0, x2)!",
)
KEYS = {"array": "[1, 2]", "shape": "2x3", "relation": "x > 1", "interval": "(0, 1)"}


def check(text: str) -> None:
    """Read and compare one text as every kind."""
    start = time.process_time()
    for kind in typed_kinds():
        compare(KEYS.get(kind, "1"), text, kind, {"x": "real", "W": "matrix(m,n)"})
        with suppress(PartialCreditError):
            understand(text, kind)
    if time.process_time() - start > SECONDS:
        raise TimeoutError(f"{text!r} took {time.process_time() - start:.1f} s")


def splice(rng: random.Random) -> str:
    """Pieces of readable answers in a new order, sometimes with a stray character."""
    pieces = []
    for _ in range(rng.randint(1, 6)):
        seed = rng.choice(SEEDS)
        a, b = sorted(rng.choices(range(len(seed) + 1), k=2))
        pieces.append(seed[a:b] + rng.choice(["", "", "", chr(rng.randint(1, 0x2FFF))]))
    return "".join(pieces)


def main() -> None:
    """Fuzz with atheris where it is installed, else with splices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments, others = parser.parse_known_args()
    if arguments.n is None and find_spec("atheris"):
        import atheris

        def one(data: bytes) -> None:
            check(data.decode("utf-8", "ignore"))

        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *others], one)
        atheris.Fuzz()
        return
    rng = random.Random(arguments.seed)
    faults = [fault for _ in range(arguments.n or 10_000) if (fault := fault_of(splice(rng)))]
    print("\n".join(faults) or "no fault")
    sys.exit(bool(faults))


def fault_of(text: str) -> str:
    """What is wrong with how a text is read and compared; empty when nothing is."""
    try:
        check(text)
    except Exception as error:  # noqa: BLE001 - a fault is what is looked for
        return f"{text!r}: {error!r:.300}"
    return ""


if __name__ == "__main__":
    main()
