"""Tokens: shown once, kept as digests for their owner alone, good until their last day or until they are revoked."""

from __future__ import annotations

import datetime as dt
import hmac
import json
import os
import stat
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg.errors import BadValue, UnknownName, WorkspaceError
from mcqms_kg.model import Role
from mcqms_kg.store import tokens
from mcqms_kg.store.tokens import FILE, TokenFile
from store.workspaces import NOON

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mcqms_kg.init(tmp_path / "ws")
    return tmp_path / "ws"


def new(folder: Path, name: str = "Ana", role: str = "provider", datasets: tuple[str, ...] = ("school",)) -> str:
    return mcqms_kg.new_token(name, role, datasets, workspace=folder)


def test_a_token_is_found_by_its_secret_alone(folder: Path) -> None:
    sent, other = new(folder), new(folder, "Budi", "auditor")
    found = TokenFile(folder).holder(sent, NOW)
    assert found and (found.name, found.role, found.datasets) == ("Ana", Role.PROVIDER, ("school",))
    assert sent != other and len(sent) > 60
    for wrong in ("", "mcqms_", sent[:-1], f"{sent}x", sent[:-43] + other[-43:], sent.upper(), f"{sent}\n", " " + sent):
        assert TokenFile(folder).holder(wrong, NOW) is None


def test_a_refusal_costs_the_same_whatever_was_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that its time does not tell whether the id is known: one digest, and one comparison of texts of one length."""
    sent, done = new(folder), list[object]()
    digest, compare = tokens._digest, hmac.compare_digest

    def digested(salt: str, secret: str) -> str:
        done.append("digest")
        return digest(salt, secret)

    def compared(one: str, other: str) -> bool:
        done.append((len(one), len(other)))
        return compare(one, other)

    monkeypatch.setattr(tokens, "_digest", digested)
    monkeypatch.setattr(hmac, "compare_digest", compared)
    for wrong in (sent[:-4] + "AAAA", sent[:6] + "0" * 16 + sent[22:], sent[:30]):
        done.clear()
        assert TokenFile(folder).holder(wrong, NOW) is None
        assert done == ["digest", (64, 64)], wrong


def test_what_is_kept_is_for_its_owner_and_no_secret(folder: Path) -> None:
    sent = new(folder)
    kept = (folder / FILE).read_text()
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert sent.split("_", 2)[2] not in kept and sent not in kept  # there may be a "_" in the secret too
    salts = {item["salt"] for item in json.loads(kept)["tokens"]}
    new(folder, "Budi")
    assert len({item["salt"] for item in json.loads((folder / FILE).read_text())["tokens"]} - salts) == 1
    for path in folder.rglob("*"):
        assert not path.is_file() or sent[-43:].encode() not in path.read_bytes(), f"the secret is in {path}"


def test_a_file_that_others_may_use_is_not_used(folder: Path) -> None:
    sent = new(folder)
    (folder / FILE).chmod(0o640)
    with pytest.raises(WorkspaceError, match="chmod 600"):
        TokenFile(folder).holder(sent, NOW)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"tokens": [{}]}', b'{"tokens": 1}', b"\xff", b"[" * 100_000])
def test_a_file_that_is_none_of_ours_lets_nobody_in(folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    (folder / FILE).chmod(0o600)
    with pytest.raises(WorkspaceError, match="file of the tokens"):
        TokenFile(folder).holder("mcqms_x", NOW)


def test_a_token_is_good_on_its_last_day_and_not_after_it(folder: Path) -> None:
    sent = mcqms_kg.new_token("Ana", "learner", expires="2099-06-30", workspace=folder)
    known = TokenFile(folder)
    assert known.holder(sent, dt.datetime(2099, 6, 30, 23, 59, tzinfo=dt.UTC))
    assert known.holder(sent, dt.datetime(2099, 7, 1, tzinfo=dt.UTC)) is None
    west = dt.timezone(dt.timedelta(hours=-8))
    assert known.holder(sent, dt.datetime(2099, 6, 30, 17, tzinfo=west)) is None, "days are those of UTC"
    with pytest.raises(BadValue, match="is over"):
        mcqms_kg.new_token("Budi", "learner", expires="2020-01-01", workspace=folder)


def test_changes_count_at_once(folder: Path) -> None:
    known = TokenFile(folder)
    assert known.holder("mcqms_0000000000000000_" + "a" * 43, NOW) is None
    sent = new(folder)
    assert known.holder(sent, NOW)
    again = new(folder, "Budi")
    assert known.holder(again, NOW)
    mcqms_kg.revoke_token("Ana", workspace=folder)
    assert known.holder(sent, NOW) is None and known.holder(again, NOW)
    assert [token.name for token in mcqms_kg.tokens(workspace=folder)] == ["Budi"]
    os.unlink(folder / FILE)  # noqa: PTH108  # as an operator would from a shell
    assert known.holder(again, NOW) is None


@pytest.mark.parametrize(
    ("name", "role", "datasets", "says"),
    [
        ("", "provider", (), "name of a token"),
        ("a\nb", "provider", (), "name of a token"),
        ("oidc:x", "provider", (), "name of a token"),
        ("anybody", "provider", (), "name of a token"),
        ("Ana", "king", (), "Known roles"),
        ("Ana", "provider", ("../x",), "name of a dataset"),
        ("Ana", "provider", ("shipped",), "name of a dataset"),
        ("Ana", "public", ("school",), "no datasets of its own"),
        ("Ana", "admin", ("school",), "no datasets of its own"),
    ],
)
def test_what_is_refused(folder: Path, name: str, role: str, datasets: tuple[str, ...], says: str) -> None:
    with pytest.raises((BadValue, UnknownName), match=says):
        new(folder, name, role, datasets)
    assert mcqms_kg.tokens(workspace=folder) == ()


def test_a_name_is_given_once(folder: Path) -> None:
    new(folder)
    with pytest.raises(BadValue, match="There is a token"):
        new(folder, "ANA")
    with pytest.raises(UnknownName, match="token list"):
        mcqms_kg.revoke_token("Budi", workspace=folder)


def test_the_listing_says_when_and_until_when(folder: Path) -> None:
    new(folder)
    (token,) = mcqms_kg.tokens(workspace=folder)
    assert token.expires is None and token.is_good(NOON) and abs(token.made - NOW) < dt.timedelta(hours=1)
