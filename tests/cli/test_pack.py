"""`mcqms pack` and `mcqms verify` as people use them: one file, and an exit code that says how it stands."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mcqms_kg.interop.signing.keys import load_key, new_key

PROVIDER = """@prefix mc: <https://w3id.org/mcqms/ns#> .
<https://example.org/provider> a mc:Provider .
"""


def mcqms(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mcqms_kg", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    (folder / "provider.ttl").write_text(PROVIDER)
    new_key(folder / "key.pem", "Ed25519")
    (folder / "trusted.txt").write_text(f"The audit office: {load_key(folder / 'key.pem').public.did}\n")
    done = mcqms("pack", "provider.ttl", "--as-of", "2026-06-30", "--key", "key.pem", "-o", "pack.zip", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("pack.zip: nonconformant, ") and "data digest" in done.stdout
    return folder


def test_good_is_0(folder: Path) -> None:
    done = mcqms("verify", "pack.zip", "--trust", "trusted.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("pack.zip (pack, ") and done.stdout.endswith("Good: every point is.\n")
    for point in ("structure", "files", "signature", "signer", "rulebook", "digest", "report"):
        assert f"✓ {point}: good. " in done.stdout


def test_an_unknown_key_is_2_and_everything_else_is_told(folder: Path) -> None:
    done = mcqms("verify", "pack.zip", "--lang", "id", cwd=folder)
    assert done.returncode == 2
    assert done.stdout.endswith("Tidak semuanya dapat diperiksa.\n")
    assert "? penanda tangan: tidak dapat diperiksa. " in done.stdout and "✓ laporan: baik. " in done.stdout


def test_keys_in_a_trust_list_and_organisations_in_data_are_known(folder: Path) -> None:
    did = load_key(folder / "key.pem").public.did
    multikey = did.removeprefix("did:key:")
    (folder / "list.json").write_text(json.dumps({"issuers": [{"id": "https://e/office", "keys": [multikey]}]}))
    (folder / "office.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix mc: <https://w3id.org/mcqms/ns#> ."
        f'<https://e/office> a mc:Organisation ; skos:notation "{did}" .'
    )
    assert mcqms("verify", "pack.zip", "--trust", "list.json", cwd=folder).returncode == 0
    assert mcqms("verify", "pack.zip", "--data", "office.ttl", cwd=folder).returncode == 0
    assert mcqms("verify", "pack.zip", "--trust", did, cwd=folder).returncode == 0


def test_json_tells_every_point(folder: Path) -> None:
    done = mcqms("verify", "pack.zip", "-t", "trusted.txt", "-f", "json", cwd=folder)
    told = json.loads(done.stdout)
    assert (told["kind"], told["proof"], len(told["points"])) == ("pack", "good", 7)
    assert {point["proof"] for point in told["points"]} == {"good"}


def test_a_dataset_is_packed_and_its_check_is_in_the_log(folder: Path, tmp_path: Path) -> None:
    for arguments in (["init"], ["import", folder / "provider.ttl", "--dataset", "office"]):
        assert mcqms(*arguments, cwd=tmp_path).returncode == 0
    made = ["pack", "--dataset", "office", "--as-of", "2026-06-30", "-k", folder / "key.pem", "-o", "pack.zip"]
    done = mcqms(*made, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "pack.zip").read_bytes() == (folder / "pack.zip").read_bytes()
    assert "nonconformant" in mcqms("audit", cwd=tmp_path).stdout
    assert "Name the dataset too" in mcqms(*made[:1], "--version", "1", *made[3:], cwd=tmp_path).stderr
    assert "Give files, or name a dataset" in mcqms(*made, folder / "provider.ttl", cwd=tmp_path).stderr


def _prepended(whole: bytes) -> bytes:
    return b"#!/bin/sh\n" + whole


def _appended(whole: bytes) -> bytes:
    return whole + b"\n"


def _cut(whole: bytes) -> bytes:
    return whole[:-1]


def _commented(whole: bytes) -> bytes:
    return whole[:-2] + b"\x05\x00hello"


def _first_byte(whole: bytes) -> bytes:
    return bytes([whole[0] ^ 1]) + whole[1:]


def _last_byte(whole: bytes) -> bytes:
    return whole[:-1] + b"\x01"


def _none(_: bytes) -> bytes:
    return b""


def _rezipped(whole: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info, old.read(info))
    return out.getvalue()


def _with_link(whole: bytes) -> bytes:
    out = io.BytesIO(whole)
    with zipfile.ZipFile(out, "a") as more:
        link = zipfile.ZipInfo("data/link.ttl")
        link.external_attr = 0o120777 << 16
        more.writestr(link, "/etc/passwd")
    return out.getvalue()


def _leading_out(whole: bytes) -> bytes:
    return whole.replace(b"data/provider.ttl", b"../../../pro.ttlx")


def _bomb(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("manifest.json", bytes(300_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        _prepended,
        _appended,
        _cut,
        _commented,
        _first_byte,
        _last_byte,
        _none,
        _rezipped,
        _with_link,
        _leading_out,
        _bomb,
    ],
)
def test_whatever_is_no_pack_any_more_is_1(folder: Path, tmp_path: Path, change: object) -> None:
    assert callable(change)
    (tmp_path / "changed.zip").write_bytes(change((folder / "pack.zip").read_bytes()))
    done = mcqms("verify", "changed.zip", "-t", folder / "trusted.txt", cwd=tmp_path)
    assert done.returncode == 1 and not done.stderr, done.stderr
    assert "✗ structure: failed. " in done.stdout and "✓" not in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["changed.zip"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["verify", "nowhere.zip"], "There is no such file"),
        (["verify", "provider.ttl"], "nothing that can be verified"),
        (["verify", "pack.zip", "-t", "nowhere"], "Neither a did:key nor a file"),
        (["verify", "pack.zip", "-t", "provider.ttl"], "names no did:key"),
        (["verify", "pack.zip", "-f", "pdf"], "Known formats: text, json"),
        (["pack", "provider.ttl", "-k", "nowhere.pem", "-o", "x.zip"], "The key cannot be read"),
        (["pack", "provider.ttl", "-k", "provider.ttl", "-o", "x.zip"], ""),
        (["pack", "nowhere.ttl", "-k", "key.pem", "-o", "x.zip"], "There is no such file"),
    ],
    ids=range(8),
)
def test_what_cannot_be_done_is_2(folder: Path, arguments: list[str], says: str) -> None:
    done = mcqms(*arguments, cwd=folder)
    assert done.returncode == 2 and says in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr and not (folder / "x.zip").exists()
