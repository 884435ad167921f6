"""Counting the variants that data augmentation makes.

Trap: W - w positions instead of W - w + 1, forgetting the flips, adding instead of multiplying.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 4.1.
Source: S1-82, S1-142.
"""

from fractions import Fraction
from functools import cache
from itertools import product

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family
from partialcredit.grading import Integer, Real
from partialcredit.solvers import augmentation, bootstrap

family = Family(
    conventions=[
        "sizes are written height × width, and a crop lies wholly inside the image",
        "{% if s > 1 %}a crop starts at row and column 0, {{ s }}, {{ 2 * s }}, ... of the image"
        "{% endif %}",
    ],
    hidden=["turns", "axes"],
)

#: Turns and axes of flips that make 2, 4 and 8 orientations of a crop.
MOVES = (((2, 0),), ((1, 2), (2, 1), (2, 2), (4, 0)), ((4, 1), (4, 2)))


@family.sample
def sample(draw):
    h, w = draw.integer(8, 48), draw.integer(8, 48)
    square = draw.level != "medium"
    own = {
        "h": h,
        "w": h if square else w,
        "s": draw.by_level(1, draw.integer(1, 3), draw.integer(1, 4)),
    }
    more = draw.sample(range(4, 33), 2)
    own |= {"H": own["h"] + more[0], "W": own["w"] + more[draw.by_level(0, 1, 1)]}
    own |= {"images": 50 * draw.integer(2, 100)}
    if draw.level == "medium":
        own["levels"] = draw.integer(3, 8)
    if draw.level == "hard":
        own |= dict(zip(("turns", "axes"), draw.choice(draw.choice(MOVES)), strict=True))
        own |= {"epochs": draw.integer(20, 99), "tested": 10 * draw.integer(5, 99)}
    return own


@family.part(Integer(), marks=2)
def positions(H, W, h, w, s):
    return augmentation.crop_positions(H, W, (h, w), s)


@family.part(Integer(), levels=["easy"])
def flipped(positions):
    return augmentation.variants((positions, 2))


@family.part(Integer(), levels=["easy"])
def training_set(flipped, images):
    return images * flipped


@family.part(Integer(), levels=["medium"])
def variants(positions, levels):
    return augmentation.variants((positions, 2, levels))


@family.part(Integer(), levels=["medium"])
def larger_set(variants, images):
    return images * variants


@family.part(Integer(), levels=["hard"])
def orientations(turns, axes):
    return augmentation.orientations(turns, axes)


@family.part(Integer(), levels=["hard"])
def all_variants(positions, orientations):
    return augmentation.variants((positions, orientations))


@family.part(Real(digits=4), marks=2, levels=["hard"])
def seen(all_variants, epochs):
    return bootstrap.expected_distinct(Fraction(all_variants), epochs)


@family.part(Integer(), levels=["hard"])
def passes(tested):
    return augmentation.passes(tested, 5, 2)


