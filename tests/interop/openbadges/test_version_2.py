"""Badges of Open Badges 2.0: as they are hosted, one inside the other, signed, and baked into images."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import pytest

import mcqms_kg
from interop.openbadges.badges import DAY, chunk, mcqms, points, tiny_png, written
from mcqms_kg.errors import McqmsError, UnreadableInput, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_read import walk
from mcqms_kg.interop.openbadges import read
from mcqms_kg.interop.openbadges.structure import breaches
from mcqms_kg.interop.signing.multibase import base64url
from mcqms_kg.model import Taken
from mcqms_kg.namespaces import HOME
from mcqms_kg.settings import Settings

V2 = "https://w3id.org/openbadges/v2"
ISSUER: dict[str, Any] = {
    "@context": V2,
    "type": "Issuer",
    "id": "https://badges.example/issuer",
    "name": "Workshop school (example)",
    "url": "https://badges.example",
    "email": "office@badges.example",
    "telephone": "+620000000",
}
CLASS: dict[str, Any] = {
    "@context": V2,
    "type": "BadgeClass",
    "id": "https://badges.example/class/cable",
    "@language": "id",
    "name": "Kabel jaringan",
    "description": "Menyiapkan kabel.",
    "image": "https://badges.example/cable.png",
    "criteria": {"id": "https://badges.example/class/cable/criteria", "narrative": "Semua sambungan lulus uji."},
    "tags": ["cable"],
    "alignment": [
        {"targetName": "Cable", "targetUrl": "https://units.example/7", "targetCode": "U7", "targetFramework": "Units"}
    ],
    "issuer": "https://badges.example/issuer",
    "extensions:ECTSExtension": {"@context": "https://badges.example/ects", "type": ["Extension"], "ECTS": 2.5},
    "extensions:EQFExtension": {"@context": "https://badges.example/eqf", "type": ["Extension"], "EQF": 4},
    "extensions:OwnExtension": {"type": ["Extension"], "own": 1},
}
ASSERTION: dict[str, Any] = {
    "@context": V2,
    "type": "Assertion",
    "id": "https://badges.example/awards/1",
    "recipient": {"type": "email", "hashed": True, "salt": "pepper", "identity": "sha256$" + "c" * 64},
    "badge": "https://badges.example/class/cable",
    "verification": {"type": "hosted"},
    "issuedOn": "2026-01-05T10:00:00+07:00",
    "expires": "2028-01-05T00:00:00Z",
    "evidence": [{"id": "https://badges.example/evidence/1", "narrative": "Photographs.", "name": "Photographs"}],
    "narrative": "Ana did well.",
}


def taken(folder: Path, document: Any) -> Taken:
    return read(written(folder / "badge.json", document), "badge.json", Settings())


def values(found: Taken, name: str) -> set[str]:
    return {terms.lexical(s.triple[2]) for s in found.stated if s.triple[1] == mc(name)}


def unsaid(document: Any, found: Taken, forms: tuple[str, ...]) -> list[str]:
    """The places of values that are neither stated nor told as lost, but for what is a form of the standard."""
    stated, lost = {s.at for s in found.stated}, {x.at for x in found.losses}
    leaves = [at for at, value in walk(document) if at and not isinstance(value, dict | list)]
    return [
        at
        for at in dict.fromkeys(leaves)
        if at not in stated
        and not at.endswith(forms)
        and not any(at == place or at.startswith(f"{place}/") for place in lost)
        and not any(inner.startswith(f"{at}/") for inner in stated | lost)
    ]


FORMS = ("/@context", "/type", "/type/0", "/@language", "/id", "/targetUrl", "/targetType")


@pytest.mark.parametrize(
    "document",
    [
        ASSERTION,
        CLASS,
        ISSUER,
        ASSERTION | {"badge": CLASS | {"issuer": ISSUER}},
        ASSERTION | {"badge": CLASS, "revoked": True, "revocationReason": "Wrong person"},
        ASSERTION
        | {"@context": "https://w3id.org/openbadges/v1", "verify": {"type": "hosted", "url": "https://x.y/1"}},
    ],
    ids=["assertion", "class", "issuer", "one in the other", "revoked", "1.1"],
)
def test_everything_is_stated_or_told(tmp_path: Path, document: dict[str, Any]) -> None:
    found = taken(tmp_path, document)
    assert unsaid(document, found, FORMS) == []
    told = str(found)
    assert not any(personal in told for personal in ("pepper", "c" * 64, "Ana", "+62", "office@"))


def test_a_badge_with_all_inside_is_an_award(tmp_path: Path) -> None:
    found = taken(tmp_path, ASSERTION | {"badge": CLASS | {"issuer": ISSUER}})
    assert values(found, "awardsCredential") == {CLASS["id"]}
    assert values(found, "isIssuedBy") == values(found, "isOfferedBy") == {ISSUER["id"]}
    assert values(found, "issueDate") == {"2026-01-05"}
    assert values(found, "expiryDate") == {"2028-01-05"}
    assert values(found, "isAwardedTo") == {f"{ASSERTION['id']}#learner"}
    assert values(found, "ectsCredits") == {"2.5"}
    assert values(found, "hasLevel") == {f"{HOME}eqf/4"}
    labels = {s.triple[2] for s in found.stated if s.at == "/badge/name"}
    assert labels == {'"Kabel jaringan"@id'}


def test_an_older_badge_leaves_as_a_newer_one(tmp_path: Path) -> None:
    file = written(tmp_path / "old.json", ASSERTION | {"badge": CLASS | {"issuer": ISSUER}})
    made = mcqms_kg.export_to(mcqms_kg.ExportRequest("openbadges", [file], as_of=DAY, language="id"))
    (badge,) = (json.loads(content) for name, content in made.files.items() if name.startswith("award"))
    assert not breaches(badge)
    achieved = badge["credentialSubject"]["achievement"]
    assert achieved["criteria"]["narrative"] == CLASS["criteria"]["narrative"]
    assert [a["targetCode"] for a in achieved["alignment"] if a["targetType"] == "ceasn:Competency"] == ["U7"]


def test_what_stands_elsewhere_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path, ASSERTION)
    assert values(found, "awardsCredential") == {CLASS["id"]} and not values(found, "isIssuedBy")
    assert any(loss.at == "/badge" and "nothing is fetched" in loss.what["en"] for loss in found.losses)


@pytest.mark.parametrize(
    ("document", "error"),
    [
        ({"@context": V2, "type": "RevocationList", "id": "https://x.y/r"}, UnreadableInput),
        ({"@context": V2, "id": "https://x.y/r"}, UnreadableInput),
        ({"@context": V2, "type": {"a": 1}}, UnreadableInput),
        ({"uid": "1", "recipient": {"identity": "x"}, "badge": "https://x.y/b"}, Unsupported),
    ],
    ids=["revocations", "no type", "type is an object", "1.0"],
)
def test_what_is_no_badge_is_refused(tmp_path: Path, document: Any, error: type[McqmsError]) -> None:
    with pytest.raises(error):
        taken(tmp_path, document)


WRONG: tuple[Any, ...] = (None, 7, "", "x", [], [["x"]], {}, {"id": 1}, True)


def test_hostile_values_end_in_an_answer(tmp_path: Path) -> None:
    whole = ASSERTION | {"badge": CLASS | {"issuer": ISSUER}}
    for key in whole:
        for value in WRONG:
            try:
                taken(tmp_path, whole | {key: value})
                taken(tmp_path, whole | {"badge": whole["badge"] | {key: value}})
            except McqmsError:
                continue


def baked(kind: bytes, text: bytes) -> bytes:
    body = text if kind == b"tEXt" else b"\0\0\0\0" + text
    return tiny_png(chunk(kind, b"openbadges\0" + body))


def test_images_and_tokens(tmp_path: Path) -> None:
    content = json.dumps(ASSERTION).encode()
    token = ".".join((base64url(b'{"alg":"RS256"}'), base64url(content), base64url(b"s" * 256)))
    packed = tiny_png(chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(content)))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"><openbadges:assertion verify="{token}"'
    files = {
        "one.png": baked(b"iTXt", content),
        "two.png": baked(b"tEXt", content),
        "three.png": packed,
        "four.svg": f"{svg}/></svg>".encode(),
        "five.svg": f"{svg.replace(token, ASSERTION['id'])}><![CDATA[{content.decode()}]]></openbadges:assertion></svg>".encode(),
        "six.jws": token.encode(),
    }
    for name, image in files.items():
        (tmp_path / name).write_bytes(image)
        assert values(read(tmp_path / name, name, Settings()), "awardsCredential") == {CLASS["id"]}, name
    done = mcqms("check", tmp_path / "one.png", "--as-of", DAY)
    assert done.code in (0, 1), done.err


def test_an_address_in_an_image_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(baked(b"tEXt", b"https://badges.example/awards/1"))
    done = mcqms("verify", tmp_path / "a.png", "--as-of", DAY)
    assert done.code == 2 and "https://badges.example/awards/1" in done.err and "Fetch it" in done.err


@pytest.mark.parametrize(
    ("change", "code", "point"),
    [
        ({}, 2, ("signature", "could not check")),
        ({"expires": "2026-02-01"}, 1, ("validity", "failed")),
        ({"issuedOn": "2027-02-01T00:00:00Z"}, 1, ("validity", "failed")),
        ({"issuedOn": 1234567890}, 2, ("validity", "could not check")),
        ({"revoked": True}, 1, ("status", "failed")),
        ({"recipient": None}, 2, ("structure", "good")),
    ],
    ids=["good", "expired", "not yet", "a number", "revoked", "nobody"],
)
def test_verify_says_what_could_not_be_checked(
    tmp_path: Path, change: dict[str, Any], code: int, point: tuple[str, str]
) -> None:
    file = written(tmp_path / "badge.json", ASSERTION | change)
    done = mcqms("verify", file, "--as-of", DAY, "--format", "json")
    assert done.code == code, done.out
    assert json.loads(done.out)["kind"] == "Open Badges 2.0"
    assert points(done)[point[0]] == point[1]
