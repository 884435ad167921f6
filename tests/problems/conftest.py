"""Tests of one family follow one another, so that its instances are made once a worker."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_family)


def _family(item: pytest.Item) -> tuple[str, str]:
    parameters = getattr(item, "callspec", None)
    values = parameters.params if parameters else {}
    return str(values.get("family_id", "")), str(values.get("level", ""))
