"""Badges that are made to be believed, to harm whoever reads them, or to tell who somebody is."""

from __future__ import annotations

import base64
import json
import socket
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from interop.openbadges.badges import AWARD, DAY, STORY, chunk, mcqms, points, read, tiny_png, written
from interop.openbadges.conftest import Issued, issued
from mcqms_kg import operations
from mcqms_kg.errors import McqmsError, UnreadableInput
from mcqms_kg.interop.openbadges import png, svg
from mcqms_kg.interop.openbadges import read as read_badge
from mcqms_kg.interop.signing.keys import load_key
from mcqms_kg.model import Proof, Taken
from mcqms_kg.settings import Settings

__all__ = ["issued"]
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
VC = "https://www.w3.org/ns/credentials/v2"
LEARNER = "https://example.org/learners/7"


def badge(**more: Any) -> dict[str, Any]:
    """A badge that is not signed."""
    achievement = {
        "id": "urn:a",
        "type": ["Achievement"],
        "name": "N",
        "description": "D",
        "criteria": {"narrative": "C"},
    }
    subject = {"type": ["AchievementSubject"], "id": LEARNER, "achievement": achievement}
    return {
        "@context": [VC, OB],
        "id": "urn:b",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://example.org/i", "type": ["Profile"], "name": "I"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": subject,
        **more,
    }


