"""Steps of an algorithm in their order.

Trap: changing weights before the gradient is complete, or deciding before the results are there.
Reference: Goodfellow, Bengio and Courville (2016), chapters 5 to 8.
Source: S4-10, S0-29, S1-61, S1-84.
"""

from functools import cache
from itertools import permutations
from math import factorial

from partialcredit.family import Family, rows
from partialcredit.grading import Choice, Integer, Order
from partialcredit.solvers import ordering

family = Family(
    version=2,
    conventions=[
        "a step can be carried out as soon as all that it needs is available; where several orders "
        "are possible, each of them counts as right"
    ],
    hidden=["shown"],
)

#: For each algorithm its steps (text, sort of step, steps it needs) and what is no step of it, the
#: frequent mistake first.
ALGORITHMS = {
    "one training step of a network with one hidden layer by backpropagation": (
        (
            ("draw a mini-batch of examples with their labels", "start", ()),
            ("compute the hidden activations from the inputs of the mini-batch", "use", (0,)),
            ("compute the logits from the hidden activations", "use", (1,)),
            ("compute the value of the loss from the logits and the labels", "use", (2,)),
            ("compute the gradient of the loss with respect to the logits", "use", (2,)),
            ("compute the gradient with respect to the hidden activations from the gradient "
             "with respect to the logits and the present weights", "use", (4,)),
            ("change the weights of both layers against their gradients", "change", (5,)),
        ),
        (
            "change the weights of the output layer before the hidden gradient is found",
            "change the weights along their gradients, so that the loss grows",
            "compute the loss on the test set and add it to the gradient",
        ),
    ),
    "choosing $k$ for $k$-nearest neighbours and classifying a new point": (
        (
            ("split the labelled data into training data and validation data", "start", ()),
            ("compute the distances of the validation points to all training points", "use", (0,)),
            ("for every candidate $k$, let the $k$ nearest training points vote on each "
             "validation point", "use", (1,)),
            ("count the wrong votes on the validation points for every candidate $k$", "use", (2,)),
            ("fix $k$ as the candidate with the fewest wrong votes", "decide", (3,)),
            ("compute the distances of the new point to all training points", "use", (0,)),
            ("give the new point the most common class of its $k$ nearest training points, with "
             "the $k$ that was fixed", "decide", (4, 5)),
        ),
        (
            "fix $k$ as the candidate with the fewest errors on the training points themselves",
            "adjust the distances by gradient descent until all training points are right",
            "let the $k$ farthest training points vote",
        ),
    ),
    "the first step of Adam": (
        (
            ("set the moments $m$ and $v$ and the counter $t$ to zero", "start", ()),
            ("raise $t$ from zero to one", "change", (0,)),
            ("compute the gradient $g$ at the starting parameters", "use", ()),
            (r"replace $m$ by $\beta_1 m + (1 - \beta_1) g$", "change", (0, 2)),
            (r"replace $v$ by $\beta_2 v + (1 - \beta_2) g \odot g$", "change", (0, 2)),
            (r"divide the new $m$ by $1 - \beta_1^t$ and the new $v$ by $1 - \beta_2^t$, with "
             r"$t = 1$", "use", (1, 3, 4)),
            (r"subtract $\eta \hat{m} / (\sqrt{\hat{v}} + \epsilon)$ from the parameters, "
             "with the corrected moments", "change", (5,)),
        ),
        (
            r"subtract $\eta m / v$ from the parameters, without correction and root",
            "set $v$ to the variance of the parameters",
            "set $m$ back to zero after the step",
        ),
    ),
    "early stopping": (
        (
            ("initialise the weights and set the lowest validation error so far to infinity",
             "start", ()),
            ("train the initialised model for its first epoch on the training data", "use", (0,)),
            ("measure the validation error after this epoch", "use", (1,)),
            ("compare this validation error with the lowest so far", "use", (0, 2)),
            ("store a copy of the weights where the error is a new lowest one",
             "change", (3,)),
            ("go on like this, and end the training after a fixed number of epochs without a "
             "new lowest error", "decide", (4,)),
            ("return the copy stored last, now that the training has ended", "decide", (5,)),
        ),
        (
            "return the weights of the last epoch",
            "measure the error on the test set to decide when the training ends",
            "go on until the training error is zero",
        ),
    ),
    "a training step of a hidden layer with inverted dropout": (
        (
            ("draw a mini-batch of examples", "start", ()),
            ("compute the activations of the hidden layer for the mini-batch", "use", (0,)),
            ("draw a random mask of zeros and ones for the hidden units", "start", ()),
            ("multiply the activations by the mask", "use", (1, 2)),
            ("divide the masked activations by the keep probability", "use", (3,)),
            ("compute the output and the loss from the rescaled activations", "use", (4,)),
            ("propagate the gradient of this loss back through the same mask", "use", (5,)),
        ),
        (
            "draw another mask for the backward pass",
            "multiply the rescaled activations by the keep probability",
            "remove the units that the mask has dropped from the network permanently",
        ),
    ),
    "choosing a hyperparameter by $K$-fold cross-validation": (
        (
            ("set a test set aside", "start", ()),
            ("split the data that are left into $K$ folds", "start", (0,)),
            ("for every setting and every fold, train a model on the other $K - 1$ folds",
             "use", (1,)),
            ("compute the error of each of these models on the fold left out", "use", (2,)),
            ("average the $K$ errors of each setting", "use", (3,)),
            ("train once more, on all $K$ folds, with the setting of the lowest average error",
             "decide", (4,)),
            ("compute the error of the model trained last on the test set", "decide", (5,)),
        ),
        (
            "choose the setting with the lowest error on the test set",
            "train each model on the fold left out as well",
            "average the weights of the $K$ models of each setting",
        ),
    ),
    "bagging": (
        (
            ("set a test set aside from the data", "start", ()),
            ("draw $K$ samples with replacement from the data not set aside, each as large as "
             "these data", "start", (0,)),
            ("train one model on each of the $K$ samples", "use", (1,)),
            ("let each of the trained models predict the classes of the test set", "use", (0, 2)),
            ("take the most common of the $K$ predictions for each test example", "use", (3,)),
            ("count how many of these majorities agree with the test labels", "decide", (4,)),
            ("note which of the examples not set aside each sample has missed", "use", (1,)),
        ),
        (
            "draw the samples without replacement, so that each is the whole training set",
            "train each model on the errors of the model before it",
            "keep the model with the fewest errors on the test set and discard the others",
        ),
    ),
    "batch normalisation of one feature in training": (
        (
            ("compute the mean of the feature over the mini-batch", "use", ()),
            ("subtract the mean of the mini-batch from every value", "use", (0,)),
            ("compute the variance as the mean of the squares of the centred values", "use", (1,)),
            (r"divide the centred values by the root of the variance plus $\epsilon$",
             "use", (1, 2)),
            (r"multiply the normalised values by $\gamma$ and add $\beta$", "use", (3,)),
            ("move the running mean towards the mean of the mini-batch", "change", (0,)),
            ("move the running variance towards the variance of the mini-batch", "change", (2,)),
        ),
        (
            "divide the values by the root of the running variance",
            "divide the centred values by the variance, without a root",
            r"set $\gamma$ to the variance and $\beta$ to the mean of the mini-batch",
        ),
    ),
}  # fmt: skip


