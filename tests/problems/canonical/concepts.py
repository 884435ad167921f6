"""Statements, derivations and the order of algorithms."""

from partialcredit.numbers.rationals import rational
from partialcredit.problems.concepts.algorithm_ordering import ALGORITHMS
from tests.problems.canonical.case import Case

#: statements of the notes and whether they hold, in pairs
JUDGED = {
    ("xor perceptron", "universal"): "F T",
    ("any function", "correlation"): "F T",
    ("knn training error", "three stack"): "F T",
    ("high dimension", "half cost"): "F F",
    ("folds", "invariant"): "T F",
    ("bn test", "adam parts"): "F T",
    ("bn affine", "adam correction constant"): "T F",
    ("small start", "rmsprop forgets"): "F T",
    ("glorot product", "adagrad grows"): "F F",
    ("he factor", "contour"): "T F",
    ("numerical training", "pool parameters"): "F F",
    ("reverse mode", "parameters input"): "T F",
    ("residual identity", "vgg convolutions"): "T F",
    ("bn mean path", "field filter"): "F F",
    ("bn noise", "pool average gradient"): "T F",
    ("trace order", "adam uncorrected"): "F F",
}
SLIPS = {"F T": ["T T", "F F", "T F"], "T F": ["T T", "F F", "F T"], "F F": ["T T"]}

BACKPROP, KNN, *_, FOLDS = list(ALGORITHMS)[:6]

NO_LAYERS = {"layers": (), "scenario": "", "pair": (), "model": "", "training": ()}
NO_LAYERS |= {"validation": (), "asked": 0, "wanted": 0}

BATCH_NORM = {"x": (3, 1, 5, 7), "running": (2, 4), "gamma": 2, "beta": 1, "keep": rational(1)}
BATCH_NORM |= {"h": (), "w": (), "mask": ()}
BATCH_NORM |= {
    "options": (
        "those of the mini-batch",
        "the running averages",
        "the mean of the mini-batch and the running variance",
        "none: it passes the values on",
    )
}
LINES = ("`model.train()`", "`model.eval()`", "`model.zero_grad()`", "`torch.manual_seed(0)`")
DROPOUT = {"h": (2, 4, 1), "w": (1, 1, 2), "mask": (1, 0, 1), "keep": rational(4, 5)}
DROPOUT |= {"x": (), "running": (), "gamma": 0, "beta": 1, "options": ()}


def numbers(*texts):
    """Decimals as exact fractions."""
    return tuple(map(rational, texts))


