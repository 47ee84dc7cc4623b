"""The W3C suites again, judged by somebody else: `rdf-test-suite` from npm, against the live service."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from conformance.endpoint import serving
from conformance.npm import installed
from conformance.sparql_manifest import suite
from service.writable import writable

ROOT = suite()
OURS = Path(__file__).parent / "rdf_test_suite"
CACHE = Path(__file__).resolve().parents[2] / "build" / "rdf-test-suite"
AT = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
DIFFERENT = {
    "csv-tsv-res/manifest#csv03": "the store writes literals in one spelling",
    "functions/manifest#bnode01": "BNODE with a label is refused, as the store answers it wrongly",
    "property-path/manifest#zero_or_more_set_end": "refused: a path of length zero at a term that is not in the data",
    "property-path/manifest#zero_or_more_set_start": "refused: a path of length zero at a term that is not in the data",
    "property-path/manifest#zero_or_one_set_end": "refused: a path of length zero at a term that is not in the data",
    "property-path/manifest#zero_or_one_set_start": "refused: a path of length zero at a term that is not in the data",
    "update-silent/manifest#load-into-silent": "LOAD is refused",
    "update-silent/manifest#load-silent": "LOAD is refused",
}
"""The tests that are not passed, each with its reason; one that is passed after all must go from here."""
_LINE = re.compile(rf"^(\S) .* \((?:{re.escape(AT)}|http://www\.w3\.org/2009/sparql/docs/tests/data-sparql11/)?(\S+)\)")
pytestmark = [
    pytest.mark.skipif(ROOT is None, reason="the W3C SPARQL 1.1 suite is not here; set MCQMS_SUITES"),
    pytest.mark.skipif(shutil.which("npm") is None, reason="there is no npm to install the runner with"),
    pytest.mark.slow,
    pytest.mark.xdist_group("rdf-test-suite"),
]


@pytest.fixture(scope="module")
def runner() -> Path:
    """The folder with the runner, installed as the lock file says."""
    return installed(OURS, CACHE, "engine.js")


@pytest.fixture(scope="module")
def judged(runner: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Test to whether it was passed."""
    with writable(serving(tmp_path_factory.mktemp("judged"))) as client:
        address = str(client.base_url).rstrip("/")
        options = {
            "protocolEndpoint": f"{address}/sparql",
            "serviceDescriptionEndpoint": f"{address}/sparql",
            "graphStoreEndpoint": f"{address}/graphs",
        }
        command = ["node", "node_modules/rdf-test-suite/bin/Runner.js", "engine.js", f"{AT}manifest-all.ttl", "-e"]
        command += ["-d", "30000", "-m", f"{AT}~{ROOT}/", "-i", json.dumps(options), "--skip", "/(entailment|service)/"]
        done = subprocess.run(command, cwd=runner, capture_output=True, text=True, timeout=900)
    found = {match[2]: match[1] == "✔" for line in done.stdout.splitlines() if (match := _LINE.match(line))}
    assert found, done.stderr
    return found


def test_all_but_what_is_known_to_differ(judged: dict[str, bool]) -> None:
    assert {name for name, passed in judged.items() if not passed} == set(DIFFERENT)


def test_the_suite_is_whole(judged: dict[str, bool]) -> None:
    folders = Counter(name.split("/")[0] for name in judged)
    assert len(judged) == 538
    assert (folders["protocol"], folders["http-rdf-update"], folders["service-description"]) == (34, 13, 3)
