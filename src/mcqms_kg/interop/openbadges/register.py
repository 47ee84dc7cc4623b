"""Which place in the status lists each award has: a file that the issuer keeps beside the lists.

A place is drawn by chance among those that are free, so that it says nothing of when or to whom the award was made, and is never given
to another award.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcqms_kg.errors import BadValue, Place
from mcqms_kg.interop.json_read import Json, read_json
from mcqms_kg.interop.signing.status_list import PURPOSES, SHORTEST
from mcqms_kg.settings import Settings

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")
_FULLEST = SHORTEST // 2


@dataclass(frozen=True)
class Register:
    """The web address under which the lists stand, the place of each award by its IRI, and what lists there are.

    The schema of Open Badges 3.0 allows a badge one list; that of suspensions beside that of revocations is for those who need it.
    """

    base: str
    places: Mapping[str, int] = field(default_factory=dict)
    purposes: tuple[str, ...] = PURPOSES[:1]

    def with_award(self, iri: str) -> Register:
        """The register with a place for the award; raises `BadValue` where the lists are half full."""
        if iri in self.places:
            return self
        if len(self.places) >= _FULLEST:
            raise BadValue("The status lists are half full", remedy="Begin a new register with another base.")
        used = set(self.places.values())
        place = secrets.randbelow(SHORTEST)
        while place in used:
            place = secrets.randbelow(SHORTEST)
        return replace(self, places={**self.places, iri: place})

    def entries(self, iri: str) -> list[dict[str, Json]]:
        """The status of the award as its badge says it: one entry for each list."""
        return [
            {
                "id": f"{self.address(purpose)}#{self.places[iri]}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": purpose,
                "statusListIndex": str(self.places[iri]),
                "statusListCredential": self.address(purpose),
            }
            for purpose in self.purposes
        ]

    def address(self, purpose: str) -> str:
        """Where the list of a purpose stands."""
        return f"{self.base}{purpose}"

    def text(self) -> str:
        """The register as a file."""
        found = {"base": self.base, "purposes": list(self.purposes), "places": dict(sorted(self.places.items()))}
        return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def new_register(base: str, suspension: bool = False) -> Register:
    """An empty register; raises `BadValue` for a base that is no web address with a slash at its end."""
    if not _BASE.fullmatch(base):
        raise BadValue(f"{base!r} is no base", remedy="Give a web address that ends with a slash.")
    return Register(base, purposes=PURPOSES if suspension else PURPOSES[:1])


def read_register(path: Path, settings: Settings) -> Register:
    """The register in a file; raises `UnreadableInput` or `BadValue`."""
    found = read_json(path, str(path), settings)
    base, places, purposes = (
        found.get(key) if isinstance(found, dict) else None for key in ("base", "places", "purposes")
    )
    lists = purposes in (list(PURPOSES[:1]), list(PURPOSES))
    if isinstance(base, str) and isinstance(places, dict) and lists and _are_places(tuple(places.values())):
        return replace(new_register(base, len(purposes or []) > 1), places=places)
    raise BadValue(
        "This is no register of status lists", place=Place(str(path)), remedy="Give the file as it was written."
    )


def _are_places(values: tuple[Json, ...]) -> bool:
    numbers = [
        value for value in values if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < SHORTEST
    ]
    return len(set(numbers)) == len(values)
