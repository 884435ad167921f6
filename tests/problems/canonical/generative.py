"""Variational autoencoders and adversarial networks, against torch and published identities."""

from partialcredit.numbers.rationals import Rational, rational
from tests.problems.canonical.case import Case

HALF = rational(1, 2)


NOTHING = {"real": (), "generated": (), "p": (), "q": (), "outputs": ()}


def whole(*values: int) -> tuple[Rational, ...]:
    return tuple(map(rational, values))


CASES = [
    Case(
        "generative/gaussian_kl",
        "easy",
        {"means": whole(1, -1), "spreads": (HALF, rational(4))},
        {"per_dimension": "(0.596574, 1.30685)", "kl": "1.90343", "bits": "2.74606"},
        {
            "per_dimension": ["(1.1931, 2.6137)", "(1.09657, 1.80685)", "(-0.0966, 2.693)"],
            "kl": ["0.951713", "3.80685", "2.90343", "2.59657", "1.18027", "0.903426", "1.59657"],
            "bits": ["1.31935"],
        },
    ),
    Case(  # torch.distributions.kl_divergence(Normal(1, 2), Normal(3, 1)) is 2.8069
        "generative/gaussian_kl",
        "medium",
        {"means": whole(1, 3), "spreads": whole(2, 1)},
        {"forward": "2.80685", "reverse": "0.818147"},
        {"forward": ["1.30685", "4.19315", "0.818147"], "reverse": ["2.80685"]},
    ),
    Case(
        "generative/gaussian_kl",
        "hard",
        {"means": whole(1, -1, 0), "spreads": whole(1, -1, 2)},
        {
            "per_dimension": "(0.85914, 0.68394, 2.19453)",
            "kl": "3.73761",
            "gradient_mean": "(1, -1, 0)",
            "gradient_log_variance": "((e - 1)/2, (1/e - 1)/2, (e^2 - 1)/2)",
            "formula": "(mu^2 + sigma^2 - 1)/2 - ln(sigma)",
        },
        {
            "gradient_log_variance": ["((1 - 1/e)/2, (1 - e)/2, (1 - 1/e^2)/2)"],
            "formula": ["mu^2 + sigma^2 - 1 - 2 ln(sigma)", "(mu^2 + sigma^2)/2 - ln(sigma)"],
        },
    ),
    Case(
        "generative/gan_losses",
        "easy",
        NOTHING
        | {
            "real": (rational(4, 5), HALF),
            "generated": (rational(1, 5), rational(3, 4)),
        },
        {"discriminator": "1.26286", "saturating": "-0.804719", "non_saturating": "0.94856"},
        {
            "discriminator": ["2.09985", "0.631432", "2.52573", "-1.26286"],
            "saturating": ["0.94856", "0.804719"],
            "non_saturating": ["0.74444"],
        },
    ),
    Case(
        "generative/gan_losses",
        "medium",
        NOTHING
        | {
            "p": (HALF, rational(1, 5), rational(3, 10), rational(0)),
            "q": (rational(1, 4), rational(1, 4), rational(0), HALF),
        },
        {"optimal": "(2/3, 4/9, 1, 0)"},
        {"optimal": ["(1/3, 5/9, 0, 1)", "(1/2, 1/2, 1/2, 1/2)"]},
    ),
    Case(  # without a common outcome the divergence is ln 2, and the discriminator makes no error
        "generative/gan_losses",
        "medium",
        NOTHING | {"p": (HALF, HALF, *whole(0, 0)), "q": (*whole(0, 0), HALF, HALF)},
        {"optimal": "(1, 1, 0, 0)", "js": "ln 2", "value": "0"},
        {"value": ["2 ln 2", "-ln 2", "ln 2"]},
    ),
    Case(
        "generative/gan_losses",
        "hard",
        NOTHING | {"outputs": (rational(1, 10), rational(1, 5))},
        {
            "slopes": "[(-0.1, -0.9), (-0.2, -0.8)]",
            "ratios": "(9, 4)",
            "formula": "p/(p + q)",
        },
        {
            "slopes": ["[(-0.9, -0.1), (-0.8, -0.2)]", "[(-10/9, -10), (-5/4, -5)]"],
            "ratios": ["(1/9, 1/4)"],
            "formula": ["q/(p + q)"],
        },
    ),
]
