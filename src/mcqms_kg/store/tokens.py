"""The tokens of a workspace: a file for its owner alone, with salted digests; no secret is ever kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mcqms_kg.errors import BadValue, Place, UnknownName, WorkspaceError
from mcqms_kg.model import DATASET_NAME, Role, Token
from mcqms_kg.store.durable import put, stage
from mcqms_kg.store.lock import locked
from mcqms_kg.store.shipped import SHIPPED
from mcqms_kg.store.workspace import MARK

FILE = "tokens.json"
PREFIX = "mcqms_"
"""What every token begins with, so that it is known for one where it should not be."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._@-]{0,63}")
_TOKEN = re.compile(rf"{PREFIX}([0-9a-f]{{16}})_([A-Za-z0-9_-]{{43}})")
_RESERVED = ("anybody", "unknown", "mcqms-kg")


@dataclass(frozen=True)
class Kept:
    """A token with what is kept of its secret."""

    token: Token
    salt: str
    digest: str


def issue(folder: Path, wanted: Token) -> str:
    """Keeps a token and gives it as its holder will send it; there is no second chance to see it.

    Raises `BadValue` for a name that is taken or cannot be one, or datasets that do not go with the role.
    """
    _refuse(wanted)
    made, secret, salt = replace(wanted, id=secrets.token_hex(8)), secrets.token_urlsafe(32), secrets.token_hex(16)
    with (folder / MARK).open("rb") as mark, locked(mark):
        known = read(folder)
        if any(kept.token.name.casefold() == made.name.casefold() for kept in known):
            raise BadValue(f"There is a token named {made.name!r}", remedy="Revoke it, or choose another name.")
        _write(folder, (*known, Kept(made, salt, _digest(salt, secret))))
    return f"{PREFIX}{made.id}_{secret}"


def revoke(folder: Path, name: str) -> Token:
    """Forgets a token; a service that runs takes it no longer from its next request on. Raises `UnknownName`."""
    with (folder / MARK).open("rb") as mark, locked(mark):
        known = read(folder)
        gone = next((kept.token for kept in known if kept.token.name == name), None)
        if gone is None:
            raise UnknownName(f"No token is named {name!r}", remedy="`mcqms token list` shows them.")
        _write(folder, [kept for kept in known if kept.token is not gone])
    return gone


def read(folder: Path) -> tuple[Kept, ...]:
    """The tokens as they are kept; raises `WorkspaceError` where others could have read or changed the file."""
    path = folder / FILE
    try:
        mode = path.stat().st_mode
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError) as problem:
        raise _unusable(path, "cannot be read") from problem
    if stat.S_IMODE(mode) & 0o077:
        raise WorkspaceError(
            "Others than its owner may use the file of the tokens",
            place=Place(str(path)),
            remedy=f"Run: chmod 600 {path}",
        )
    try:
        return tuple(_kept(item) for item in content["tokens"])
    except (KeyError, TypeError, ValueError) as problem:
        raise _unusable(path, "is not one of ours") from problem


_NOBODYS = "0" * 64
"""As long as a digest, and of no secret: what is sent under an unknown id is compared too."""


def holder(known: Sequence[Kept], sent: str, at: dt.datetime) -> Token | None:
    """The token that was sent, if it is one of these and still good. How long this takes does not tell which part is wrong."""
    match = _TOKEN.fullmatch(sent)
    id_, secret = (match[1], match[2]) if match else ("", "")
    kept = next((kept for kept in known if kept.token.id == id_), None)
    same = hmac.compare_digest(_digest(kept.salt if kept else "", secret), kept.digest if kept else _NOBODYS)
    return kept.token if kept and same and kept.token.is_good(at) else None


class TokenFile:
    """The tokens as they are now: the file is read again when it has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[int, ...] | None = None
        self._known: tuple[Kept, ...] = ()

    def holder(self, sent: str, at: dt.datetime) -> Token | None:
        seen = self._state()
        if seen != self._seen:
            self._known, self._seen = read(self._folder), seen
        return holder(self._known, sent, at)

    def any(self) -> bool:
        return bool(read(self._folder))

    def _state(self) -> tuple[int, ...]:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return ()
        return (found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode)


def _digest(salt: str, secret: str) -> str:
    return hashlib.sha256(f"{salt}:{secret}".encode()).hexdigest()


def _refuse(wanted: Token) -> None:
    if not _NAME.fullmatch(wanted.name) or wanted.name.casefold() in _RESERVED:
        raise BadValue(
            f"{wanted.name!r} cannot be the name of a token",
            remedy="Use letters, digits, spaces and . _ @ -, at most 64, the first a letter or a digit.",
        )
    wrong = [name for name in wanted.datasets if not DATASET_NAME.fullmatch(name) or name == SHIPPED]
    if wrong:
        raise BadValue(f"{wrong[0]!r} cannot be the name of a dataset", remedy="Name datasets as `mcqms import` does.")
    if wanted.role in (Role.PUBLIC, Role.REGULATOR, Role.ADMIN) and wanted.datasets:
        raise BadValue(
            f"The role {wanted.role} goes with no datasets of its own",
            remedy="It sees what is public." if wanted.role is Role.PUBLIC else "It sees every dataset.",
        )


def _write(folder: Path, known: Sequence[Kept]) -> None:
    content = json.dumps({"format": 1, "tokens": [_as_json(kept) for kept in known]}, indent=1)
    put(stage(iter([content.encode()]), folder), folder / FILE, mode=0o600)


def _as_json(kept: Kept) -> dict[str, Any]:
    token = kept.token
    return {
        "id": token.id,
        "name": token.name,
        "role": str(token.role),
        "datasets": list(token.datasets),
        "made": token.made.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
        "salt": kept.salt,
        "digest": kept.digest,
    }


def _kept(item: dict[str, Any]) -> Kept:
    expires = dt.date.fromisoformat(item["expires"]) if item["expires"] else None
    made = dt.datetime.fromisoformat(item["made"])
    token = Token(item["id"], item["name"], Role(item["role"]), tuple(item["datasets"]), made, expires)
    return Kept(token, item["salt"], item["digest"])


def _unusable(path: Path, what: str) -> WorkspaceError:
    return WorkspaceError(
        f"The file of the tokens {what}", place=Place(str(path)), remedy="Remove it, and give out new tokens."
    )
