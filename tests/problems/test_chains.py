"""The bank of derivations: lines are observed, slips are refuted, orders can be read."""

import pytest

from partialcredit.draw import Draw
from partialcredit.problems.concepts._chain import orders
from partialcredit.problems.concepts._chains import CHAINS

LINES = [
    pytest.param(chain, place, id=f"{chain.name}-{place}")
    for chain in CHAINS.values()
    for place in range(len(chain.lines))
]


def places(chain, seeds=6):
    return [p for s in range(seeds) for p in chain.kind.points(Draw("chains", "hard", s))]


@pytest.mark.parametrize(("chain", "place"), LINES)
def test_a_right_hand_side_is_what_is_observed(chain, place):
    formula = chain.formula(chain.lines[place].right)
    for point in places(chain):
        seen = chain.seen(place, point)
        said = float(formula.subs({str(s): point[str(s)] for s in formula.free_symbols}))
        assert said == pytest.approx(seen, rel=1e-9, abs=1e-9), point
    assert chain.holds(place, chain.lines[place].right)


@pytest.mark.parametrize(("chain", "place"), LINES)
def test_a_slip_is_refuted_by_numbers_and_differs_from_the_others(chain, place):
    line = chain.lines[place]
    known = [line.right]
    for slip in line.slips:
        assert not chain.holds(place, slip.function), slip.name
        for other in known:
            a, b = chain.formula(slip.function), chain.formula(other)
            assert any(chain.kind.separated(a, b, point) for point in places(chain)), slip.name
        known.append(slip.function)


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_the_lines_can_be_read_in_one_order_only(chain):
    straight = tuple(range(len(chain.lines)))
    assert orders(chain, straight) == (straight,)
    assert orders(chain, straight[::-1]) == (straight[::-1],)
    assert len(chain.reasons) == len(chain.lines)
    assert set(chain.numbers) == set(chain.symbols)
