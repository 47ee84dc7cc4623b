"""Services that several modules of tests ask, as starting one and its processes takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browser.stage import Stage, stage
from service.served import Api, served, story_workspace


@pytest.fixture(scope="package")
def api_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Asks as an administrator; tests must not hand in anything under `horizon`."""
    with served(story_workspace(tmp_path_factory.mktemp("api"))) as client:
        yield client


@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The stories and a made-up nation, each checked; tests must keep nothing."""
    with stage(tmp_path_factory.mktemp("stage")) as found:
        yield found
