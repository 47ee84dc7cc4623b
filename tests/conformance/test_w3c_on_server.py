"""The W3C tests of updates and of the Protocol against the service over graphs on a real server."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from conformance.endpoint import Endpoint, serving
from conformance.test_w3c_protocol import ROOT, test_protocol  # noqa: F401  # asked here of a server
from conformance.test_w3c_sparql11 import test_update_evaluation  # noqa: F401  # the same
from service.writable import writable
from store.servers import oxigraph

pytestmark = [
    pytest.mark.skipif(ROOT is None, reason="the W3C SPARQL 1.1 suite is not here; set MCQMS_SUITES"),
    pytest.mark.xdist_group("w3c-on-server"),
    pytest.mark.slow,
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with (
        oxigraph(tmp_path_factory.mktemp("server") / "data") as addresses,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("MCQMS_STORE", addresses[0])
        patch.setenv("MCQMS_STORE_UPDATE", addresses[1])
        with writable(serving(tmp_path_factory.mktemp("service"))) as client:
            yield client


@pytest.fixture(scope="module")
def working(service: httpx.Client) -> Endpoint:
    return Endpoint(service)
