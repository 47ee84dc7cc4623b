"""Names for people who must not be named: what stands in the graph in the place of a learner's name, address or number."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from pathlib import Path

from mcqms_kg.errors import BadValue, Place
from mcqms_kg.graph import terms
from mcqms_kg.model import Term

LEARNER = "urn:mcqms:learner:"
KEY_FILE = "MCQMS_PSEUDONYM_KEY_FILE"
_SHORTEST = 16
_OURS = re.compile(re.escape(LEARNER) + "[0-9a-f]{64}")


def pseudonym(award: str, identity: str = "") -> Term:
    """The learner of an award.

    Without a key the name rests on the IRI of the award alone, so that nothing of the person can be guessed from it, and the same
    person has another name in every award. With a key (a file that `MCQMS_PSEUDONYM_KEY_FILE` names) the name is a keyed hash of what
    identifies the person, and ties the awards of one person together; whoever lacks the key cannot test a guess. What is such a name
    already stays as it is.
    """
    if _OURS.fullmatch(identity):
        return terms.iri(identity)
    key = _key()
    if key is None or not identity:
        return terms.iri(f"{award}{'-' if '#' in award else '#'}learner")
    digest = hmac.new(key, identity.strip().casefold().encode(), hashlib.sha256).hexdigest()
    return terms.iri(f"{LEARNER}{digest}")


def _key() -> bytes | None:
    """The key, or nothing where none is named; raises `BadValue` for one that cannot be read or is too short."""
    name = os.environ.get(KEY_FILE)
    if not name:
        return None
    try:
        key = Path(name).read_bytes().strip()
    except OSError as problem:
        raise BadValue(
            f"The key for pseudonyms cannot be read: {problem.strerror}", place=Place(name), remedy=f"Mend {KEY_FILE}."
        ) from problem
    if len(key) < _SHORTEST:
        raise BadValue(
            "The key for pseudonyms is too short",
            place=Place(name),
            remedy=f"Use {_SHORTEST} bytes or more, at random.",
        )
    return key
