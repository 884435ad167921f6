"""Values of decisions: Q-learning and its targets, Bellman backups."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TABLE = {
    "table": ((2, 1), (4, 6), (0, 3)),
    "alpha": rational("0.25"),
    "gamma": rational("0.9"),
}

HALF = rational("0.5")

#: In state 0 three actions, in state 1 two; a reward and the probability of state 0 each.
PROCESS = {
    "gamma": rational("0.8"),
    "states": (
        ((1, HALF), (0, rational(0)), (2, rational(1))),
        ((3, rational(1)), (2, rational("0.25"))),
    ),
}

CASES = [
    Case(
        "reinforcement/q_learning_update",
        "medium",
        {
            **TABLE,
            "walk": ((0, 0, 1, 1), (1, 0, -2, 2), (2, 1, 5, 0), (0, 0, 0, 2)),
            "epsilon": rational("0.2"),
            "actions": 4,
        },
        {
            "target": "6.4",
            "error": "4.4",
            "updated": "3.1",
            "after": "((3.26944, 1), (3.175, 6), (0, 4.1975))",
            "sarsa": "2.65",
            "greedy": "0.85",
        },
        {
            "target": ["7", "2.8", "1", "6.3", "4.6"],
            "error": ["6.4", "-4.4"],
            "updated": ["5.3", "6.4", "3.6", "0.9"],
            "after": ["((2.175, 1), (3.175, 6), (0, 3.95))", "((3.1, 1), (3.175, 6), (0, 4.1975))"],
            "sarsa": ["3.1", "2.75"],
            "greedy": ["0.8", "0.05", "0.95"],
        },
    ),
    Case(
        "reinforcement/q_learning_update",
        "hard",
        {
            **TABLE,
            "walk": ((0, 0, 1, 1), (2, 1, 5, 0), (0, 1, 3, 1), (1, 0, -2, -1)),
            "online": (4, 6, 5),
            "frozen": (7, 3, 5),
            "bonus": 1,
            "w": (1, -1, 0),
            "phi": (2, 1, 3),
        },
        {
            "after": "((3.1, 2.85), (2.5, 6), (0, 4.1975))",
            "frozen_target": "7.3",
            "double_target": "3.7",
            "gradient": "(-5.4, -2.7, -8.1)",
        },
        {
            "frozen_target": ["6.4", "8"],
            "double_target": ["7.3", "4.6", "6.4"],
            "gradient": ["(5.4, 2.7, 8.1)", "(-7.4, -3.7, -11.1)", "(-2.7, -2.7, -2.7)"],
        },
    ),
    Case(
        "reinforcement/bellman_backup",
        "easy",
        {"gamma": HALF, "rewards": (2, -1, 0, 4), "again": 3},
        {"returns": "(2, 0, 2, 4)", "endless": "6"},
        {
            "returns": ["(1, 0, 1, 2)", "(5, 3, 4, 4)", "(2, 0, 0, 4)", "(1.5, -1, 2, 4)"],
            "endless": ["3"],
        },
    ),
    Case(
        "reinforcement/bellman_backup",
        "medium",
        {**PROCESS, "V": (5, 10)},
        {"action_values": "(7, 8, 6)", "backup": "8", "policy": "(55/7, 65/7)"},
        {
            "action_values": ["(8.5, 10, 7)", "(7, 4, 10)", "(13, 12, 14)"],
            "backup": ["7", "6"],
            "policy": ["(1, 3)", "(2.6, 3.8)"],
        },
    ),
    Case(  # a published exam: trying is worth as much as the other plan at 8/93
        "reinforcement/bellman_backup",
        "hard",
        {**PROCESS, "R": 100, "p": rational("0.75"), "M": 32},
        {
            "sweeps": "(3.6, 4.6)",
            "formula": "p R / (1 - gamma (1 - p))",
            "retry": "93.75",
            "par": "8/93",
        },
        {
            "sweeps": ["(2, 3)", "(3.68, 5.944)"],
            "formula": ["p R", "R", "p R / (1 - gamma)"],
            "par": ["0.32"],
        },
    ),
]
