"""Means and variances of what optimizers collect from noisy gradients."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

TENTH, HALF, NINE = rational(1, 10), rational(1, 2), rational(9, 10)
LIMITS = ("$j$", "$j - 1$", "$t$", "$t - j$", "$t - 1$")

CASES = [
    Case(
        "optimizer_moments/adam_moment_expectation",
        "easy",
        {"beta_1": NINE, "mu": rational(2), "t": 3},
        {"expected": "0.542"},
        {"expected": ["2", "0.06022", "5.42", "1.458"]},
    ),
    # 0.9^k falls below 0.1 for k > 21.85.
    Case(
        "optimizer_moments/adam_moment_expectation",
        "hard",
        {
            **{"beta_1": NINE, "mu": rational(2), "t": 3, "bias": TENTH},
            **{"beta_2": rational("0.99"), "sigma": 1},
        },
        {
            **{"formula": "mu (1 - beta_1^t)", "factor": "3.690", "enough_steps": "22"},
            "second_formula": "(mu^2 + sigma^2) (1 - beta_2^t)",
            "expected_second": "0.1485",
        },
        {
            "formula": [
                *("mu", "mu (1 - beta_1^t) / (1 - beta_1)", "mu beta_1^t"),
                "mu (1 - beta_1) (1 - beta_1^t) / beta_1",
            ],
            **{"factor": ["10", "0.271", "1.372"], "enough_steps": ["21", "10"]},
            "second_formula": [
                *("mu^2 (1 - beta_2^t)", "sigma^2 (1 - beta_2^t)", "mu^2 + sigma^2"),
            ],
            "expected_second": ["0.1188", "0.0297", "5"],
        },
    ),
    Case(
        "optimizer_moments/adam_moment_variance",
        "easy",
        {"beta_1": NINE, "mu": rational(3), "sigma": rational(2), "t": 5},
        {"variance": "0.1371"},
        {"variance": ["3", "1.638", "4", "0.2105", "13.71"]},
    ),
    # 0.1371203 / 0.40951^2 = 0.81766; (1 + 0.9) / (1 - 0.9) = 19.
    Case(
        "optimizer_moments/adam_moment_variance",
        "hard",
        {"beta_1": NINE, "mu": rational(3), "sigma": rational(2), "t": 5},
        {
            "formula": "sigma^2 (1 - beta_1) (1 - beta_1^(2 t)) / (1 + beta_1)",
            **{"limit": "0.2105", "corrected": "0.8177", "sample_size": "19"},
        },
        {
            "formula": ["sigma^2 (1 - beta_1) (1 - beta_1^t) / (1 + beta_1)"],
            **{"limit": ["4"], "corrected": ["0.3348", "0.1371"]},
            "sample_size": ["10", "0.05263", "100"],
        },
    ),
    Case(
        "optimizer_moments/geometric_series",
        "easy",
        {"a": 2, "r": HALF, "m": 1, "n": 4},
        {"value": "1.875", "infinite": "2"},
        {"value": ["1.75", "3.875", "0.9375", "0.9375"], "infinite": ["4", "1", "0.6667"]},
    ),
    Case(
        "optimizer_moments/geometric_series",
        "medium",
        {"a": 2, "r": HALF, "m": 1, "n": 4, "alpha": NINE, "s": 2, "t": 5},
        {"backwards": "3.439", "formula": "a (1 - r^n) / (1 - r)"},
        {
            "backwards": ["2.439", "4.0951", "2.786"],
            "formula": ["a (1 - r^(n + 1)) / (1 - r)", "a / (1 - r)"],
        },
    ),
    # 1/2 + 2/4 + 3/8 + 4/16 = 1.625.
    Case(
        "optimizer_moments/geometric_series",
        "hard",
        {"a": 2, "r": HALF, "m": 1, "n": 4},
        {
            "general": "a (r^m - r^(n + 1)) / (1 - r)",
            "newest_first": "(1 - alpha^t) / (1 - alpha)",
            "ramp_formula": "r (1 - (n + 1) r^n + n r^(n + 1)) / (1 - r)^2",
            "ramp": "1.625",
        },
        {
            "general": [
                *("a (r^m - r^n) / (1 - r)", "a (1 - r^(n + 1)) / (1 - r)"),
                "(r^m - r^(n + 1)) / (1 - r)",
            ],
            "newest_first": ["(1 - alpha^(t + 1)) / (1 - alpha)"],
            "ramp": ["0.9375", "2", "3.75"],
        },
    ),
    Case(
        "optimizer_moments/minibatch_gradient_variance",
        "easy",
        {"sigma": rational(6), "K": 4, "c": 2, "claims": ()},
        {"variance": "9", "deviation": "3", "larger": "16"},
        {
            **{"variance": ["1.5", "2.25", "36", "18"], "deviation": ["1.5", "9"]},
            "larger": ["8", "4"],
        },
    ),
    # The squared distances from the mean 2 are 25, 9, 1, 9 and 16: the catalogue's variance 12.
    Case(
        "optimizer_moments/minibatch_gradient_variance",
        "medium",
        {"g": (-3, -1, 3, 5, 6), "K": 4, "claims": (2, 4, 0), "target": rational(2)},
        {
            **{"full": "2", "single": "12", "batch": "3", "enough": "6"},
            "judged": "false, false, true",
        },
        {
            **{"full": ["10", "2.5"], "single": ["15", "16"]},
            **{"batch": ["0.8660", "0.75", "12", "6"], "enough": ["5", "36"]},
            "judged": ["true, true, true", "false, false, false"],
        },
    ),
    # Cochran (1977), "Sampling techniques", theorem 2.2: 12/2 times (5 - 2)/(5 - 1).
    Case(
        "optimizer_moments/minibatch_gradient_variance",
        "hard",
        {"g": (-3, -1, 3, 5, 6), "K": 2, "claims": (2, 4, 0), "c": 3},
        {"without": "4.5", "larger": "18", "formula": "sigma^2/K * M/(K + M - 1)"},
        {
            "without": ["6", "3.6", "2.121"],
            "larger": ["6", "9"],
            "formula": ["sigma^2/K", "sigma^2/K * M/(K + M)"],
        },
    ),
    Case(
        "optimizer_moments/momentum_covariance",
        "easy",
        {"alpha": NINE, "eta": TENTH, "sigma": rational(2), "mu": 0, "t": 4},
        {"variance": "0.1199"},
        {"variance": ["0.076", "0.13756", "0.5995", "0.2105"]},
    ),
    # E[v_4] = -0.3439 mu; theta_4 holds g_1 to g_4 3.439, 2.71, 1.9 and 1 times eta.
    Case(
        "optimizer_moments/momentum_covariance",
        "hard",
        {"alpha": NINE, "eta": TENTH, "sigma": rational(2), "mu": (2, -1), "t": 4},
        {
            "formula": "eta^2 sigma^2 (1 - alpha^(2 t)) / (1 - alpha^2)",
            "covariance": "[[0.1199, 0], [0, 0.1199]]",
            "second_moments": "[[0.5930, -0.2365], [-0.2365, 0.2382]]",
            **{"limit": "0.2105", "position_variance": "0.9512"},
        },
        {
            "formula": [
                "eta^2 sigma^2 (1 - alpha^2) / (1 - alpha)",
                "eta^2 sigma^2 (1 - alpha^t) / (1 - alpha)",
                "eta sigma (1 - alpha^(2 t)) / (1 - alpha^2)",
                "eta^2 sigma^2 / (1 - alpha^2)",
            ],
            "covariance": [
                *("[[0.1199, 0.1199], [0.1199, 0.1199]]", "[[0.3463, 0], [0, 0.3463]]"),
                "[[0.5930, -0.2365], [-0.2365, 0.2382]]",
            ],
            "second_moments": ["[[0.1199, 0], [0, 0.1199]]"],
            **{"limit": ["0.4", "4"], "position_variance": ["0.3309", "0.1199"]},
        },
    ),
    Case(
        "optimizer_moments/momentum_expectation",
        "easy",
        {"alpha": NINE, "eta": TENTH, "mu": 2, "t": 3},
        {"expected_velocity": "-0.542"},
        {"expected_velocity": ["0.542", "-2", "-0.6878", "-0.0542", "-0.4932", "0"]},
    ),
    # The means of the catalogue's gradients: -0.1 (0.81 + 0.9 * 2 - 1).
    Case(
        "optimizer_moments/momentum_expectation",
        "hard",
        {"alpha": NINE, "eta": TENTH, "mu": 2, "t": 3, "means": (1, 2, -1)},
        {
            "formula": "-eta mu (1 - alpha^t) / (1 - alpha)",
            **{"limit": "-2", "changing_means": "-0.161"},
        },
        {
            "formula": [
                *("eta mu (1 - alpha^t) / (1 - alpha)", "-eta mu / (1 - alpha)"),
                *("-eta mu (1 - alpha^(t + 1)) / (1 - alpha)", "-eta mu (1 - alpha^t)"),
                "-eta mu (1 - alpha^(2 t)) / (1 - alpha^2)",
            ],
            **{"limit": ["-0.2", "2"], "changing_means": ["-0.199", "0.1"]},
        },
    ),
    # The catalogue gives the change from theta_0, which is 1 here.
    Case(
        "optimizer_moments/momentum_weight_expectation",
        "easy",
        {"alpha": NINE, "eta": TENTH, "mu": 2, "theta_0": 1, "t": 3},
        {"expected_position": "-0.122"},
        {"expected_position": ["0.42", "2.122", "0.478", "0.458", "-0.626", "-1.122"]},
    ),
    Case(
        "optimizer_moments/momentum_weight_expectation",
        "hard",
        {"alpha": NINE, "eta": TENTH, "mu": 2, "theta_0": 1, "t": 4, "limits": LIMITS},
        {
            "inner_limit": "A",
            "formula": "theta_0 - eta mu/(1 - alpha) (t - alpha (1 - alpha^t)/(1 - alpha))",
            "lag": "alpha / (1 - alpha)",
        },
        {
            "inner_limit": ["B", "C"],
            "formula": [
                "theta_0 - eta mu/(1 - alpha) (t - (1 - alpha^t)/(1 - alpha))",
                "theta_0 + eta mu/(1 - alpha) (t - alpha (1 - alpha^t)/(1 - alpha))",
                "-eta mu/(1 - alpha) (t - alpha (1 - alpha^t)/(1 - alpha))",
                "theta_0 - eta mu alpha/(1 - alpha) (t - (1 - alpha^t)/(1 - alpha))",
                "theta_0 - eta mu (1 - alpha^t)/(1 - alpha)",
                "theta_0 - t eta mu (1 - alpha^t)/(1 - alpha)",
            ],
            "lag": ["1 / (1 - alpha)"],
        },
    ),
    Case(
        "optimizer_moments/sgd_stationary_variance",
        "medium",
        {"eta": HALF, "lam": rational(1), "sigma": rational(1), "decay": 5, "t": 2},
        {"after": "0.3125", "variance": "0.3333", "loss": "0.1667"},
        {
            **{"after": ["0.25", "0.5", "0.3333", "0.375"], "variance": ["0.25", "0.5", "1"]},
            "loss": ["0.3333", "0"],
        },
    ),
    # V = 0.25 V + 0.25 for 1/3; momentum by repeating its linear map of (theta, v) to the end.
    Case(
        "optimizer_moments/sgd_stationary_variance",
        "hard",
        {
            **{"eta": HALF, "lam": rational(1), "sigma": rational(1), "decay": 5},
            **{"other": rational(3), "alpha": NINE},
        },
        {
            "formula": "eta sigma^2 / (lambda (2 - eta lambda))",
            **{"later_loss": "0.02632", "both": "0.6667", "with_momentum": "2.879"},
        },
        {
            "formula": ["eta sigma^2 / (2 lambda)", "eta sigma^2 / lambda"],
            **{"later_loss": ["0.03333", "0.1667"], "both": ["0.1667", "0.3333"]},
            "with_momentum": ["0.3333", "1.667"],
        },
    ),
]
