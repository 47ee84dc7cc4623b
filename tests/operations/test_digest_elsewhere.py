"""The canonical digest of a pack is that of an independent implementation of RDFC-1.0, from npm, in another language."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from conformance.npm import installed
from interop.openbadges.test_others import CACHE, OURS
from mcqms_kg import resources
from mcqms_kg.graph.canonical import canonical_nquads
from mcqms_kg.model import Quad, Term
from mcqms_kg.packing import manifest as manifests
from mcqms_kg.packing.archive import read_archive
from mcqms_kg.packing.manifest import MANIFEST

NODES = st.sampled_from([Term(text) for text in ("_:a", "_:b", "_:c", "_:d", "<urn:x>")])
VALUES = NODES | st.text(st.characters(exclude_categories=["Cs"]), max_size=4).map(
    lambda text: Term('"' + "".join(f"\\U{ord(letter):08X}" for letter in text) + '"')
)
"""Few nodes that hang together in many ways, and texts of any letters."""


@pytest.fixture(scope="module")
def npm() -> Path:
    if shutil.which("npm") is None:
        pytest.skip("there is no npm to install rdf-canonize with")
    return installed(OURS, CACHE, "canonize.mjs")


def by_npm(npm: Path, nquads: str) -> str:
    command = ["node", "canonize.mjs"]
    done = subprocess.run(command, cwd=npm, input=nquads.encode(), capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize("story", ["polytechnic-networks", "flawed-provider"])
def test_the_digest_of_a_pack_of_a_story(npm: Path, story: str) -> None:
    files = sorted((resources.root() / "data" / story).glob("*.ttl"))
    pack, _ = mcqms_kg.pack(files, as_of="2026-06-30")
    told = manifests.read(next(m.stored for m in read_archive(pack) if m.name == MANIFEST))
    plain = mcqms_kg.export_to(mcqms_kg.ExportRequest("nq", files)).files["data.nq"].decode()
    assert hashlib.sha256(by_npm(npm, plain).encode()).hexdigest() == told.digest.removeprefix("sha256:")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NODES, st.just(Term("<urn:p>")), VALUES, st.none() | NODES), min_size=1, max_size=8))
def test_the_canonical_form_of_any_graph(npm: Path, quads: list[Quad]) -> None:
    lines = [" ".join(part for part in (*quad[:3], quad[3] or "", ".") if part) for quad in quads]
    assert by_npm(npm, "\n".join(lines) + "\n") == canonical_nquads(quads)
