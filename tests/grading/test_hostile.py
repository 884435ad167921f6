"""Hostile text is answered quickly, in little memory, and nothing it says is done."""

import resource
import time
from contextlib import suppress

import pytest

from partialcredit.errors import PartialCreditError
from partialcredit.grading import (
    Array,
    Choice,
    Expression,
    Integer,
    Interval,
    Real,
    Relation,
    Satisfies,
    Set,
    Shape,
    Text,
    TrueFalse,
    compare,
)
from partialcredit.grading.kinds import typed_kinds

#: CPU seconds. The promise is a tenth of one, which benchmarks/grading.py measures; a test on a
#: busy machine only tells what would never end.
LONGEST = 1.0

SYMBOLS = {"x": "real", "n": "positive integer"}
READERS = (
    Integer(), Real(), Array(), Array(symbols=SYMBOLS), Shape(), Shape(SYMBOLS), Set(),
    Set(symbols=SYMBOLS), Interval(), Interval(symbols=SYMBOLS), Expression(SYMBOLS),
    Relation(SYMBOLS), Choice(("p", "q")), TrueFalse(2), Text(), Satisfies(Array(), bool),
)  # fmt: skip

HOSTILE = {
    "call": "__import__('os').system('touch trace')",
    "lambda": "(lambda: open('trace', 'w'))()",
    "attribute": "().__class__.__mro__[1].__subclasses__()",
    "format": "{x.__init__.__globals__}",
    "walrus": "(x := open('trace', 'w'))",
    "tower": "7^7^7^7^7",
    "literal": "1e99999999999",
    "digits": "9" * 100_000,
    "factorials": "5!!!!!!",
    "binomial": r"\binom{10^{15}}{10^{14}}",
    "sum": "sum(sin(k), k, 1, 10^15)",
    "nested sums": "sum(sum(sum(i*j*k, i, 1, 300), j, 1, 300), k, 1, 300)",
    "product": r"\prod_{k=1}^{10^{12}} k",
    "power": "(x+y+z)^(10^9)",
    "expansion": "(a+b+c+d+e+f+g)^40",
    "exponentials": "exp(exp(exp(exp(x))))",
    "sine": "sin(10^300 * 10^300)",
    "brackets": "(" * 3_000,
    "roots": r"\sqrt" * 3_000,
    "minus": "-" * 7_000 + "x",
    "bars": "|" * 3_000 + "x",
    "terms": "x+" * 3_500 + "x",
    "factors": "x*" * 3_500 + "x",
    "commas": "1," * 3_500 + "1",
    "fractions": r"\frac{1}{" * 500,
    "subscripts": "x_{" * 900,
    "environments": r"\begin{cases}" * 300,
    "kinks": "+".join(f"|x-{k}|" for k in range(60)),
    "products": "*".join(f"(sin({k}x)+cos({k}x))" for k in range(50)),
    "matrix powers": "inv(" * 20 + "W" + ")" * 20,
    "nested matrix powers": "det(" + "(" * 7 + "[[1,2],[3,4]]" + "^16)" * 7 + ")",
    "nested powers of a matrix": "tr(" + "(" * 7 + "W" + "^16)" * 7 + ")",
    "nested powers of a symbol": "(" * 9 + "7x" + ")^12" * 9,
    "determinant of long fractions": "det(["
    + ",".join(
        "[" + ",".join(f"1/{(i * 31 + j * 17) % 97 + 3}^900" for j in range(12)) + "]"
        for i in range(12)
    )
    + "])",
    "inverse of long fractions": "tr(inv(["
    + ",".join(
        "[" + ",".join(f"1/{(i * 31 + j * 17) % 97 + 3}^900" for j in range(9)) + "]"
        for i in range(9)
    )
    + "]))",
    "sum of long matrices": "tr(" + "+".join(f"(1/{p})^1000*W" for p in range(3, 120, 2)) + ")",
    "mean of long fractions": "mean(" + ",".join(f"1/{k}^1500" for k in range(3, 400, 2)) + ")",
    "power of nearly one": "(1-10^-30*sqrt(2))^(10^300)",
    "product of powers": "*".join(["1e300"] * 15),
    "power of a fraction": "(1/3)^1000000000000",
    "negative power": "(-1/3)^(-1000000000000)",
    "root of a power": "((-3)^(1/3))^(10^12+1)",
    "end of a region": "[prod((3^5000*3^5000)*(3^5000*3^5000),i,1,400), oo)",
    "sum of long fractions": f"sum(1/(i+{'7' * 390}),i,1,399)",
    "product of long powers": "prod((3^5000*3^5000)*(3^5000*3^5000),i,1,400)",
    "factorial": "2000!*2000!*2000!*2000!*2000!",
    "labels": "x=" * 3_000,
    "assignments": "f(x) := " * 900,
    "double bars": "||" * 1_500 + "x",
    "plus minus": "±" * 3_000,
    "remarks": "1 (" * 2_000,
    "units": "5 " + "a " * 3_900,
    "crosses": "5x" * 3_000,
    "setminus": "R \\ {0} " * 700,
    "negations": "not " * 1_500 + "x > 1",
    "ternaries": "x > 0 ? " * 900,
    "control": "\x00\x1b[2J",
    "right to left": "\u202e1+x\u202c",
    "combining": "x" + "\u0301" * 5_000,
    "ligature": "ﷺ" * 5_000,
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7*7 }}{% include 'x' %}",
    "tex": r"\input{/etc/passwd}\write18{touch trace}",
    "macro": r"\def\x{\x\x}\x",
    "backslashes": "\\" * 7_999,
    "spaces": " " * 7_999,
    "long": "x" * 2_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_answered_in_time_and_without_a_trace(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for kind in typed_kinds():
        key = {"array": "[1]", "shape": "2x2", "relation": "x > 1", "interval": "(0, 1)"}
        start = time.process_time()
        compare(key.get(kind, "1"), text, kind, {"x": "real", "W": "matrix(n,n)"})
        assert time.process_time() - start < LONGEST
    for reader in READERS:
        start = time.process_time()
        with suppress(PartialCreditError):
            reader.read(text)
        assert time.process_time() - start < LONGEST
    assert list(tmp_path.iterdir()) == []


def test_memory_stays_ordinary():
    compare("x", "x + 0")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for text in HOSTILE.values():
        compare("x + 1", text)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024
