"""What the contract is held against: every family, at every level.

pytest runs all tests of one parameter of a session's fixture together, so the instances are made
once for all of them and then forgotten.
"""

from __future__ import annotations

import pytest

from partialcredit.draw import LEVELS
from partialcredit.registry import family_ids
from tests.problems.instances import FIRST, MORE, Instances

CASES = [
    pytest.param((family_id, level, seeds), id=f"{family_id}-{level}{name}", marks=marks)
    for family_id in family_ids()
    for level in LEVELS
    for seeds, name, marks in ((FIRST, "", ()), (MORE, "-more", pytest.mark.slow))
]


@pytest.fixture(scope="session", params=CASES)
def instances(request: pytest.FixtureRequest) -> Instances:
    """Instances of one family at one level."""
    return Instances(*request.param)
