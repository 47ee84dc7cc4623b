"""What the audit log holds: who did what to what, when, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How far it came. What begins and has no other entry was cut off, and may be done or not."""

    BEGUN = "begun"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Deed:
    """Something done to the workspace. `about` says to what: dataset, version, graph, and the digest of what was handed in."""

    who: str
    role: str
    action: str
    about: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """A line of the log. Its hash covers all of it, the hash of the line before too; `begun` is the number of the entry it ends."""

    number: int
    at: str
    deed: Deed
    outcome: Outcome
    begun: int | None
    previous: str
    hash: str

    @property
    def content(self) -> dict[str, object]:
        """What it tells, as plain values."""
        return {
            "number": self.number,
            "at": self.at,
            "who": self.deed.who,
            "role": self.deed.role,
            "action": self.deed.action,
            "about": dict(self.deed.about),
            "outcome": str(self.outcome),
            "begun": self.begun,
        }


@dataclass(frozen=True)
class Verified:
    """What a log is found to be: its good entries, the hash of the last one, and what is wrong.

    `mended` are numbers of entries that tell of a line that was cut off before them; `torn` says that the last line is.
    """

    entries: int
    head: str
    mended: tuple[int, ...] = ()
    torn: bool = False
    broken: str = ""

    @property
    def anchor(self) -> str:
        """What to keep elsewhere: a log that ever had this beginning has it for good."""
        return f"{self.entries}:{self.head}"
