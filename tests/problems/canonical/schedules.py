"""Learning-rate schedules, and what lies in memory."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TENTH = rational("0.1")

CASES = [
    Case(
        "schedules/learning_rate_schedule",
        "easy",
        {
            "eta": TENTH,
            "gamma": TENTH,
            "every": 30,
            "late": 75,
            "factor": rational("0.9"),
            "t": 10,
            "k": rational("0.5"),
        },
        {"step_decay": "0.001", "exponential": "0.0348678", "inverse_time": "1/60"},
        {
            "step_decay": ["0.0001", "0.01", "0.081"],
            "exponential": ["0.0313811", "0.9", "0.09"],
            "inverse_time": ["0.02", "1/65"],
        },
    ),
    Case(  # a third of the way down the cosine is three quarters up
        "schedules/learning_rate_schedule",
        "medium",
        {
            "eta": TENTH,
            "lowest": rational("0.02"),
            "T": 120,
            "t": 40,
            "factor": rational("0.9"),
            "bound": rational("0.05"),
            "n": 10,
        },
        {"cosine": "0.08", "first_below": "7", "total": "0.651322"},
        {
            "cosine": ["0.14", "0.04", "0.075", "0.0999933", "0.0733"],
            "first_below": ["6", "8"],
            "total": ["1", "0.61258"],
        },
    ),
    Case(  # half-way down, and a schedule that is still rising
        "schedules/learning_rate_schedule",
        "hard",
        {
            "eta": TENTH,
            "batch": 256,
            "times": 4,
            "W": 20,
            "T": 140,
            "early": 15,
            "late": 80,
            "d": 64,
            "rise": 400,
            "t": 100,
        },
        {
            "scaled": "0.4",
            "rising": "0.3",
            "falling": "0.2",
            "peak": "1/160",
            "inverse_root": "1/640",
        },
        {
            "scaled": ["0.2", "0.025", "0.1"],
            "rising": ["0.4", "0.0428571", "0.32"],
            "falling": ["0.155496", "0.244504", "0.4", "0"],
            "peak": ["0.05"],
            "inverse_root": ["0.0125", "1/160"],
        },
    ),
]
