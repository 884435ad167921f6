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
    Case(
        "schedules/training_memory",
        "easy",
        {"millions": rational(3), "others": rational(3), "device": 24},
        {"adam": "48", "momentum": "36", "fits": "1500"},
        {
            "adam": ["12", "36", "384", "24"],
            "momentum": ["24", "48", "12"],
            "fits": ["6000", "3000"],
        },
    ),
    Case(
        "schedules/training_memory",
        "medium",
        {
            "millions": rational(1),
            "still": rational(2),
            "billions": rational("0.75"),
            "device": 24,
            "each": rational("0.31"),
        },
        {"partly": "24", "mixed": "12", "batch": "38"},
        {
            "partly": ["48", "16", "32", "36"],
            "mixed": ["6", "9", "13.5"],
            "batch": ["77", "72", "39"],
        },
    ),
    Case(  # the network and the devices of a published figure
        "schedules/training_memory",
        "hard",
        {
            "billions": rational("7.5"),
            "devices": 64,
            "layers": 64,
            "segments": 4,
            "square": 64,
            "backward": rational(2),
        },
        {
            "mixed": "120",
            "sharded": "(31.4062, 16.6406, 1.875)",
            "held": "20",
            "best": "8",
            "dearer": "4/3",
        },
        {
            "sharded": ["(1.875, 1.875, 1.875)", "(31.4062, 31.4062, 1.875)"],
            "held": ["4", "16"],
            "best": ["32", "16"],
            "dearer": ["2", "5/3", "1/3"],
        },
    ),
]