CASES = [
    *(
        Case(
            "concepts/concept_true_false",
            "easy",
            {"statements": names, "options": ()},
            {"pair": truths},
            {"pair": SLIPS[truths]},
        )
        for names, truths in JUDGED.items()
    ),
    Case(
        "concepts/concept_true_false",
        "hard",
        {"statements": ("vgg convolutions", "reverse mode", "adam uncorrected")}
        | {"options": ("resnet more", "vgg dense", "removed only", "parameters input")},
        {"judged": "F T F", "reason": "B"},
        {"judged": ["T T T", "F F F", "T F T"], "reason": ["A", "C", "D"]},
    ),
    Case(
        "concepts/spot_the_error",
        "easy",
        {"formulas": ("SVD", "tanh", "convolution size", "ELU"), "wrong": 2}
        | {"derivation": "velocity variance", "faults": (1,), "errors": (0,)}
        | {"numbers": numbers("0.9", "0.1", "2", "4")},
        {"lines": "B", "formula": "C"},
        {"lines": ["A"], "formula": ["A", "B", "D"]},
    ),
    Case(
        "concepts/spot_the_error",
        "medium",
        # the notes divide 1 - alpha^2 by 1 - alpha
        {"formulas": (), "derivation": "velocity variance", "faults": (1,), "errors": (0,)}
        | {"numbers": numbers("0.9", "0.1", "2", "4")},
        {"lines": "B", "value": "0.1199"},
        {"lines": ["A", "C"], "value": ["0.07600"]},
    ),
    Case(
        "concepts/spot_the_error",
        "hard",
        # the notes take the gradient of the output for that of b
        {"formulas": (), "derivation": "the variance path of batch normalisation"}
        | {"faults": (1, 2), "errors": (0, 0), "numbers": numbers("3", "4", "1", "2")},
        {"lines": "B C", "corrected": "-d*u/s", "value": "-0.1875"},
        {
            "lines": ["B", "C", "B C D"],
            "corrected": ["-u/s", "d*u/s", "-d*u/sqrt(s)"],
            "value": ["-0.375", "0.25"],
        },
    ),
    Case(
        "concepts/derivation_fill_in",
        "medium",
        # 3 - 0.9 (1 - 0.9^3) / 0.1 divided by 0.1 is 5.61; the notes lose an alpha: 2.90
        {"derivation": "position", "blanks": (1, 2), "shuffled": (0, 1, 2, 3)}
        | {"numbers": numbers("10", "0.9", "1", "1", "3")},
        {
            "first": "-eta mu/(1-alpha) (t - alpha (1-alpha^t)/(1-alpha))",
            "second": "theta_0 - eta mu/(1-alpha) (t - alpha (1-alpha^t)/(1-alpha))",
            "value": "4.39",
        },
        {
            "first": ["-eta mu/(1-alpha) (t - (1-alpha^t)/(1-alpha))"],
            "second": [
                "-eta mu/(1-alpha) (t - alpha (1-alpha^t)/(1-alpha))",
                "theta_0 + eta mu/(1-alpha) (t - alpha (1-alpha^t)/(1-alpha))",
            ],
            "value": ["7.1", "-5.61", "15.61"],
        },
    ),
    Case(
        "concepts/derivation_fill_in",
        "hard",
        # the notes have 1 - (1 - beta) in the denominator
        {"derivation": "mean of Adam's first moment", "blanks": (1, 0), "shuffled": (1, 0, 3, 2)}
        | {"numbers": numbers("0.9", "1", "3")},
        {
            "order": "B A D C",
            "first": "mu (1 - beta^t)",
            "second": "1 - beta^t",
            "value": "0.271",
        },
        {
            "order": ["A B C D", "C D A B"],
            "first": ["mu"],
            "second": ["(1-beta)(1-beta^t)/beta", "1 - beta^(t+1)"],
            "value": ["1", "0.1"],
        },
    ),
    Case(
        "concepts/algorithm_ordering",
        "medium",
        {"algorithm": BACKPROP, "shown": (6, 5, 4, 2, 1, 0)},
        {"order": "F E D C B A"},
        # the weights changed before the gradient; the backward pass before the forward pass
        {"order": ["F E D C A B", "F E C D B A"]},
    ),
    Case(
        "concepts/algorithm_ordering",
        "hard",
        {"algorithm": FOLDS, "shown": (6, 0, 1, 2, 3, 5)}
        | {"options": (*ALGORITHMS[FOLDS][1], ALGORITHMS[FOLDS][0][4][0])},
        {"order": "B C D E F A", "number": "1", "missing": "D"},
        # the test set is used before the final model is trained, or to choose
        {"order": ["B C D E A F"], "missing": ["A", "B"]},
    ),
    Case(
        "concepts/train_test_mode",
        "easy",
        BATCH_NORM | {"mode": "test"},
        {"statistics": "B", "value": "2"},
        {"statistics": ["A", "C", "D"], "value": ["0.1056", "1.5", "0.5"]},
    ),
    Case(
        "concepts/train_test_mode",
        "hard",
        BATCH_NORM | {"mode": "training", "keep": rational(1, 2), "lines": LINES},
        # the mini-batch has mean 4 and variance 5
        {"statistics": "B", "scale": "2", "value": "0.2111", "test_value": "2", "missing": "B"},
        {
            "missing": ["A"],
            "scale": ["0.5"],
            "value": ["0.1056", "4"],
            "test_value": ["0.1056", "4"],
        },
    ),
    Case(
        "concepts/train_test_mode",
        "medium",
        DROPOUT | {"mode": "test"},
        {"scale": "1", "sum_of_inputs": "8", "expected": "8"},
        {"scale": ["1.25", "0.8"], "sum_of_inputs": ["4", "10"], "expected": ["6.4", "10"]},
    ),
    Case(
        "concepts/train_test_mode",
        "medium",
        DROPOUT | {"mode": "training"},
        {"scale": "1.25", "sum_of_inputs": "5", "expected": "8"},
        {"scale": ["0.8", "5"], "sum_of_inputs": ["4", "10"]},
    ),
    Case(
        "concepts/hyperparameter_effect",
        "medium",
        # a stride of 2 for 1; mini-batches of 4 for 1
        NO_LAYERS
        | {"layers": ((32, 5, 0, 1, 4, 3), (32, 5, 0, 2, 4, 3)), "scenario": "batch"}
        | {"pair": numbers("1", "4")},
        {"width_change": "-14", "parameter_change": "0", "other_change": "B"},
        {"width_change": ["14"], "other_change": ["A", "C"]},
    ),
    Case(
        "concepts/hyperparameter_effect",
        "hard",
        # 32 pixels become 28, 30, 14 and 32
        NO_LAYERS
        | {
            "layers": (
                (32, 5, 0, 1, 4, 3),
                (32, 3, 0, 1, 8, 3),
                (32, 5, 0, 2, 12, 3),
                (32, 5, 2, 1, 6, 3),
            ),
            "wanted": 31,
            "scenario": "batch",
            "pair": numbers("1", "4"),
        },
        {"by_width": "C A B D", "by_parameters": "B A D C", "padding": "2", "other_change": "B"},
        {"by_width": ["D B A C", "A B D C"], "by_parameters": ["C D A B", "A D B C"]},
    ),
    Case(
        "concepts/hyperparameter_effect",
        "easy",
        # three neighbours follow single points too closely
        NO_LAYERS
        | {"scenario": "batch", "pair": numbers("1", "4")}
        | {"model": "neighbours", "training": (1, 3, 6, 11, 16, 21)}
        | {"validation": (20, 12, 8, 13, 18, 22), "asked": 3},
        {"chosen": "9", "diagnosis": "B", "advice": "A", "other_change": "B"},
        {"chosen": ["3"], "diagnosis": ["A"], "advice": ["B"]},
    ),
]