@positions.mistake("forgot the + 1", "There is one more position than there are steps: add 1.")
def _(H, W, h, w, s):
    return ((H - h) // s) * ((W - w) // s)


@positions.mistake("added", "Every row can be combined with every column: multiply.")
def _(H, W, h, w, s):
    return (H - h) // s + (W - w) // s + 2


@positions.mistake("stride ignored", "A crop starts at the rows and columns listed only.")
def _(H, W, h, w, s):
    return augmentation.crop_positions(H, W, (h, w), 1) if s > 1 else None


@positions.mistake("crops side by side", "Crops may overlap.")
def _(H, W, h, w):
    return (H // h) * (W // w)


@flipped.mistake("flips forgotten", "Each crop has a mirror image.")
def _(positions):
    return positions


@flipped.mistake("added", "Each crop has a mirror image: multiply by 2.")
def _(positions):
    return positions + 2


@flipped.mistake("forgot the + 1", "There is one more position than there are steps: add 1.")
def _(H, W, h, w):
    return 2 * (H - h) * (W - w)


@flipped.mistake("all added", "Rows, columns and mirror images are chosen freely: multiply.")
def _(H, W, h, w):
    return (H - h + 1) + (W - w + 1) + 2


@training_set.mistake("one image", "Every image has as many variants.")
def _(flipped):
    return flipped


@training_set.mistake("added", "Every image has as many variants: multiply.")
def _(flipped, images):
    return flipped + images


@variants.mistake("flips forgotten", "Each crop has a mirror image.")
def _(positions, levels):
    return positions * levels


@variants.mistake("brightness forgotten", "Each crop comes in every brightness.")
def _(positions):
    return 2 * positions


@variants.mistake("added", "The choices are independent: multiply.")
def _(positions, levels):
    return positions + 2 + levels


@larger_set.mistake("one image", "Every image has as many variants.")
def _(variants):
    return variants


@larger_set.mistake("added", "Every image has as many variants: multiply.")
def _(variants, images):
    return variants + images


@orientations.mistake("turns only", "A mirror image is never a turned one.")
def _(turns):
    return turns


@orientations.mistake("counted twice", "Flipped about both axes, a crop is turned by 180 degrees.")
def _(turns, axes):
    return turns * 2**axes


@orientations.mistake("unmoved crop forgotten", "The crop as it is counts, too.")
def _(orientations):
    return orientations - 1


@orientations.mistake("added", "Every turn can follow a flip: multiply.")
def _(turns, axes):
    return turns + 2**axes if axes else None


@all_variants.mistake("crops only", "Each crop comes in all orientations.")
def _(positions):
    return positions


@all_variants.mistake("added", "The choices are independent: multiply.")
def _(positions, orientations):
    return positions + orientations


@seen.mistake("all different", "The same variant may come up again.")
def _(epochs):
    return epochs


@seen.mistake("share", "This is the share of the variants, not their number.")
def _(all_variants, epochs):
    return bootstrap.in_sample(Fraction(all_variants), epochs)


@passes.mistake("mirror images forgotten", "Each of the five patches has a mirror image.")
def _(tested):
    return 5 * tested


@passes.mistake("averaged first", "The predictions are averaged, not the patches.")
def _(tested):
    return tested


def starts(H, W, h, w, s):
    """The top left corners of all crops."""
    return list(product(windows(H, h, stride=s)[:, 0], windows(W, w, stride=s)[:, 0]))


def combined(H, W, h, w, s, *others):
    """All combinations with other choices, one array entry for each."""
    return np.ones((len(starts(H, W, h, w, s)), *others), dtype=int)


@cache
def turned(turns, axes):
    """The different pictures that flips and turns make of a square without symmetry."""
    flips = [np.arange(9).reshape(3, 3)]
    for axis in range(axes):
        flips += [np.flip(picture, axis) for picture in flips]
    quarters = range(0, 4, 4 // turns)
    return len({np.rot90(picture, k).tobytes() for picture in flips for k in quarters})


@positions.witness
def _(H, W, h, w, s):
    return len(starts(H, W, h, w, s))


@flipped.witness
def _(H, W, h, w, s):
    return int(combined(H, W, h, w, s, 2).sum())


@training_set.witness
def _(H, W, h, w, s, images):
    return sum([int(combined(H, W, h, w, s, 2).sum())] * images)


@variants.witness
def _(H, W, h, w, s, levels):
    return int(combined(H, W, h, w, s, 2, levels).sum())


@larger_set.witness
def _(H, W, h, w, s, levels, images):
    return sum([int(combined(H, W, h, w, s, 2, levels).sum())] * images)


@orientations.witness
def _(turns, axes):
    return turned(turns, axes)


@all_variants.witness
def _(H, W, h, w, s, turns, axes):
    return int(combined(H, W, h, w, s, turned(turns, axes)).sum())


@seen.witness
def _(H, W, h, w, s, turns, axes, epochs):
    """Epoch by epoch: a variant is new unless it is one of those seen."""
    count, found = combined(H, W, h, w, s, turned(turns, axes)).size, 0.0
    for _epoch in range(epochs):
        found += (count - found) / count
    return found


@passes.witness
def _(tested):
    patches = [(row, column) for row in (0, 2) for column in (0, 2)] + [(1, 1)]
    return len([1 for _image in range(tested) for _patch in patches for _flip in (0, 1)])
