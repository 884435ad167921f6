"""Property tests draw the same examples in every run, and a loaded machine fails none of them."""

import os

from hypothesis import HealthCheck, settings

# A worker a core tests; a second thread in each of them, for matrices this small, only waits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")
