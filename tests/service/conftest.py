"""One service for the tests of the API, as starting one and its processes takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.served import Api, served, story_workspace


@pytest.fixture(scope="package")
def api_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """Asks as an administrator; tests must not hand in anything under `horizon`."""
    with served(story_workspace(tmp_path_factory.mktemp("api"))) as client:
        yield client
