"""Drawings of ELU beside a maximum, and of maxout."""

from math import expm1

from partialcredit.figures import Curve, Mark, Plot
from partialcredit.numbers.vectors import each

__all__ = ["elu_and_maximum", "maxout"]

WIDE = [n / 10 for n in range(-30, 31)]


def elu_and_maximum(alpha):
    a = float(alpha)
    bent = [a * expm1(x) for x in WIDE]
    elu = [(x, x if x > 0 else y) for x, y in zip(WIDE, bent, strict=True)]
    largest = [(x, max(x, y)) for x, y in zip(WIDE, bent, strict=True)]
    return Plot(
        f"ELU with alpha = {a:g} as a solid curve and the maximum of x and "
        f"{a:g} (exp(x) - 1) as a dashed one: for positive x the maximum is above ELU"
        + (", for some negative x as well." if alpha > 1 else " where x is large enough."),
        (
            Curve(elu, r"\text{ELU}"),
            Curve(largest, r"\max(\alpha (e^x - 1), x)", "dashed"),
        ),
        window=((-3, -3), (3, 5)),
    )


def maxout(w, b, x, kink, largest):
    """The two lines and the larger one of them, around the kink and the input."""
    kink, x = float(kink), float(x)
    reach = max(2.0, 1.4 * abs(x - kink))
    ends = kink - reach, kink, kink + reach
    lines = [[float(u) * t + float(c) for t in ends] for u, c in zip(w, b, strict=True)]
    top = each(max, *map(tuple, lines))
    return Plot(
        f"Two lines that cross at x = {kink:.4g}; the larger one of them has a kink there, and its "
        f"value at x = {x:g} is {float(largest):.4g}.",
        (
            *(Curve(list(zip(ends, line, strict=True)), style="thin") for line in lines),
            Curve(list(zip(ends, top, strict=True)), r"\text{maxout}"),
        ),
        (Mark((x, float(largest)), f"x = {x:g}"), Mark((kink, top[1]))),
    )
