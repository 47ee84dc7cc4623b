"""Badges of ours are verified by others' libraries, and theirs by us: `openbadgeslib` from PyPI, `@digitalbazaar/vc` from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.credential import Achievement, Issuer, OpenBadgeCredential
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from openbadgeslib.ob3.signer import OB3Signer
from openbadgeslib.ob3.verifier import OB3Verifier

from conformance.npm import installed
from interop.openbadges.badges import AWARD, BASE, DAY, STORY, mcqms, points, read, tiny_png, written
from interop.openbadges.conftest import Issued
from mcqms_kg import resources

OURS = Path(__file__).parent / "independent"
CACHE = Path(__file__).resolve().parents[3] / "build" / "badge-verifiers"
Change = Callable[[dict[str, Any]], object]
TAMPERED: dict[str, Change] = {
    "a name": lambda badge: badge.update(name="Somebody else's"),
    "the learner": lambda badge: badge["credentialSubject"].update(id="urn:uuid:0b0b0b0b-0000-4000-8000-000000000000"),
    "a date": lambda badge: badge.update(validUntil="2030-01-01T00:00:00Z"),
    "a unit": lambda badge: badge["credentialSubject"]["achievement"]["alignment"][0].update(
        targetCode="J.611000.001.01"
    ),
    "a term that no context defines": lambda badge: badge.update(honours="with distinction"),
    "no status": lambda badge: badge.pop("credentialStatus"),
}


def changed(issued: Issued, folder: Path) -> dict[str, Path]:
    found = {}
    for number, (name, change) in enumerate(TAMPERED.items()):
        badge = read(issued.badge)
        change(badge)
        found[name] = written(folder / f"changed-{number}.json", badge)
    return found


@pytest.fixture(scope="module")
def npm() -> Path:
    """The folder with Digital Bazaar's libraries, installed as the lock file says."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm to install the verifiers with")
    return installed(OURS, CACHE, "verifier.mjs")


