"""One service for all attacks; after each of them it must still answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from abuse.victim import Victim, victim


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    with victim(tmp_path_factory.mktemp("victim")) as running:
        yield running


@pytest.fixture
def target(attacked: Victim) -> Iterator[Victim]:
    yield attacked
    assert attacked.is_alive(), "the service answers no more"
