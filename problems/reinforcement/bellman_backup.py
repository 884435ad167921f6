"""Returns, values of policies and Bellman backups.

Trap: the next reward discounted, rewards compared without what follows, new values used at once.
Reference: Sutton and Barto (2018), sections 3.3 to 3.6 and 4.1 to 4.4.
Source: none
"""

from operator import mul

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import Vector
from partialcredit.solvers import decisions, letters

family = Family(
    conventions=[
        "the return from step $t$ is $G_t = r_{t+1} + \\gamma r_{t+2} + \\gamma^2 r_{t+3} + "
        "\\dots$",
        "{% if level != 'easy' %}the reward of an action is paid when it is taken{% endif %}",
        "{% if level == 'hard' %}a sweep of value iteration computes all new values from the old "
        "ones{% endif %}",
    ]
)

LATER = ["medium", "hard"]


@family.sample
def sample(draw):
    gamma = draw.decimal("0.5", "0.6", "0.8", "0.9")
    if draw.level == "easy":
        rewards = draw.integers(5, -4, 9)
        return {"gamma": gamma, "rewards": rewards, "again": draw.integer(2, 12)}
    shares = [draw.choice([1, 2, 3, 4, 6, 7, 8, 9]) for _action in range(5)]
    gains = [*draw.integers(3, -2, 8, distinct=True), *draw.integers(2, -2, 8, distinct=True)]
    actions = [(r, rational(p, 10)) for r, p in zip(gains, shares, strict=True)]
    shared = {"gamma": gamma, "states": [actions[:3], actions[3:]]}
    if draw.level == "medium":
        return shared | {"V": draw.integers(2, 0, 30, distinct=True)}
    return shared | {
        "R": draw.integer(5, 20) * 10,
        "p": draw.decimal("0.1", "0.2", "0.25", "0.3", "0.4", "0.6", "0.7"),
        "M": draw.integer(10, 45),
    }


def outcomes(actions, gamma, values):
    """The mean over ten equally likely ends of each action."""
    tens = [np.repeat(values, (round(10 * p), 10 - round(10 * p))) for _, p in actions]
    return np.array([r for r, _ in actions]) + gamma * np.mean(tens, axis=1)


def series(first, step, product=mul):
    """The sum of first, step first, step² first, ... for a number, or a matrix and np.dot."""
    total = first
    for _doubling in range(9):
        total, step = total + product(step, total), product(step, step)
    return total


@family.part(lambda rewards: Array(shape=(len(rewards),), digits=3), marks=2, levels=["easy"])
def returns(rewards, gamma):
    return decisions.returns(rewards, gamma)


returns.slips = rows(
    ("next reward discounted", "The next reward counts in full.",
     lambda returns, gamma: gamma * returns),
    ("not discounted", "A later reward is multiplied by a power of gamma.",
     lambda rewards: decisions.returns(rewards, 1)),
    ("looked back", "The return looks ahead: begin with the last reward.",
     lambda rewards, gamma: decisions.returns(rewards[::-1], gamma)[::-1]),
    ("two steps only", "All later rewards count.",
     lambda rewards, gamma: rewards + gamma * Vector((*rewards[1:], 0))),
)  # fmt: skip
returns.witness(
    lambda rewards, gamma: [
        np.polynomial.polynomial.polyval(gamma, rewards[t:]) for t in range(len(rewards))
    ]
)


@family.part(Real(digits=3), levels=["easy"])
def endless(again, gamma):
    return decisions.endless(again, gamma)


endless.slips = rows(
    ("reward alone", "It comes again and again.", lambda again: again),
    ("divided by gamma", "The geometric series has the sum r / (1 - gamma).",
     lambda again, gamma: again / gamma),
    ("next reward discounted", "The next reward counts in full.",
     lambda endless, gamma: gamma * endless),
)  # fmt: skip
endless.witness(lambda again, gamma: series(again, gamma))


@family.part(Array(shape=(3,), digits=3), levels=["medium"])
def action_values(states, gamma, V):
    return [decisions.action_value(action, gamma, V) for action in states[0]]


action_values.slips = rows(
    ("gamma forgotten", "What follows is discounted.",
     lambda states, V: [decisions.action_value(action, 1, V) for action in states[0]]),
    ("states exchanged", "The first probability belongs to state 0.",
     lambda states, gamma, V:
         [decisions.action_value(action, gamma, V[::-1]) for action in states[0]]),
    ("reward discounted", "The reward counts in full.",
     lambda states, gamma, V:
         [gamma * decisions.action_value(action, 1, V) for action in states[0]]),
    ("sum of both values", "Weight the values with the probabilities.",
     lambda states, gamma, V: [reward + gamma * sum(V) for reward, _ in states[0]]),
)  # fmt: skip
action_values.witness(lambda states, gamma, V: outcomes(states[0], gamma, V))


@family.part(Real(digits=3), levels=["medium"])
def backup(action_values):
    return max(action_values)


