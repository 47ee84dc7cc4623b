"""Badges in learner records (CLR 2.0) and presentations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from interop.openbadges.badges import DAY, mcqms, points, read, written
from interop.openbadges.conftest import Issued
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges import read as read_badge
from mcqms_kg.interop.signing.multibase import base64url
from mcqms_kg.settings import Settings

ACHIEVED: dict[str, Any] = {
    "id": "urn:example:algebra",
    "type": ["Achievement"],
    "achievementType": "Course",
    "name": "Algebra",
    "description": "Equations.",
    "criteria": {"narrative": "Passed."},
}


def record(*badges: Any) -> dict[str, Any]:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        ],
        "type": ["VerifiableCredential", "ClrCredential"],
        "id": "urn:example:record",
        "name": "Transcript",
        "issuer": {"id": "https://school.example", "type": ["Profile"], "name": "School (example)"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ana",
            "type": ["ClrSubject"],
            "achievement": [ACHIEVED],
            "verifiableCredential": list(badges),
            "association": [{"associationType": "isParentOf"}],
        },
    }


def test_each_badge_of_a_record_is_an_award(issued: Issued, tmp_path: Path) -> None:
    badge = read(issued.badge)
    other = {"type": ["VerifiableCredential"], "credentialSubject": {"id": "did:example:ana"}}
    document = record(badge, badge | {"id": "urn:example:second"}, other)
    found = read_badge(written(tmp_path / "r.json", document), "r.json", Settings())
    awards = {s.triple[0] for s in found.stated if s.triple[2] == mc("Award")}
    assert awards == {terms.iri(badge["id"]), terms.iri("urn:example:second")}
    offered = {s.triple[2] for s in found.stated if s.triple[:2] == (terms.iri(ACHIEVED["id"]), mc("isOfferedBy"))}
    assert offered == {terms.iri("https://school.example")}
    lost = {loss.at for loss in found.losses}
    assert {"/name", "/validFrom", "/credentialSubject/association"} <= lost
    assert "/credentialSubject/verifiableCredential/2" in lost
    assert "did:example:ana" not in str(found)
    assert "/credentialSubject/verifiableCredential/0/proof" in lost
    assert mcqms("check", tmp_path / "r.json", "--as-of", DAY).code in (0, 1)


def test_a_presentation_is_read_and_not_taken_for_verified(issued: Issued, tmp_path: Path) -> None:
    badge = read(issued.badge)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": "VerifiablePresentation",
        "holder": "did:example:ana",
        "verifiableCredential": [badge],
    }
    file = written(tmp_path / "p.json", document)
    found = read_badge(file, "p.json", Settings())
    assert any(s.triple[2] == mc("Award") for s in found.stated)
    done = mcqms("verify", file, "--as-of", DAY, "--format", "json")
    assert done.code in (1, 2) and points(done)["structure"] == "could not check"


def test_badges_that_are_tokens_are_read_in_collections(issued: Issued, tmp_path: Path) -> None:
    token = issued.token.read_text().strip()
    envelope = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token}"}
    document = record(token, envelope, "data:text/plain,none")
    found = read_badge(written(tmp_path / "r.json", document), "r.json", Settings())
    awards = [s.triple[0] for s in found.stated if s.triple[2] == mc("Award")]
    assert len(awards) == 2 and len(set(awards)) == 1
    assert "/credentialSubject/verifiableCredential/2" in {loss.at for loss in found.losses}
    whole = {"type": ["VerifiablePresentation"], "verifiableCredential": [token]}
    parts = ({"alg": "none"}, {"iss": "did:example:ana", "vp": whole})
    (tmp_path / "p.jwt").write_text(".".join((*(base64url(json.dumps(part).encode()) for part in parts), "AAAA")))
    found = read_badge(tmp_path / "p.jwt", "p.jwt", Settings())
    assert [s.triple[0] for s in found.stated if s.triple[2] == mc("Award")] == awards[:1]


def test_nothing_of_an_issuer_is_left_unsaid(issued: Issued, tmp_path: Path) -> None:
    badge = read(issued.badge)
    badge["issuer"] |= {
        "otherIdentifier": [{"type": "IdentifierEntry", "identifier": "X1", "identifierType": "ext:X"}],
        "address": {"type": ["Address"], "addressLocality": "Bandung"},
    }
    badge["credentialSubject"]["achievement"]["criteria"] |= {"id": "no page"}
    found = read_badge(written(tmp_path / "b.json", badge), "b.json", Settings())
    lost = {loss.at for loss in found.losses}
    assert {"/issuer/otherIdentifier", "/issuer/address/addressLocality"} <= lost
    assert "/credentialSubject/achievement/criteria/id" in lost


def test_a_level_by_its_code_is_the_level_that_we_describe(issued: Issued, tmp_path: Path) -> None:
    badge = read(issued.badge)
    badge["credentialSubject"]["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": n, "targetUrl": u, "targetType": t, "targetCode": c}
        for n, u, t, c in (
            ("EQF level 4", "https://levels.example/about-eqf", "ext:EQF", "4"),
            ("KKNI 5", "https://levels.example/kkni", "ext:KKNI", "KKNI 5"),
            ("Level 9", "https://levels.example/nine", "ext:EQF", "9"),
        )
    ]
    found = read_badge(written(tmp_path / "b.json", badge), "b.json", Settings())
    levels = {terms.lexical(s.triple[2]) for s in found.stated if s.triple[1] == mc("hasLevel")}
    assert levels == {
        "https://w3id.org/mcqms/eqf/4",
        "https://w3id.org/mcqms/kkni/5",
        "https://levels.example/nine",
    }
