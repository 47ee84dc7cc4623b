"""Who earned a badge: only a pseudonym is taken into the graph, never what tells who the person is.

The pseudonym is made here, in the one way of all standards (`interop/pseudonyms.py`). What the badge has in its place stays behind:
identifiers may hold a name or an address, and a hash is undone by whoever has a list of addresses.
"""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges.taking import Part, Taking
from mcqms_kg.interop.pseudonyms import pseudonym
from mcqms_kg.model import Term

_PERSONAL = {
    "en": "This could tell who the learner is, so it is not taken over.",
    "id": "Ini dapat mengungkap identitas peserta didik, sehingga tidak diambil alih.",
}
_NAMED = {
    "en": "The learner is named by a pseudonym; what names them in the badge is not taken over.",
    "id": "Peserta didik disebut dengan nama samaran; pengenalnya dalam lencana tidak diambil alih.",
}
_NOT_PRIVATE = frozenset(
    {"id", "type", "achievement", "result", "creditsEarned", "activityStartDate", "activityEndDate"}
)


def learner(taking: Taking, award: Term, subject: Part) -> None:
    """States that the award was made to somebody, by pseudonym, where the badge names them in any way."""
    taking.done(f"{subject.at}/type")
    for name in subject.value if isinstance(subject.value, dict) else ():
        for part in subject.parts(name) if name not in _NOT_PRIVATE else ():
            personal(taking, part.at)
    named = subject.get("id")
    identities = [named, *(p.get("identityHash") for p in subject.parts("identifier"))]
    found = next((p for p in identities if p and isinstance(p.value, str) and p.value.strip()), None)
    if found:
        awarded(taking, award, subject, found)
    if named:
        taking.lose(named.at, _NAMED)


def awarded(taking: Taking, award: Term, subject: Part, identity: Part) -> None:
    """The award was made to whom `identity` names."""
    text = identity.value if isinstance(identity.value, str) else ""
    person = pseudonym(terms.iri_text(award), text) if terms.is_iri(award) else taking.named(None)
    taking.state(award, mc("isAwardedTo"), person, identity.at)
    taking.type_is(person, "Learner", subject.at)


def tells_who(text: str, root: Part) -> bool:
    """Whether a text has the name in it that the badge gives the learner, as names of badges have for people."""
    names = (subject.get("name") for subject in root.parts("credentialSubject"))
    return any(isinstance(n.value, str) and n.value.strip() and n.value in text for n in names if n)


def personal(taking: Taking, at: str) -> None:
    """This part is left behind, because it could tell who the learner is."""
    taking.lose(at, _PERSONAL)
