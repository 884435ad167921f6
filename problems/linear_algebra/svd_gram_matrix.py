"""Singular values from the Gram matrix.

Trap: eigenvalues without the root, mixing up A^T A with A A^T and U with V.
Reference: Golub and Van Loan (2013), sections 2.4 and 8.6; Eckart and Young (1936).
Source: S1-29, S1-30, S1-80.
"""

from functools import reduce
from itertools import pairwise

import numpy as np

from partialcredit.family import Family, rows
from partialcredit.grading import Array, Choice, Real
from partialcredit.numbers.exact import sqrt
from partialcredit.numbers.rationals import rational
from partialcredit.numbers.vectors import columns, each
from partialcredit.solvers import matrices, orthogonal, singular

family = Family(
    version=2,
    conventions=[
        "eigenvalues and singular values are listed from the largest to the smallest"
        r"{% if level != 'easy' %}, and in $U \Sigma V^\top$ the matrices $U$ and $V$ are "
        "orthogonal{% endif %}"
    ],
)

#: A product, and options for it that are wrong: U and V exchanged, another product, and others.
WRONG = {
    "Aa": ("VSsv", "VsSv", "USSv", "UsSv"),
    "aA": ("UsSu", "USsu", "VssU", "UsSv"),
    "a": ("Usv", "USv", "vsU", "uSv"),
    "AaA": ("VSsSu", "VsSsu", "USsSu", "USv"),
    "aAa": ("UsSsv", "USsSv", "VsSsv", "Vsu"),
}


@family.sample
def sample(draw):
    if draw.level == "easy":
        u, r = draw.integers(3, -5, 5), draw.integers(3, -2, 2)
        v = (u[1] * r[2] - u[2] * r[1], u[2] * r[0] - u[0] * r[2], u[0] * r[1] - u[1] * r[0])
        return {"A": list(zip(u, v, strict=True))}  # orthogonal columns
    A = draw.matrix(draw.by_level(0, 2, 3), 2, -5, 6)
    asked = draw.choice(list(WRONG))
    wrong = WRONG[asked]
    options = [singular.reduced(asked), *wrong[:2], draw.choice(wrong[2:])]
    return {"A": A, "asked": asked, "options": draw.shuffle(options)}


@family.condition
def _(A):
    (a, b), (_, d) = orthogonal.gram(A)
    sizes = {abs(x) for row in A for x in row}
    return a != d and a * d > b * b and len(sizes) > 2 and all(map(any, A))


@family.condition
def _(A):
    return columns(A) != A and orthogonal.gram(A) != orthogonal.gram(columns(A))


@family.run
def decomposed(A):
    u, s, v = np.linalg.svd(np.array(A, dtype=float))
    sigma = np.zeros((len(A), 2))
    np.fill_diagonal(sigma, s)
    return u, sigma, v.T


@family.run
def singular_values(A):
    return np.linalg.svd(np.array(A, dtype=float), compute_uv=False)


@family.run
def rank_one(decomposed):
    u, sigma, v = decomposed
    return sigma[0, 0] * np.outer(u[:, 0], v[:, 0])


@family.part(Array(shape=(2, 2)))
def gram(A):
    return orthogonal.gram(A)


gram.slips = rows(
    ("the other product", "A^T A holds the products of the columns, not of the rows.",
     lambda A: orthogonal.gram(columns(A))),
    ("entries squared", "Multiply columns, not single entries.",
     lambda A: A**2 if len(A) == 2 else None),
    ("A squared", "One factor is transposed.",
     lambda A: matrices.product(A, A) if len(A) == 2 else None),
)  # fmt: skip


@gram.witness
def _(decomposed):
    _u, sigma, v = decomposed
    return v @ sigma.T @ sigma @ v.T


@family.part(Array(shape=(2,), digits=3), marks=2)
def eigenvalues(gram):
    return singular.eigenvalues(gram)


eigenvalues.slips = rows(
    ("the diagonal", "The diagonal holds the eigenvalues of a diagonal matrix only.",
     lambda gram: sorted((gram[0][0], gram[1][1]), reverse=True)),
    ("trace not halved", "The eigenvalues add up to the trace.",
     lambda eigenvalues: 2 * eigenvalues),
    ("roots taken", "These are the singular values, the roots.",
     lambda eigenvalues: each(sqrt, eigenvalues)),
)  # fmt: skip
eigenvalues.witness(lambda singular_values: singular_values**2)


