"""Keys, a register and badges of the story, made once by the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from interop.openbadges.badges import AWARD, BASE, DAY, STORY, mcqms, written


@dataclass(frozen=True)
class Issued:
    """What an issuer has: keys, the badge in both forms, status lists, and a trust list that names the issuer."""

    folder: Path
    key: Path
    p256: Path
    did: str
    did_p256: str
    badge: Path
    token: Path
    register: Path
    lists: tuple[Path, ...]
    trust: Path


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    folder = tmp_path_factory.mktemp("issued")
    key, p256, register = folder / "key.pem", folder / "p256.pem", folder / "register.json"
    shown = [mcqms("key", "new", key), mcqms("key", "new", p256, "--kind", "P-256")]
    did, did_p256 = (done.out.split()[1] for done in shown)
    badge, token = folder / "badge.json", folder / "badge.jwt"
    kept = ("--register", register, "--base", BASE, "--suspension")
    assert mcqms("sign", STORY, "--award", AWARD, "--key", key, *kept, "-o", badge).code == 0
    assert mcqms("sign", STORY, "--award", AWARD, "--key", p256, "--jwt", "-o", token).code == 0
    assert mcqms("sign", STORY, "--key", key, "--register", register, "--as-of", DAY, "-o", folder / "lists").code == 0
    lists = tuple(sorted((folder / "lists").glob("*.json")))
    trust = written(folder / "trust.json", {"issuers": [{"id": d, "name": "LSP (example)"} for d in (did, did_p256)]})
    return Issued(folder, key, p256, did, did_p256, badge, token, register, lists, trust)
