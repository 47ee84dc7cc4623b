"""The stories are handed in once for all tests here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mcqms_kg.store.workspace import Workspace
from query.asked import Asked, asked, stories
from query.desks import MANY
from store.workspaces import hand, new_workspace, turtle


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with stories(tmp_path_factory.mktemp("told") / "ws") as workspace:
        yield workspace


@pytest.fixture(scope="session")
def ask(told: Workspace) -> Iterator[Asked]:
    with asked(told) as found:
        yield found


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("desk")
    with new_workspace(folder / "ws") as found:
        hand(found, turtle(folder / "a.ttl", "".join(f"ex:s{n} ex:p {n} .\n" for n in range(MANY))))
        yield found
