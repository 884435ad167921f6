"""Neighbours, hyperplanes, cross-validation, threshold neurons, polynomials, Gaussian classes."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

SAMPLES = {"first": (-1, 3), "second": (4, 6, 8)}
POINTS = ((0, 0), (1, 2), (2, 1), (5, 5), (6, 5))

CASES = [
    Case(
        "ml_basics/cross_validation_counting",
        "easy",
        {"N": 1200, "K": 5, "grid": (6,)},
        {"train": "960", "validation": "240", "fits": "30", "validated": "6"},
        {
            "train": ["240", "1200"],
            "validation": ["960", "200"],
            "fits": ["24", "5", "6", "11"],
            "validated": ["1", "30", "24"],
        },
    ),
    Case(  # a test set of 300 is set aside first; 6 settings are 2 by 3
        "ml_basics/cross_validation_counting",
        "medium",
        {"N": 1500, "K": 5, "grid": (2, 3), "share": rational(1, 5)},
        {
            "test": "300",
            "train_of_rest": "960",
            "fits_and_last": "31",
            "uses": "25",
            "validated": "6",
        },
        {
            "test": ["1200"],
            "train_of_rest": ["240", "1200"],
            "fits_and_last": ["30", "25", "5", "6", "26"],
            "uses": ["31", "24", "5"],
            "validated": ["1", "30", "24"],
        },
    ),
    Case(  # 4 outer folds, each with 3 inner folds for 6 settings and a last fit
        "ml_basics/cross_validation_counting",
        "hard",
        {"N": 1200, "outer": 4, "K": 3, "grid": (2, 3)},
        {"outer_train": "900", "inner_train": "600", "nested": "76", "nested_uses": "39"},
        {
            "outer_train": ["300", "800"],
            "inner_train": ["800", "300"],
            "nested": ["72", "22", "64"],
            "nested_uses": ["76", "52", "57"],
        },
    ),
    Case(  # the first class has mean 1 and variance 4
        "ml_basics/gaussian_class_conditional_mle",
        "medium",
        {**SAMPLES, "x": (2,)},
        {
            "means": "(1, 6)",
            "variances": "(4, 8/3)",
            "density": "-1.737",
            "log_odds": "2.267",
        },
        {
            "means": ["(4, 4)", "(6, 1)"],
            "variances": ["(8, 4)", "(2, 1.633)", "(5, 38.67)"],
            "density": ["-2.430", "-1.516", "-0.8181", "-1.487", "-2.653", "-3.612"],
            "log_odds": ["2.470", "2.672", "-2.267"],
        },
    ),
    Case(
        "ml_basics/gaussian_class_conditional_mle",
        "hard",
        {**SAMPLES, "x": (2,)},
        {
            "pooled": "3.2",
            "boundary": "3.241",
            "posterior": "0.8742",
            "likelihood": "-13.37",
            "constant": "-N ln(c) - N n ln(2 pi)/2",
        },
        {
            "pooled": ["3.333", "9.2", "5.333"],
            "boundary": ["3.5", "3.759", "3.419"],
            "posterior": ["0.1258", "0.9124"],
            "likelihood": ["-10.00", "-10.87"],
            "constant": [
                "-N ln(2 pi)/2 - N n ln(2 pi)/2",
                "-N ln(c) - N ln(2 pi)/2",
                "-ln(c) - n ln(2 pi)/2",
            ],
        },
    ),
    Case(
        "ml_basics/high_dimensional_distance",
        "easy",
        {"law": "uniform", "p": 0, "q": 1, "n": 300},
        {"variance": "1/12", "square": "50", "rms": "sqrt(50)"},
        {
            "variance": ["0.2887", "1/3", "1"],
            "square": ["25", "1/6", "173.2", "100"],
            "rms": ["5", "50", "13.16", "0.4082"],
        },
    ),
    Case(  # a fair coin between 0 and 2 has the mean and the variance 1
        "ml_basics/high_dimensional_distance",
        "medium",
        {"law": "coin", "p": 0, "q": 2, "n": 200, "distance": 30},
        {"square": "400", "rms": "20", "norm": "400", "dimensions": "450"},
        {"rms": ["14.14", "1.414"], "norm": ["200"], "dimensions": ["449", "15", "900"]},
    ),
    Case(  # for U(0, 1) a squared difference has the mean 1/6 and the variance 1/15 - 1/36
        "ml_basics/high_dimensional_distance",
        "hard",
        {"law": "uniform", "p": 0, "q": 1, "n": 350, "spread": rational(3, 100), "k": 4},
        {"relative": "sqrt(0.004)", "enough": "1556", "falls": "2"},
        {
            "relative": ["0.004", "3.689", "1.183"],
            "enough": ["47", "1555"],
            "falls": ["4", "16"],
        },
    ),
    Case(
        "ml_basics/hyperplane_signed_distance",
        "medium",
        {"W": ((1, 2, 2),), "biases": (3,), "x": (1, 1, 1), "c": -6},
        {"score": "8", "distance": "8/3", "foot": "(1/9, -7/9, -7/9)", "gap": "3"},
        {"distance": ["8", "8/9", "5/3", "-8/3"], "gap": ["9", "1"]},
    ),
    Case(
        "ml_basics/hyperplane_signed_distance",
        "easy",
        {"W": ((3, 4),), "biases": (-5,), "x": (3, 4)},
        {"score": "20", "distance": "4", "foot": "(0.6, 0.8)"},
        {
            "score": ["25", "30"],
            "distance": ["20", "0.8", "5", "-4"],
            "foot": ["(5.4, 7.2)", "(-57, -76)"],
        },
    ),
    Case(
        "ml_basics/hyperplane_signed_distance",
        "hard",
        {"W": ((6, 8), (0, 1), (1, 0)), "biases": (-20, 0, 0), "x": (2, 3)},
        {"scores": "(16, 3, 2)", "by_score": "1", "deep": "(1.6, 3, 2)", "by_distance": "2"},
        {
            "scores": ["(36, 3, 2)", "(56, 3, 2)"],
            "by_score": ["3", "2"],
            "deep": ["(16, 3, 2)", "(0.16, 3, 2)"],
            "by_distance": ["1"],
        },
    ),
    Case(  # the nearest point has class 1, the next two class 0, and most of all five class 1
        "ml_basics/knn_classification",
        "easy",
        {"points": POINTS, "labels": (1, 0, 0, 1, 1), "query": (1, 0), "k": 3, "p": 2},
        {"distances": "(1, 4, 2, 41, 50)", "neighbours": "A C B D E", "label": "0"},
        {
            "distances": ["(1, 2, 2, 9, 10)"],
            "neighbours": ["E D B C A"],
            "label": ["1"],
        },
    ),
    Case(  # left out of the data, every point is outvoted by the other class
        "ml_basics/knn_classification",
        "hard",
        {
            "points": POINTS,
            "labels": (1, 0, 0, 1, 1),
            "query": (1, 0),
            "k": 3,
            "p": 2,
        },
        {"training_errors": "(0, 2/5)", "left_out": "1"},
        {"training_errors": ["(1, 3/5)", "(2/5, 0)"], "left_out": ["1/5", "0"]},
    ),
    Case(
        "ml_basics/knn_classification",
        "medium",
        {
            **{"points": POINTS, "labels": (1, 0, 0, 1, 1), "query": (1, 0), "k": 3, "p": 2},
            **{"N": 200, "Q": 10, "d": 4},
        },
        {"work": "8000", "memory": "1000"},
        {"work": ["2000", "800", "840"], "memory": ["800", "5"]},
    ),
    Case(  # exclusive or is the table 0110
        "ml_basics/perceptron_linear_separability",
        "easy",
        {
            "W": ((1, 1),),
            "b": -1,
            "c": (0,),
            "v": (1,),
            "tables": ("0110", "0001", "0111"),
            "target": "1110",
        },
        {
            "outputs": "(0, 0, 0, 1)",
            "biases": "(-2, -1]",
            "separable": "F T T",
            "neuron": "(-20, -20, 30)",  # the famous neuron for "not both"
        },
        {
            "outputs": ["(0, 1, 1, 1)", "(1, 1, 1, 0)"],
            "biases": ["[-2, -1)", "[1, 2)", "(-2, -1)"],
            "separable": ["T T T", "F F F"],
            "neuron": ["(20, 20, -30)", "(1, 1, -1)", "(-2, -2, 0)", "(-3, -1, 2)"],
        },
    ),
    Case(
        "ml_basics/perceptron_linear_separability",
        "easy",
        {
            "W": ((1, 1),),
            "b": rational(-3, 2),
            "c": (0,),
            "v": (1,),
            "tables": ("1001", "1000", "1110"),
            "target": "0100",
        },
        {
            "outputs": "(0, 0, 0, 1)",
            "biases": "(-2, -1]",
            "separable": "F T T",
            "neuron": "(-2.5, 1.5, -1/2)",
        },
        {"outputs": ["(0, 1, 1, 1)", "(1, 1, 1, 0)"]},
    ),
    Case(  # Goodfellow, Bengio and Courville (2016), section 6.1: exclusive or by two ReLUs
        "ml_basics/perceptron_linear_separability",
        "hard",
        {
            "W": ((1, 1), (1, 1)),
            "c": (0, -1),
            "v": (1, -2),
            "tables": ("01101001", "00010111", "00000001"),
        },
        {"scores": "(0, 1, 1, 0)", "thresholds": "(-1, 0]", "separable": "F T T"},
        {
            "scores": ["(2, 1, 1, 0)", "(0, -1, -1, -2)", "(0, 1, 1, 3)"],
            "thresholds": ["[-1, 0)", "[0, 1)", "(-1, 0)"],
        },
    ),
    Case(
        "ml_basics/polynomial_model_dof",
        "easy",
        {"n": 3, "d": 1, "N": 10, "points": 4},
        {"parameters": "4", "design": "10x4", "lowest": "3"},
        {
            "parameters": ["3", "5", "10"],
            "design": ["4x10", "10x3", "4x4"],
            "lowest": ["4", "2"],
        },
    ),
    Case(  # x^2 + 1 through three points
        "ml_basics/polynomial_model_dof",
        "hard",
        {"n": 20, "d": 1, "N": 30, "xs": (0, 1, 2), "ys": (1, 2, 5), "at": 3},
        {"parameters": "21", "errors": "(26/9, 0)", "prediction": "10"},
        {
            "errors": ["(26/3, 0)", "(13/3, 0)", "(0, 26/9)"],
            "prediction": ["8/3", "7", "5"],
        },
    ),
    Case(
        "ml_basics/polynomial_model_dof",
        "medium",
        {"n": 3, "d": 2, "N": 300, "budget": 20},
        {"parameters": "10", "design": "300x10", "leading": "4", "largest": "4"},
        {
            "parameters": ["9", "8", "16", "4", "7"],
            "leading": ["3", "10", "2"],
            "largest": ["5", "9"],
        },
    ),
]
