"""Random draws that are the same for ever.

The stream is ``random.Random.random``, the one whose values Python promises to keep; everything
else here is built on it. The seed is a hash of scope, level and number, so neighbouring seeds and
different families share nothing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import Literal, TypeVar

from partialcredit.numbers.rationals import Rational, rational

__all__ = ["LEVELS", "Draw", "Level", "derive_seed"]

T = TypeVar("T")
Level = Literal["easy", "medium", "hard"]
LEVELS: tuple[Level, ...] = ("easy", "medium", "hard")


_decimal = cache(rational)  # families write few, and reading one takes longer than drawing it


def derive_seed(*scope: object) -> int:
    """A 128-bit seed, too many to search, from any printable scope; nearby ones are unrelated."""
    return int.from_bytes(sha256("/".join(map(str, scope)).encode()).digest()[:16], "big")


class Draw:
    """A source of random choices for one family, level and seed.

    >>> Draw("demo", "easy", 1).integers(4, -3, 3) == Draw("demo", "easy", 1).integers(4, -3, 3)
    True
    """

    def __init__(self, scope: str, level: Level, seed: int) -> None:
        self.level: Level = level
        digest = sha256(f"{scope}/{level}/{seed}".encode()).digest()
        self._random = random.Random(int.from_bytes(digest[:16], "big")).random  # noqa: S311

    def by_level(self, easy: T, medium: T, hard: T) -> T:
        """The alternative for this level."""
        return {"easy": easy, "medium": medium, "hard": hard}[self.level]

    def real(self, low: float, high: float) -> float:
        """A float in [low, high); for witnesses' points, never for keys."""
        return low + (high - low) * self._random()

    def integer(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def nonzero(self, low: int, high: int) -> int:
        """An integer from low to high other than 0."""
        return self.choice([n for n in range(low, high + 1) if n != 0])

    def integers(
        self, count: int, low: int, high: int, *, distinct: bool = False
    ) -> tuple[int, ...]:
        """``count`` integers from low to high."""
        if distinct:
            return self.sample(range(low, high + 1), count)
        return tuple(self.integer(low, high) for _ in range(count))

    def matrix(self, rows: int, columns: int, low: int, high: int) -> tuple[tuple[int, ...], ...]:
        """A matrix of integers from low to high, by rows."""
        return tuple(self.integers(columns, low, high) for _ in range(rows))

    def decimal(self, *written: str) -> Rational:
        """One of the decimals as written, exactly: ``draw.decimal("0.1", "0.25")``."""
        return _decimal(self.choice(written))

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[int(self._random() * len(options))]

    def sample(self, options: Sequence[T], count: int) -> tuple[T, ...]:
        """``count`` different places of ``options``, in random order."""
        if count > len(options):
            raise ValueError(f"cannot draw {count} of {len(options)} options")
        pool = list(options)
        return tuple(pool.pop(int(self._random() * len(pool))) for _ in range(count))

    def shuffle(self, options: Sequence[T]) -> tuple[T, ...]:
        """All options in random order."""
        return self.sample(options, len(options))

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self._random() < probability
