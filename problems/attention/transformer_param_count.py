"""Parameters of transformers in the style of GPT, ViT and Llama.

Trap: norms and biases left out, the output layer counted twice, the class token forgotten.
Reference: Radford et al. (2019), section 2.3; Dosovitskiy et al. (2021), equations 1 to 4; Touvron
et al. (2023), section 2.2.
Source: none
"""

from partialcredit import engine
from partialcredit.engine.windows import windows
from partialcredit.family import Family, rows
from partialcredit.grading import Expression, Integer
from partialcredit.problems._counting import entries, units
from partialcredit.problems._in_letters import in_letters
from partialcredit.problems.attention import _shapes as shapes
from partialcredit.solvers import letters, transformers
from partialcredit.solvers.sequence_counts import dense

family = Family(
    conventions=[
        "a block has four $d \\times d$ projections with biases, a network $d \\to f \\to d$ with "
        "biases, and two layer norms, each with a scale and a shift for every feature",
        "{% if level != 'easy' %}a last layer norm follows the blocks{% endif %}",
    ]
)


@family.sample
def sample(draw):
    heads = draw.choice([2, 4, 8])
    d = heads * draw.integer(*draw.by_level((4, 64), (16, 48), (16, 48)))
    times = draw.by_level(draw.choice([2, 3, 4]), 4, 4)
    drawn = {"d": d, "f": times * d, "H": heads, "L": draw.integer(2, draw.by_level(48, 24, 24))}
    if draw.level == "medium":
        return drawn | {"V": 100 * draw.integer(5, 200), "n": 2 ** draw.integer(5, 10)}
    if draw.level == "easy":
        return drawn
    patch, grid = draw.choice([4, 8, 14, 16]), draw.integer(7, 16)
    return drawn | {
        "P": patch,
        "S": patch * grid,
        "c": draw.integer(10, 1000),
        "w": 8 * draw.integer(20, 99),
    }


@family.part(Integer(), levels=["easy"])
def attention(d):
    return transformers.attention_parameters(d)


attention.slips = rows(
    ("times the heads", "The heads share the width d.", lambda attention, H: H * attention),
    ("output projection left out", "The joined heads pass a projection, too.",
     lambda d: 3 * (d * d + d)),
    ("biases left out", "Every projection has d biases.", lambda d: 4 * d * d),
    ("one bias each", "Every projection has d biases.", lambda d: 4 * d * d + 4),
)  # fmt: skip
attention.witness(lambda d: shapes.held(shapes.attention(d)))


@family.part(Integer(), levels=["easy"])
def mlp(d, f):
    return transformers.mlp_parameters(d, f)


mlp.slips = rows(
    ("biases left out", "Both layers have biases.", lambda d, f: 2 * d * f),
    ("one layer", "The network has two layers.", lambda d, f: d * f + f),
    ("biases of one layer", "Both layers have biases.", lambda d, f: 2 * d * f + f),
    ("square of the hidden width", "The layers lead from d to f and back.", lambda f: f * f + f),
)  # fmt: skip
mlp.witness(lambda d, f: shapes.held(shapes.mlp(d, f)))


@family.part(Integer(), levels=["easy"])
def block(attention, mlp, d):
    return attention + mlp + 4 * d


block.slips = rows(
    ("norms left out", "Both layer norms have parameters.", lambda attention, mlp: attention + mlp),
    ("one norm", "A block has two layer norms.", lambda attention, mlp, d: attention + mlp + 2 * d),
    ("two numbers a norm", "Every feature has a scale and a shift of its own.",
     lambda attention, mlp: attention + mlp + 4),
)  # fmt: skip
block.witness(lambda d, f: shapes.held(shapes.block(d, f)))


@family.part(Integer(), levels=["easy"])
def stack(block, L):
    return L * block


stack.slips = rows(
    ("one block", "Every block has parameters of its own.", lambda block: block),
    ("last norm counted", "The blocks alone are asked about.", lambda stack, d: stack + 2 * d),
    ("norms once", "Every block has norms of its own.",
     lambda stack, d, L: stack - 4 * d * (L - 1)),
)  # fmt: skip
stack.witness(lambda d, f, L: shapes.held(shapes.block(d, f) * L))


@family.part(Expression(symbols={"d": "positive integer"}), levels=["easy"], marks=2)
def formula():
    return letters.formula(lambda d: transformers.block_parameters(d, 4 * d))


formula.slips = in_letters(
    ("matrices only", "Biases and norms belong to the block.", lambda d: 12 * d**2),
    ("norms left out", "Both layer norms have parameters.", lambda d: 12 * d**2 + 9 * d),
    ("biases left out", "All linear layers have biases.", lambda d: 12 * d**2 + 4 * d),
    ("network of width d", "The network has 4d hidden units.",
     lambda d: transformers.block_parameters(d, d)),
)  # fmt: skip


@formula.witness
def _(point):
    d = int(point["d"])
    return engine.count_parameters(engine.TransformerEncoderLayer(d, 1, 4 * d, generator=0))


@family.part(Integer(), levels=["medium"])
def embeddings(V, n, d):
    return V * d + n * d


embeddings.slips = rows(
    ("positions left out", "Every position has a learned vector.", lambda V, d: V * d),
    ("output layer counted", "The output layer is the token embedding again.",
     lambda V, n, d: 2 * V * d + n * d),
    ("columns forgotten", "Every token and every position has d numbers.", lambda V, n: V + n),
    ("a vector for each token at each position", "Both vectors are added.",
     lambda V, n, d: V * n * d),
)  # fmt: skip
embeddings.witness(lambda V, n, d: entries(V, d) + entries(n, d))


