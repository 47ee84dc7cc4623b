"""Who may reach a workspace through the service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a caller is to the data."""

    PUBLIC = "public"
    LEARNER = "learner"
    PROVIDER = "provider"
    AUDITOR = "auditor"
    REGULATOR = "regulator"
    ADMIN = "admin"


@dataclass(frozen=True)
class Token:
    """A token as it is listed: whose it is, what they are, which datasets are named to them, and its last day. Its secret is not kept."""

    id: str
    name: str
    role: Role
    datasets: tuple[str, ...]
    made: dt.datetime
    expires: dt.date | None = None

    def is_good(self, at: dt.datetime) -> bool:
        """Whether it still counts then; days are those of UTC."""
        return self.expires is None or at.astimezone(dt.UTC).date() <= self.expires
