"""Services that several modules of tests ask, as starting one and its processes takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.stage import Stage, stage
from service.served import Api, served, story_workspace


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that ask the same service stay together, whatever their file, so that it is started once."""
    for item in items:
        for shared in ("api_client", "shown"):
            if item.path.parent == Path(__file__).parent and shared in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(f"service-{shared}"))


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
