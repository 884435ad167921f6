"""Losses of an adversarial network, its best discriminator, and the divergence behind them.

Trap: labels exchanged, one half everywhere, the loss whose gradient vanishes taken for the other.
Reference: Goodfellow et al. (2014), equation 1, proposition 1 and theorem 1.
Source: none
"""

import numpy as np

from partialcredit import engine
from partialcredit.family import Family, rows
from partialcredit.grading import Array, Expression, Real
from partialcredit.numbers.exact import log
from partialcredit.numbers.rationals import rational
from partialcredit.problems._in_letters import in_letters
from partialcredit.solvers import adversarial_networks, entropies, letters

family = Family(
    conventions=[
        r"the discriminator $D = \sigma(a)$ with the logit $a$ minimises "
        r"$-\overline{\ln D(x)} - \overline{\ln(1 - D(G(z)))}$, where bars are means over a batch",
        "{% if level != 'medium' %}the saturating loss of the generator is "
        r"$\overline{\ln(1 - D(G(z)))}$, the non-saturating one is $-\overline{\ln D(G(z))}$"
        "{% endif %}",
        "logarithms are natural{% if level == 'medium' %}, and $0 \\ln 0 = 0${% endif %}",
    ]
)

EASY, MEDIUM, HARD = ["easy"], ["medium"], ["hard"]


@family.sample
def sample(draw):
    outputs = range(1, 20)
    n = draw.integer(2, 3)
    real, generated = ([rational(k, 20) for k in draw.sample(outputs, n)] for _ in "rg")
    nothing = {"real": (), "generated": (), "p": (), "q": (), "outputs": ()}
    if draw.level == "easy":
        return nothing | {"real": real, "generated": generated}
    if draw.level == "medium":
        p, q = shares(draw), shares(draw)
        one, other = draw.sample(range(4), 2)
        return nothing | {"p": (*p[:one], 0, *p[one:]), "q": (*q[:other], 0, *q[other:])}
    return nothing | {
        "outputs": [rational(n, 1000) for n in draw.integers(2, 1, 299, distinct=True)]
    }


def shares(draw):
    """Three probabilities in twentieths."""
    a, b = sorted(draw.sample(range(1, 20), 2))
    return tuple(rational(n, 20) for n in (a, b - a, 20 - b))


@family.condition
def _(generated, p, q):
    return rational(1, 2) not in generated and not any(map(alike, p, q))


def alike(a, b):
    return a == b and a > 0


@family.run
def logits(real, generated):
    return [engine.Tensor(np.log(d) - np.log1p(-d)) for d in map(np.array, (real, generated))]


def against(logits, label):
    """The engine's mean loss with one label for all."""
    return float(engine.BCEWithLogitsLoss()(logits, np.full(logits.shape, label)).data)


@family.part(Real(digits=3), levels=EASY, marks=2)
def discriminator(real, generated):
    return adversarial_networks.discriminator_loss(real, generated)


discriminator.slips = rows(
    ("labels exchanged", "Real items have the label 1.",
     lambda real, generated: adversarial_networks.discriminator_loss(generated, real)),
    ("halved", "The two means are added here.", lambda discriminator: discriminator / 2),
    ("sums", "Take the mean over each batch.",
     lambda discriminator, real: discriminator * len(real)),
    ("wrong sign", "A loss to minimise has a minus in front.",
     lambda discriminator: -discriminator),
    ("generated items as if real", "For a generated item the logarithm is of 1 - D.",
     lambda real, generated: -sum(map(adversarial_networks.mean_log, (real, generated)))),
    ("real items only", "Add the mean over the generated items.",
     lambda real: -adversarial_networks.mean_log(real)),
)  # fmt: skip
discriminator.witness(lambda logits: against(logits[0], 1.0) + against(logits[1], 0.0))


@family.part(Real(digits=3), levels=EASY)
def saturating(generated):
    return adversarial_networks.saturating_loss(generated)


saturating.slips = rows(
    ("non-saturating given", "The saturating loss has 1 - D inside.",
     lambda generated: adversarial_networks.non_saturating_loss(generated)),
    ("minus in front", "The generator minimises this logarithm itself.",
     lambda saturating: -saturating),
    ("logarithm of the mean", "Take the logarithm of each, then the mean.",
     lambda generated: log(1 - sum(generated) / len(generated))),
)  # fmt: skip
saturating.witness(lambda logits: -against(logits[1], 0.0))


@family.part(Real(digits=3), levels=EASY)
def non_saturating(generated):
    return adversarial_networks.non_saturating_loss(generated)


non_saturating.slips = rows(
    ("saturating given", "The non-saturating loss has D inside.", lambda saturating: saturating),
    ("wrong sign", "It has a minus in front.", lambda non_saturating: -non_saturating),
    ("logarithm of the mean", "Take the logarithm of each, then the mean.",
     lambda generated: -log(sum(generated) / len(generated))),
)  # fmt: skip
non_saturating.witness(lambda logits: against(logits[1], 1.0))


@family.run
def best(p, q):
    """Bisection, outcome by outcome, for where p ln d + q ln(1 - d) stops rising."""
    a, b = np.array(p, dtype=float), np.array(q, dtype=float)
    low, high = np.zeros(len(a)), np.ones(len(a))
    for _halving in range(60):
        middle = (low + high) / 2
        rising = a * (1 - middle) > b * middle
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return low


