"""The log-sum-exp function: values, bounds and derivatives."""

from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import Rational, rational
from tests.problems.canonical.case import Case

NORM, TIGHTER, DOUBLED, MOVED = (
    r"$\max_i |x_i| \le \mathrm{LSE}(x)$",
    r"$\mathrm{LSE}(x) < \max_i x_i + \ln n$",
    r"$\mathrm{LSE}(2x) = 2 \, \mathrm{LSE}(x)$",
    r"adding 1 to every entry of $x$ adds 1 to $\mathrm{LSE}(x)$",
)


def numbers(*values: int) -> tuple[Rational, ...]:
    return tuple(map(Rational, values))


CODES = (
    "`np.log(np.exp(x).sum())`",
    "`x.max() + np.log(np.exp(x - x.max()).sum())`",
    "`x.max() * np.log(np.exp(x / x.max()).sum())`",
    "`x.min() + np.log(np.exp(x + x.min()).sum())`",
)

CASES = [
    Case(
        "log_sum_exp/lse_bounds",
        "easy",
        {"x": numbers(3, 1, -2), "statements": ()},
        {"value": "3.133", "interval": "[3, 3 + ln(3)]"},
        {
            "value": ["3", "3.408", "1.361", "4.099", "2"],
            "interval": ["[3, 3.477]", "[3, 3.693]", "[3, 6]"],
        },
    ),
    Case(  # an entry of large size that is negative: the norm is no bound
        "log_sum_exp/lse_bounds",
        "medium",
        {"x": numbers(-5, 1, 2), "statements": (NORM, TIGHTER, DOUBLED, MOVED)},
        {"value": "2.314", "interval": "[2, 2 + ln(3)]", "judged": "F T F T"},
        {
            "value": ["2", "5.066", "-2"],
            "interval": ["[5, 5 + ln(3)]"],
            "judged": ["T T F T", "T T T T", "T F T F"],
        },
    ),
    Case(
        "log_sum_exp/lse_bounds",
        "hard",
        {
            "x": numbers(999, 1001, 1002),
            "statements": (NORM, TIGHTER, DOUBLED, MOVED),
            "tight": (
                "never",
                "exactly when all entries are zero",
                "exactly when all entries are equal",
                "exactly when no entry is negative",
                "exactly when one entry is the largest, all others being smaller",
            ),
            "codes": CODES,
        },
        {
            "value": "1002.3490",
            "interval": "[1002, 1003.0986]",
            "judged": "T T F T",
            "bounds": "p <= LSE(x) <= p + ln(n)",
            "tightness": "c",
            "code": "B",
        },
        {
            "value": ["1002", "1003.0986", "3002"],
            "bounds": ["p <= LSE(x) <= p + n", "p < LSE(x) <= p + ln(n)", "LSE(x) <= p + ln(n)"],
            "tightness": ["b", "e", "a", "d"],
        },
    ),
    Case(
        "log_sum_exp/lse_gradient",
        "easy",
        {"x": (rational(0), log(3)), "d": (2, -3), "h": rational(1, 20), "t": 1},
        {"gradient": "(1/4, 3/4)", "directional": "-7/4", "estimate": "ln(4) + 1/80"},
        {
            "gradient": ["(0, 1)", "(1/2, 1/2)", "(1, 3)", "(1/4, 1/4)"],
            "directional": ["-1", "2.007"],
            "estimate": ["1/80", "1.436", "1.424"],
        },
    ),
    Case(  # the softmax of 0, 1 and 2
        "log_sum_exp/lse_gradient",
        "hard",
        {
            "x": numbers(0, 1, 2),
            "d": (1, -1, 2),
            "t": 2,
            "statements": (
                "The entries of the gradient add up to 1.",
                "The gradient is 1 at the largest entry of $x$ and 0 at all others.",
                "All entries of the gradient are equal.",
            ),
        },
        {
            "gradient": "(0.09003, 0.2447, 0.6652)",
            "judged": "T F F",
            "hessian": "[[0.08193, -0.02203, -0.05989], [-0.02203, 0.1848, -0.1628], "
            "[-0.05989, -0.1628, 0.2227]]",
            "curvature": "1.613",
            "scaled_gradient": "(0.01588, 0.1173, 0.8668)",
            "formula": "e^u/(e^u + e^v)",
        },
        {
            "gradient": ["(0, 0, 1)", "(1/3, 1/3, 1/3)", "(1, 2.718, 7.389)"],
            "judged": ["T T T", "F T T"],
            "hessian": [
                "[[0.08193, 0, 0], [0, 0.1848, 0], [0, 0, 0.2227]]",
                "[[0.09003, 0, 0], [0, 0.2447, 0], [0, 0, 0.6652]]",
            ],
            "curvature": ["1.176", "2.996", "1.158"],
            "scaled_gradient": [
                "(0.03175, 0.2346, 1.734)",
                "(0.09003, 0.2447, 0.6652)",
                "(0.1863, 0.3072, 0.5065)",
            ],
            "formula": ["e^u", "1/(e^u + e^v)", "e^v/(e^u + e^v)"],
        },
    ),
    Case(  # with the signs of the entries; their absolute values give 2.384
        "log_sum_exp/lse_scaled_bounds",
        "easy",
        {"x": numbers(2, -1, 2, 0), "t": 2},
        {"value": "2.352", "interval": "[2, 2 + ln(4)/2]"},
        {
            "value": ["1.391", "4.703", "2.384", "2", "2.693"],
            "interval": ["[2, 2 + ln(4)]", "[2, 2 + 2 ln(4)]"],
        },
    ),
    Case(
        "log_sum_exp/lse_scaled_bounds",
        "medium",
        {"x": numbers(-3, 1, 2), "t": 2, "gap": rational(1, 20)},
        {"value": "2.063", "interval": "[2, 2 + ln(3)/2]", "smallest_t": "20 ln(3)"},
        {
            "interval": ["[3, 3 + ln(3)/2]"],
            "smallest_t": ["0.04551", "0.05493", "60"],
        },
    ),
    Case(
        "log_sum_exp/lse_scaled_bounds",
        "hard",
        {"x": numbers(2, -1, 2, 0), "t": 2, "gap": rational(1, 100), "n": 100},
        {
            "gap_formula": "ln(n)/t",
            "scales": "[460.5, oo)",
            "bounds": "p <= S(x) <= p + ln(n)/t",
            "limits": "(2, -1)",
        },
        {
            "gap_formula": ["ln(n)", "t ln(n)", "n/t"],
            "scales": ["(0, 460.5]", "(460.5, oo)", "[10000, oo)"],
            "bounds": ["p <= S(x) <= p + ln(n)", "t p <= S(x) <= t p + ln(n)"],
            "limits": ["(2, -2)", "(-1, 2)", "(2, 2)"],
        },
    ),
]
