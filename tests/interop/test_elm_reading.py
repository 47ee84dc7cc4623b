"""Credentials and offers of others are understood, with places, without personal data; hostile files end in a clear error."""

from __future__ import annotations

import base64
import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from interop.elm_official import needs_elm
from interop.test_elm import DAY, written
from mcqms_kg.errors import McqmsError, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.interop.elm import read
from mcqms_kg.interop.json_read import walk
from mcqms_kg.interop.standards import recognised, standard_named
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import MC
from mcqms_kg.settings import Settings
from suites import STANDARDS

NAME, BIRTH, MAIL, NUMBER = "Siti Rahmawati", "1999-04-05T00:00:00Z", "siti@example.org", "3273010504990001"
ORGANISATION = {
    "id": "urn:epass:org:1",
    "type": "Organisation",
    "legalName": {"en": "University of Somewhere"},
    "location": {
        "type": "Location",
        "address": {
            "type": "Address",
            "countryCode": {"id": "http://publications.europa.eu/resource/authority/country/NLD", "type": "Concept"},
        },
    },
    "contactPoint": {"type": "ContactPoint", "emailAddress": {"id": f"mailto:{MAIL}", "type": "Mailbox"}},
    "eIDASIdentifier": {"type": "LegalIdentifier", "notation": "NL-1234"},
}
CREDENTIAL: dict[str, Any] = {
    "@context": ["https://www.w3.org/2018/credentials/v1", "http://data.europa.eu/snb/model/context/edc-ap"],
    "id": "urn:credential:3e9d1a52-6c1f-4c8c-9f0b-1a4e5d6f7a8b",
    "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    "issuer": ORGANISATION,
    "issuanceDate": "2026-02-03T10:11:12+01:00",
    "issued": "2026-02-03T10:11:12+01:00",
    "validFrom": "2026-02-03T10:11:12+01:00",
    "expirationDate": "2031-02-03T00:00:00Z",
    "credentialSubject": {
        "id": "urn:epass:person:1",
        "type": "Person",
        "fullName": {"en": NAME},
        "givenName": {"en": "Siti"},
        "dateOfBirth": BIRTH,
        "nationalID": {"type": "LegalIdentifier", "notation": NUMBER},
        "contactPoint": {"emailAddress": {"id": f"mailto:{MAIL}"}},
        "hasClaim": [
            {
                "id": "urn:epass:learningAchievement:1",
                "type": "LearningAchievement",
                "title": {"en": "Data literacy"},
                "awardedBy": {"type": "AwardingProcess", "awardingBody": ["urn:epass:org:1"]},
                "provenBy": {
                    "type": "LearningAssessment",
                    "title": {"en": "Examination"},
                    "grade": {"type": "Note", "noteLiteral": {"en": "8 of 10"}},
                    "assessedBy": {"type": "Person", "fullName": {"en": "Doctor Who"}},
                    "dateIssued": "2026-02-01T00:00:00Z",
                },
                "specifiedBy": {
                    "id": "https://example.org/micro/data-literacy",
                    "type": "Qualification",
                    "isPartialQualification": True,
                    "title": {"en": "Data literacy", "nl": "Datageletterdheid"},
                    "volumeOfLearning": "PT84H",
                    "maximumDuration": "P6M",
                    "mode": [{"id": "http://data.europa.eu/snb/learning-assessment/920fbb3cbe", "type": "Concept"}],
                    "eqfLevel": {"id": "http://data.europa.eu/snb/eqf/6", "type": "Concept"},
                    "creditPoint": {
                        "type": "CreditPoint",
                        "framework": {"id": "http://data.europa.eu/snb/education-credit/6fcec5c5af", "type": "Concept"},
                        "point": "3",
                    },
                    "learningOutcome": [
                        {
                            "type": "LearningOutcome",
                            "title": {"en": "Reads charts"},
                            "reusabilityLevel": {
                                "id": "http://data.europa.eu/snb/skill-reuse-level/1234",
                                "type": "Concept",
                            },
                        },
                        {"type": "LearningOutcome", "title": {"en": "Cleans tables"}},
                    ],
                },
            }
        ],
    },
}


def mc(name: str) -> Term:
    return terms.iri(MC + name)


