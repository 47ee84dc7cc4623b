"""Audit packs: the same wherever they are made, and nothing in them can be changed without being told."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg.errors import Forbidden, Unsupported
from mcqms_kg.graph.canonical import canonical_digest
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.signing.keys import load_key, new_key
from mcqms_kg.model import Proof, Verification
from mcqms_kg.operations import packs, verified_packs
from mcqms_kg.packing import manifest as manifests
from mcqms_kg.packing.archive import Member, member, read_archive, write_archive
from mcqms_kg.packing.manifest import MANIFEST, SIGNATURE, Manifest
from mcqms_kg.report import FORMATS

DAY = "2026-06-30"
PROVIDER = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/p/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:provider a mc:Provider ; rdfs:label "Provider"@en ; mc:note [ rdfs:label "unnamed" ] .
"""
MORE = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/p/> .
ex:paper a mc:Evidence ; mc:belongsTo ex:provider ; mc:sha256 "{}" .
""".format("ab" * 32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "below").mkdir()
    (folder / "provider.ttl").write_text(PROVIDER)
    (folder / "below" / "more.ttl").write_text(MORE)
    new_key(folder / "key.pem", "Ed25519")
    new_key(folder / "other.pem", "Ed25519")
    return folder


@pytest.fixture(scope="module")
def whole(folder: Path) -> bytes:
    return made(folder)


def made(folder: Path, key: str = "key.pem") -> bytes:
    data = [folder / "provider.ttl", folder / "below" / "more.ttl"]
    return mcqms_kg.pack(data, folder / key, as_of=DAY)[0]


def did(folder: Path, key: str = "key.pem") -> str:
    return load_key(folder / key).public.did


def verified(folder: Path, content: bytes, key: str = "key.pem") -> dict[str, Proof]:
    return {point.name: point.proof for point in verification(folder, content, key).points}


def verification(folder: Path, content: bytes, key: str = "key.pem") -> Verification:
    (folder / "given.zip").write_bytes(content)
    return mcqms_kg.verify(folder / "given.zip", trust=[did(folder, key)], as_of=DAY)


def resigned(
    folder: Path,
    content: bytes,
    change: Callable[[Manifest], Manifest] = lambda told: told,
    key: str = "key.pem",
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The pack as its signer would have made it with other files and another manifest."""
    told, members = opened(content)
    kept = [m for m in members.values() if m.name not in (MANIFEST, SIGNATURE)]
    changed = [member(m.name, files[m.name]) if m.name in files else m for m in kept]
    told = dataclasses.replace(told, files=tuple(manifests.file_of(m, m.content() or b"") for m in changed))
    return write_archive(packs._signed(change(told), changed, load_key(folder / key)))


def opened(content: bytes) -> tuple[Manifest, dict[str, Member]]:
    members = {m.name: m for m in read_archive(content)}
    return manifests.read(members[MANIFEST].stored), members


ALL_GOOD = dict.fromkeys(("structure", "files", "signature", "signer", "digest", "rulebook", "report"), Proof.GOOD)


def test_a_pack_is_good(folder: Path, whole: bytes) -> None:
    assert verified(folder, whole) == ALL_GOOD
    assert verification(folder, whole).proof is Proof.GOOD


def test_it_holds_everything_the_check_rests_on(folder: Path, whole: bytes) -> None:
    (folder / "held.zip").write_bytes(whole)
    with zipfile.ZipFile(folder / "held.zip") as held:
        assert held.testzip() is None
        files = {name: held.read(name) for name in held.namelist()}
    assert files["data/provider.ttl"] == (folder / "provider.ttl").read_bytes()
    assert files["data/below/more.ttl"] == (folder / "below" / "more.ttl").read_bytes()
    assert {"report/report.ttl", "report/report.json", "report/report.html", "report/report.pdf"} <= files.keys()
    assert {"rulebook/shapes/mcqms/clauses.ttl", "rulebook/shapes/profiles/mcqms.ttl"} <= files.keys()
    told = json.loads(files[MANIFEST])
    assert told["program"] == f"mcqms-kg {mcqms_kg.__version__}" and told["engine"] == "columns"
    assert {f["path"]: f["sha256"] for f in told["files"]} == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name not in (MANIFEST, SIGNATURE)
    }
    assert told["evidence"] == [{"document": "<https://example.org/p/paper>", "sha256": "ab" * 32, "location": ""}]
    triples = read_triples([folder / "provider.ttl", folder / "below" / "more.ttl"])
    assert told["digest"] == canonical_digest((s, p, o, None) for s, p, o in triples)
    report = json.loads(files["report/report.json"])
    assert told["verdict"] == report["verdict"] and told["findings"] == len(report["findings"])
    assert [c["name"] for c in report["checked"]] == ["data/below/more.ttl", "data/provider.ttl"]
    assert not any(str(folder).encode() in content or b"mcqms-pack-" in content for content in files.values())