backup.slips = rows(
    ("mean", "The best action is taken.",
     lambda action_values: sum(action_values) * rational(1, 3)),
    ("largest reward", "Compare the rewards together with what follows.",
     lambda action_values, states: max(zip(states[0], action_values, strict=True))[1]),
    ("smallest", "The best action is taken.", lambda action_values: min(action_values)),
)  # fmt: skip
backup.witness(lambda states, gamma, V: outcomes(states[0], gamma, V).max())


@family.part(Array(shape=(2,), digits=3), marks=2, levels=LATER)
def policy(states, gamma):
    return decisions.policy_value(states[0][0], states[1][0], gamma)


policy.slips = rows(
    ("rewards only", "Add the discounted value of what follows.",
     lambda states: [actions[0][0] for actions in states]),
    ("one step", "What follows has a value of its own: solve the two equations.",
     lambda states, gamma:
         [decisions.action_value(a[0], gamma, (states[0][0][0], states[1][0][0])) for a in states]),
    ("states exchanged", "The first number is the value of state 0.",
     lambda policy: policy[::-1]),
    ("action b", "The policy takes action a in both states.",
     lambda states, gamma: decisions.policy_value(states[0][1], states[1][1], gamma)),
)  # fmt: skip


@policy.witness
def _(states, gamma):
    (r, p), (s, q) = (actions[0] for actions in states)
    return series(np.array([r, s]), gamma * np.array([[p, 1 - p], [q, 1 - q]]), np.dot)


@family.derive
def first_sweep(states, gamma):
    return decisions.swept(states, gamma, (0, 0))


@family.part(Array(shape=(2,), digits=3), marks=2, levels=["hard"])
def sweeps(states, gamma, first_sweep):
    return decisions.swept(states, gamma, first_sweep)


def in_place(states, gamma):
    first = decisions.swept(states, gamma, (0, 0))[0]
    values = [first, decisions.swept(states, gamma, (first, 0))[1]]
    values[0] = decisions.swept(states, gamma, values)[0]
    return [values[0], decisions.swept(states, gamma, values)[1]]


sweeps.slips = rows(
    ("one sweep", "Two sweeps are asked for.", lambda first_sweep: first_sweep),
    ("new values used at once", "A sweep computes all new values from the old ones.", in_place),
    ("gamma forgotten", "What follows is discounted.",
     lambda states, first_sweep: decisions.swept(states, 1, first_sweep)),
    ("largest reward", "Compare the rewards together with what follows.",
     lambda states, gamma, first_sweep:
         [decisions.action_value(max(a), gamma, first_sweep) for a in states]),
)  # fmt: skip


@sweeps.witness
def _(states, gamma):
    """The best first action when the second one only earns its reward."""
    then = [max(r for r, _ in actions) for actions in states]
    return [outcomes(actions, gamma, then).max() for actions in states]


@family.part(Expression(symbols={"R": "positive", "p": "unit", "gamma": "unit"}), levels=["hard"])
def formula():
    return letters.formula(decisions.until_it_succeeds)


formula.slips = rows(
    ("one try", "After a failure it is tried again.", lambda: letters.formula(lambda R, p: p * R)),
    ("failures not discounted", "Every failure costs a factor gamma.",
     lambda: letters.formula(lambda R: R)),
    ("probability forgotten below", "It goes on only after a failure, with probability 1 - p.",
     lambda: letters.formula(lambda R, p, gamma: p * R / (1 - gamma))),
    ("success discounted", "The reward of the next step counts in full.",
     lambda formula: formula * letters.symbols("gamma")),
)  # fmt: skip
formula.witness(lambda point: series(point["p"] * point["R"], point["gamma"] * (1 - point["p"])))


@family.part(Real(digits=3), levels=["hard"])
def retry(R, p, gamma):
    return decisions.until_it_succeeds(R, p, gamma)


retry.witness(lambda R, p, gamma: series(p * R, gamma * (1 - p)))


@family.part(Real(digits=3), levels=["hard"])
def par(R, gamma, M):
    return decisions.probability_at_par(R, gamma, M)


par.slips = rows(
    ("one try", "After a failure it is tried again.", lambda R, M: rational(M, R)),
    ("gamma for 1 - gamma", "Solve p R / (1 - gamma (1 - p)) = M for p.",
     lambda R, gamma, M: M * gamma / (R - gamma * M)),
    ("sign below", "Solve p R / (1 - gamma (1 - p)) = M for p.",
     lambda R, gamma, M: M * (1 - gamma) / (R + gamma * M)),
)  # fmt: skip


@par.witness
def _(R, gamma, M):
    """Bisection: trying is worth more the likelier it succeeds."""
    low, high = 0.0, 1.0
    for _halving in range(40):
        p = (low + high) / 2
        low, high = (p, high) if series(p * R, gamma * (1 - p)) < M else (low, p)
    return low


@family.derive
def best(states, gamma, first_sweep):
    """The index of the best action of every state in the second sweep."""
    found = [[decisions.action_value(a, gamma, first_sweep) for a in actions] for actions in states]
    return [values.index(max(values)) for values in found]


@family.derive
def equations(states, gamma):
    """What stands before V(0), V(1) and alone in both equations of the policy."""
    pairs = [actions[0] for actions in states]
    return [(gamma * p, gamma * (1 - p), r) for r, p in pairs]


@family.working
def _():
    return {"names": "abc"}
