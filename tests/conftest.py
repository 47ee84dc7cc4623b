"""What holds for all tests: which are done by the same process, and that no machine is too slow for an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

try:
    import resource
except ImportError:  # not a POSIX system, where nothing bounds memory
    resource = None  # type: ignore[assignment]  # the same name, for what is not there

SHARING = (
    "abuse",
    "cli",
    "content",
    "generate",
    "interop",
    "operations",
    "query",
    "reason",
    "report",
    "rules",
    "service",
    "store",
)
"""Rooms in which the tests of a file share what takes long to make: a service, a workspace, a check."""


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keeps the tests of a file together in these rooms, so that what they share is made once."""
    for item in items:
        path = item.path.relative_to(Path(__file__).parent)
        if path.parts[0] in SHARING and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(str(path)))


@pytest.fixture(autouse=True)
def no_bound_is_left() -> Iterator[None]:
    """What bounds its memory does so for good, so a test that does it in this process fails others, far from here."""
    before = resource and resource.getrlimit(resource.RLIMIT_AS)
    yield
    assert before == (resource and resource.getrlimit(resource.RLIMIT_AS)), "a bound on memory is left behind"
