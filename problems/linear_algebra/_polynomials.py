"""Polynomials and other linear combinations as TeX."""

from partialcredit.numbers.notation import number


def polynomial(terms, names, times=" "):
    r"""The sum of ``c`` times a product of powers, for ``(c, exponents)`` in ``terms``.

    ``names`` are the variables, or the numbers put in for them, with ``times`` between factors.

    >>> polynomial([(-2, (1, 2)), (1, (0, 1)), (3, (0, 0))], ["x", "y"])
    '-2 x y^2 + y + 3'
    >>> polynomial([(1, (2,)), (-4, (1,))], ["(-3)"], r" \cdot ")
    '(-3)^2 - 4 \\cdot (-3)'
    """
    text = ""
    for c, exponents in terms:
        powers = [
            name if n == 1 else f"{name}^{n}" for name, n in zip(names, exponents, strict=True) if n
        ]
        size = [] if abs(c) == 1 and powers else [number(abs(c))]
        sign = "-" if c < 0 else "+" if text else ""
        gap = " " if text else ""
        text += f"{gap}{sign}{gap}{times.join(size + powers)}"
    return text