def entropy(p):
    return -sum(x * np.log(x) for x in p if x > 0)


@family.part(lambda p: Array(shape=(len(p),), digits=3), levels=MEDIUM)
def optimal(p, q):
    return adversarial_networks.best_discriminator(p, q)


optimal.slips = rows(
    ("generator on top", "D says how probable it is that an item is real.",
     lambda optimal: 1 - optimal),
    ("one half everywhere", "That holds only where both distributions agree.",
     lambda p: [rational(1, 2)] * len(p)),
    ("data alone", "Divide by the sum of both probabilities.", lambda p: p),
    ("1 wherever data are", "The generator makes most of these, too.",
     lambda p: [int(x > 0) for x in p]),
)  # fmt: skip
optimal.witness(lambda best: best)


@family.part(Real(digits=3), levels=MEDIUM, marks=2)
def js(p, q):
    return entropies.mixture_divergence(p, q)


js.slips = rows(
    ("not halved", "Each divergence has the weight one half.", lambda js: 2 * js),
    ("one divergence only", "Take the mean of the divergences of both from the mixture.",
     lambda p, q: entropies.divergence(p, (p + q) / 2)),
    ("in bits", "The logarithm is natural.", lambda js: js / log(2)),
    ("the other divergence only", "Take the mean of the divergences of both from the mixture.",
     lambda p, q: entropies.divergence(q, (p + q) / 2)),
)  # fmt: skip
js.witness(lambda p, q: entropy(np.add(p, q) / 2) - (entropy(p) + entropy(q)) / 2)


@family.part(Real(digits=3), levels=MEDIUM, marks=2)
def value(js):
    return adversarial_networks.optimal_value(js)


value.slips = rows(
    ("ln 4 forgotten", "Two means of logarithms of at most 1 cannot be positive.",
     lambda js: 2 * js),
    ("not doubled", "The value is twice the divergence less ln 4.", lambda js: js - log(4)),
    ("ln 2 for ln 4", "The value is -ln 4 where both distributions agree.",
     lambda js: 2 * js - log(2)),
    ("wrong sign", "This is the value that D maximises, not its loss.", lambda value: -value),
)  # fmt: skip


@value.witness
def _(p, q, best):
    """The expectations themselves, with the best outputs."""
    terms = [(a, d) for a, d in zip(p, best, strict=True)]
    terms += [(b, 1 - d) for b, d in zip(q, best, strict=True)]
    return sum(weight * np.log(d) for weight, d in terms if weight > 0)


@family.run
def backward(outputs):
    """The engine's slopes of both losses by the logits, a row per item."""
    d = np.array(outputs, dtype=float)
    found = []
    for label, sign in ((0.0, -1), (1.0, 1)):
        a = engine.Tensor(np.log(d) - np.log1p(-d), requires_grad=True)
        loss = engine.BCEWithLogitsLoss(reduction="sum")(a, np.full(d.shape, label))
        (loss * sign).backward()
        found.append(a.grad)
    return np.transpose(found)


@family.part(Array(shape=(2, 2)), levels=HARD, marks=2)
def slopes(outputs):
    return tuple(map(adversarial_networks.logit_slopes, outputs))


slopes.slips = rows(
    ("exchanged", "It is the saturating loss that is flat where D is small.",
     lambda slopes: [row[::-1] for row in slopes]),
    ("derivatives by D", "Asked are those by the logit: multiply by D(1 - D).",
     lambda outputs: [(-1 / (1 - d), -1 / d) for d in outputs]),
    ("wrong signs", "Both losses fall when the logit grows.", lambda slopes: -slopes),
    ("slope of the sigmoid only", "The logarithm has a slope of its own.",
     lambda outputs: [(-d * (1 - d), -d * (1 - d)) for d in outputs]),
)  # fmt: skip
slopes.witness(lambda backward: backward)


@family.part(Array(shape=(2,), digits=3), levels=HARD)
def ratios(slopes):
    return [steep / flat for flat, steep in slopes]


ratios.slips = rows(
    ("upside down", "The non-saturating loss is the steeper one.", lambda ratios: 1 / ratios),
    ("differences", "Divide the slopes.", lambda slopes: [flat - steep for flat, steep in slopes]),
    ("inverse of D", "The numerator is 1 - D.", lambda outputs: 1 / outputs),
)  # fmt: skip
ratios.witness(lambda backward: backward[:, 1] / backward[:, 0])


@family.part(Expression(symbols={"p": "positive", "q": "positive"}), levels=HARD)
def formula():
    return letters.formula(lambda p, q: adversarial_networks.best_discriminator(p, q))


formula.slips = in_letters(
    ("generator on top", "D says how probable it is that an item is real.",
     lambda p, q: q / (p + q)),
    ("ratio", "Divide by the sum.", lambda p, q: p / q),
    ("difference below", "Divide by the sum.", lambda p, q: p / (p - q)),
)  # fmt: skip


@formula.witness
def _(point):
    """Bisection for where the expectation stops rising."""
    low, high = 0.0, 1.0
    for _halving in range(60):
        d = (low + high) / 2
        low, high = (d, high) if point["p"] * (1 - d) > point["q"] * d else (low, d)
    return d


@family.working
def _(p, q):
    if not p:
        return {}
    mixture = (p + q) / 2
    return {"mixture": mixture, "parts": [entropies.divergence(x, mixture) for x in (p, q)]}
