"""Orthogonal matrices, singular values, quadratic forms and traces."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

SWAP = ((0, 1), (1, 0))
#: Two matrices whose product X Y^T is ((1, 5), (2, 1)).
X, Y = ((1, 2, 0), (0, 1, 1)), ((1, 0, 2), (3, 1, 0))

CASES = [
    Case(  # the determinant of 3 Q, not of Q
        "linear_algebra/orthogonal_matrix_properties",
        "easy",
        {
            "rows": SWAP,
            "denominator": 1,
            "k": 3,
            "statements": (
                "every orthogonal matrix has determinant 1",
                "all eigenvalues of an orthogonal matrix are real",
                "every orthogonal matrix is invertible, and its inverse is its transpose",
                r"$A^\top A$ is a diagonal matrix for every square matrix $A$",
            ),
            "candidates": (),
        },
        {"judged": "F F T F", "determinant": "-9"},
        {"judged": ["T F T F", "F T T F", "F F T T", "T T T T"], "determinant": ["9", "-3"]},
    ),
    Case(
        "linear_algebra/orthogonal_matrix_properties",
        "medium",
        {
            "rows": ((3, -4), (4, 3)),
            "denominator": 5,
            "k": 2,
            "statements": (
                "every symmetric matrix with positive entries is positive definite",
                "the rows of an orthogonal matrix are orthonormal, too",
            ),
            "known": rational(3, 5),
            # a rotation, a stretched one, a shear, and columns of length 1 that are not orthogonal
            "candidates": (
                (((3, -4), (4, 3)), 5),
                (((3, -4), (4, 3)), 1),
                (((1, 2), (0, 1)), 1),
                (((3, 4), (4, 3)), 5),
            ),
        },
        {"judged": "F T", "determinant": "4", "missing": "{-4/5, 4/5}", "chosen": "a"},
        {
            "judged": ["T T"],
            "determinant": ["2", "100"],
            "missing": ["{4/5}", "{16/25, -16/25}", "{2/5, -2/5}"],
            "chosen": ["a, b", "a, d", "a, c"],
        },
    ),
    Case(
        "linear_algebra/orthogonal_matrix_properties",
        "hard",
        {
            "rows": ((1, 2, 2), (2, 1, -2), (2, -2, 1)),
            "denominator": 3,
            "k": 2,
            "statements": ("if $Q$ is orthogonal, then $-Q$ is orthogonal",) * 2,
            "candidates": ((SWAP, 1), (((1, 2), (0, 1)), 1)),
            "M": ((3, -4), (4, 3)),
            "A": ((1, 2), (2, 1)),
        },
        {"determinant": "-8", "scales": "{1/5, -1/5}", "definite": "indefinite"},
        {"scales": ["{1/5}", "{1/25, -1/25}", "{5, -5}"], "definite": ["positive definite"]},
    ),
    Case(
        "linear_algebra/quadratic_form_gradient",
        "easy",
        {"A": ((1, 2), (0, 3)), "x": (1, -1), "b": (0, 0), "c": 0},
        {"value": "2", "gradient": "(0, -4)", "symmetric": "[[1, 1], [1, 3]]"},
        {
            "value": ["4", "-4"],
            "gradient": ["(-2, -6)", "(-1, -3)", "(1, -1)"],
            "symmetric": ["[[2, 2], [2, 6]]", "[[1, 2], [2, 3]]"],
        },
    ),
    Case(
        "linear_algebra/quadratic_form_gradient",
        "hard",
        {"A": ((1, 2), (0, 3)), "x": (1, -1), "b": (1, 2), "c": 5},
        {
            "value": "6",
            "gradient": "(1, -2)",
            "hessian": "[[2, 2], [2, 6]]",
            "formula": "2pu + (q + r)v",
        },
        {
            "gradient": ["(0, -4)", "(-1, -4)", "(0, -1)", "(2, 1)"],
            "hessian": ["[[1, 2], [0, 3]]", "[[2, 4], [0, 6]]"],
            "formula": ["2pu + 2qv", "pu + qv"],
        },
    ),
    Case(
        "linear_algebra/svd_gram_matrix",
        "medium",
        {
            "A": ((3, 0), (4, 5)),
            "asked": "Aa",
            "options": ("USsu", "VSsv", "VsSv", "USSv"),
        },
        {
            "gram": "[[25, 20], [20, 25]]",
            "eigenvalues": "(45, 5)",
            "values": "(6.708, 2.236)",
            "factored": "a",
        },
        {
            "gram": ["[[9, 12], [12, 41]]", "[[9, 0], [16, 25]]", "[[9, 0], [32, 25]]"],
            "eigenvalues": ["(25, 25)", "(90, 10)", "(6.708, 2.236)"],
            "values": ["(5, 3)", "(45, 5)", "(6.403, 3)", "(5, 5)"],
            "factored": ["b", "c", "d"],
        },
    ),
    Case(
        "linear_algebra/svd_gram_matrix",
        "hard",
        {
            "A": ((1, 0), (0, 1), (1, 1)),
            "asked": "a",
            "options": ("Vsu", "Usv", "USv", "vsU"),
        },
        {
            "gram": "[[2, 1], [1, 2]]",
            "eigenvalues": "(3, 1)",
            "values": "(sqrt(3), 1)",
            "error": "1",
            "share": "3/4",
            "factored": "a",
        },
        {
            "error": ["sqrt(3)", "2"],
            "share": ["0.6340", "1/4"],
            "factored": ["b", "c", "d"],
        },
    ),
    Case(
        "linear_algebra/trace_derivative",
        "easy",
        {"W": ((1, 2), (3, 4)), "X": ((0, 1), (5, 2))},
        {"value": "21", "product_gradient": "[[0, 5], [1, 2]]", "square": "[[2, 4], [6, 8]]"},
        {
            "value": ["10", "25"],
            "product_gradient": ["[[0, 1], [5, 2]]", "[[3, 4], [11, 18]]"],
            "square": ["[[1, 2], [3, 4]]", "[[2, 6], [4, 8]]"],
        },
    ),
    Case(
        "linear_algebra/trace_derivative",
        "medium",
        {
            "W": ((rational(1, 2), -1), (2, 1)),
            "X": X,
            "Y": Y,
            "words": ("BCA", "ACB", "cba", "abc", "CBA"),
        },
        {"linear": "[[1, 2], [5, 1]]", "square": "[[1, -2], [4, 2]]", "equal": "a, c"},
        {
            "linear": ["[[1, 5], [2, 1]]", "[[-1.5, 1.5], [4, 11]]", "[[2, 4], [10, 2]]"],
            "square": ["[[0.5, -1], [2, 1]]", "[[1, 4], [-2, 2]]"],
            "equal": ["a, b, c, e", "a", "a, d"],
        },
    ),
    Case(  # X X^T is ((5, 2), (2, 2))
        "linear_algebra/trace_derivative",
        "hard",
        {"W": ((rational(1, 2), -1), (2, 1)), "X": X, "Y": Y, "words": ("BCA", "ACB")},
        {
            "weighted": "[[1, -2], [24, 12]]",
            "stationary": "[[-1/3, 4/3], [4/3, -5/6]]",
        },
        {
            "weighted": ["[[0.5, -1], [12, 6]]", "[[1, -2], [4, 2]]"],
            "stationary": ["[[1, 2], [5, 1]]", "[[-1/6, 2/3], [2/3, -5/12]]"],
        },
    ),
]
