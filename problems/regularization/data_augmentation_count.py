"""Counting the variants that data augmentation makes.

Trap: W - w positions instead of W - w + 1, forgetting the flips, adding instead of multiplying.
Reference: Krizhevsky, Sutskever and Hinton (2012), section 4.1.
Source: S1-82, S1-142.
"""

from itertools import product

import numpy as np

from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Integer, Real
from partialcredit.numbers.rationals import rational
from partialcredit.solvers import augmentation, bootstrap

family = Family(
    version=3,
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
    w = draw.by_level(h, w, h)
    s = draw.by_level(1, draw.integer(1, 3), draw.integer(1, 4))
    down, right = draw.sample(range(4, 33), 2)
    sizes = {"h": h, "w": w, "s": s, "H": h + down, "W": w + draw.by_level(down, right, right)}
    own = sizes | {"images": 50 * draw.integer(2, 100)}
    if draw.level == "medium":
        own["levels"] = draw.integer(3, 8)
    if draw.level == "hard":
        turns, axes = draw.choice(draw.choice(MOVES))
        own |= {"turns": turns, "axes": axes}
        own |= {"epochs": draw.integer(20, 99), "tested": 10 * draw.integer(5, 99)}
    return own


@family.run
def starts(H, W, h, w, s):
    """The top left corners of all crops."""
    return [*product(windows(H, h, stride=s)[:, 0], windows(W, w, stride=s)[:, 0])]


def combined(*choices):
    """How many combinations there are, one array entry for each."""
    return int(np.ones(choices, dtype=int).sum())


@family.run
def pictures(turns, axes):
    """The different pictures that flips and turns make of a square without symmetry."""
    flips = [np.arange(9).reshape(3, 3)]
    for axis in range(axes):
        flips += [np.flip(picture, axis) for picture in flips]
    quarters = range(0, 4, 4 // turns)
    return len({np.rot90(picture, k).tobytes() for picture in flips for k in quarters})


@family.part(Integer(), marks=2)
def positions(H, W, h, w, s):
    return augmentation.crop_positions(H, W, (h, w), s)


positions.slips = rows(
    ("forgot the + 1", "There is one more position than there are steps: add 1.",
     lambda H, W, h, w, s: ((H - h) // s) * ((W - w) // s)),
    ("added", "Every row can be combined with every column: multiply.",
     lambda H, W, h, w, s: (H - h) // s + (W - w) // s + 2),
    ("stride ignored", "A crop starts at the rows and columns listed only.",
     lambda H, W, h, w, s: augmentation.crop_positions(H, W, (h, w), 1) if s > 1 else None),
    ("crops side by side", "Crops may overlap.", lambda H, W, h, w: (H // h) * (W // w)),
    ("one direction only", "The crop moves down and to the right.",
     lambda H, h, s: (H - h) // s + 1),
)  # fmt: skip
positions.witness(lambda starts: len(starts))


@family.part(Integer(), levels=["easy"])
def flipped(positions):
    return augmentation.variants((positions, 2))


@family.condition
def _(positions, images):
    """The number of images in the text is no answer."""
    return images not in [2 * positions * n for n in range(1, 9)]


flipped.slips = rows(
    ("flips forgotten", "Each crop has a mirror image.", lambda positions: positions),
    ("added", "Each crop has a mirror image: multiply by 2.", lambda positions: positions + 2),
    ("all added", "Rows, columns and mirror images are chosen freely: multiply.",
     lambda H, W, h, w: (H - h + 1) + (W - w + 1) + 2),
)  # fmt: skip
flipped.witness(lambda starts: combined(len(starts), 2))


@family.part(Integer(), levels=["easy"])
def training_set(flipped, images):
    return images * flipped


training_set.slips = rows(
    ("one image", "Every image has as many variants.", lambda flipped: flipped),
    ("added", "Every image has as many variants: multiply.",
     lambda flipped, images: flipped + images),
)  # fmt: skip
training_set.witness(lambda starts, images: sum([combined(len(starts), 2)] * images))


@family.part(Integer(), levels=["medium"])
def variants(positions, levels):
    return augmentation.variants((positions, 2, levels))


variants.slips = rows(
    ("flips forgotten", "Each crop has a mirror image.",
     lambda positions, levels: positions * levels),
    ("brightness forgotten", "Each crop comes in every brightness.",
     lambda positions: 2 * positions),
    ("added", "The choices are independent: multiply.",
     lambda positions, levels: positions + 2 + levels),
    ("flips and levels added", "Each choice goes with each other one: multiply.",
     lambda positions, levels: positions * (2 + levels)),
)  # fmt: skip
variants.witness(lambda starts, levels: combined(len(starts), 2, levels))


@family.part(Integer(), levels=["medium"])
def larger_set(variants, images):
    return images * variants


larger_set.slips = rows(
    ("one image", "Every image has as many variants.", lambda variants: variants),
    ("added", "Every image has as many variants: multiply.",
     lambda variants, images: variants + images),
)  # fmt: skip
larger_set.witness(lambda starts, levels, images: sum([combined(len(starts), 2, levels)] * images))


@family.part(Integer(), levels=["hard"])
def orientations(turns, axes):
    return augmentation.orientations(turns, axes)


orientations.slips = rows(
    ("turns only", "A mirror image is never a turned one.", lambda turns: turns),
    ("counted twice", "Flipped about both axes, a crop is turned by 180 degrees.",
     lambda turns, axes: turns * 2**axes),
    ("unmoved crop forgotten", "The crop as it is counts, too.",
     lambda orientations: orientations - 1),
    ("added", "Every turn can follow a flip: multiply.",
     lambda turns, axes: turns + 2**axes if axes else None),
)  # fmt: skip
orientations.witness(lambda pictures: pictures)


@family.part(Integer(), levels=["hard"])
def all_variants(positions, orientations):
    return augmentation.variants((positions, orientations))


all_variants.slips = rows(
    ("crops only", "Each crop comes in all orientations.", lambda positions: positions),
    ("added", "The choices are independent: multiply.",
     lambda positions, orientations: positions + orientations),
)  # fmt: skip
all_variants.witness(lambda starts, pictures: combined(len(starts), pictures))


@family.part(Real(digits=3), marks=2, levels=["hard"])
def seen(all_variants, epochs):
    return bootstrap.expected_distinct(rational(all_variants), epochs)


seen.slips = rows(
    ("all different", "The same variant may come up again.", lambda epochs: epochs),
    ("share", "This is the share of the variants, not their number.",
     lambda all_variants, epochs: bootstrap.in_sample(rational(all_variants), epochs)),
)  # fmt: skip


@seen.witness
def _(starts, pictures, epochs):
    """Epoch by epoch: a variant is new unless it is one of those seen."""
    count, found = combined(len(starts), pictures), 0.0
    for _epoch in range(epochs):
        found += (count - found) / count
    return found


@family.part(Integer(), levels=["hard"])
def passes(tested):
    return augmentation.passes(tested, 5, 2)


passes.slips = rows(
    ("mirror images forgotten", "Each of the five patches has a mirror image.",
     lambda tested: 5 * tested),
    ("averaged first", "The predictions are averaged, not the patches.", lambda tested: tested),
)  # fmt: skip


@passes.witness
def _(tested):
    patches = [(row, column) for row in (0, 2) for column in (0, 2)] + [(1, 1)]
    return len([1 for _image in range(tested) for _patch in patches for _flip in (0, 1)])
