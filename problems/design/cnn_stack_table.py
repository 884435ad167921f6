"""An unequal stack of layers, as one table.

Trap: a pooling layer that learns, an incomplete window that counts, a head that forgets positions.
Reference: Dumoulin and Visin (2016), relationships 5 and 6; Howard et al. (2017), "MobileNets",
section 3.1; Lin, Chen and Yan (2014), "Network in network", section 3.2.
Source: none
"""

from math import prod

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Integer
from partialcredit.numbers.rationals import simplest
from partialcredit.problems._counting import counted, entries
from partialcredit.solvers import networks
from partialcredit.solvers.networks import conv, dense, flatten, global_pool, norm, pool

family = Family(
    conventions=[
        "shapes are written (height, width, depth), and $(1, 1, n)$ after flattening to $n$ values",
        "sizes are rounded down: a window that does not fit is left out",
        "a layer has padding only where the table says so",
        "every filter and every unit has a bias"
        "{% if level != 'easy' %}, also before a batch normalisation, which has a scale and a "
        "shift per channel{% endif %}",
        "{% if level != 'easy' %}multiply-adds are those of convolutions and fully connected "
        "layers; adding a bias is none{% endif %}",
    ]
)

#: Orders of layers: convolution, pooling, normalisation, flattening, dense; depthwise convolution,
#: pointwise convolution, global pooling.
FORMS = {
    "easy": ("cpcpfd", "ccpcpfd", "cpccpfd", "ccpfdd"),
    "medium": ("cncpfdd", "cnpcpfdd", "cncpcpfdd", "cncpccpfd"),
    "hard": ("cnDPnDPgd", "cDnPnDPgd", "cnDnPcgd", "cDPnDPcgd"),
}


@family.sample
def sample(draw):
    height = draw.by_level(draw.integer(24, 64), *[draw.integer(33, 97)] * 2)
    width = draw.by_level(height, draw.integer(33, 97), height)
    layers, filters = [], draw.sample((4, 6, 8, 10, 12, 16, 20, 24, 32), 6)
    for kind in draw.choice(FORMS[draw.level]):
        layers.append(
            drawn(draw, kind, not layers, filters[sum(row[0] == "conv" for row in layers)])
        )
    classes = draw.choice([5, 10, 12, 20])
    layers[-1] = ("dense", classes)
    return {"image": (height, width, draw.choice([1, 3])), "layers": layers}


def drawn(draw, kind, first, filters):
    """One row of the table: its kind, and the numbers that are printed."""
    padding = draw.by_level(0, draw.integer(0, 1), 1)
    stride = draw.by_level(1, 2 if first else 1, 2 if first else 1)
    match kind:
        case "c":
            return ("conv", filters, draw.choice([3, 5]), stride, padding)
        case "P":
            return ("conv", filters, 1, 1, 0)
        case "D":
            return ("depthwise", 3, draw.choice([1, 2]), 1)
        case "p":
            return ("pool", *draw.by_level((2, 2), draw.choice([(2, 2), (3, 2)]), (2, 2)))
        case "d":
            return ("dense", draw.choice([20, 32, 48, 64, 100]))
    return ({"n": "norm", "f": "flatten", "g": "mean"}[kind],)


@family.run
@family.derive
def network(image, layers):
    """The rows as layers; a depthwise convolution has as many filters as it reads channels."""
    found, depth = [], image[2]
    for kind, *numbers in layers:
        if kind == "conv":
            depth, size, stride, padding = numbers
            found.append(conv(depth, size, stride=stride, padding=padding))
        elif kind == "depthwise":
            size, stride, padding = numbers
            found.append(conv(depth, size, stride=stride, padding=padding, groups=depth))
        else:
            found.append(MAKE[kind](*numbers))
    return found


MAKE = {
    "pool": pool,
    "norm": norm,
    "flatten": flatten,
    "mean": global_pool,
    "dense": dense,
}


def volume(shape):
    """A shape in three numbers."""
    return (1, 1, *shape)[-3:]


def volumes(network, image):
    return tuple(map(volume, networks.shapes(network, image)))


def changed(network, kinds, **fields):
    """The layers, those of the given kinds with other fields."""
    return [layer._replace(**fields) if layer.kind in kinds else layer for layer in network]


@family.condition
def _(network, image):
    """No map vanishes, the last one has positions left, and some window does not fit."""
    sizes = [image, *networks.shapes(network, image)]
    maps = [(size, layer) for size, layer in zip(sizes, network, strict=False) if len(size) == 3]
    fits = [
        (size[0] + 2 * layer.padding - layer.kernel_size) % layer.stride == 0
        for size, layer in maps
        if layer.kind in ("conv", "pool")
    ]
    return min(min(size[:2]) for size, _layer in maps) >= 2 and not all(fits)