def taken(document: Any, folder: Path, name: str = "credential.jsonld") -> Taken:
    path = folder / name
    path.write_text(json.dumps(document), "utf-8")
    return read(path, name, Settings())


def values(found: Taken, predicate: str) -> set[str]:
    return {terms.lexical(known.triple[2]) for known in found.stated if known.triple[1] == mc(predicate)}


def test_a_credential_of_others_is_understood(tmp_path: Path) -> None:
    found = taken(CREDENTIAL, tmp_path)
    award = terms.iri(CREDENTIAL["id"])
    assert values(found, "awardsCredential") == {"https://example.org/micro/data-literacy"}
    assert values(found, "workloadHours") == {"84.0"}
    assert values(found, "ectsCredits") == {"3.0"}
    assert values(found, "issueDate") == {"2026-02-03"}
    assert values(found, "expiryDate") == {"2031-02-03"}
    assert values(found, "awardGrade") == {"8 of 10"}
    assert values(found, "country") == {"NL"}
    assert values(found, "hasLevel") == {"https://w3id.org/mcqms/eqf/6"}
    assert values(found, "hasParticipationForm") == {"https://w3id.org/mcqms/code/participation-online"}
    assert len(values(found, "hasOutcome")) == 2
    types = {known.triple[0]: known.triple[2] for known in found.stated if known.triple[1].endswith("#type>")}
    assert types[award] == mc("Award")
    assert types[terms.iri("https://example.org/micro/data-literacy")] == mc("MicroCredential")
    places = {known.triple[1]: known.at for known in found.stated}
    assert places[mc("workloadHours")] == "/credentialSubject/hasClaim/0/specifiedBy/volumeOfLearning"


def test_what_is_not_understood_is_told_with_its_place(tmp_path: Path) -> None:
    told = {loss.at: loss.value for loss in taken(CREDENTIAL, tmp_path).losses}
    what = "/credentialSubject/hasClaim/0/specifiedBy"
    assert f"{what}/maximumDuration" in told
    assert f"{what}/learningOutcome/0/reusabilityLevel" in told
    assert "/credentialSubject/fullName" in told
    assert "/issuer/contactPoint" in told


def test_nothing_personal_is_taken_over_nor_told(tmp_path: Path) -> None:
    found = taken(CREDENTIAL, tmp_path)
    everything = repr(found)
    for secret in (NAME, "Siti", BIRTH[:10], MAIL, NUMBER, "Doctor Who", "urn:epass:person"):
        assert secret not in everything
    assert values(found, "isAwardedTo") == {f"{CREDENTIAL['id']}#learner"}


def test_a_key_ties_the_awards_of_one_person_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = tmp_path / "key"
    key.write_bytes(os.urandom(32))
    monkeypatch.setenv("MCQMS_PSEUDONYM_KEY_FILE", str(key))
    person = {"credentialSubject": CREDENTIAL["credentialSubject"] | {"id": "did:example:siti"}}
    one = values(taken(CREDENTIAL | person, tmp_path), "isAwardedTo")
    two = values(taken(CREDENTIAL | person | {"id": "urn:credential:2"}, tmp_path), "isAwardedTo")
    assert one == two
    assert next(iter(one)).startswith("urn:mcqms:learner:")
    assert "siti" not in next(iter(one))
    key.write_bytes(os.urandom(32))
    assert values(taken(CREDENTIAL | person, tmp_path), "isAwardedTo") != one


def test_names_for_one_file_only_are_kept_apart(tmp_path: Path) -> None:
    """`urn:epass:org:1` is another organisation in every credential."""
    other = copy.deepcopy(CREDENTIAL) | {"id": "urn:credential:other"}
    other["issuer"]["legalName"] = {"en": "Another University"}
    found = taken([CREDENTIAL, other], tmp_path, "two.json")
    issuers = {k.triple[0]: k.triple[2] for k in found.stated if k.triple[1] == mc("isIssuedBy")}
    assert len(set(issuers.values())) == 2
    assert all(k.at.startswith(("/0/", "/1/")) or k.at in ("/0", "/1") for k in found.stated)


