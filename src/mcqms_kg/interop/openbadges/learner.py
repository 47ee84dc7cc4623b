"""Who earned a badge: only a pseudonym is taken into the graph, never what tells who the person is.

A pseudonym is an identifier that is no address of a person, or a salted hash, whose salt is left behind. A hash without salt is
not one: whoever has a list of addresses finds the person in seconds.
"""

from __future__ import annotations

import re

from mcqms_kg.graph import terms
from mcqms_kg.interop.openbadges.carried import NOTATION, mc
from mcqms_kg.interop.openbadges.taking import Part, Taking, iri
from mcqms_kg.model import Term

_PSEUDONYM = re.compile(r"(did|https?|urn):.+", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"@|%40|^(mailto|tel|sms):", re.IGNORECASE)
_HASH = re.compile(r"[A-Za-z0-9]{2,12}\$[0-9a-fA-F]{32,128}")
_PERSONAL = {
    "en": "This could tell who the learner is, so it is not taken over.",
    "id": "Ini dapat mengungkap identitas peserta didik, sehingga tidak diambil alih.",
}
_UNSALTED = {
    "en": "A hash without salt is easily undone, so it is not taken over.",
    "id": "Hash tanpa salt mudah dibongkar, sehingga tidak diambil alih.",
}
_NOT_PRIVATE = frozenset(
    {"id", "type", "achievement", "result", "creditsEarned", "activityStartDate", "activityEndDate"}
)


def learner(taking: Taking, award: Term, subject: Part) -> None:
    """States to whom the award was made, by pseudonym, where the badge says so in a way that can be kept."""
    named, hashed = _by_id(taking, subject), _by_hash(taking, subject)
    taking.done(f"{subject.at}/type")
    for name in subject.value if isinstance(subject.value, dict) else ():
        for part in subject.parts(name) if name not in _NOT_PRIVATE else ():
            _lose(taking, part, hashed)
    if named is None and hashed is None:
        return
    person = taking.named(named)
    at = named.at if named else f"{hashed[0].at}/identityHash" if hashed else subject.at
    taking.state(award, mc("isAwardedTo"), person, at)
    taking.type_is(person, "Learner", subject.at)
    if hashed:
        taking.state(person, NOTATION, terms.literal(hashed[1]), f"{hashed[0].at}/identityHash")


def tells_who(text: str, root: Part) -> bool:
    """Whether a text has the name in it that the badge gives the learner, as names of badges have for people."""
    names = (subject.get("name") for subject in root.parts("credentialSubject"))
    return any(isinstance(n.value, str) and n.value.strip() and n.value in text for n in names if n)


def personal(taking: Taking, at: str) -> None:
    """This part is left behind, because it could tell who the learner is."""
    taking.lose(at, _PERSONAL)


def _by_id(taking: Taking, subject: Part) -> Part | None:
    part = subject.get("id")
    if part is None:
        return None
    if iri(part.value) and _PSEUDONYM.fullmatch(part.value) and not _ADDRESS.search(part.value):
        return part
    taking.lose(part.at, _PERSONAL)
    return None


def _by_hash(taking: Taking, subject: Part) -> tuple[Part, str] | None:
    """The first salted hash; everything else of it is left behind."""
    for part in subject.parts("identifier"):
        hashed, salt, text = (part.get(name) for name in ("hashed", "salt", "identityHash"))
        salted = salt and isinstance(salt.value, str) and salt.value
        if (
            hashed
            and hashed.value is True
            and salted
            and text
            and isinstance(text.value, str)
            and _HASH.fullmatch(text.value)
        ):
            for name in ("type", "hashed", "identityType"):
                taking.done(f"{part.at}/{name}")
            taking.lose(f"{part.at}/salt", _PERSONAL)
            return part, text.value
    return None


def _lose(taking: Taking, part: Part, hashed: tuple[Part, str] | None) -> None:
    if hashed and part.at == hashed[0].at:
        return
    unsalted = part.get("hashed")
    taking.lose(part.at, _UNSALTED if unsalted and unsalted.value is True else _PERSONAL)
