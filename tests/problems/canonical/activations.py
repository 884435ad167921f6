"""Activation functions: values, slopes and properties, and what they do to gradients."""

from partialcredit.numbers.rationals import rational
from tests.problems.canonical.case import Case

HALF, FIFTH = rational(1, 2), rational(1, 5)
CENTRED, SATURATED, FLAT = (
    "its values average to 0 for inputs that are symmetric about 0",
    "its slope approaches or reaches 0 for $x \\to +\\infty$",
    "its slope is exactly 0 on a whole interval",
)
NAMES = ("sigmoid", "tanh", "ReLU", "softplus", "hard tanh")

CURVE = {"plotted": "tanh", "offered": ("ReLU", "tanh", "softplus", "sigmoid")}

CASES = [
    Case(
        "activations/activation_properties",
        "easy",
        {
            "z": rational(2),
            "pairs": (("ReLU", CENTRED), ("tanh", SATURATED), ("sigmoid", FLAT)),
            "names": (),
            "properties": (),
            "limit": 0,
            **CURVE,
        },
        {"averages": "(0.5, 1, 1.127)", "slopes": "(0.1050, 0.07065, 0.8808)", "judged": "F T F"}
        | {"derivative": "B"},
        {
            "averages": ["(0, 0, 0)", "(1, 2, 2.254)", "(0.8808, 2, 2.127)"],
            "slopes": [
                "(0.8808, 0.9640, 2.127)",
                "(0.1050, 0.03468, -2.397)",
                "(0.1050, 0.07065, 1)",
            ],
            "judged": ["T T F", "F F F", "F T T"],
        },
    ),
    Case(
        "activations/activation_properties",
        "medium",
        {
            "z": rational(2),
            "pairs": (),
            "names": NAMES,
            "properties": (CENTRED, FLAT),
            "limit": 0,
            **CURVE,
        },
        {"first_group": "b, e", "second_group": "c, e", "ranking": "E B A D C"},
        {
            "first_group": ["b, c, e", "a, c, d"],
            "second_group": ["a, b, c, e", "a, b, d"],
            "ranking": ["C D A B E", "A B E C D"],
        },
    ),
    Case(
        "activations/activation_properties",
        "hard",
        {
            "z": rational(2),
            "pairs": (),
            "names": NAMES,
            "properties": (SATURATED,),
            "limit": rational(1, 100),
            **CURVE,
        },
        {
            "first_group": "a, b, e",
            "largest": "1",
            "saturated": "ln((1 + sqrt(0.96))/(1 - sqrt(0.96)))",
        },
        {
            "first_group": ["a, e", "c, d"],
            "largest": ["0", "1/4"],
            "saturated": ["2.292", "ln(99)", "ln(25)"],
        },
    ),
    Case(
        "activations/activation_value_derivative",
        "easy",
        {"x": HALF, "u": rational(1), "w": 1, "b": 0},
        {
            "sigmoid": "0.6225",
            "sigmoid_slope": "0.2350",
            "tangent": "0.7616",
            "tangent_slope": "0.4200",
        },
        {
            "sigmoid": ["0.3775", "0.4621", "1.649"],
            "sigmoid_slope": ["0.6225", "0.3875", "0.3775", "0.6125", "-0.2350"],
            "tangent": ["0.7311", "0.4621"],
            "tangent_slope": ["0.1816", "0.2384", "0.7616"],
        },
    ),
    Case(
        "activations/activation_value_derivative",
        "medium",
        {
            "v": (rational(-1), rational(-2), rational(1)),
            "a": rational(1, 10),
            "alpha": HALF,
            "x": rational(1),
            "w": 1,
            "b": 0,
        },
        {
            "leaky": "(-0.1, -0.2, 1)",
            "leaky_slope": "(0.1, 0.1, 1)",
            "elu": "(-0.3161, -0.4323, 1)",
            "elu_slope": "(1/(2e), 1/(2e^2), 1)",
            "softplus": "ln(1 + e)",
            "softplus_slope": "0.7311",
        },
        {
            "leaky": ["(-1, -2, 0.1)", "(0, 0, 1)", "(0.1, 0.2, 1)"],
            "leaky_slope": ["(1, 1, 0.1)", "(0, 0, 1)", "(-0.1, -0.2, 1)"],
            "elu": ["(-1, -2, 0.8591)", "(0.1839, 0.06767, 1)", "(-0.6321, -0.8647, 1)"],
            "elu_slope": ["(-0.3161, -0.4323, 1)", "(0.3679, 0.1353, 1)", "(0.5, 0.5, 1)"],
            "softplus": ["1", "0.3133"],
            "softplus_slope": ["0.2689", "0.1966"],
        },
    ),
    Case(
        "activations/activation_value_derivative",
        "hard",
        {"w": rational(2), "b": rational(-3), "x": HALF},
        {
            "composite_slope": "0.2100",
            "composite_curvature": "0.3199",
            "steepest": "1.5",
            "largest_slope": "0.5",
            "swish_slope": "0.7400",
            "formula": "sigma(x) + x sigma(x) (1 - sigma(x))",
        },
        {
            "composite_slope": ["0.1050", "0.05250", "0.1192"],
            "composite_curvature": ["0.1599", "0.04409", "-0.3199"],
            "steepest": ["0", "-1.5", "3"],
            "largest_slope": ["0.25", "1", "2"],
            "swish_slope": ["0.6225", "0.1175", "0.2350"],
            "formula": ["sigma(x)", "x sigma(x) (1 - sigma(x))", "x sigma(x)"],
        },
    ),
    Case(
        "activations/gradient_sign_zigzag",
        "easy",
        {
            "x": (HALF, rational(1), rational(2)),
            "n": 3,
            "w": (),
            "b": 0,
            "u": (),
            "d": (),
            "v": (HALF, rational(-1), rational(2)),
            "delta": rational(-3, 2),
        },
        {"gradient": "(-0.75, -1.5, -3)", "signs": "(-1, 1, -1)", "impossible": "6"},
        {
            "gradient": ["(-1.5, -1.5, -1.5)", "(0.75, 1.5, 3)", "(-3, -1.5, -0.75)"],
            "signs": ["(-1, -1, -1)", "(1, -1, 1)"],
            "impossible": ["0", "7", "2", "4"],
        },
    ),
    Case(  # one unit with three inputs
        "activations/gradient_sign_zigzag",
        "medium",
        {
            "x": (HALF, rational(1), rational(2)),
            "n": 3,
            "k": 1,
            "w": (rational(1), rational(-1), rational(1)),
            "b": HALF,
            "u": (),
            "d": (),
            "g": rational(-3, 2),
        },
        {
            "unit_gradient": "(-0.07875, -0.1575, -0.3150)",
            "reachable": "2",
            "ratio": "4",
            "centred": "(1, 1, -1)",
        },
        {
            "unit_gradient": [
                "(-0.75, -1.5, -3)",
                "(-0.1575, 0.1575, -0.1575)",
                "(-0.6606, -1.321, -2.642)",
            ],
            "reachable": ["8", "3", "1"],
            "ratio": ["1.5"],
            "centred": ["(-1, -1, -1)", "(-1, -1, 1)"],
        },
    ),
    Case(
        "activations/gradient_sign_zigzag",
        "hard",
        {
            "x": (HALF, rational(1), rational(2)),
            "n": 3,
            "w": (rational(1), rational(-1), rational(1)),
            "b": HALF,
            "u": (rational(1), rational(1), rational(1)),
            "d": (1, -2, 3),
            "g": rational(-3, 2),
        },
        {
            "formula": "f (1 - f) x",
            "cosine": "4.5/sqrt(5.25 * 14)",
            "mixed": "(1/2, 2)",
            "from_two": "6",
        },
        {
            "formula": ["x", "f (1 - f)", "(1 - f^2) x"],
            "cosine": ["4.5", "0.9915"],
            "mixed": ["[1/2, 2]", "(0, oo)"],
            "from_two": ["8", "2", "4"],
        },
    ),
]