@pytest.mark.parametrize("wrap", ["bare", "uploadable", "signed", "signed as text", "presentation"])
def test_every_form_of_a_credential_is_read_and_recognised(wrap: str, tmp_path: Path) -> None:
    payload = base64.urlsafe_b64encode(json.dumps(CREDENTIAL).encode()).decode().rstrip("=")
    forms = {
        "bare": CREDENTIAL,
        "uploadable": {"credential": CREDENTIAL, "deliveryDetails": {"deliveryAddress": [MAIL]}},
        "signed": {"payload": payload, "signatures": [{"protected": "eyJh", "signature": "c2ln"}]},
        "signed as text": {
            "payload": json.dumps(CREDENTIAL),
            "signatures": [{"protected": "eyJh", "signature": "c2ln"}],
        },
        "presentation": {"type": "EuropeanDigitalPresentation", "verifiableCredential": [CREDENTIAL]},
    }
    found = taken(forms[wrap], tmp_path, "file.json")
    assert values(found, "workloadHours") == {"84.0"}
    known = recognised(tmp_path / "file.json")
    assert known is not None
    assert known.name == "elm"
    told = [loss.what["en"] for loss in found.losses if loss.at == "/signatures"]
    assert told == (["The signature was not checked."] if wrap.startswith("signed") else [])


def test_a_certificate_of_participation_is_an_award(tmp_path: Path) -> None:
    """A claim that is no achievement: what was awarded is a credential of which only the name is known."""
    activity = {
        "id": "urn:epass:activity:1",
        "type": "LearningActivity",
        "title": {"en": "Webinar"},
        "awardedBy": {"type": "AwardingProcess", "awardingBody": ["urn:epass:org:1"]},
        "specifiedBy": {"type": "LearningActivitySpecification", "title": {"en": "Webinar"}},
    }
    person = CREDENTIAL["credentialSubject"] | {"hasClaim": activity}
    found = taken(CREDENTIAL | {"credentialSubject": person}, tmp_path)
    types = {terms.lexical(k.triple[2]) for k in found.stated if k.triple[1].endswith("#type>")}
    assert {f"{MC}Award", f"{MC}Credential"} <= types
    assert f"{MC}MicroCredential" not in types
    assert any(loss.at.endswith("/specifiedBy") for loss in found.losses)


