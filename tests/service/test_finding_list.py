"""The findings of a provider are all that count for it, also what it shares with others."""

from __future__ import annotations

from pathlib import Path

import mcqms_kg
from mcqms_kg.service.jobs.finding_list import ListFindings, listed

TWO = """
@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <http://e/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:one a mc:Provider ; rdfs:label "One"@en . ex:two a mc:Provider ; rdfs:label "Two"@en .
ex:shared a mc:MicroCredential ; mc:isOfferedBy ex:one , ex:two ; rdfs:label "Shared"@en .
ex:own a mc:MicroCredential ; mc:isOfferedBy ex:two ; rdfs:label "Own"@en .
"""


def test_what_several_providers_share_is_listed_for_each(tmp_path: Path) -> None:
    (tmp_path / "two.ttl").write_text(TWO, "utf-8")
    report = mcqms_kg.check([tmp_path / "two.ttl"], as_of="2026-06-30")

    def found(**wanted: str) -> dict[str, str]:
        page = listed(ListFindings({"c": tmp_path}, wanted, 0, 500, "en"), lambda _: report)
        return {finding["id"]: finding["focus"]["term"]["value"] for finding in page.findings}

    for provider in report.providers:
        counted = {id_ for state in provider.requirements for id_ in (*state.findings, *state.waived)}
        assert set(found(provider=provider.provider.term.strip("<>"))) == counted
    one, two = found(provider="http://e/one"), found(provider="http://e/two")
    both = one.keys() & two.keys()
    assert {one[id_] for id_ in both} >= {"http://e/shared"}
    assert "http://e/own" in two.values() and "http://e/own" not in one.values()
    assert one.keys() | two.keys() <= found().keys() and not found(provider="http://e/three")
    assert found(provider="http://e/two", focus="http://e/own").keys() < two.keys()