@family.part(Integer(), levels=["medium", "hard"], marks=2)
def blocks(d, f, L):
    return L * transformers.block_parameters(d, f)


blocks.slips = rows(
    ("matrices only", "Biases and norms belong to the blocks.",
     lambda d, f, L: L * (4 * d + 2 * f) * d),
    ("norms left out", "Each block has two norms.", lambda blocks, d, L: blocks - 4 * d * L),
    ("one block", "Every block has parameters of its own.",
     lambda d, f: transformers.block_parameters(d, f)),
    ("output projection left out", "The joined heads pass a projection, too.",
     lambda blocks, d, L: blocks - L * (d * d + d)),
    ("attention times the heads", "The heads share the width d.",
     lambda blocks, d, L, H: blocks + L * (H - 1) * transformers.attention_parameters(d)),
    ("network of width d", "The network has f hidden units.",
     lambda d, L: L * transformers.block_parameters(d, d)),
)  # fmt: skip
blocks.witness(lambda d, f, L: shapes.held(shapes.block(d, f) * L))


@family.part(Integer(), levels=["medium"])
def total(embeddings, blocks, d):
    return embeddings + blocks + 2 * d


total.slips = rows(
    ("output layer counted", "The output layer is the token embedding again.",
     lambda total, V, d: total + V * d),
    ("last norm left out", "A layer norm follows the blocks.",
     lambda embeddings, blocks: embeddings + blocks),
    ("output biases counted", "The output layer has no biases of its own.",
     lambda total, V: total + V),
)  # fmt: skip


@total.witness
def _(V, n, d, f, L):
    return shapes.held([(V, d), (n, d), *shapes.block(d, f) * L, *shapes.norm(d)])


@family.part(Integer(), levels=["hard"])
def tokens(S, P):
    return transformers.vision_tokens(S, P)


tokens.slips = rows(
    ("class token left out", "A class token is put before the patches.",
     lambda S, P: (S // P) ** 2),
    ("one side", "The patches cover the whole image.", lambda S, P: S // P + 1),
    ("overlapping patches", "The patches lie side by side.", lambda S, P: (S - P + 1) ** 2 + 1),
    ("pixels", "A patch makes one token.", lambda S: S * S + 1),
)  # fmt: skip
tokens.witness(lambda S, P: len(windows(S, P, stride=P)) ** 2 + 1)


@family.part(Integer(), levels=["hard"])
def before_blocks(tokens, P, d):
    return dense(3 * P * P, d) + d + tokens * d


before_blocks.slips = rows(
    ("one channel", "A patch has three colours.",
     lambda tokens, P, d: dense(P * P, d) + d + tokens * d),
    ("positions left out", "Every token has a position.", lambda P, d: dense(3 * P * P, d) + d),
    ("class token or biases left out",
     "The class token is a learned vector, and the layer that embeds the patches has biases.",
     lambda before_blocks, d: before_blocks - d),
    ("a layer for each patch", "All patches pass the same layer.",
     lambda tokens, P, d: (tokens - 1) * dense(3 * P * P, d) + d + tokens * d),
)  # fmt: skip


@before_blocks.witness
def _(S, P, d):
    places = len(windows(S, P, stride=P)) ** 2 + 1
    return shapes.held([(d, 3, P, P), (d,), (d,), (places, d)])


@family.part(Integer(), levels=["hard"], marks=2)
def vision_total(before_blocks, blocks, d, c):
    return before_blocks + blocks + 2 * d + dense(d, c)


vision_total.slips = rows(
    ("head left out", "The linear layer for the classes belongs to the network.",
     lambda before_blocks, blocks, d: before_blocks + blocks + 2 * d),
    ("last norm left out", "A layer norm follows the blocks.",
     lambda before_blocks, blocks, d, c: before_blocks + blocks + dense(d, c)),
    ("biases of the head left out", "The head has a bias for every class.",
     lambda vision_total, c: vision_total - c),
    ("head reads all tokens", "The head reads the class token alone.",
     lambda vision_total, tokens, d, c: vision_total - dense(d, c) + dense(tokens * d, c)),
)  # fmt: skip


@vision_total.witness
def _(S, P, d, f, L, c):
    places = len(windows(S, P, stride=P)) ** 2 + 1
    before = shapes.held([(d, 3, P, P), (d,), (d,), (places, d)])
    return before + shapes.held([*shapes.block(d, f) * L, *shapes.norm(d)]) + units(d, c)


@family.part(Integer(), levels=["hard"], marks=2)
def gated(d, w):
    return transformers.gated_block_parameters(d, w)


gated.slips = rows(
    ("two matrices", "A gated network has three matrices.", lambda gated, d, w: gated - d * w),
    ("shifts counted", "RMS norm has scales alone.", lambda gated, d: gated + 2 * d),
    ("biases counted", "This block has no biases.", lambda gated, d, w: gated + 5 * d + 2 * w),
    ("norms left out", "Both RMS norms have scales.", lambda gated, d: gated - 2 * d),
    ("output projection left out", "The joined heads pass a projection, too.",
     lambda gated, d: gated - d * d),
)  # fmt: skip
gated.witness(lambda d, w: shapes.held(shapes.gated_block(d, w)))
