"""Attacks on linear models that can be done by hand."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF, QUARTER = rational(1, 2), rational(1, 4)

ATTACKED = {
    "w": (rational(2), rational(-1), HALF),
    "b": -HALF,
    "x": (rational(1), HALF, rational(2)),
    "y": 1,
    "size": QUARTER,
}

CASES = [
    Case(
        "adversarial/fgsm_step",
        "easy",
        ATTACKED,
        {
            "error": "-0.119203",
            "gradient": "(-0.238406, 0.119203, -0.0596015)",
            "attack": "(3/4, 3/4, 7/4)",
            "logit": "9/8",
            "probability": "0.754915",
        },
        {
            "error": ["0.1192", "-0.0125155", "0.880797"],
            "gradient": ["(-0.119203, -0.0596015, -0.238406)", "(2, -1, 0.5)"],
            "attack": [
                "(5/4, 1/4, 9/4)",
                "(0.940399, 0.529801, 1.9851)",
                "(0.781782, 0.609109, 1.94545)",
                "(5/4, 3/4, 9/4)",
            ],
            "logit": ["1.42718", "7/4", "13/8"],
        },
    ),
    Case(  # the worst loss is Goodfellow, Shlens and Szegedy (2015), section 5
        "adversarial/fgsm_step",
        "hard",
        ATTACKED,
        {"smallest": "4/7", "worst": "ln(1 + exp(r n - m))"},
        {"smallest": ["0.872872", "4/3"], "worst": ["ln(1 + exp(-m - r n))", "ln(1 + exp(-m))"]},
    ),
]
