"""Badges to test with: the story's award, signed by the command line, and where the official artefacts lie."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcqms_kg import resources
from suites import STANDARDS

STORY = resources.root() / "data" / "polytechnic-networks"
AWARD = "https://example.org/polytechnic-networks/award-1"
DAY = "2026-06-30"
BASE = "https://example.org/status/"
Json = Any


def standards() -> Path | None:
    """The official artefacts of other standards, where they are."""
    return STANDARDS if STANDARDS.is_dir() else None


@dataclass(frozen=True)
class Done:
    """What a run of the command line gave."""

    code: int
    out: str
    err: str


def mcqms(*arguments: object, cwd: Path | None = None) -> Done:
    command = [sys.executable, "-m", "mcqms_kg", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG image."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def tiny_png(*more: bytes) -> bytes:
    """A PNG image of one grey pixel, with more chunks behind its header."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *more, chunk(b"IDAT", zlib.compress(b"\0\x80")), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def read(path: Path) -> dict[str, Json]:
    found: dict[str, Json] = json.loads(path.read_bytes())
    return found


def written(path: Path, document: Json) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return path


def points(done: Done) -> dict[str, str]:
    """The worst verdict of each kind of point in JSON output."""
    order = ["good", "could not check", "failed"]
    found: dict[str, str] = {}
    for point in json.loads(done.out)["points"]:
        found[point["name"]] = max(found.get(point["name"], "good"), point["proof"], key=order.index)
    return found
