r"""Learning-rate schedules; epochs and steps are counted from 0, where the initial rate holds.

Reference: Loshchilov and Hutter (2017), "SGDR", equation 5; Goyal et al. (2017), "Accurate, large
minibatch SGD", sections 2.1 and 2.2; Vaswani et al. (2017), "Attention is all you need", equation
3. Warning: texts differ in whether the first step is number 0 or 1, whether warm-up begins at 0 or
at 1/W of the rate, and whether the cosine runs over all T steps or over those after warm-up.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.exact import PI, Number, cos, sqrt
from partialcredit.numbers.rationals import Rational, rational

__all__ = [
    "cosine",
    "exponential",
    "first_below",
    "inverse_root",
    "inverse_time",
    "linear_scaling",
    "noam_peak",
    "step_decay",
    "total",
    "warm_up",
    "warm_up_cosine",
]


def step_decay(eta: Rational, gamma: Rational, every: int, t: int) -> Rational:
    r"""The rate is multiplied by gamma every so many epochs: η γ^⌊t/s⌋.

    >>> step_decay(rational("0.1"), rational("0.5"), 30, 75)
    1/40
    """
    return eta * gamma ** (t // every)


def exponential(eta: Rational, gamma: Rational, t: int) -> Rational:
    """The rate is multiplied by gamma every epoch: η γ^t.

    >>> exponential(rational("0.1"), rational("0.5"), 3)
    1/80
    """
    return eta * gamma**t


def inverse_time(eta: Rational, decay: Rational, t: int) -> Rational:
    """The 1/t decay: η / (1 + k t).

    >>> inverse_time(rational("0.1"), rational("0.5"), 6)
    1/40
    """
    return eta / (1 + decay * t)


def cosine(highest: Any, lowest: Any, share: Rational) -> Any:
    r"""Half a cosine from the highest to the lowest rate, of which a share has passed.

    .. math:: \eta_{\min} + \tfrac{1}{2} (\eta_{\max} - \eta_{\min}) (1 + \cos \pi s)

    >>> float(cosine(1, 0, rational(1, 2)))
    0.5
    """
    return lowest + (highest - lowest) * (1 + cos(PI * share)) / 2


def warm_up(highest: Number, steps: int, t: int) -> Any:
    """A line from 0 to the highest rate: η t/W in step t < W.

    >>> warm_up(rational("0.1"), 20, 15)
    3/40
    """
    return highest * rational(t, steps)


def warm_up_cosine(highest: Number, lowest: Number, steps: int, T: int, t: int) -> Any:
    """Warm-up, then the cosine over the steps that remain, in step t from W to T.

    >>> float(warm_up_cosine(1, 0, 20, 140, 80))
    0.5
    """
    return cosine(highest, lowest, rational(t - steps, T - steps))


def first_below(eta: Rational, gamma: Rational, bound: Rational) -> int:
    """The first epoch whose rate η γ^t is below the bound.

    >>> first_below(rational("0.1"), rational("0.9"), rational("0.05"))
    7
    """
    t, rate = 0, eta
    while rate >= bound:
        t, rate = t + 1, rate * gamma
    return t


def total(eta: Rational, gamma: Rational, epochs: int) -> Rational:
    """The sum of the first rates of the exponential schedule: η (1 - γ^n) / (1 - γ).

    >>> total(rational(1), rational("0.5"), 3)
    7/4
    """
    return eta * (1 - gamma**epochs) / (1 - gamma)


def linear_scaling(eta: Rational, batch: int, larger: int) -> Rational:
    """The rate for a larger batch: it grows as the batch does.

    >>> linear_scaling(rational("0.1"), 256, 1024)
    2/5
    """
    return eta * rational(larger, batch)


def noam_peak(width: int, steps: int) -> Any:
    """The largest rate of the inverse-root schedule, in step W: 1/√(d W).

    >>> noam_peak(64, 400)
    1/160
    """
    return 1 / sqrt(rational(width * steps))


def inverse_root(peak: Any, steps: int, t: int) -> Any:
    r"""The inverse-root schedule: a line up to the peak in step W, then 1/√t.

    .. math:: d^{-1/2} \min(t^{-1/2}, t W^{-3/2})

    >>> inverse_root(rational(1, 160), 400, 100), inverse_root(rational(1, 160), 400, 1600)
    (1/640, 1/320)
    """
    return peak * rational(t, steps) if t < steps else peak * sqrt(rational(steps, t))
