"""Property tests draw the same examples in every run, and a loaded machine fails none of them."""

import os

import pytest
from hypothesis import HealthCheck, settings

# A worker a core tests; a second thread in each of them, for matrices this small, only waits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted run keeps lies in a folder of the test, not in the developer's own."""
    place = tmp_path_factory.getbasetemp() / "state"
    monkeypatch.setenv("PARTIALCREDIT_STATE", str(place))
    for path in place.glob("*"):
        path.unlink()
