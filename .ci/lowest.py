"""Print the lowest version of each requirement that pyproject.toml allows, as pip's constraints."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

EXTRAS = ("test", "data")

project = tomllib.loads(Path(__file__).parents[1].joinpath("pyproject.toml").read_text())["project"]
required = list(project["dependencies"])
for extra in EXTRAS:
    required += project["optional-dependencies"][extra]
for requirement in required:
    lowest = re.fullmatch(r"([\w-]+)>=([\d.]+)(,<[\d.]+)?(; .+)?", requirement)
    if lowest is None:
        raise SystemExit(f"{requirement!r} says no lowest version as NAME>=VERSION")
    print(f"{lowest[1]}=={lowest[2]}{lowest[4] or ''}")