@pytest.mark.parametrize(
    ("said", "type_"),
    [
        ({"isPartialQualification": True}, "MicroCredential"),
        ({"isPartialQualification": False}, "Qualification"),
        ({}, "MicroCredential"),
        ({"creditPoint": []}, "Qualification"),
        (
            {"creditPoint": [], "dcType": {"id": "http://data.europa.eu/snb/learning-opportunity/74a4a268e8"}},
            "MicroCredential",
        ),
    ],
    ids=["a part", "a whole", "three credits", "nothing known", "a short programme"],
)
def test_a_qualification_is_a_micro_credential_where_it_is_short(
    said: dict[str, Any], type_: str, tmp_path: Path
) -> None:
    document = copy.deepcopy(CREDENTIAL)
    what = document["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    del what["isPartialQualification"]
    what |= said
    found = taken(document, tmp_path)
    of_it = {
        k.triple[2] for k in found.stated if k.triple[0] == terms.iri(what["id"]) and k.triple[1].endswith("#type>")
    }
    assert of_it == {mc(type_)}


@needs_elm
@pytest.mark.parametrize("name", ["elm_edc_minimal.jsonld", "elm_loq_minimal.ttl", "elm_loq_qualitylink.ttl"])
def test_the_accepted_examples_are_read(name: str) -> None:
    found = read(STANDARDS / "examples" / name, name, Settings())
    labels = {terms.lexical(k.triple[2]) for k in found.stated if k.triple[1].endswith("#label>")}
    assert {"Data Science micro-credential", "Determine business objectives", "Universitas Contoh"} <= labels
    assert values(found, "country") == {"ID"}


@needs_elm
def test_offers_in_turtle_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "offer.ttl"
    path.write_bytes((STANDARDS / "examples" / "elm_loq_minimal.ttl").read_bytes())
    with pytest.raises(McqmsError, match="no statement"):
        path.with_name("empty.ttl").write_text("")
        mcqms_kg.check([path.with_name("empty.ttl")], profile="eu-2022", as_of=DAY, standard="elm")
    report = mcqms_kg.check([path], profile="eu-2022", as_of=DAY, standard="elm")
    found = {f.requirement.notation: [p.at for p in f.places] for f in report.findings()}
    assert "line 17" in found["AI.7"], "where the specification is said to be one"


def test_what_was_written_on_this_side_is_recognised(tmp_path: Path) -> None:
    for name, content in written("polytechnic-networks").files.items():
        (tmp_path / name).write_bytes(content)
        known = recognised(tmp_path / name)
        assert (known.name if known else None) == ("elm" if name.endswith(("json", "jsonld")) else None), name


HOSTILE = {
    "deep": b'{"credential":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "number": b'{"type":"EuropeanDigitalCredential","id":' + b"9" * 500 + b"}",
    "twice": b'{"id":"urn:a","id":"urn:b","type":"EuropeanDigitalCredential"}',
    "nan": b'{"type":"EuropeanDigitalCredential","id":NaN}',
    "remote": b'{"@context":"https://evil.example/context","type":"EuropeanDigitalCredential"}',
    "not JSON": b"<html>",
    "not UTF-8": b'{"type":"\xff"}',
    "payload no base64": b'{"payload":"%%%","signatures":[]}',
    "payload no JSON": b'{"payload":"' + base64.urlsafe_b64encode(b"<html>") + b'","signatures":[]}',
    "payload a number": b'{"payload":7,"signatures":[]}',
    "a list of numbers": b"[1,2,3]",
    "a string": b'"EuropeanDigitalCredential"',
    "half a character": b'{"type":"EuropeanDigitalCredential","id":"\\ud800"}',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_error(what: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(HOSTILE[what])
    with pytest.raises(UnreadableInput) as caught:
        read(path, "hostile.json", Settings())
    assert caught.value.place is not None
    assert caught.value.place.file.startswith("hostile.json")


POSITIONS = [at for at, _ in walk(CREDENTIAL) if at]
WRONG: list[Any] = [
    None,
    True,
    7,
    -1.5,
    "",
    "text",
    "urn:x",
    "https://example.org/a b",
    [],
    {},
    [[]],
    [None, 1],
    {"@id": 3},
    {"id": {}},
    {"@value": []},
]


def spoilt(at: str, wrong: Any) -> Any:
    document = copy.deepcopy(CREDENTIAL)
    *way, last = at.removeprefix("/").split("/")
    inner: Any = document
    for step in way:
        inner = inner[int(step) if isinstance(inner, list) else step.replace("~1", "/").replace("~0", "~")]
    inner[int(last) if isinstance(inner, list) else last] = wrong
    return document


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_a_wrong_type_in_any_place_is_a_loss_or_a_clear_error(wrong: Any, tmp_path: Path) -> None:
    """What comes out is RDF that can be written and read again."""
    for at in dict.fromkeys(POSITIONS):
        path = tmp_path / "fuzz.json"
        path.write_text(json.dumps(spoilt(at, wrong)), "utf-8")
        try:
            found = read(path, "fuzz.json", Settings())
        except UnreadableInput:
            continue
        assert NAME not in repr(found) or not at
        for known in found.stated:
            assert all(terms.is_iri(part) or terms.is_literal(part) for part in known.triple)
            assert terms.is_iri(known.triple[0])
            assert terms.is_iri(known.triple[1])


KEYS = st.sampled_from(
    sorted({key for _, value in walk(CREDENTIAL) if isinstance(value, dict) for key in value} | {"@graph", "@id"})
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.just("urn:x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(document=JSON)
def test_any_json_is_read_or_refused(document: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps(document), "utf-8")
    try:
        read(path, "any.json", Settings())
    except UnreadableInput as refused:
        assert refused.remedy


def test_the_translation_of_a_credential_names_no_one(tmp_path: Path) -> None:
    from mcqms_kg.operations.translating import translate

    path = tmp_path / "credential.json"
    path.write_text(json.dumps(CREDENTIAL), "utf-8")
    text = translate(path, standard_named("elm"), tmp_path / "out.nt").read_text("utf-8")
    assert "workloadHours" in text
    for secret in (NAME, MAIL, NUMBER, BIRTH[:10]):
        assert secret not in text