def test_the_report_is_that_of_a_check(folder: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the folder of the pack, a check of its files gives its report, byte for byte."""
    (folder / "out").mkdir(exist_ok=True)
    _, members = opened(whole)
    for name, held in members.items():
        path = folder / "out" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held.content() or b"")
    monkeypatch.chdir(folder / "out")
    report = mcqms_kg.check(["data/below/more.ttl", "data/provider.ttl"], as_of=DAY)
    for form in packs.FORMS:
        ending = FORMATS[form].ending
        assert FORMATS[form].write(report, "en") == Path(f"report/report{ending}").read_bytes(), form


ELSEWHERE = """import sys, mcqms_kg
content, told = mcqms_kg.pack([*reversed(sys.argv[3:])], sys.argv[1], as_of="2026-06-30")
open(sys.argv[2], "wb").write(content); print(told.digest)"""


def test_another_machine_gives_the_same_pack(folder: Path, whole: bytes) -> None:
    """Another language, time zone, seed of hashes, order of files, folder, and umask."""
    there = folder / "elsewhere" / "deeper"
    (there / "below").mkdir(parents=True)
    (there / "provider.ttl").write_text(PROVIDER)
    (there / "below" / "more.ttl").write_text(MORE)
    settings = {"PYTHONHASHSEED": "77", "LC_ALL": "id_ID.UTF-8", "LANG": "id_ID.UTF-8", "TZ": "Asia/Jakarta"}
    arguments = [str(folder / "key.pem"), "made.zip", "provider.ttl", "below/more.ttl"]
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *arguments],
        cwd=there,
        env={**os.environ, **settings},
        umask=0o077,
        capture_output=True,
        text=True,
        check=True,
    )
    told, _ = opened(whole)
    assert done.stdout.strip() == told.digest
    assert (there / "made.zip").read_bytes() == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_flipped_bit_anywhere_is_caught(folder: Path, whole: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    bit = data.draw(st.integers(0, 7))
    content = whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :]
    assert verification(folder, content).proof is Proof.FAILED


def test_a_flipped_bit_in_every_part_is_caught(folder: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """In stored and deflated files at their begin, middle and end, in the heads, the directory, the manifest and the signature."""
    monkeypatch.setattr(packs, "check_again", _not_again)  # what the signature covers must be caught before
    _, members = opened(whole)
    position = 0
    for held in members.values():
        begin = position + 30 + len(held.name.encode())
        position = begin + len(held.stored)
        if held.name.startswith("rulebook/") and len(held.name) % 4:
            continue  # there are many of these, all alike
        for place in {begin - 20, (begin + position) // 2, position - 1}:
            content = whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]
            assert verification(folder, content).proof is Proof.FAILED, (held.name, place - begin)
    for place in range(len(whole) - 40, len(whole)):
        content = whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :]
        assert verification(folder, content).proof is Proof.FAILED, place


def _not_again(*_: object) -> packs.Again:
    raise Unsupported("not made again")


@pytest.mark.parametrize("change", ["appended", "removed", "renamed", "twice", "swapped"])
def test_other_files_in_the_archive_are_caught(folder: Path, whole: bytes, change: str) -> None:
    members = list(read_archive(whole))
    changed = {
        "appended": [*members, member("data/more2.ttl", b"x")],
        "removed": members[:3] + members[4:],
        "renamed": [*members[:3], dataclasses.replace(members[3], name="data/other.ttl"), *members[4:]],
        "twice": [*members, members[-1]],
        "swapped": [members[0], members[2], members[1], *members[3:]],
    }[change]
    found = verified(folder, write_archive(changed))
    assert found["structure"] is Proof.FAILED and found["signature"] is Proof.UNCHECKED


def test_the_same_file_packed_otherwise_is_caught(folder: Path, whole: bytes) -> None:
    """The signature covers how a file is packed: there is no second archive with the same files that is good."""
    members = [
        member(m.name, m.content() or b"", packed=False) if m.name == "data/provider.ttl" else m
        for m in read_archive(whole)
    ]
    found = verified(folder, write_archive(members))
    assert (found["structure"], found["files"], found["signature"]) == (Proof.GOOD, Proof.FAILED, Proof.GOOD)


def test_a_changed_file_is_told_apart_from_the_signature(folder: Path, whole: bytes) -> None:
    members = [member(m.name, b"# changed\n") if m.name == "report/report.html" else m for m in read_archive(whole)]
    found = verification(folder, write_archive(members))
    points = {point.name: point for point in found.points}
    assert points["files"].proof is Proof.FAILED and points["files"].at == "report/report.html"
    assert points["signature"].proof is Proof.GOOD and points["report"].proof is Proof.UNCHECKED


def test_a_key_that_nobody_vouches_for_could_not_be_checked(folder: Path, whole: bytes) -> None:
    found = verification(folder, whole, "other.pem")
    points = {point.name: point.proof for point in found.points}
    assert points == {**ALL_GOOD, "signer": Proof.UNCHECKED} and found.proof is Proof.UNCHECKED


def test_signed_anew_by_another_is_not_the_trusted_signer(folder: Path, whole: bytes) -> None:
    found = verified(folder, resigned(folder, whole, key="other.pem"))
    assert found["signature"] is Proof.GOOD and found["signer"] is Proof.UNCHECKED


def test_a_report_that_the_data_do_not_give_fails_though_it_is_signed(folder: Path, whole: bytes) -> None:
    _, members = opened(whole)
    better = (members["report/report.json"].content() or b"").replace(b'"nonconformant"', b'"conformant"')
    found = verified(folder, resigned(folder, whole, files={"report/report.json": better}))
    assert found == {**ALL_GOOD, "report": Proof.FAILED}


@pytest.mark.parametrize(
    "claim",
    [{"verdict": "conformant"}, {"findings": 0}, {"evidence": ()}, {"rulebook_digest": "00"}, {"statements": 1}],
    ids=lambda claim: next(iter(claim)),
)
def test_a_manifest_that_claims_something_else_fails_though_it_is_signed(
    folder: Path, whole: bytes, claim: dict[str, object]
) -> None:
    found = verified(folder, resigned(folder, whole, lambda told: dataclasses.replace(told, **claim)))  # type: ignore[arg-type]  # of many kinds
    assert found == {**ALL_GOOD, "report": Proof.FAILED}


def test_another_digest_than_that_of_the_data_fails_though_it_is_signed(folder: Path, whole: bytes) -> None:
    found = verified(folder, resigned(folder, whole, lambda told: dataclasses.replace(told, digest="0" * 64)))
    assert found == {**ALL_GOOD, "digest": Proof.FAILED}


def test_another_rulebook_could_not_be_checked(folder: Path, whole: bytes) -> None:
    shapes = {"rulebook/shapes/mcqms/08.1-operational-planning.ttl": b"# no shapes at all\n"}
    found = verification(folder, resigned(folder, whole, files=shapes))
    assert {p.name: p.proof for p in found.points} == {**ALL_GOOD, "rulebook": Proof.UNCHECKED}
    assert found.proof is Proof.UNCHECKED
    told = next(p.why["en"] for p in found.points if p.name == "rulebook")
    assert "08.1-operational-planning.ttl" in told and "mcqms-kg" in told


@pytest.mark.parametrize(
    ("claim", "point"),
    [
        ({"program": "mcqms-kg 99.0"}, {}),
        ({"program": "mcqms-kg 99.0", "digest": "0" * 64}, {"digest": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
        ({"layout": "typst 0.0.1"}, {"report": Proof.GOOD}),
        ({"engine": "spark"}, {"digest": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
        ({"language": "fr"}, {"digest": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
        ({"as_of": "yesterday"}, {"digest": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
        ({"profile": "no-such"}, {"digest": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
        ({"framework": "../.."}, {"rulebook": Proof.UNCHECKED, "report": Proof.UNCHECKED}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_what_cannot_be_done_again_could_not_be_checked(
    folder: Path, whole: bytes, claim: dict[str, object], point: dict[str, Proof]
) -> None:
    found = verified(folder, resigned(folder, whole, lambda told: dataclasses.replace(told, **claim)))  # type: ignore[arg-type]  # of many kinds
    assert Proof.FAILED not in found.values()
    assert point.items() <= found.items()


def test_pages_laid_out_by_another_version_could_not_be_checked(
    folder: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = resigned(folder, whole, files={"report/report.pdf": b"%PDF-1.7 of another time"})
    assert verified(folder, content)["report"] is Proof.FAILED
    monkeypatch.setattr(packs, "layout", lambda: "typst 99")
    assert verified(folder, content)["report"] is Proof.UNCHECKED


def test_signatures_that_are_none(folder: Path, whole: bytes) -> None:
    members = read_archive(whole)
    for old, new in ((b'"z', b'"u'), (b"did:key:z6Mk", b"did:web:z6Mk"), (b"Ed25519", b"ed25519"), (b"  ", b" ")):
        last = member(SIGNATURE, members[-1].stored.replace(old, new), packed=False)
        assert verification(folder, write_archive([*members[:-1], last])).proof is Proof.FAILED


def test_keys_that_cannot_sign_a_pack(folder: Path) -> None:
    new_key(folder / "p256.pem", "P-256")
    with pytest.raises(Unsupported, match="signed with Ed25519"):
        made(folder, "p256.pem")
    (folder / "open.pem").write_bytes((folder / "key.pem").read_bytes())
    (folder / "open.pem").chmod(0o644)
    with pytest.raises(Forbidden):
        made(folder, "open.pem")


def test_the_private_key_is_nowhere_in_the_pack(folder: Path, whole: bytes) -> None:
    secret = "".join((folder / "key.pem").read_text().splitlines()[1:-1])
    _, members = opened(whole)
    assert not any(secret.encode() in (held.content() or b"") for held in members.values())


def test_files_of_one_name_and_odd_names_are_kept_apart(tmp_path: Path, folder: Path) -> None:
    for name in ("a/x.ttl", "b/x.ttl", "b/..x?*\u202e.ttl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PROVIDER)
    content, told = mcqms_kg.pack([tmp_path / "a", tmp_path / "b"], folder / "key.pem", as_of=DAY)
    assert [f.path for f in told.named("data")] == ["data/a/x.ttl", "data/b/x.ttl", "data/b/x___.ttl"]
    assert verified(folder, content) == ALL_GOOD


def test_the_pdf_package_must_be_there_before_anything_is_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcqms_kg.report.find_spec", lambda _: None)
    with pytest.raises(Unsupported, match=r"pip install 'mcqms-kg\[pdf\]'"):
        made(folder)


def test_without_the_pdf_package_the_rest_is_verified(
    folder: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mcqms_kg.report.find_spec", lambda _: None)
    monkeypatch.setattr(packs, "layout", lambda: "")
    assert verified(folder, whole) == {**ALL_GOOD, "report": Proof.UNCHECKED}


def test_only_engines_that_run_here_are_asked() -> None:
    assert set(verified_packs.ENGINES) == {"columns", "reference"}


def test_a_graph_whose_nodes_cannot_be_named_in_time_is_refused_by_name(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clique of blank nodes, as in the poison test of the W3C: a digest would take longer than anybody waits."""
    monkeypatch.setenv("MCQMS_MAX_NAMING_SECONDS", "1")
    clique = [f"_:n{a} <http://e/p> _:n{b} ." for a in range(12) for b in range(12) if a != b]
    (tmp_path / "poison.nt").write_text("\n".join(clique))
    with pytest.raises(Unsupported, match=r"cannot be named by RDFC-1\.0 in 1 s.*MCQMS_MAX_NAMING_SECONDS"):
        mcqms_kg.pack([tmp_path / "poison.nt", folder / "provider.ttl"], folder / "key.pem", as_of=DAY)


def test_a_signed_pack_of_what_cannot_be_read_could_not_be_checked(folder: Path, whole: bytes) -> None:
    for content in (b"this is no Turtle", b"", b'@prefix e: <http://e/> . e:a e:b "\xff" .'):
        found = verified(folder, resigned(folder, whole, files={"data/provider.ttl": content}))
        assert found["signature"] is Proof.GOOD
        assert (found["digest"], found["report"]) == (Proof.UNCHECKED, Proof.UNCHECKED)