@family.sample
def sample(draw):
    algorithm = draw.choice(list(ALGORITHMS))
    steps, wrong = ALGORITHMS[algorithm]
    shown = draw.sample(range(len(steps)), draw.by_level(draw.integer(4, 5), 6, 6))
    left_out = [text for i, (text, *_) in enumerate(steps) if i not in shown]
    return {"algorithm": algorithm, "shown": shown} | draw.by_level(
        {}, {}, {"options": draw.shuffle([*left_out, *wrong])}
    )


@family.derive
def steps(algorithm):
    return ALGORITHMS[algorithm][0]


@family.derive
def before(steps, shown):
    """What must come before what among the steps shown."""
    return ordering.restricted({i: needs for i, (*_, needs) in enumerate(steps)}, shown)


@family.condition
def _(order):
    return len(order) <= 8


@family.part(lambda shown: Order(steps=len(shown)), marks=3)
def order(before, shown):
    return ordering.orders(len(shown), before)


def too_early(sort):
    """The orders with one fault, in which a step of this sort comes before what it needs."""

    def slipped(steps, before, shown):
        faults = [(a, b) for a, b in before if steps[shown[b]][1] == sort]
        return ordering.with_one_reversed(len(shown), before, faults) or None

    return slipped


order.slips = rows(
    ("used before it was computed", "A step uses a result that a later step computes.",
     too_early("use")),
    ("changed too early", "Something is changed before everything that the change needs is there.",
     too_early("change")),
    ("decided too early", "A decision comes before the results that it rests on.",
     too_early("decide")),
    ("prepared too late", "Data must be split or drawn before anything is done with them.",
     too_early("start")),
)  # fmt: skip


@cache
def possible(algorithm):
    """All orders of all steps in which each step follows those it needs."""
    needs = [step[2] for step in ALGORITHMS[algorithm][0]]
    found = []
    for candidate in permutations(range(len(needs))):
        place = {step: i for i, step in enumerate(candidate)}
        if all(place[a] < place[b] for b, some in enumerate(needs) for a in some):
            found.append(candidate)
    return found


@order.witness
def carried_out(algorithm, shown):
    """The steps shown, read off from every possible order of all steps."""
    return frozenset(
        tuple(shown.index(step) for step in whole if step in shown) for whole in possible(algorithm)
    )


@family.part(Integer(), marks=2, levels=["hard"])
def number(order):
    return len(order)


number.slips = rows(
    ("a single order", "Steps that do not need one another may change places.", lambda: 1),
    ("every order", "Most steps need others before them.", lambda shown: factorial(len(shown))),
    ("one too few", "Count the order that you have given as well.",
     lambda number: number - 1 if number > 2 else None),
)  # fmt: skip
number.witness(lambda algorithm, shown: len(carried_out(algorithm, shown)))


@family.part(lambda options: Choice(options), levels=["hard"])
def missing(steps, shown, options):
    (left_out,) = set(range(len(steps))) - set(shown)
    return options.index(steps[left_out][0])


missing.slips = rows(
    ("a frequent mistake", "This often goes wrong; it is not a step of the algorithm.",
     lambda algorithm, options: options.index(ALGORITHMS[algorithm][1][0])),
    ("not a step of it", "This does not belong to the algorithm.",
     lambda algorithm, options: options.index(ALGORITHMS[algorithm][1][1])),
)  # fmt: skip


@missing.witness
def _(algorithm, options):
    texts = [step[0] for step in ALGORITHMS[algorithm][0]]
    return next(i for i, option in enumerate(options) if texts.count(option))


@family.working
def _(steps, before, shown, order):
    direct = ordering.covers(before)
    return {
        "texts": [steps[i][0] for i in shown],
        "sequence": min(order),
        "needs": [sorted(a for a, b in direct if b == step) for step in range(len(shown))],
    }
