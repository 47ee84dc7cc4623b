"""Packs and reports that somebody wants to do something else than tell what was found."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest

import mcqms_kg
from mcqms_kg.interop.signing.keys import load_key, new_key
from mcqms_kg.model import Proof
from mcqms_kg.packing.archive import Member, read_archive, write_archive
from mcqms_kg.report import FORMATS

DATA = '@prefix mc: <https://w3id.org/mcqms/ns#> . <http://e/p> a mc:Provider ; mc:note """{}""" .'
HOSTILE = (
    "=cmd|' /C calc'!A0 #read(\\\"/etc/passwd\\\") <script>alert(1)</script> {{ 7*7 }} `x` \\u202e [a](javascript:x)"
)


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed")
    new_key(folder / "key.pem", "Ed25519")
    (folder / "data.ttl").write_text(DATA.format("x"))
    content, _ = mcqms_kg.pack([folder / "data.ttl"], folder / "key.pem", as_of="2026-06-30")
    (folder / "pack.zip").write_bytes(content)
    return folder / "pack.zip"


def proof(pack: Path, content: bytes) -> Proof:
    changed = pack.with_name("changed.zip")
    changed.write_bytes(content)
    found = mcqms_kg.verify(changed, trust=[load_key(pack.with_name("key.pem")).public.did])
    return found.proof


def test_a_pack_that_was_tampered_with_is_not_good(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    whole = pack.read_bytes()
    members = read_archive(whole)
    assert proof(pack, whole) is Proof.GOOD
    outside = Member("../../outside.ttl", 0, 0, 0, b"")
    tampered = (
        write_archive([*members, outside]),
        write_archive([*members, members[1]]),
        write_archive(members[:-1]),
        b"\x7fELF" + whole,
        whole + bytes(4096),
        whole.replace(b'"findings": ', b'"findings": 0', 1),
        write_archive([Member(m.name, m.method, m.crc, m.size + 1, m.stored) for m in members]),
    )
    assert [proof(pack, content) for content in tampered] == [Proof.FAILED] * len(tampered)
    assert not list(tmp_path.iterdir()) and not list(pack.parent.glob("outside*"))


def test_names_in_data_are_only_text_in_every_report(tmp_path: Path) -> None:
    text = DATA.format("x").replace("<http://e/p> a", f'<http://e/p> rdfs:label "{HOSTILE}"@en ; a')
    (tmp_path / "data.ttl").write_text("@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . " + text)
    report = mcqms_kg.check([tmp_path / "data.ttl"], as_of="2026-06-30")
    written = {name: known.write(report, "en") for name, known in FORMATS.items()}
    assert b"<script>alert" not in written["html"]
    for name in ("text", "html", "csv", "junit", "sarif", "oscal"):
        assert "\u202e" not in written[name].decode(), name
    assert b"\n=cmd" not in written["csv"] and b",=cmd" not in written["csv"]
    cells = [
        c for sheet in openpyxl.load_workbook(io.BytesIO(written["xlsx"])) for row in sheet.iter_rows() for c in row
    ]
    assert not [c for c in cells if c.data_type == "f" or str(c.value).startswith("=")]
    pages = pypdf.PdfReader(io.BytesIO(written["pdf"])).pages
    assert '#read("/etc/passwd")' in "".join("".join(page.extract_text().split()) for page in pages)