@family.run
def table(network, image):
    """Shape, parameters and multiplications of every layer, from arrays and windows."""
    return counted(network, image)


@family.part(lambda layers: Array(shape=(len(layers), 3)), marks=3)
def shapes(network, image):
    return volumes(network, image)


def rounded_up(network, image):
    """One more window wherever some of the map is left over."""
    found = []
    for layer in network:
        if layer.kind in ("conv", "pool"):
            room = [n + 2 * layer.padding - layer.kernel_size for n in image[:2]]
            depth = layer.outputs if layer.kind == "conv" else image[2]
            image = (*(-(-r // layer.stride) + 1 for r in room), depth)
        else:
            image = networks.output_shape(layer, image)
        found.append(volume(image))
    return found


def depth_halved(network, image, shapes):
    found = []
    for layer in network:
        image = networks.output_shape(layer, image)
        image = (*image[:2], image[2] // 2) if layer.kind == "pool" else image
        found.append(volume(image))
    return found if found != list(shapes) else None


shapes.slips = rows(
    ("rounded up", "A window that does not fit is left out.", rounded_up),
    ("padding left out", "Padding adds to both sides of the map.",
     lambda network, image: volumes(changed(network, ("conv",), padding=0), image)),
    ("stride left out", "A stride of 2 leaves half of the positions.",
     lambda network, image: volumes(changed(network, ("conv", "pool"), stride=1), image)),
    ("pooling halves the depth", "Pooling works on each channel by itself.", depth_halved),
    ("depth first", "The depth is the last of the three numbers here.",
     lambda shapes: tuple((d, h, w) for h, w, d in shapes)),
    ("one too few", "Count the first position as well: add 1.",
     lambda network, image: volumes(one_less(network), image)),
)  # fmt: skip


def one_less(network):
    """Convolutions whose windows are larger by a step."""
    return [
        layer._replace(kernel_size=layer.kernel_size + layer.stride)
        if layer.kind == "conv"
        else layer
        for layer in network
    ]


shapes.witness(lambda table: [volume(shape) for shape, _entered, _worked in table])


@family.derive
def read(image):
    """What each layer reads, given what each puts out."""
    return lambda shapes: (image, *(tuple(map(simplest, shape)) for shape in shapes[:-1]))


@family.part(lambda layers: Array(shape=(len(layers),)), marks=3)
def parameters(network, read, shapes):
    return tuple(map(networks.parameters, network, read(shapes)))


def with_biases(network, parameters, biases):
    """The weights, and a number of biases in every layer of weights."""
    return [
        p - layer.outputs + biases if layer.outputs else p
        for layer, p in zip(network, parameters, strict=True)
    ]


def of_one_position(network, read, shapes):
    """A head that reads a vector, although the map before has positions."""
    maps = [(1, 1, s[2]) if layer.kind == "flatten" else s
            for layer, s in zip(network, shapes, strict=True)]  # fmt: skip
    before = read(shapes)
    flat = next((i for i, layer in enumerate(network) if layer.kind == "flatten"), None)
    if flat is None:
        return None
    maps[flat] = (1, 1, before[flat][2])
    return tuple(map(networks.parameters, network, read(maps)))


parameters.slips = rows(
    ("biases left out", "Every filter and every unit has a bias.",
     lambda network, parameters: with_biases(network, parameters, 0)),
    ("one bias per layer", "Every filter and every unit has a bias of its own.",
     lambda network, parameters: with_biases(network, parameters, 1)),
    ("depth of the input left out", "A filter reaches through all channels that it reads.",
     lambda network, read, shapes: tuple(
         networks.parameters(layer, (1, 1, 1) if layer.kind == "conv" and layer.groups == 1 else s)
         for layer, s in zip(network, read(shapes), strict=True))),
    ("pooling has weights", "Pooling computes a maximum; it learns nothing.",
     lambda network, parameters: [
         layer.kernel_size**2 if layer.kind == "pool" else p
         for layer, p in zip(network, parameters, strict=True)]),
    ("flattening forgotten", "The fully connected layer reads every position of every channel.",
     of_one_position),
    ("depthwise filters reach through all channels", "A depthwise filter reads one channel only.",
     lambda network, read, shapes: tuple(map(
         networks.parameters, changed(network, ("conv",), groups=1), read(shapes)))),
    ("normalisation has no parameters", "It learns a scale and a shift for every channel.",
     lambda network, parameters: [
         0 if layer.kind == "norm" else p for layer, p in zip(network, parameters, strict=True)]),
    ("running statistics counted", "Running mean and variance are stored, not learned.",
     lambda network, parameters: [
         2 * p if layer.kind == "norm" else p
         for layer, p in zip(network, parameters, strict=True)]),
)  # fmt: skip
parameters.witness(lambda table: [entered for _shape, entered, _worked in table])


@family.part(Integer())
def total(parameters):
    return sum(parameters)


total.slips = rows(
    ("fully connected layers only", "Add the convolutions as well.",
     lambda network, parameters: sum(
         p for layer, p in zip(network, parameters, strict=True) if layer.kind == "dense")),
    ("convolutions only", "Add all layers.",
     lambda network, parameters: sum(
         p for layer, p in zip(network, parameters, strict=True) if layer.kind == "conv")),
)  # fmt: skip
total.witness(lambda table: sum(entered for _shape, entered, _worked in table))


def place(numbers):
    """Where the largest stands, counted from 1."""
    return list(numbers).index(max(numbers)) + 1


@family.part(Integer())
def largest(parameters):
    return place(parameters)


largest.slips = rows(
    ("the most filters", "Count the parameters: what a layer reads matters, too.",
     lambda network: place([layer.outputs for layer in network])),
    ("the largest output", "A large output needs no more parameters than a small one.",
     lambda shapes: place(list(map(prod, shapes)))),
    ("the last layer", "The last layer reads few values.", lambda layers: len(layers)),
    ("counted from 0", "The table counts its layers from 1.", lambda largest: largest - 1),
)  # fmt: skip


@largest.witness
def _(table):
    entered = [entered for _shape, entered, _worked in table]
    return next(n for n, own in enumerate(entered, 1) if all(own >= other for other in entered))


@family.part(Integer(), levels=["medium"])
def activations(shapes):
    return max(map(prod, shapes))


activations.slips = rows(
    ("all layers", "The largest output of a single layer is asked for.",
     lambda shapes: sum(map(prod, shapes))),
    ("one channel", "All channels are stored.", lambda shapes: max(h * w for h, w, _ in shapes)),
    ("the image", "The input is not the output of a layer.", lambda image: prod(image)),
    ("the flattened map", "Earlier maps have more positions.",
     lambda network, shapes: max(
         map(prod, shapes[next(i for i, x in enumerate(network) if x.kind == "flatten"):]))),
)  # fmt: skip
activations.witness(lambda table: max(entries(*shape) for shape, _entered, _worked in table))


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def multiply_adds(network, read, shapes):
    return sum(map(networks.multiply_adds, network, read(shapes)))


multiply_adds.slips = rows(
    ("one position", "A filter is applied at every position of its output.",
     lambda network, parameters: sum(
         p - layer.outputs for layer, p in zip(network, parameters, strict=True) if layer.outputs)),
    ("positions of the input", "A filter is applied once for every position of the output.",
     lambda network, read, shapes: sum(
         (networks.parameters(layer, s) - layer.outputs) * prod(s[:2])
         for layer, s in zip(network, read(shapes), strict=True) if layer.outputs)),
    ("biases counted", "Adding a bias multiplies nothing.",
     lambda network, multiply_adds, shapes: multiply_adds + sum(
         layer.outputs * prod(s[:2]) for layer, s in zip(network, shapes, strict=True))),
    ("convolutions only", "Every weight of a fully connected layer multiplies, too.",
     lambda network, read, shapes: sum(
         networks.multiply_adds(layer, s)
         for layer, s in zip(network, read(shapes), strict=True) if layer.kind == "conv")),
)  # fmt: skip
multiply_adds.witness(lambda table: sum(worked for _shape, _entered, worked in table))


@family.part(Integer(), levels=["hard"])
def saved(layers, shapes):
    head, flat = dense(layers[-1][1]), flatten()
    return networks.parameters(head, networks.output_shape(flat, shapes[-3])) - networks.parameters(
        head, shapes[-2]
    )


saved.slips = rows(
    ("the whole layer", "What the layer has after pooling is not saved.",
     lambda layers, shapes: (prod(shapes[-3]) + 1) * layers[-1][1]),
    ("one channel", "Flattening keeps every channel.",
     lambda layers, shapes: (prod(shapes[-3][:2]) - 1) * layers[-1][1]),
    ("inputs saved", "Every input saved has a weight in each unit.",
     lambda layers, saved: saved // layers[-1][1]),
)  # fmt: skip


@saved.witness
def _(table, layers):
    *_, (shape, _entered, _worked), (pooled, _, _), _head = table
    units = layers[-1][1]
    return entries(units, *shape) - entries(units, *pooled)


@family.working
def _(network, read, shapes):
    lines = tuple(zip(network, read(shapes), shapes, strict=True))
    sizes = list(map(prod, shapes))
    return {
        "lines": lines,
        "weighted": [n for n, layer in enumerate(network, 1) if layer.outputs],
        "works": [networks.multiply_adds(layer, s) for layer, s, _ in lines if layer.outputs],
        "widest": place(sizes),
    }