CONTEXTS: dict[str, Any] = {
    "at an address": [VC, OB, "https://evil.example/context"],
    "at an address of this machine": [VC, OB, "http://127.0.0.1:1/context"],
    "in a file": [VC, OB, "file:///etc/passwd"],
    "that gives words another meaning": [VC, OB, {"achievement": "urn:other"}],
    "that defines everything": [VC, OB, {"@vocab": "urn:any:"}],
    "that takes all back": [VC, OB, None],
    "named a thousand times": [VC, *[OB] * 1000],
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_badge_that_is_made_to_be_believed_is_not(
    issued: Issued, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Contexts of a good badge are changed: nothing is fetched, and it is not good."""

    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    changed = {**read(issued.badge), "@context": CONTEXTS[name]}
    try:
        found = operations.verify(
            written(tmp_path / "b.json", changed), as_of=DAY, trust=[issued.trust], lists=issued.lists
        )
    except McqmsError:
        return
    proofs = {point.name: point.proof for point in found.points}
    assert proofs["signature"] is not Proof.GOOD and found.proof is not Proof.GOOD


def test_two_proofs_and_a_chain(issued: Issued, tmp_path: Path) -> None:
    good = read(issued.badge)
    (proof,) = good["proof"]
    for proofs, expected in (
        ([proof, proof], 0),
        ([proof, {**proof, "proofValue": "z" + "1" * 64}], 1),
        ([{**proof, "previousProof": "urn:uuid:1"}], 2),
        ([{**proof, "proofPurpose": "authentication"}], 1),
        ([{**proof, "cryptosuite": "bbs-2023"}], 2),
        ([{**proof, "verificationMethod": "https://evil.example/key"}], 2),
        ([{**proof, "honours": "x"}], 1),
        ([{**proof, "proofValue": "z" + "z" * 100_000}], 1),
        ([proof] * 1000, 2),
        ([], 1),
        (["x"], 1),
    ):
        file = written(tmp_path / "b.json", {**good, "proof": proofs})
        lists = [part for path in issued.lists for part in ("--status", path)]
        done = mcqms("verify", file, "--as-of", DAY, "--trust", issued.trust, *lists, "--format", "json")
        signature = {0: "good", 1: "failed", 2: "could not check"}[expected]
        assert points(done)["signature"] == signature, str(proofs)[:300]
        assert (done.code == 0) is (expected == 0)


def test_somebody_else_who_signs_in_the_issuers_name(issued: Issued, tmp_path: Path) -> None:
    assert mcqms("key", "new", tmp_path / "other.pem").code == 0
    assert mcqms("sign", STORY, "--award", AWARD, "--key", tmp_path / "other.pem", "-o", tmp_path / "o.json").code == 0
    stolen = read(tmp_path / "o.json")
    stolen["issuer"]["id"] = issued.did
    found = operations.verify(written(tmp_path / "s.json", stolen), as_of=DAY, trust=[issued.trust])
    assert found.proof is Proof.FAILED


def test_a_status_list_that_unpacks_without_end() -> None:
    from mcqms_kg.errors import BadValue
    from mcqms_kg.interop.signing.multibase import base64url
    from mcqms_kg.interop.signing.status_list import decoded, encoded

    packing = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packing.compress(bytes(1024 * 1024)) for _ in range(200)) + packing.flush()
    for text in ("u" + base64url(bomb), encoded([], 8 * 1024), encoded([5])[:-9], "z123", "u", "u===="):
        with pytest.raises(BadValue):
            decoded(text)
    assert decoded(encoded([5])) == b"\x04" + bytes(131_072 // 8 - 1)


IMAGES: dict[str, bytes] = {
    "a text that unpacks without end": tiny_png(
        chunk(b"iTXt", b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(64 * 1024 * 1024)))
    ),
    "two credentials": tiny_png(*[chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")] * 2),
    "no credential": tiny_png(),
    "a chunk without end": tiny_png()[:33] + struct.pack(">I", 0xFFFFFFFF) + b"iTXtopenbadgecredential",
    "a chunk cut short": tiny_png(chunk(b"iTXt", b"openbadgecredential\0\0")),
    "entities": b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
    "a file from outside": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
    "no image": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "deep elements": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 200_000,
}


@pytest.mark.parametrize("name", IMAGES)
def test_images(tmp_path: Path, name: str) -> None:
    content = IMAGES[name]
    with pytest.raises(UnreadableInput):
        (png if content.startswith(png.SIGNATURE) else svg).credential(content, "image")
    file = tmp_path / "image.png"
    file.write_bytes(content)
    with pytest.raises(McqmsError):
        read_badge(file, "image.png", Settings())


PEOPLE: dict[str, dict[str, Any]] = {
    "an address as id": {"id": "mailto:ana@example.org"},
    "an address in an IRI": {"id": "https://example.org/users/ana%40example.org"},
    "an address": {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": False,
                "identityHash": "ana@example.org",
                "identityType": "emailAddress",
            }
        ]
    },
    "a name": {
        "identifier": {
            "type": "IdentityObject",
            "hashed": False,
            "identityHash": "Ana Example ana@",
            "identityType": "name",
        }
    },
    "a hash without salt": {
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": "sha256$" + "a" * 64 + "ana@",
                "identityType": "emailAddress",
            }
        ]
    },
    "a source": {"source": {"id": "mailto:ana@example.org", "type": ["Profile"], "givenName": "Ana ana@"}},
    "what people say": {"narrative": "Ana, ana@example.org", "licenseNumber": "ana@1"},
}


@pytest.mark.parametrize("name", PEOPLE)
def test_who_the_learner_is_stays_out(tmp_path: Path, name: str) -> None:
    given = badge()
    given["credentialSubject"] |= PEOPLE[name]
    taken = read_badge(written(tmp_path / "b.json", given), "b.json", Settings())
    kept = json.dumps([[*s.triple, s.at] for s in taken.stated]) + json.dumps([[x.at, x.value] for x in taken.losses])
    assert "ana@" not in kept.lower() and "ana%40" not in kept and "a" * 64 not in kept
    assert any(loss.at.startswith("/credentialSubject/") for loss in taken.losses)


def test_a_name_is_found_in_other_texts(tmp_path: Path) -> None:
    given = badge(name="Ana ana@ - Bachelor", description="Given to Ana ana@ today")
    given["credentialSubject"] |= {"name": "Ana ana@", "unknown": {"deep": "ana@"}}
    taken = read_badge(written(tmp_path / "b.json", given), "b.json", Settings())
    assert "ana@" not in str(taken)
    assert {"/name", "/description", "/credentialSubject/name"} <= {loss.at for loss in taken.losses}


def test_what_names_the_learner_is_replaced_by_a_pseudonym(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = badge()
    hashed = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": "sha256$" + "b" * 64,
        "identityType": "emailAddress",
    }
    given["credentialSubject"] |= {"identifier": [{**hashed, "salt": "pepper"}]}
    file = written(tmp_path / "b.json", given)
    monkeypatch.delenv("MCQMS_PSEUDONYM_KEY_FILE", raising=False)
    taken = read_badge(file, "b.json", Settings())
    assert not any(told in str(taken) for told in ("pepper", "b" * 64, LEARNER))
    assert learners(taken) == {f"<{given['id']}#learner>"}
    (tmp_path / "key").write_bytes(b"k" * 16)
    monkeypatch.setenv("MCQMS_PSEUDONYM_KEY_FILE", str(tmp_path / "key"))
    tied = learners(read_badge(file, "b.json", Settings()))
    given["id"] = "urn:another-award"
    assert learners(read_badge(written(tmp_path / "c.json", given), "c.json", Settings())) == tied
    assert tied == learners(read_badge(written(tmp_path / "d.json", named(given, tied)), "d.json", Settings()))


def learners(taken: Taken) -> set[str]:
    return {str(s.triple[2]) for s in taken.stated if s.triple[1] == "<https://w3id.org/mcqms/ns#isAwardedTo>"}


def named(given: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The badge with the pseudonym as the learner's identifier: it stays as it is."""
    return given | {"credentialSubject": {**given["credentialSubject"], "id": min(names).strip("<>")}}


def test_a_badge_cannot_steer_a_terminal(issued: Issued, tmp_path: Path) -> None:
    changed = read(issued.badge)
    changed["credentialSubject"]["achievement"]["name"] = "\x1b[2J\u202eevil\nsignature: good"
    done = mcqms("verify", written(tmp_path / "b.json", changed), "--as-of", DAY)
    assert "\x1b" not in done.out and "\u202e" not in done.out and "\nsignature: good" not in done.out


def test_a_key_is_nowhere_but_in_its_file(issued: Issued, tmp_path: Path) -> None:
    lent = tmp_path / "lent.pem"
    lent.write_bytes(issued.key.read_bytes())
    for rights in (0o640, 0o604, 0o620, 0o602):
        lent.chmod(rights)
        done = mcqms("sign", STORY, "--award", AWARD, "--key", lent, "-o", tmp_path / "b.json")
        assert done.code == 2 and "Others can read or change this key" in done.err
    lent.chmod(0o600)
    done = mcqms("sign", STORY, "--award", AWARD, "--key", lent, "-o", tmp_path / "b.json")
    secret = "".join(lent.read_text().splitlines()[1:-1])
    assert done.code == 0 and secret not in done.out + done.err + (tmp_path / "b.json").read_text()
    assert secret[-40:] not in repr(load_key(lent))


def test_a_key_is_in_no_file_of_a_workspace_that_it_signs_from(issued: Issued, tmp_path: Path) -> None:
    """Neither as text nor as bytes: in no graph, no log, no pack and no badge."""
    there = tmp_path / "w"
    secret = "".join(issued.key.read_text().splitlines()[1:-1])
    raw = base64.b64decode(secret)[-32:]
    kept = ("--dataset", "poly", "--workspace", there)
    assert mcqms("init", "--workspace", there).code == 0
    assert mcqms("import", STORY, *kept).code == 0
    assert mcqms("sign", "--award", AWARD, "--key", issued.key, *kept, "-o", tmp_path / "b.json").code == 0
    assert mcqms("pack", "--key", issued.key, "--as-of", DAY, *kept, "-o", tmp_path / "p.zip").code == 0
    assert mcqms("check", *kept, "--as-of", DAY, "--fail-on", "never").code in (0, 2)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        content = path.read_bytes()
        assert secret.encode() not in content and raw not in content and raw.hex().encode() not in content, path