@family.part(Array(shape=(2,), digits=3))
def values(eigenvalues):
    return singular.singular_values(eigenvalues)


def eigenvalues_of_a(A):
    if len(A) != 2:
        return None
    (a, b), (c, d) = A
    square = (a - d) ** 2 + 4 * b * c
    if square < 0:
        return None
    return [rational(1, 2) * (a + d + side * sqrt(square)) for side in (1, -1)]


def lengths_of_the_rows(A):
    return each(sqrt, tuple(sorted((sum(row**2) for row in A[:2]), reverse=True)))


values.slips = rows(
    ("not rooted", "The singular values are the roots of the eigenvalues of A^T A.",
     lambda eigenvalues: eigenvalues),
    ("eigenvalues of A", "Singular values come from the eigenvalues of A^T A, not of A.",
     eigenvalues_of_a),
    ("lengths of the rows", "Singular values are not the lengths of rows.", lengths_of_the_rows),
    ("squared", "The singular values are the roots of the eigenvalues of A^T A.",
     lambda eigenvalues: eigenvalues**2),
)  # fmt: skip
values.witness(lambda singular_values: singular_values)


@family.part(Real(digits=3), levels=["hard"])
def error(values):
    return singular.rank_one_error(values)


error.slips = rows(
    ("largest singular value", "The largest singular value is kept, the other is lost.",
     lambda values: values[0]),
    ("norm of A", "This is the norm of A itself.", lambda eigenvalues: sqrt(sum(eigenvalues))),
)  # fmt: skip
error.witness(lambda A, rank_one: np.linalg.norm(np.array(A) - rank_one))


@family.part(Real(digits=3), levels=["hard"])
def share(eigenvalues):
    return singular.captured_share(eigenvalues)


share.slips = rows(
    ("not squared", "The norm adds the squares of the singular values.",
     lambda values: values[0] / sum(values)),
    ("what is lost", "This is the share of the second singular value.", lambda share: 1 - share),
)  # fmt: skip
share.witness(lambda A, rank_one: np.square(rank_one).sum() / np.square(A).sum())


def written(form):
    names = {"S": r"\Sigma"}
    tokens = [names.get(c.upper(), c.upper()) + (r"^\top" if c.islower() else "") for c in form]
    return f"${' '.join(tokens)}$"


@family.part(lambda options: Choice(tuple(map(written, options))), levels=["medium", "hard"])
def factored(asked, options):
    return options.index(singular.reduced(asked))


factored.slips = rows(
    ("U and V exchanged", "B begins with U and ends with V^T.",
     lambda asked, options: options.index(WRONG[asked][0])),
    ("another product", "Put U Sigma V^T in for B and V Sigma^T U^T for B^T, in their order.",
     lambda asked, options: options.index(WRONG[asked][1])),
    ("other factors at the end", "Write all factors out, from the first to the last.",
     lambda asked, options: min(i for i in range(4) if options[i] in WRONG[asked][2:])),
)  # fmt: skip


@factored.witness
def _(asked, options):
    """The option that equals the product for a matrix of three rows and two columns."""
    B = np.array([[5.0, 1.0], [2.0, -3.0], [0.0, 4.0]])
    known = dict(zip("USV", decomposed(B), strict=True)) | {"A": B}
    known |= {name.lower(): matrix.T for name, matrix in known.items()}
    wanted = reduce(np.matmul, [known[c] for c in asked])
    for i, option in enumerate(options):
        factors = [known[c] for c in option]
        if all(x.shape[1] == y.shape[0] for x, y in pairwise(factors)):
            product = reduce(np.matmul, factors)
            if product.shape == wanted.shape and abs(product - wanted).max() < 1e-9:
                return i
    return None


@family.working
def _(gram):
    (a, b), (_, d) = gram
    return {"trace": a + d, "det": a * d - b * b, "squared": (a - d) ** 2 + 4 * b * b}
