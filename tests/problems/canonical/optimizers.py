"""Gradient descent, mini-batches and momentum."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TENTH, NINE = rational(1, 10), rational(9, 10)

CASES = [
    # A diagonal of 5 beside 4 has the eigenvalues 1 and 9; 0.8^k < 0.1 needs k > 10.3.
    Case(
        "optimizers/gd_quadratic_convergence",
        "hard",
        {"a": 5, "b": 4, "share": TENTH},
        {
            **{"spectrum": "[1, 9]", "stable_rates": "(0, 0.2222)", "best": "0.2"},
            "formula": "2 / (lambda_1 + lambda_2)",
            **{"best_factor": "0.8", "best_steps": "11", "momentum": "0.25"},
        },
        {
            "spectrum": ["[5, 5]"],
            "stable_rates": ["(0, 0.1111)", "(0, 2)"],
            "best": ["0.2222", "0.1111", "0.1"],
            "formula": ["1 / (lambda_1 + lambda_2)", "2 / lambda_2", "1 / lambda_2"],
            **{"best_factor": ["0.8889", "0.64"], "best_steps": ["10", "6"]},
            "momentum": ["0.64", "0.5"],
        },
    ),
    Case(
        "optimizers/gd_quadratic_convergence",
        "easy",
        {"curvatures": (4,), "eta": TENTH, "theta_0": 5, "n": 3},
        {"stable": "(0, 0.5)", "factor": "0.6", "loss_factor": "0.36", "position": "1.08"},
        {
            **{"stable": ["(0, 0.25)"], "factor": ["0.4", "0.9"], "loss_factor": ["0.6", "1.2"]},
            "position": ["-1.08", "0.648", "-1"],
        },
    ),
    Case(
        "optimizers/gd_quadratic_convergence",
        "medium",
        {"curvatures": (4, 12), "eta": TENTH, "share": TENTH, "theta_0": 5, "n": 3},
        {"factor": "0.6", "enough": "5"},
        {"factor": ["0.2"], "enough": ["4", "3"]},
    ),
    # (x - 3)^2 + (y - 1)^2 without its constant: the catalogue's parabola in x.
    Case(
        "optimizers/gradient_descent_step",
        "medium",
        {"A": ((1, 0), (0, 1)), "slopes": (-6, -2), "theta_0": (0, 0), "eta": TENTH},
        {"gradient": "[-6, -2]", "first": "[0.6, 0.2]", "second": "[1.08, 0.36]", "change": "-3.6"},
        {
            "first": ["[-0.6, -0.2]", "[6, 2]"],
            "second": ["[-1.32, -0.44]", "[0.6, 0.2]", "[1.2, 0.4]"],
            "change": ["3.6", "-4"],
        },
    ),
    Case(
        "optimizers/gradient_descent_step",
        "easy",
        {"A": ((1,),), "slopes": (-6,), "theta_0": 5, "eta": TENTH},
        {"gradient": "4", "first": "4.6", "change": "-1.44"},
        {"gradient": ["-1", "10"], "first": ["5.4", "1"], "change": ["-1.6", "1.44"]},
    ),
    Case(
        "optimizers/gradient_descent_step",
        "hard",
        {"x": (1, 2, 3), "y": (2, 3, 5), "theta_0": (1, 1), "eta": TENTH},
        {
            **{"residuals": "[0, 0, -1]", "batch_gradient": "[-1, -1/3]"},
            **{"after": "[1.1, 1.033]", "loss_change": "-0.08056"},
        },
        {
            "residuals": ["[0, 0, 1]", "[-1, -1, -2]"],
            "batch_gradient": ["[-3, -1]", "[-2, -2/3]", "[-1/3, -1/3]"],
            "after": ["[0.9, 0.9667]", "[1.1, 1.013]"],
            "loss_change": ["0.08056", "-0.1111"],
        },
    ),
    Case(
        "optimizers/minibatch_counting",
        "medium",
        {"N": 50000, "B": 128, "epochs": 10, "drop": 0},
        {"per_epoch": "391", "last": "80", "total": "3910", "gradients": "500000"},
        {
            **{"per_epoch": ["390", "6400000"], "last": ["128", "48"]},
            **{"total": ["3900", "391", "3907"], "gradients": ["3910", "50000", "500480"]},
        },
    ),
    Case(
        "optimizers/minibatch_counting",
        "hard",
        {"N": 50000, "B": 128, "epochs": 10, "drop": 1, "number": 800},
        {
            **{"unused": "80", "full_batches": "390", "full_total": "3900"},
            **{"gradients": "499200", "epoch": "3"},
        },
        {
            **{"unused": ["0", "48"], "full_batches": ["391"], "full_total": ["390", "3910"]},
            **{"gradients": ["500000", "49920"], "epoch": ["2", "20"]},
        },
    ),
    # The catalogue's gradients are those of the first component.
    Case(
        "optimizers/momentum_unroll",
        "medium",
        {
            **{"g": ((1, 3), (2, -1), (-1, 2)), "alphas": (NINE, NINE, NINE)},
            **{"eta": TENTH, "theta_0": (0, 0), "c": 2},
        },
        {
            "velocities": "[[-0.1, -0.3], [-0.29, -0.17], [-0.161, -0.353]]",
            **{"position": "[-0.551, -0.823]", "terminal": "-2"},
        },
        {
            "velocities": [
                "[[-0.1, -0.3], [-0.28, -0.21], [-0.199, -0.372]]",
                "[[0.1, 0.3], [0.29, 0.17], [0.161, 0.353]]",
                "[[-0.01, -0.03], [-0.029, -0.017], [-0.0161, -0.0353]]",
                "[[-0.1, -0.3], [-0.2, 0.1], [0.1, -0.2]]",
                "[[0, 0], [-0.1, -0.3], [-0.29, -0.17]]",
            ],
            "position": ["[-0.39, -0.47]", "[-0.161, -0.353]", "[0.551, 0.823]"],
            "terminal": ["-0.2", "2", "-0.2222"],
        },
    ),
    Case(
        "optimizers/momentum_unroll",
        "hard",
        {
            **{"g": (1, 2, -1), "alphas": (NINE, NINE, NINE)},
            **{"eta": TENTH, "theta_0": 1, "c": 2},
        },
        {
            "velocities": "[-0.1, -0.29, -0.161]",
            "formula": "-eta (alpha^2 g_1 + alpha g_2 + g_3)",
        },
        {
            "velocities": ["[-0.1, -0.28, -0.199]"],
            "formula": [
                "-eta (g_1 + alpha g_2 + alpha^2 g_3)",
                "eta (alpha^2 g_1 + alpha g_2 + g_3)",
                "-eta (1 - alpha) (alpha^2 g_1 + alpha g_2 + g_3)",
                "-eta (alpha^3 g_1 + alpha^2 g_2 + alpha g_3)",
            ],
        },
    ),
    # theta^2 is h (theta - c)^2 with h = 1 and c = 0; alpha = 0.9 and eta = 0.1.
    Case(
        "optimizers/nesterov_momentum",
        "hard",
        {
            **{"h": 1, "c": 0, "theta_0": 1, "v_0": rational(-1, 5)},
            **{"alpha": NINE, "eta": TENTH},
        },
        {
            **{"ahead": "0.82", "gradient": "1.64", "v_1": "-0.344", "theta_1": "0.656"},
            **{"v_2": "-0.3789", "theta_2": "0.2771", "shifted": "-0.06387"},
            "change": "(1 + alpha) v_1 - alpha v_0",
        },
        {
            **{"ahead": ["0.8", "1.18", "1"], "gradient": ["2", "0.82"]},
            "v_1": ["-0.016", "-0.38", "-0.34", "-0.416"],
            "theta_1": ["0.984", "0.62", "0.66", "0.584"],
            "v_2": ["-0.4408", "-0.4736"],
            **{"change": ["v_1"], "shifted": ["0.6181", "-0.1018"]},
        },
    ),
]
