"""The network of credentials is opened by others, and has the ties that the data states."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

import mcqms_kg
from interop.catalogues import catalogues
from interop.round_trip import written_to
from mcqms_kg.errors import EmptyInput
from mcqms_kg.model import Triple

STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
HERE = "<https://example.org/polytechnic-networks/"
READ = {
    "graphml": lambda content: nx.read_graphml(io.BytesIO(content)),
    "gexf": lambda content: nx.read_gexf(io.BytesIO(content)),
}


@pytest.mark.parametrize("standard", READ)
def test_a_story(standard: str) -> None:
    (content,) = mcqms_kg.export_to(mcqms_kg.ExportRequest(standard, [STORY], language="id")).files.values()
    found = READ[standard](content)
    assert found.has_edge(f"{HERE}mc-switching>", f"{HERE}mc-installation>")
    assert found.has_edge(f"{HERE}mc-cable>", f"{HERE}diploma>")
    assert found.has_edge(f"{HERE}mc-cable>", "<https://w3id.org/mcqms/skkni/unit/J.611000.008.02>")
    assert found.nodes[f"{HERE}mc-cable>"]["label"] == "Menyiapkan kabel jaringan"
    assert found.nodes[f"{HERE}mc-cable>"]["kind"] == "MicroCredential"
    assert content == next(
        iter(mcqms_kg.export_to(mcqms_kg.ExportRequest(standard, [STORY], language="id")).files.values())
    )


@pytest.mark.parametrize("standard", READ)
def test_a_part_of_it(standard: str) -> None:
    wanted = f"{HERE}mc-cable>"
    (content,) = mcqms_kg.export_to(mcqms_kg.ExportRequest(standard, [STORY], about=[wanted])).files.values()
    found = READ[standard](content)
    assert all(wanted in (source, target) for source, target in found.edges())


@pytest.mark.parametrize("standard", READ)
@given(triples=catalogues())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_whatever_the_data(
    standard: str, tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...]
) -> None:
    try:
        written = mcqms_kg.export_to(
            mcqms_kg.ExportRequest(standard, [written_to(tmp_path_factory.mktemp("net") / "in.nt", triples)])
        )
    except EmptyInput:
        return
    assert READ[standard](next(iter(written.files.values()))).number_of_nodes() > 0
