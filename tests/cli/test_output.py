"""Where reports go: bytes through pipes and into files, text only to a terminal, and a missing package is told before the work."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from mcqms_kg.cli import output
from mcqms_kg.errors import BadValue

PROVIDER = "<https://example.org/p> a <https://w3id.org/mcqms/ns#Provider> ."
WITHOUT = (
    "import sys; sys.modules['{}'] = None; from mcqms_kg.cli import main; sys.argv = ['mcqms', *sys.argv[1:]]; main()"
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "p.ttl").write_text(PROVIDER)
    return tmp_path / "p.ttl"


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("path", [None, Path("-")])
def test_only_text_goes_to_a_terminal(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(shown, "utf-8"))
    with pytest.raises(BadValue, match="Write it to a file with -o"):
        output.deliver(b"%PDF", path, is_text=False)
    output.deliver("ñ\n".encode(), path, is_text=True)
    assert shown.getvalue() == "ñ\n".encode()


@pytest.mark.parametrize(("format", "begin"), [("pdf", b"%PDF-"), ("xlsx", b"PK\3\4")])
def test_through_a_pipe_go_bytes(data: Path, format: str, begin: bytes) -> None:
    command = [sys.executable, "-m", "mcqms_kg", "check", str(data), "--as-of", "2026-06-30", "-f", format]
    done = subprocess.run(command, capture_output=True, timeout=300)
    assert done.returncode == 1 and done.stdout.startswith(begin)


@pytest.mark.parametrize(
    ("package", "extra", "arguments"),
    [
        ("typst", "pdf", ["check", "p.ttl", "-o", "r.pdf"]),
        ("typst", "pdf", ["check", "p.ttl", "-f", "pdf"]),
        ("xlsxwriter", "xlsx", ["check", "p.ttl", "-o", "r.xlsx"]),
        ("xlsxwriter", "xlsx", ["validate", "p.ttl", "--shapes", "p.ttl", "-f", "xlsx"]),
        ("typst", "pdf", ["pack", "p.ttl", "-k", "key.pem", "-o", "p.zip"]),
    ],
    ids=["pdf", "pdf-shown", "xlsx", "validation", "pack"],
)
def test_a_missing_package_is_told_by_name_before_anything_is_done(
    data: Path, package: str, extra: str, arguments: list[str]
) -> None:
    from mcqms_kg.interop.signing.keys import new_key

    new_key(data.parent / "key.pem", "Ed25519")
    command = [sys.executable, "-c", WITHOUT.format(package), *arguments]
    done = subprocess.run(command, cwd=data.parent, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2 and not done.stdout
    assert f"pip install 'mcqms-kg[{extra}]'" in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
