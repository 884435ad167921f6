"""Q-learning, SARSA and their targets.

Trap: the maximum over the wrong state, alpha on the wrong term, values after a terminal state.
Reference: Watkins and Dayan (1992); Sutton and Barto (2018), sections 6.4 and 6.5; van Hasselt,
Guez and Silver (2016).
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Real
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import dot
from partialcredit.solvers import temporal_difference as td

family = Family(
    conventions=[
        "a transition $(s, a, r, s')$ is: in state $s$ action $a$ is taken, the reward is $r$, and "
        "the next state is $s'$",
        "{% if level == 'medium' %}an $\\varepsilon$-greedy policy takes, with probability "
        "$\\varepsilon$, one of all actions at random, the greedy one included{% endif %}",
        "{% if level == 'hard' %}nothing follows the terminal state, $s' = \\text{end}${% endif %}",
    ]
)

FIRST, LATER = ["easy", "medium"], ["medium", "hard"]


@family.sample
def sample(draw):
    steps = draw.by_level(2, 4, 4)
    states = draw.integers(steps + 1, 0, 2)
    walk = [
        [states[i], draw.integer(0, 1), draw.integer(-5, 9), states[i + 1]] for i in range(steps)
    ]
    if draw.level == "hard":
        walk[-1][3] = td.TERMINAL
    parameters = {
        "table": draw.matrix(3, 2, -4, 9),
        "walk": walk,
        "alpha": draw.decimal("0.1", "0.2", "0.25", "0.5"),
        "gamma": draw.decimal("0.5", "0.8", "0.9"),
    }
    return parameters | draw.by_level(
        {},
        {
            "epsilon": draw.decimal("0.05", "0.1", "0.2", "0.3", "0.4"),
            "actions": draw.integer(3, 8),
        },
        {
            "online": draw.integers(3, 1, 9, distinct=True),
            "frozen": draw.integers(3, 1, 9, distinct=True),
            "bonus": draw.integer(-3, 5),
            "w": draw.integers(3, -3, 3),
            "phi": draw.integers(3, -2, 4),
        },
    )


@family.condition
def _(walk, level):
    """Something is learned of a state that was changed before."""
    return level == "easy" or any(
        later[3] == first[0] for i, first in enumerate(walk) for later in walk[i + 1 :]
    )


@family.derive
def start(table, walk):
    """The value that the first transition changes."""
    state, action, *_ = walk[0]
    return table[state][action]


@family.derive
def next_value(table, walk):
    """The value of the action that is taken next."""
    state, action, *_ = walk[1]
    return table[state][action]


@family.run
def learned(table, walk, alpha, gamma):
    """The tables after each step of gradient descent on half the squared error."""
    values = engine.Parameter(np.array(table, dtype=float))
    optimizer = engine.SGD([values], lr=alpha)
    tables = []
    for state, action, reward, following in walk:
        ahead = 0.0 if following < 0 else values.data[int(following)].max()
        optimizer.zero_grad()
        loss = (values[int(state), int(action)] - (reward + gamma * ahead)) ** 2 * 0.5
        loss.backward()
        optimizer.step()
        tables.append(values.data.copy())
    return tables


@family.part(Real(digits=3), levels=FIRST)
def target(table, walk, gamma):
    _, _, reward, following = walk[0]
    return td.target(reward, gamma, table[following])


target.slips = rows(
    ("gamma forgotten", "What follows is discounted.",
     lambda table, walk: walk[0][2] + max(table[walk[0][3]])),
    ("maximum of the own state", "The maximum is over the actions of the next state.",
     lambda table, walk, gamma: walk[0][2] + gamma * max(table[walk[0][0]])),
    ("reward only", "The value of the next state is added.", lambda walk: walk[0][2]),
    ("reward discounted", "The reward counts in full.",
     lambda table, walk, gamma: gamma * (walk[0][2] + max(table[walk[0][3]]))),
    ("action taken next", "Q-learning takes the maximum, whatever is done next.",
     lambda walk, gamma, next_value: walk[0][2] + gamma * next_value),
)  # fmt: skip


@target.witness
def _(table, walk, alpha, learned):
    """Where the first step leads if it is made in full."""
    state, action = (int(i) for i in walk[0][:2])
    return table[state][action] + (learned[0][state, action] - table[state][action]) / alpha


@family.part(Real(digits=3), levels=FIRST)
def error(target, start):
    return td.td_error(target, start)


error.slips = rows(
    ("target", "Subtract the old value from the target.", lambda target: target),
    ("sign", "The error is target minus old value.", lambda error: -error),
)  # fmt: skip
error.witness(lambda table, alpha, learned: (learned[0] - np.array(table)).sum() / alpha)


@family.part(Real(digits=3), levels=FIRST)
def updated(start, alpha, error):
    return td.updated(start, alpha, error)


updated.slips = rows(
    ("alpha on the old value", "alpha weighs the target, 1 - alpha the old value.",
     lambda start, target, alpha: alpha * start + (1 - alpha) * target),
    ("old value dropped", "The new value is a mixture of old value and target.",
     lambda target: target),
    ("target added", "Add alpha times the error, not alpha times the target.",
     lambda start, target, alpha: start + alpha * target),
    ("moved away", "The value moves towards the target.",
     lambda start, alpha, error: start - alpha * error),
)  # fmt: skip
updated.witness(lambda walk, learned: learned[0][int(walk[0][0]), int(walk[0][1])])


@family.part(Array(shape=(3, 2), digits=3), marks=2, levels=LATER)
def after(table, walk, alpha, gamma):
    return td.after(table, walk, alpha, gamma)


def from_first_table(table, walk, alpha, gamma):
    """Every update computed from the values of the start."""
    found = [list(row) for row in table]
    for step in walk:
        state, action, *_ = step
        found[state][action] = td.after(table, [step], alpha, gamma)[state][action]
    return found


def end_not_seen(table, walk, alpha, gamma):
    *others, (state, action, reward, end) = walk
    if end != td.TERMINAL:
        return None
    return td.after(table, [*others, (state, action, reward, state)], alpha, gamma)


after.slips = rows(
    ("first table throughout", "Every update uses the table as it is by then.", from_first_table),
    ("gamma forgotten", "What follows is discounted.",
     lambda table, walk, alpha: td.after(table, walk, alpha, 1)),
    ("value after the end", "Nothing follows the terminal state: the target is the reward.",
     end_not_seen),
    ("last transition forgotten", "Go through all transitions.",
     lambda table, walk, alpha, gamma: td.after(table, walk[:-1], alpha, gamma)),
)  # fmt: skip
after.witness(lambda learned: learned[-1])


@family.part(Real(digits=3), levels=["medium"])
def sarsa(walk, next_value, start, alpha, gamma):
    goal = td.target(walk[0][2], gamma, (next_value,))
    return td.updated(start, alpha, td.td_error(goal, start))


sarsa.slips = rows(
    ("maximum", "SARSA takes the value of the action that is taken next.",
     lambda updated: updated),
    ("gamma forgotten", "What follows is discounted.",
     lambda walk, next_value, start, alpha:
         start + alpha * (walk[0][2] + next_value - start)),
)  # fmt: skip


@sarsa.witness
def _(table, walk, alpha, gamma):
    """A weighted mean of the old value, the reward and the value of the next pair."""
    (state, action, reward, following), (_, then, *_) = walk[:2]
    values = table[int(state)][int(action)], reward, table[int(following)][int(then)]
    return np.average(values, weights=[1 - alpha, alpha, alpha * gamma]) * (1 + alpha * gamma)


@family.part(Real(digits=3), levels=["medium"])
def greedy(epsilon, actions):
    return td.greedy_probability(epsilon, actions)


greedy.slips = rows(
    ("exploring excludes it", "The random action may be the greedy one.",
     lambda epsilon: 1 - epsilon),
    ("exploring only", "Unless it explores, the policy takes the greedy action.",
     lambda epsilon, actions: epsilon / actions),
    ("other actions", "One of the n random actions is the greedy one, not all but one.",
     lambda epsilon, actions: 1 - epsilon + epsilon * rational(actions - 1, actions)),
)  # fmt: skip


@greedy.witness
def _(epsilon, actions):
    """In a hundred equal cases, each with every random action; the greedy action is number 0."""
    explores = np.arange(100)[:, None] + 0.5 < 100 * epsilon
    return np.mean(np.where(explores, np.arange(actions), 0) == 0)


@family.part(Real(digits=3), levels=["hard"])
def frozen_target(bonus, gamma, frozen):
    return td.target(bonus, gamma, frozen)


frozen_target.slips = rows(
    ("online network", "The target network gives the value.",
     lambda bonus, gamma, online: td.target(bonus, gamma, online)),
    ("gamma forgotten", "What follows is discounted.", lambda bonus, frozen: bonus + max(frozen)),
)  # fmt: skip
frozen_target.witness(lambda bonus, gamma, frozen: np.add(bonus, np.multiply(gamma, frozen)).max())


@family.part(Real(digits=3), levels=["hard"])
def double_target(bonus, gamma, online, frozen):
    return td.double_target(bonus, gamma, online, frozen)


double_target.slips = rows(
    ("maximum of the target network", "The online network picks the action.",
     lambda frozen_target: frozen_target),
    ("roles exchanged", "The online network picks the action, the target network gives its value.",
     lambda bonus, gamma, online, frozen: td.double_target(bonus, gamma, frozen, online)),
    ("online network", "The target network gives the value.",
     lambda bonus, gamma, online: td.target(bonus, gamma, online)),
)  # fmt: skip
double_target.witness(
    lambda bonus, gamma, online, frozen: bonus + gamma * np.array(frozen)[np.argsort(online)][-1]
)


@family.part(Array(shape=(3,), digits=3), levels=["hard"])
def gradient(double_target, w, phi):
    return td.semi_gradient(double_target, w, phi)


gradient.slips = rows(
    ("sign", "The derivative of the error with respect to w is minus the features.",
     lambda gradient: -gradient),
    ("factor 2", "The one half cancels the 2 of the square.", lambda gradient: 2 * gradient),
    ("value left out", "The error is the target minus the value.",
     lambda double_target, phi: -double_target * phi),
    ("ones for features", "Multiply the error by the features.",
     lambda double_target, w, phi: [dot(w, phi) - double_target] * 3),
)  # fmt: skip


@gradient.witness
def _(bonus, gamma, online, frozen, w, phi):
    weights = engine.Tensor(w, dtype="float64", requires_grad=True)
    goal = bonus + gamma * frozen[int(np.argmax(online))]
    ((goal - (weights * np.array(phi, dtype=float)).sum()) ** 2 * 0.5).backward()
    return weights.grad


@family.derive
def tables(table, walk, alpha, gamma):
    """The table before every transition and at the end."""
    return [td.after(table, walk[:n], alpha, gamma) for n in range(len(walk) + 1)]


@family.working
def _():
    return {"states": "012", "names": "ab", "dot": dot}
