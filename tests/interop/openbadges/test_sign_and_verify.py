"""An award is signed, verified, taken back and tampered with, as people do it: on the command line."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from interop.openbadges.badges import AWARD, BASE, DAY, STORY, Done, mcqms, points, read, standards, tiny_png, written
from interop.openbadges.conftest import Issued

ROOT = standards()
PNG = tiny_png()


def verify(file: Path, *more: object) -> Done:
    return mcqms("verify", file, "--as-of", DAY, "--format", "json", *more)


def with_lists(issued: Issued) -> list[object]:
    return ["--trust", issued.trust, *(part for path in issued.lists for part in ("--status", path))]


def test_a_good_badge_is_good_in_both_forms(issued: Issued) -> None:
    done = verify(issued.badge, *with_lists(issued))
    assert done.code == 0 and set(points(done).values()) == {"good"}, done.out
    done = verify(issued.token, "--trust", issued.trust)
    assert done.code == 0 and set(points(done).values()) == {"good"}, done.out


def test_what_is_not_at_hand_could_not_be_checked(issued: Issued) -> None:
    done = verify(issued.badge)
    assert done.code == 2
    found = points(done)
    assert (found["signature"], found["key"], found["status"], found["issuer"]) == (
        "good",
        "good",
        *["could not check"] * 2,
    )
    assert f"{BASE}revocation" in done.out


def test_words_for_people_in_both_languages(issued: Issued) -> None:
    english, indonesian = (mcqms("verify", issued.badge, "--as-of", DAY, "--lang", tag).out for tag in ("en", "id"))
    assert "? issuer: could not check." in english and "✓ signature: good." in english
    assert "? penerbit: tidak dapat diperiksa." in indonesian and "✓ tanda tangan: baik." in indonesian


@pytest.mark.skipif(ROOT is None, reason="the schema of Open Badges 3.0 is not here; set MCQMS_SUITES")
def test_the_official_schema_accepts_it(issued: Issued) -> None:
    schema = read((ROOT or Path()) / "openbadges" / "ob_v3p0_achievementcredential_schema.json")
    kept = ("--register", issued.folder / "one.json", "--base", BASE)
    made = mcqms("sign", STORY, "--award", AWARD, "--key", issued.key, *kept, "-o", issued.folder / "one-list.json")
    assert made.code == 0, made.err
    jsonschema.Draft201909Validator(schema).validate(read(issued.folder / "one-list.json"))
    exported = issued.folder / "unsigned"
    exported.mkdir(exist_ok=True)
    assert mcqms("export", "--from", STORY, "--to", "openbadges", "--as-of", DAY, "-o", exported, "--force").code == 0
    files = sorted(exported.glob("award-*.json"))
    assert len(files) == 6
    for file in files:
        jsonschema.Draft201909Validator(schema).validate(read(file))
    alone = {"$defs": schema["$defs"], "$ref": "#/$defs/Achievement"}
    achievements = sorted(exported.glob("achievement-*.json"))
    assert len(achievements) == 4
    for file in achievements:
        jsonschema.Draft201909Validator(alone).validate(read(file))


def test_a_revoked_and_a_suspended_award(issued: Issued, tmp_path: Path) -> None:
    story = (STORY / "assessment.ttl").read_text("utf-8")
    for name, expected in (("revocation", 1), ("suspension", 1), ("reinstatement", 0)):
        dates = f'mc:{name}Date "2026-03-01"^^xsd:date ;'
        dates += ' mc:suspensionDate "2026-02-01"^^xsd:date ;' if name == "reinstatement" else ""
        data = tmp_path / f"{name}.ttl"
        data.write_text(story.replace("ex:award-1 a mc:Award ;", f"ex:award-1 a mc:Award ; {dates}"))
        out = tmp_path / name
        made = mcqms("sign", data, "--key", issued.key, "--register", issued.register, "--as-of", DAY, "-o", out)
        assert made.code == 0, made.err
        lists = [part for path in sorted(out.glob("*.json")) for part in ("--status", path)]
        done = verify(issued.badge, "--trust", issued.trust, *lists)
        assert done.code == expected, done.out
        assert points(done)["status"] == ("failed" if expected else "good")
    before = mcqms(
        "sign", tmp_path / "revocation.ttl", "--key", issued.key, "--register", issued.register,
        "--as-of", "2026-02-28", "-o", tmp_path / "before",
    )  # fmt: skip
    lists = [part for path in sorted((tmp_path / "before").glob("*.json")) for part in ("--status", path)]
    assert before.code == 0 and verify(issued.badge, "--trust", issued.trust, *lists).code == 0


def test_a_status_list_by_somebody_else_says_nothing(issued: Issued, tmp_path: Path) -> None:
    assert mcqms("key", "new", tmp_path / "other.pem").code == 0
    out = tmp_path / "lists"
    mcqms("sign", STORY, "--key", tmp_path / "other.pem", "--register", issued.register, "--as-of", DAY, "-o", out)
    lists = [part for path in sorted(out.glob("*.json")) for part in ("--status", path)]
    done = verify(issued.badge, "--trust", issued.trust, *lists)
    assert (done.code, points(done)["status"]) == (2, "could not check")
    changed = read(issued.lists[0])
    changed["credentialSubject"]["statusPurpose"] = "message"
    done = verify(issued.badge, "--trust", issued.trust, "--status", written(tmp_path / "changed.json", changed))
    assert (done.code, points(done)["status"]) == (2, "could not check")


def test_dates(issued: Issued, tmp_path: Path) -> None:
    assert points(mcqms("verify", issued.badge, "--as-of", "2025-01-31", "--format", "json"))["validity"] == "good"
    early = mcqms("verify", issued.badge, "--as-of", "2025-01-30", "--format", "json")
    assert (early.code, points(early)["validity"]) == (1, "failed")
    data = tmp_path / "data.ttl"
    ends = 'ex:award-1 a mc:Award ; mc:expiryDate "2026-06-29"^^xsd:date ;'
    whole = "".join(path.read_text("utf-8") for path in sorted(STORY.glob("*.ttl")))
    data.write_text(whole.replace("ex:award-1 a mc:Award ;", ends))
    made = mcqms("sign", data, "--award", AWARD, "--key", issued.key, "-o", tmp_path / "b.json")
    assert made.code == 0, made.err
    assert points(verify(tmp_path / "b.json"))["validity"] == "failed"
    assert (
        points(mcqms("verify", tmp_path / "b.json", "--as-of", "2026-06-29", "--format", "json"))["validity"] == "good"
    )


@pytest.mark.parametrize("image", ["png", "svg"])
@pytest.mark.parametrize("form", ["badge", "token"])
def test_baked_into_an_image_and_out_again(issued: Issued, tmp_path: Path, image: str, form: str) -> None:
    picture, baked = tmp_path / f"picture.{image}", tmp_path / f"badge.{image}"
    picture.write_bytes(PNG if image == "png" else b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>')
    key = [issued.key] if form == "badge" else [issued.p256, "--jwt"]
    made = mcqms("sign", STORY, "--award", AWARD, "--key", *key, "--bake", picture, "-o", baked)
    assert made.code == 0, made.err
    done = verify(baked, "--trust", issued.trust)
    assert done.code == 0, done.out
    again = mcqms("sign", STORY, "--award", AWARD, "--key", *key, "--bake", baked, "-o", tmp_path / "twice")
    assert again.code == 2 and "a badge already" in again.err
    kept = mcqms("import", baked, "--dataset", "badges", "--workspace", tmp_path / "w")
    assert kept.code == 2  # there is no workspace yet
    assert mcqms("init", "--workspace", tmp_path / "w").code == 0
    kept = mcqms("import", baked, "--dataset", "badges", "--workspace", tmp_path / "w")
    assert kept.code == 0 and "badges version 1" in kept.out, kept.err


def test_a_key_is_kept_from_others(issued: Issued, tmp_path: Path) -> None:
    assert stat.S_IMODE(issued.key.stat().st_mode) == 0o600
    again = mcqms("key", "new", issued.key)
    assert again.code == 2 and "a file of that name" in again.err
    lent = tmp_path / "lent.pem"
    lent.write_bytes(issued.key.read_bytes())
    lent.chmod(0o640)
    done = mcqms("sign", STORY, "--award", AWARD, "--key", lent, "-o", tmp_path / "b.json")
    assert done.code == 2 and "chmod 600" in done.err and not (tmp_path / "b.json").exists()
    lent.chmod(0o600)
    shown = mcqms("key", "show", lent)
    secret = "".join(issued.key.read_text().splitlines()[1:-1])
    assert issued.did in shown.out and secret not in shown.out + shown.err


def test_an_issuer_of_our_own_data_is_known(issued: Issued, tmp_path: Path) -> None:
    names = (
        'ex:lsp a mc:CertificationBody , mc:OrganisationalUnit ; <http://www.w3.org/2004/02/skos/core#notation> "%s" ;'
    )
    story = (STORY / "organisation.ttl").read_text("utf-8")
    data = tmp_path / "organisation.ttl"
    data.write_text(story.replace("ex:lsp a mc:CertificationBody , mc:OrganisationalUnit ;", names % issued.did))
    done = verify(issued.badge, "--data", data)
    assert points(done)["issuer"] == "good" and "LSP P1 Teluk Arunika" in done.out
    assert points(verify(issued.badge, "--data", STORY))["issuer"] == "failed"


def test_check_gives_the_verdict_of_the_rulebook_with_pointers(issued: Issued) -> None:
    done = mcqms("check", issued.badge, "--as-of", DAY, "--format", "json")
    assert done.code == 1, done.err
    found = json.loads(done.out)
    assert "/credentialSubject/achievement" in done.out and found["clauses"]


def test_two_who_sign_at_once_keep_both_places(issued: Issued, tmp_path: Path) -> None:
    """Each reads the register, signs, and writes it: without a lock the one that writes last forgets the other's place."""
    register, ex = tmp_path / "register.json", AWARD.rpartition("/")[0]
    command = [sys.executable, "-m", "mcqms_kg", "sign", str(STORY), "--key", str(issued.key)]
    started = [
        subprocess.Popen(
            [
                *command,
                "--award",
                f"{ex}/award-{n}",
                "--register",
                str(register),
                "--base",
                BASE,
                "-o",
                str(tmp_path / f"{n}.json"),
            ],
            stderr=subprocess.PIPE,
        )
        for n in (1, 2, 3)
    ]
    assert [process.wait(timeout=120) for process in started] == [0, 0, 0]
    for process in started:
        assert process.stderr
        process.stderr.close()
    places = json.loads(register.read_text("utf-8"))["places"]
    assert set(places) == {f"{ex}/award-{n}" for n in (1, 2, 3)} and len(set(places.values())) == 3
