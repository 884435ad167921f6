r"""Where stochastic gradient descent settles on a noisy quadratic.

The loss is lambda theta^2 / 2, and every gradient has independent noise of mean 0 and variance
sigma^2: theta_t = theta_(t-1) - eta (lambda theta_(t-1) + noise). Reference: Mandt, Hoffman and
Blei (2017), "Stochastic gradient descent as approximate Bayesian inference", section 3.2, for small
rates; the formulas here are exact. Warning: eta sigma^2 / (2 lambda) is the limit for small
rates only. The functions take numbers or SymPy symbols.
"""

from __future__ import annotations

from typing import Any

from partialcredit.numbers.rationals import rational

__all__ = ["expected_loss", "variance", "variance_after", "variance_with_momentum"]


def variance(eta: Any, lambda_: Any, sigma: Any) -> Any:
    r"""The variance that one more step reproduces, for eta lambda < 2.

    .. math:: \frac{\eta \sigma^2}{\lambda (2 - \eta \lambda)}

    >>> variance(rational(1, 2), 1, 1)
    1/3
    """
    return eta * sigma**2 / (lambda_ * (2 - eta * lambda_))


def variance_after(eta: Any, lambda_: Any, sigma: Any, t: Any) -> Any:
    r"""The variance t steps after a start without noise.

    .. math:: \frac{\eta \sigma^2 \left(1 - (1 - \eta \lambda)^{2t}\right)}
        {\lambda (2 - \eta \lambda)}

    >>> variance_after(rational(1, 2), 1, 1, 1)
    1/4
    """
    return variance(eta, lambda_, sigma) * (1 - (1 - eta * lambda_) ** (2 * t))


def expected_loss(variance: Any, lambda_: Any) -> Any:
    r"""The mean of the loss above its minimum.

    .. math:: \tfrac12 \lambda \mathrm{Var}[\theta]

    >>> expected_loss(rational(1, 3), 6)
    1
    """
    return rational(1, 2) * lambda_ * variance


def variance_with_momentum(eta: Any, alpha: Any, lambda_: Any, sigma: Any) -> Any:
    r"""The same with momentum, v_t = alpha v_(t-1) - eta g_t and theta_t = theta_(t-1) + v_t.

    .. math:: \frac{\eta \sigma^2 (1 + \alpha)}
        {\lambda (1 - \alpha) (2 (1 + \alpha) - \eta \lambda)}

    >>> variance_with_momentum(rational(1, 2), 0, 1, 1)
    1/3
    """
    spread = 2 * (1 + alpha) - eta * lambda_
    return eta * sigma**2 * (1 + alpha) / (lambda_ * (1 - alpha) * spread)