def by_npm(npm: Path, documents: dict[str, Path], verify: list[Path], issue: Path | None = None) -> Any:
    known = {url: str(path) for url, path in {**resources.context_files(), **documents}.items()}
    asked = {"documents": known, "verify": list(map(str, verify)), "issue": str(issue) if issue else None}
    command = ["node", "verifier.mjs"]
    done = subprocess.run(command, cwd=npm, input=json.dumps(asked), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.xdist_group("badge-verifiers")
def test_digital_bazaar_takes_ours_with_status_lists_and_refuses_what_was_tampered_with(
    issued: Issued, npm: Path, tmp_path: Path
) -> None:
    documents = {f"{BASE}{path.stem}": path for path in issued.lists}
    others = changed(issued, tmp_path)
    found = by_npm(npm, documents, [issued.badge, *others.values()])["verified"]
    assert found[str(issued.badge)] == {"verified": True, "set": False, "why": ""}
    for name, path in others.items():
        assert not found[str(path)]["verified"], name
        done = mcqms("verify", path, "--as-of", DAY, "--format", "json")
        assert (done.code, points(done)["signature"]) == (1, "failed"), name
    revoked = tmp_path / "revoked.ttl"
    story = (STORY / "assessment.ttl").read_text("utf-8")
    revoked.write_text(
        story.replace("ex:award-1 a mc:Award ;", 'ex:award-1 a mc:Award ; mc:revocationDate "2026-01-01"^^xsd:date ;')
    )
    mcqms("sign", revoked, "--key", issued.key, "--register", issued.register, "--as-of", DAY, "-o", tmp_path / "lists")
    documents[f"{BASE}revocation"] = tmp_path / "lists" / "revocation.json"
    assert by_npm(npm, documents, [issued.badge])["verified"][str(issued.badge)]["set"]


@pytest.mark.slow
@pytest.mark.xdist_group("badge-verifiers")
def test_what_digital_bazaar_signs_is_good(issued: Issued, npm: Path, tmp_path: Path) -> None:
    unsigned = read(issued.badge)
    del unsigned["proof"], unsigned["credentialStatus"]
    theirs = by_npm(npm, {}, [], written(tmp_path / "unsigned.json", unsigned))["issued"]
    trust = written(tmp_path / "trust.json", {"issuers": [{"id": theirs["issuer"]["id"]}]})
    done = mcqms("verify", written(tmp_path / "theirs.json", theirs), "--trust", trust, "--as-of", DAY)
    assert done.code == 0, done.out
    theirs["credentialSubject"]["achievement"]["name"] = "More"
    assert mcqms("verify", written(tmp_path / "more.json", theirs), "--trust", trust, "--as-of", DAY).code == 1


def test_openbadgeslib_takes_ours_and_refuses_what_was_tampered_with(issued: Issued, tmp_path: Path) -> None:
    lists = {f"{BASE}{path.stem}": path.read_bytes() for path in issued.lists}
    verifier = OB3LdpVerifier.for_issuer_did(issued.did)
    known: dict[str, Any] = {"check_status": True, "download": lists.__getitem__, "verify_status_list": False}
    assert verifier.verify(issued.badge.read_bytes(), **known).issuer.id == issued.did
    for name, path in changed(issued, tmp_path).items():
        with pytest.raises(Exception):  # noqa: B017  # theirs have many types
            verifier.verify(path.read_bytes(), **known)
            pytest.fail(name)
    token = issued.token.read_text().strip()
    assert OB3Verifier.for_issuer_did(issued.did_p256).verify(token).issuer.id == issued.did_p256
    header, payload, signature = token.split(".")
    with pytest.raises(Exception):  # noqa: B017  # as above
        OB3Verifier.for_issuer_did(issued.did_p256).verify(f"{header}.{payload[:-8]}{payload[-4:]}xxxx.{signature}")


def test_openbadgeslib_finds_ours_in_images_with_a_status_list_as_token(issued: Issued, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(tiny_png())
    svg = tmp_path / "picture.svg"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>')
    kept = ("--key", issued.p256, "--jwt", "--register", tmp_path / "r.json", "--base", BASE)
    for image in (picture, svg):
        out = tmp_path / f"badge{image.suffix}"
        assert mcqms("sign", STORY, "--award", AWARD, *kept, "--bake", image, "-o", out).code == 0
    assert mcqms("sign", STORY, *kept, "--as-of", DAY, "-o", tmp_path / "lists").code == 0
    found = OB3Verifier.extract_token_from_png((tmp_path / "badge.png").read_bytes())
    assert (
        OB3Verifier.extract_token_from_svg((tmp_path / "badge.svg").read_bytes()).split(".")[0] == found.split(".")[0]
    )
    download = {f"{BASE}revocation": (tmp_path / "lists" / "revocation.jwt").read_bytes()}.__getitem__
    verifier = OB3Verifier.for_issuer_did(issued.did_p256)
    assert verifier.verify(found, check_status=True, download=download).issuer.id == issued.did_p256


@pytest.mark.parametrize("form", ["json", "jwt"])
def test_what_openbadgeslib_signs_is_good(issued: Issued, tmp_path: Path, form: str) -> None:
    did = issued.did if form == "json" else issued.did_p256
    achievement = Achievement(
        id="https://example.org/achievement",
        name="Cabling",
        description="Laying cable.",
        criteria_narrative="All links pass.",
    )
    theirs = OpenBadgeCredential(
        id="urn:uuid:00000000-0000-4000-8000-000000000009",
        issuer=Issuer(id=did, name="Others"),
        achievement=achievement,
        recipient_id="did:example:learner",
    )
    file = tmp_path / f"theirs.{form}"
    if form == "json":
        file.write_text(OB3LdpSigner(issued.key.read_bytes()).sign_to_json(theirs))
    else:
        file.write_text(OB3Signer(issued.p256.read_bytes(), algorithm="ES256").sign(theirs))
    done = mcqms("verify", file, "--trust", issued.trust, "--format", "json", "--as-of", "2100-01-01")
    assert (done.code, set(points(done).values())) == (0, {"good"}), done.out
