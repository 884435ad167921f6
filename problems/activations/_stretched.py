"""One curve as another one, stretched and shifted."""

from partialcredit.engine import functional
from partialcredit.problems.activations._derivatives import derivatives

__all__ = ["TANH", "fitted"]

#: Candidates for an identity, each with how it is computed; the first is right.
TANH = {
    "$2 \\sigma(2x) - 1$": lambda s, x: 2 * s(2 * x) - 1,
    "$2 \\sigma(x) - 1$": lambda s, x: 2 * s(x) - 1,
    "$\\sigma(2x)$": lambda s, x: s(2 * x),
    "$2 \\sigma(2x) + 1$": lambda s, x: 2 * s(2 * x) + 1,
    "$2 \\sigma(x / 2) - 1$": lambda s, x: 2 * s(x / 2) - 1,
    "$1 - 2 \\sigma(2x)$": lambda s, x: 1 - 2 * s(2 * x),
}


def read(name, height, speed):
    """Lower end, upper end and slope at 0 of height · f(speed · x), as the engine's f has them."""
    function = getattr(functional, name)
    curve, slopes = derivatives(lambda x: function(x * speed) * height, [-500.0, 0.0, 500.0])
    return curve[0], curve[2], slopes[1]


def fitted(name, height, speed, by):
    """The numbers a, b, c with height · f(speed · x) = a · g(b x) + c, from ends and slopes."""
    low, high, slope = read(name, height, speed)
    bottom, top, steepness = read(by, 1, 1)
    a = (high - low) / (top - bottom)
    return a, slope / (a * steepness), low - a * bottom
