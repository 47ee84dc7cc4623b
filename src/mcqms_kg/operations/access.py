"""Who may reach a workspace through the service, and what was done to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.model import Deed, Entry, Role, Token, Verified
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.operations.workspaces import now, user
from mcqms_kg.settings import workspace_folder
from mcqms_kg.store import audit_reading
from mcqms_kg.store import tokens as kept
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.versions import OPERATOR
from mcqms_kg.store.workspace import marked


def new_token(
    name: str,
    role: str,
    datasets: Iterable[str] = (),
    *,
    expires: dt.date | str | None = None,
    workspace: Path | str | None = None,
) -> str:
    """A new token, as its holder sends it. Only a salted digest is kept, so this is the one time that it is seen.

    `datasets` are the private ones that the holder sees, and for a provider the ones that it hands in. `expires` is the last day.
    """
    if role not in Role._value2member_map_:
        raise UnknownName(f"No role is named {role!r}", remedy=f"Known roles: {', '.join(Role)}.")
    last_day = None if expires is None else as_date(expires)
    at, folder = now(), marked(workspace_folder(workspace))
    wanted = Token("", name, Role(role), tuple(dict.fromkeys(datasets)), at, last_day)
    if not wanted.is_good(at):
        raise BadValue(f"{last_day} is over", remedy="Give a day to come.")
    about = {"token": name, "role": role, "datasets": " ".join(wanted.datasets), "expires": str(last_day or "never")}
    with AuditLog(folder).recording(Deed(user(), OPERATOR, "token new", about)):
        return kept.issue(folder, wanted)


def tokens(*, workspace: Path | str | None = None) -> tuple[Token, ...]:
    """The tokens that were given out and not revoked, those that have expired too."""
    return tuple(item.token for item in kept.read(marked(workspace_folder(workspace))))


def revoke_token(name: str, *, workspace: Path | str | None = None) -> Token:
    """Makes a token worthless, at once, for a service that runs too."""
    folder = marked(workspace_folder(workspace))
    with AuditLog(folder).recording(Deed(user(), OPERATOR, "token revoke", {"token": name})):
        return kept.revoke(folder, name)


def audit(*, workspace: Path | str | None = None) -> tuple[Entry, ...]:
    """The entries of the audit log, the oldest first."""
    return audit_reading.entries(marked(workspace_folder(workspace)))


def verify_audit(expect: str | None = None, *, workspace: Path | str | None = None) -> Verified:
    """Whether the audit log holds together; with `expect`, an anchor kept elsewhere, also whether its end is still there."""
    return audit_reading.verify(marked(workspace_folder(workspace)), expect)
