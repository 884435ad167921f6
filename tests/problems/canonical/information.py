"""Entropies and divergences: published examples of information theory."""

from partialcredit.numbers.rationals import Rational, rational
from tests.problems.canonical.case import Case


def halves(*exponents: int) -> tuple[Rational, ...]:
    return tuple(rational(1, 2**e) for e in exponents)


CASES = [
    Case(
        "information/cross_entropy_kl",
        "easy",
        {"p": halves(1, 2, 4, 4, 4, 4), "q": halves(2, 4, 2, 2, 3, 4), "tokens": ()},
        {"entropy": "2", "cross": "2.6875", "kl": "0.6875", "nats": "0.476539"},
        {
            "entropy": ["1.38629", "2.58496", "-2"],
            "cross": ["3.125", "2.375"],
            "kl": ["0.75", "0.375"],
            "nats": ["0.991853"],
        },
    ),
    Case(  # Cover and Thomas, example 2.3.1: 0.2075 and 0.1887 bits
        "information/cross_entropy_kl",
        "medium",
        {
            "p": (rational(1, 2), rational(1, 2)),
            "q": (rational(3, 4), rational(1, 4)),
            "tokens": (),
        },
        {"kl": "0.2075 ln 2", "reverse": "0.1887 ln 2"},
        {"kl": ["0.1308"], "reverse": ["0.1438"]},
    ),
    Case(
        "information/cross_entropy_kl",
        "hard",
        {"p": (), "q": (), "tokens": halves(1, 2, 3, 1)},
        {"nll": "4.85203", "perplexity": "3.36359", "bits_per_token": "1.75"},
        {"perplexity": ["128", "2.3182", "2.90909"], "bits_per_token": ["1.21301"]},
    ),
]
