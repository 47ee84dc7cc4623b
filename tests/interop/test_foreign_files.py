"""Files as they are met in the wild: what they say is taken over or told as lost, and what is not read is refused with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from interop.openbadges.badges import mcqms
from mcqms_kg import operations
from mcqms_kg.interop.json_read import walk
from mcqms_kg.interop.standards import standard_named
from mcqms_kg.model import Taken
from mcqms_kg.settings import Settings

VC, CTDL = "https://www.w3.org/2018/credentials/v1", "https://credreg.net/ctdl/schema/context/json"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ASSERTION = {
    "uid": "a-1",
    "recipient": {"identity": "rina@example.org", "hashed": False, "type": "email"},
    "badge": "https://example.org/badge.json",
    "issuedOn": "2015-04-30",
    "verify": {"type": "hosted", "url": "https://example.org/a-1.json"},
}
BADGE_CLASS = {
    "name": "Welding",
    "description": "Welds.",
    "image": "https://example.org/w.png",
    "criteria": "https://example.org/w.html",
    "issuer": "https://example.org/issuer.json",
}
MET: dict[str, tuple[str, Any, str, str]] = {
    "an assertion of Open Badges 1.0": ("a.json", ASSERTION, "Open Badges 1.0 or older", "Ask its issuer"),
    "one of the very first": (
        "b.json",
        {"recipient": "rina@example.org", "badge": BADGE_CLASS, "issued_on": "2011-12-31"},
        "Open Badges 1.0 or older",
        "Ask its issuer",
    ),
    "a badge class of Open Badges 1.0": ("c.json", BADGE_CLASS, "Open Badges 1.0 or older", "Ask its issuer"),
    "JSON of nobody": ("d.json", {"paths": {"/a": {}}}, "The file holds no statement", "only with an @context"),
    "a part of a package of CASE": (
        "e.json",
        {"identifier": "0a", "fullStatement": "Welds.", "CFDocumentURI": {"title": "Welding"}},
        "A package of CASE is an object with a CFDocument",
        "Give the whole package",
    ),
    "a page that speaks of badges": (
        "f.html",
        f'<html>{{"@context": ["{VC}", "{OB}"]}} <a href="http://data.europa.eu/snb/model/elm/">ELM</a></html>',
        "holds nothing of schema.org",
        "Give another file",
    ),
    "a Europass credential of the older kind": (
        "g.xml",
        '<europassCredential xmlns="http://data.europa.eu/europass/model/credentials/w3c#"/>',
        "XML binding http://data.europa.eu/europass/model/credentials",
        "ask who issued it to issue it anew, as a European Digital Credential (JSON-LD)",
    ),
    "a European credential with the context of somebody": (
        "h.json",
        {"@context": [VC, "https://example.org/elm/v1"], "type": ["VerifiableCredential", "EuropeanDigitalCredential"]},
        "names the context 'https://example.org/…'",
        "Use the contexts",
    ),
    "a kind of CTDL that has no place": (
        "i.json",
        {"@context": CTDL, "@graph": [{"@id": "urn:x:1", "@type": "ceterms:CostManifest", "ceterms:name": "Fees"}]},
        "Nothing in this file is taken over; of its first part: Things of this kind are not taken over (ceterms:CostM",
        "Give a file that describes credentials",
    ),
}


@pytest.mark.parametrize("case", MET)
def test_what_is_not_read_is_refused_with_what_to_do(case: str, tmp_path: Path) -> None:
    name, content, what, remedy = MET[case]
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    done = mcqms("check", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert what in done.err and remedy in done.err, done.err


def taken(standard: str, path: Path, document: Any) -> Taken:
    path.write_text(json.dumps(document))
    return standard_named(standard).read(path, path.name, Settings.from_environment())


def untold(document: Any, found: Taken) -> list[str]:
    """Places of texts and numbers that are in no statement and in no loss; forms of JSON-LD say nothing."""
    stated = " ".join(text for one in found.stated for text in one.triple)
    told = {loss.at for loss in found.losses} | {one.at for one in found.stated}
    return [
        at
        for at, value in walk(document)
        if isinstance(value, str | int | float)
        and not at.endswith(("/@type", "/@context", "/@id"))
        and _value_at(document, at) is value
        and str(value) not in stated
        and not any(at == place or at.startswith(f"{place}/") for place in told)
    ]


def _value_at(document: Any, at: str) -> Any:
    for step in at.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step.replace("~1", "/")]
    return document


def aligned(name: str, node: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:frameworkName": {"en": f"Framework of {name}"},
        "ceterms:targetNodeName": {"en": name},
    }
    return {**value, "ceterms:targetNode": node} if node else value


REGISTRY: Any = {
    "envelope_ceterms_ctid": "ce-0f6f0f6e-0000-4000-8000-000000000001",
    "decoded_resource": {
        "@context": CTDL,
        "@id": "https://registry.example.org/graph/ce-1",
        "ceterms:alternateName": {"en": "Said of the graph"},
        "@graph": [
            {
                "@id": "https://registry.example.org/resources/ce-2",
                "@type": "ceterms:Certificate",
                "ceterms:name": {"en": "Welding"},
                "ceterms:inLanguage": ["English"],
                "ceterms:offeredBy": ["https://registry.example.org/resources/ce-5"],
                "ceterms:atLevel": [aligned("Level of a nation", "https://registry.example.org/levels/4")],
                "ceterms:requires": [
                    {
                        "@type": "ceterms:ConditionProfile",
                        "ceterms:targetAssessment": ["https://registry.example.org/resources/ce-3"],
                        "ceterms:targetCompetency": [aligned("Weld a pipe", "https://registry.example.org/c/1")],
                    }
                ],
            },
            {
                "@id": "https://registry.example.org/resources/ce-3",
                "@type": "ceterms:AssessmentProfile",
                "ceterms:name": {"en": "Test of welding"},
                "ceterms:subjectWebpage": "https://test.example.org/",
                "ceterms:availabilityListing": ["https://test.example.org/places"],
                "ceterms:offeredBy": ["https://registry.example.org/resources/ce-6"],
                "ceterms:assesses": [
                    aligned("Weld a plate"),
                    aligned("Weld a tank", "https://registry.example.org/c/2"),
                ],
                "ceterms:lifeCycleStatusType": aligned("Ceased", "lifeCycle:Ceased"),
            },
            {
                "@id": "https://registry.example.org/resources/ce-4",
                "@type": "ceterms:Course",
                "ceterms:name": {"en": "Course of welding"},
                "ceterms:inLanguage": ["id"],
                "ceterms:availabilityListing": ["https://course.example.org/places"],
                "ceterms:teaches": [aligned("Cut steel")],
                "ceterms:lifeCycleStatusType": aligned("Suspended", "lifeCycle:Suspended"),
            },
            {
                "@id": "https://registry.example.org/resources/ce-7",
                "@type": "ceasn:CompetencyFramework",
                "ceasn:name": {"en": "Welding skills"},
                "ceasn:publisher": ["https://registry.example.org/resources/ce-8"],
                "ceasn:publisherName": {"en": "Institute of Welding"},
                "ceasn:hasTopChild": ["https://registry.example.org/c/9"],
            },
        ],
    },
}


def test_what_others_say_of_assessments_courses_and_frameworks_is_told(tmp_path: Path) -> None:
    found = taken("ctdl", tmp_path / "a.json", REGISTRY)
    assert untold(REGISTRY, found) == []
    places = {loss.at.removeprefix("/decoded_resource/@graph"): loss for loss in found.losses}
    assert "signature is not checked" in found.losses[0].what["en"] and found.losses[0].at == ""
    graph = REGISTRY["decoded_resource"]["@graph"]
    for at in ("/1/ceterms:assesses/0", "/2/ceterms:teaches/0", "/0/ceterms:inLanguage/0", "/3/ceasn:hasTopChild/0"):
        assert at in places, at
    said = [
        value
        for at, value in walk(graph)
        if isinstance(value, str) and at.endswith(("/targetNodeName/en", "/ceterms:frameworkName/en"))
    ]
    assert said  # names of frameworks stand somewhere in what is told
    assert not any('"English"' in text for one in found.stated for text in one.triple)


def test_a_day_that_is_none_is_told(tmp_path: Path) -> None:
    badge = {
        "@context": ["https://www.w3.org/ns/credentials/v2", OB],
        "id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000002",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://example.org/i", "type": ["Profile"], "name": "Institute"},
        "validFrom": "<to be filled in>",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://example.org/a",
                "type": ["Achievement"],
                "name": "Welding",
                "description": "Welds.",
                "criteria": {"narrative": "Weld."},
            },
        },
    }
    found = taken("openbadges", tmp_path / "b.json", badge)
    assert "/validFrom" in {loss.at for loss in found.losses}


def test_skills_of_esco_are_ties_whichever_key_names_them(tmp_path: Path) -> None:
    skill = "http://data.europa.eu/esco/skill/00000000-0000-4000-8000-00000000000"
    scheme = {"id": "http://data.europa.eu/esco/concept-scheme/skills", "type": "ConceptScheme"}
    concepts = [
        {"id": f"{skill}{n}", "type": "Concept", "inScheme": scheme, "prefLabel": {"en": [f"Skill {n}"]}}
        for n in (1, 2)
    ]
    outcome = {
        "type": "LearningOutcome",
        "title": {"en": ["Welds"]},
        "relatedSkill": concepts[:1],
        "relatedESCOSkill": concepts[1:],
    }
    credential = {
        "@context": [VC, "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": "urn:credential:3f0e0c7e-0000-4000-8000-000000000003",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "hasClaim": [
                {
                    "type": "LearningAchievement",
                    "title": {"en": ["Welding"]},
                    "specifiedBy": {
                        "type": "LearningAchievementSpecification",
                        "title": {"en": ["Welding"]},
                        "learningOutcome": [outcome],
                    },
                }
            ],
        },
    }
    found = taken("elm", tmp_path / "c.json", credential)
    tied = {one.triple[2] for one in found.stated if one.triple[1].endswith("isTiedTo>")}
    assert tied == {f"<{skill}1>", f"<{skill}2>"}


def test_a_file_of_two_standards_is_read_as_is_said(tmp_path: Path) -> None:
    both = {
        "@context": ["https://www.w3.org/ns/credentials/v2", OB, {"elm": "http://data.europa.eu/snb/model/elm/"}],
        "id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000004",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://example.org/i", "type": ["Profile"], "name": "Institute"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {"id": "https://example.org/a", "name": "W"},
        },
    }
    (tmp_path / "d.json").write_text(json.dumps(both))
    done = mcqms("check", tmp_path / "d.json")
    assert done.code == 2 and "looks like openbadges and elm" in done.err and "--as" in done.err
    assert operations.export_to(operations.ExportRequest("nt", [tmp_path / "d.json"], read_as="openbadges")).files
    assert operations.verify(tmp_path / "d.json").kind == "Open Badges 3.0"


@pytest.mark.parametrize("standard", ["case", "ctdl", "schemaorg"])
def test_a_blank_name_in_one_language_hides_no_name_in_another(standard: str, tmp_path: Path) -> None:
    """What the precheck lets pass, because there is a name, is written with that name."""
    data = """
    @prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix dcterms: <http://purl.org/dc/terms/> . @prefix ex: <https://example.org/blank/> .
    ex:mc a mc:MicroCredential ; rdfs:label "溶接"@ja , ""@de , " "@en ; dcterms:description "Welds."@ja ;
      mc:isOfferedBy ex:provider ; mc:hasOutcome ex:outcome .
    ex:outcome a mc:LearningOutcome ; rdfs:label "Welds a pipe"@en .
    ex:provider a mc:Provider ; rdfs:label ""@en , "Institut"@de .
    """
    (tmp_path / "a.ttl").write_text(data, "utf-8")
    written = b"".join(
        operations.export_to(
            operations.ExportRequest(standard, [tmp_path / "a.ttl"], as_of="2026-06-30"), force=True
        ).files.values()
    )
    assert "溶接" in written.decode() and "Institut" in written.decode()
