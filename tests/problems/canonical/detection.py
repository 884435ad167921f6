"""Boxes: instances from courses, and what torchvision and published tables give for them."""

from partialcredit.numbers.rationals import Rational, rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)


def hundredths(*values: int) -> tuple[Rational, ...]:
    return tuple(rational(v, 100) for v in values)


CASES = [
    Case(  # Coursera's course on convolutional networks asks for the first, 1/9
        "detection/box_iou",
        "medium",
        {
            "truth": (0, 0, 2, 2),
            "predictions": (
                (2, rational(5, 2), 2, 3),
                (1, HALF, 2, 1),
                (rational(5, 2), 3, 1, 2),
            ),
            "tau": rational(1, 10),
            "width": 0,
        },
        {
            "corners": "[(1, 1, 3, 4), (0, 0, 2, 1), (2, 2, 3, 4)]",
            "overlaps": "(1, 2, 0)",
            "ious": "(1/9, 1/2, 0)",
            "found": "A, B",
        },
        {
            "corners": [
                "[(2, 5/2, 4, 11/2), (1, 1/2, 3, 3/2), (5/2, 3, 7/2, 5)]",
                "[(1, 1, 2, 3), (0, 0, 2, 1), (2, 2, 1, 2)]",
            ],
            "ious": ["(1/10, 1/3, 0)", "(1/8, 1, 0)", "(1/6, 1, 0)", "(1/12, 1/2, 0)"],
            "found": ["C", "B"],
        },
    ),
    Case(  # torchvision's generalized_box_iou gives -0.1389 for the first
        "detection/box_iou",
        "hard",
        {
            "truth": (0, 0, 2, 2),
            "predictions": ((2, rational(5, 2), 2, 3), (4, 1, 2, 2)),
            "tau": HALF,
            "width": 6,
        },
        {"gious": "(-5/36, -1/5)", "slide": "2"},
        {"gious": ["(-2/9, -1/4)", "(13/36, 1/5)", "(-1/4, -1/5)"], "slide": ["3", "3/2", "18"]},
    ),
    Case(  # 10 x 10 boxes; what torchvision's nms and batched_nms keep of them
        "detection/non_maximum_suppression",
        "medium",
        {
            "scores": hundredths(90, 80, 70, 85, 60, 50, 30),
            "spans": (),
            "table": (
                hundredths(54, 25, 67, 0, 0, 0),
                hundredths(54, 39, 0, 0, 0),
                hundredths(19, 0, 0, 0),
                hundredths(0, 0, 0),
                hundredths(82, 0),
                hundredths(0),
            ),
            "classes": (1, 1, 1, 2, 1, 1, 1),
            "tau": HALF,
            "cut": rational(2, 5),
        },
        {
            "order": "A, D, B, C, E, F, G",
            "fate": "(0, 1, 0, 0, 0, 5, -1)",
            "kept": "{1, 3, 4, 5}",
            "agnostic": "{1, 3, 5}",
        },
        {
            "order": ["A, B, C, D, E, F, G"],
            "fate": [
                "(0, 1, 2, 0, 0, 5, -1)",
                "(0, 1, 0, 1, 0, 5, -1)",
                "(0, 1, 0, 0, 0, 5, 0)",
            ],
            "kept": ["{1, 4, 5}", "{1, 3, 5}", "{1}", "{1, 3, 4, 5, 7}", "{2, 6}"],
            "agnostic": ["{1, 3, 4, 5}", "{1, 5}"],
        },
    ),
]
