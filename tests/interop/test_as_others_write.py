"""What others say in ways of their own: the profile of QualityLink, pages without an address, results of modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from interop.openbadges.badges import written
from interop.test_foreign_files import OB
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.standards import standard_named
from mcqms_kg.settings import Settings

QUALITY_LINK = """@prefix ql: <http://data.quality-link.eu/ontology/v1#> . @prefix elm: <http://data.europa.eu/snb/model/elm/> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix adms: <http://www.w3.org/ns/adms#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://u.example/> a ql:HigherEducationInstitution ; adms:identifier [ a ql:OrgRegIdentifier ; skos:notation "ID0001" ] .
<https://u.example/c> a ql:LearningOpportunitySpecification ; dcterms:title "Kabel"@id ; dcterms:publisher <https://u.example/> ;
  ql:isActive true ; elm:EQFLevel <http://data.europa.eu/snb/eqf/5> ;
  elm:learningOutcome [ a elm:LearningOutcome ; dcterms:title "Pasang"@id ] .
<https://u.example/c/2026> a ql:LearningOpportunityInstance ; elm:learningAchievementSpecification <https://u.example/c> ;
  elm:providedBy <https://u.example/> ; foaf:homepage "https://u.example/page" .
"""


def test_the_profile_of_quality_link_is_read_as_the_model_that_it_narrows(tmp_path: Path) -> None:
    path = tmp_path / "ql.ttl"
    path.write_text(QUALITY_LINK)
    found = standard_named("elm").read(path, "ql.ttl", Settings())
    said = {(terms.short(s.triple[1]), terms.short(s.triple[2])) for s in found.stated}
    assert said >= {
        ("rdf:type", "mc:MicroCredential"),
        ("rdf:type", "mc:Provider"),
        ("rdfs:label", "Kabel"),
        ("rdfs:label", "Pasang"),
        ("mc:isOfferedBy", "<https://u.example/>"),
        ("mc:hasLevel", "<https://w3id.org/mcqms/eqf/5>"),
        ("mc:publicPage", "https://u.example/page"),
        ("skos:notation", "ID0001"),
    }
    assert len(found.losses) == 1  # whether it is active


def test_a_page_that_has_no_address_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ql.ttl"
    path.write_text(QUALITY_LINK.replace('"https://u.example/page"', "[ a elm:WebResource ]"))
    found = standard_named("elm").read(path, "ql.ttl", Settings())
    assert len(found.losses) == 2


@pytest.mark.parametrize("count", [1, 2])
def test_of_several_results_none_is_taken_for_the_grade(tmp_path: Path, count: int) -> None:
    achievement = {
        "id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000004",
        "type": ["Achievement"],
        "name": "Statistics",
        "description": "Three modules.",
        "criteria": {"id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000005", "narrative": "Pass all."},
    }
    badge = {
        "@context": ["https://www.w3.org/ns/credentials/v2", OB],
        "id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000003",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://example.org/i", "type": ["Profile"], "name": "Institute"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:1",
            "type": ["AchievementSubject"],
            "achievement": achievement,
            "result": [{"type": ["Result"], "value": letter} for letter in "AB"[:count]],
        },
    }
    found = standard_named("openbadges").read(written(tmp_path / "a.json", badge), "a.json", Settings())
    grades = [s.triple[2] for s in found.stated if s.triple[1] == mc("awardGrade")]
    told = {loss.at for loss in found.losses}
    assert len(grades) == (1 if count == 1 else 0)
    assert {"/credentialSubject/result/0", "/credentialSubject/result/1"} <= told or count == 1
    assert "/credentialSubject/achievement/criteria/id" in told  # no page that anybody could open
    assert not any(s.triple[1] == mc("publicPage") for s in found.stated)
