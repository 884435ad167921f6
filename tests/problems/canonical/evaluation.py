"""Classifiers scored: published answers, and what scikit-learn gives."""

from partialcredit.numbers.rationals import Rational, rational
from partialcredit.problems.evaluation.decision_threshold import NOTHING
from tests.problems.canonical.case import Case


def tenths(*values: int) -> tuple[Rational, ...]:
    return tuple(rational(v, 10) for v in values)


CASES = [
    Case(  # NTNU TDT76, 2017: accuracy 0.28, precision 0.11, recall 0.9; these counts have them
        "evaluation/confusion_matrix",
        "easy",
        {"names": ("ill", "healthy"), "table": ((9, 1), (71, 19))},
        {
            "accuracy": "0.28",
            "precision": "9/80",
            "recall": "0.9",
            "specificity": "19/90",
            "f1": "0.2",
        },
        {
            "accuracy": ["0.09", "0.72"],
            "precision": ["0.9", "0.09"],
            "recall": ["0.1125"],
            "specificity": ["71/90"],
            "f1": ["0.50625", "0.1", "0.318198"],
        },
    ),
    Case(  # IIT Madras, week 7: precision 0.81, recall 0.85, accuracy 0.825
        "evaluation/confusion_matrix",
        "easy",
        {"names": ("spam", "no spam"), "table": ((85, 15), (20, 80))},
        {"accuracy": "0.825", "precision": "0.81", "recall": "0.85"},
        {"precision": ["0.425"]},
    ),
    Case(
        "evaluation/confusion_matrix",
        "hard",
        {
            "names": ("cat", "dog", "bird"),
            "table": ((6, 2, 0), (1, 12, 7), (3, 4, 25)),
        },
        {
            "class_precision": "(0.6, 2/3, 0.78125)",
            "class_recall": "(0.75, 0.6, 0.78125)",
            "class_f1": "(2/3, 12/19, 0.78125)",
            "macro": "0.693165",
            "micro": "43/60",
            "weighted": "0.716082",
        },
        {
            "class_precision": ["(0.75, 0.6, 0.78125)"],
            "macro": ["0.696251", "0.716667"],
            "micro": ["0.693165"],
            "weighted": ["0.693165"],
        },
    ),
    Case(  # MIT 6.036, spring 2021, question 4: missed positives cost three times as much
        "evaluation/decision_threshold",
        "easy",
        NOTHING | {"fp": 1, "fn": 3, "p": rational(3, 10)},
        {"threshold": "1/4", "expected": "(0.7, 0.9)", "formula": "1/(1 + alpha)"},
        {
            "threshold": ["3/4", "1/3", "1/2"],
            "expected": ["(0.3, 2.1)", "(2.1, 0.3)"],
            "formula": ["alpha/(1 + alpha)", "1/alpha"],
        },
    ),
    Case(
        "evaluation/decision_threshold",
        "medium",
        NOTHING
        | {
            "fp": 1,
            "fn": 3,
            "scores": tenths(9, 7, 6, 4, 3, 2, 1),
            "labels": (1, 0, 1, 0, 1, 0, 0),
            "cuts": (rational(1, 4), rational(1, 2), rational(4, 5)),
        },
        {"costs": "(2, 4, 6)", "best": "A", "weighted_loss": "-alpha ln(g)"},
        {"costs": ["(2, 2, 2)", "(6, 4, 2)"], "weighted_loss": ["-ln(g)", "alpha ln(g)"]},
    ),
    Case(
        "evaluation/decision_threshold",
        "hard",
        NOTHING
        | {
            "fp": 1,
            "fn": 3,
            "p": rational(4, 5),
            "share": rational(1, 2),
            "new": rational(1, 10),
            "logits": ((2, 1, 0, -1), (0, 3, 1, 2), (1, 2, 0, 3), (2, 0, 1, 3)),
            "classes": (0, 3, 0, 0),
        },
        {"corrected": "4/13", "expected_now": "(9/13, 12/13)", "top2": "3/4"},
        {"corrected": ["4/5", "0.16", "4/9", "36/37"], "top2": ["1/4", "1/2"]},
    ),
    Case(  # scikit-learn's roc_auc_score gives 0.825
        "evaluation/roc_auc",
        "medium",
        {
            "scores": tenths(9, 8, 7, 6, 6, 4, 3, 2, 1),
            "labels": (1, 1, 0, 1, 0, 1, 0, 0, 0),
            "cut": rational(13, 20),
        },
        {
            "rates": "(1/5, 1/2)",
            "points": "[(0, 0), (0, 1/4), (0, 1/2), (1/5, 1/2), (2/5, 3/4), (2/5, 1), (3/5, 1), "
            "(4/5, 1), (1, 1)]",
            "auc": "33/40",
        },
        {
            "rates": ["(1/2, 1/5)", "(1/3, 1/2)", "(1/9, 2/9)"],
            "auc": ["4/5", "17/20", "11/24", "7/40", "2/3", "13/20"],
        },
    ),
    Case(
        "evaluation/roc_auc",
        "hard",
        {
            "scores": tenths(9, 8, 7, 6, 6, 4, 3, 2, 1),
            "labels": (1, 1, 0, 1, 0, 1, 0, 0, 0),
            "cut": 0,
        },
        {"rank_sum": "53/2", "area": "0.825", "turned": "0.175", "youden": "3/5"},
        {"rank_sum": ["27/2", "37/2"], "area": ["4/5", "17/20"], "turned": ["0.825"]},
    ),
]
