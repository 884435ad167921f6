r"""Returns, values of policies and Bellman backups of small decision processes.

The return counts the next reward in full: G_t = r_(t+1) + γ r_(t+2) + ... A process has two states;
an action is a pair of its reward and the probability that it leads to state 0, else to state 1.
Reference: Sutton and Barto (2018), "Reinforcement learning", sections 3.3 to 3.6 and 4.1 to 4.4;
Puterman (1994), "Markov decision processes", section 6.3. Warning: some texts pay the reward of a
state when it is left, and some discount the first reward already.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partialcredit.numbers.exact import Number
from partialcredit.numbers.rationals import Rational
from partialcredit.numbers.vectors import Vector

__all__ = [
    "action_value",
    "endless",
    "policy_value",
    "probability_at_par",
    "returns",
    "swept",
    "until_it_succeeds",
]

Action = tuple[Number, Rational]


def returns(rewards: Sequence[Number], gamma: Any) -> Vector:
    """The return from every step of an episode: G_t = r_(t+1) + γ G_(t+1).

    >>> from partialcredit.numbers.rationals import rational
    >>> returns((2, -1, 0, 4), rational(1, 2))
    (2, 0, 2, 4)
    """
    found: list[Any] = []
    ahead: Any = 0
    for reward in reversed(rewards):
        ahead = reward + gamma * ahead
        found.insert(0, ahead)
    return Vector(found)


def endless(reward: Any, gamma: Any) -> Any:
    """The return of the same reward in every step for ever: r / (1 - γ).

    >>> from partialcredit.numbers.rationals import rational
    >>> endless(rational(3), rational(1, 2))
    6
    """
    return reward / (1 - gamma)


def action_value(action: Action, gamma: Any, values: Sequence[Number]) -> Any:
    r"""The reward of an action and the discounted value of what follows.

    .. math:: r + \gamma \left( p V(0) + (1 - p) V(1) \right)

    >>> from partialcredit.numbers.rationals import rational
    >>> action_value((1, rational(1, 2)), rational(4, 5), (5, 10))
    7
    """
    reward, p = action
    return reward + gamma * (p * values[0] + (1 - p) * values[1])


def policy_value(first: Action, second: Action, gamma: Any) -> Any:
    r"""The values of both states when these actions are taken for ever, by Cramer's rule.

    .. math:: V(s) = r_s + \gamma \left( p_s V(0) + (1 - p_s) V(1) \right)

    >>> from partialcredit.numbers.rationals import rational
    >>> policy_value((1, rational(1, 2)), (3, rational(1)), rational(4, 5))
    (55/7, 65/7)
    """
    (r, p), (s, q) = first, second
    a, b = 1 - gamma * p, gamma * (1 - p)
    c, d = gamma * q, 1 - gamma * (1 - q)
    return Vector((r * d + b * s, a * s + r * c)) / (a * d - b * c)


def swept(states: Sequence[Sequence[Action]], gamma: Any, values: Sequence[Number]) -> Vector:
    """One sweep of value iteration; it uses the old values for all states.

    >>> from partialcredit.numbers.rationals import rational
    >>> one = rational(1)
    >>> swept([[(1, one), (0, 1 - one)], [(2, one)]], rational(1, 2), (0, 4))
    (2, 2)
    """
    return Vector(
        max(action_value(action, gamma, values) for action in actions) for actions in states
    )


def until_it_succeeds(R: Any, p: Any, gamma: Any) -> Any:
    r"""The value of trying until the reward comes, in each step with probability p.

    .. math:: V = p R + \gamma (1 - p) V, \quad V = \frac{p R}{1 - \gamma (1 - p)}

    >>> from partialcredit.numbers.rationals import rational
    >>> until_it_succeeds(100, rational(3, 4), rational(4, 5))
    375/4
    """
    return p * R / (1 - gamma * (1 - p))


def probability_at_par(R: Any, gamma: Any, other: Any) -> Any:
    r"""The probability of success for which trying is worth as much as another plan.

    .. math:: p = \frac{M (1 - \gamma)}{R - \gamma M}

    >>> from partialcredit.numbers.rationals import rational
    >>> probability_at_par(100, rational(4, 5), 32)
    8/93
    """
    return other * (1 - gamma) / (R - gamma * other)
