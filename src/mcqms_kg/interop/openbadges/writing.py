"""The files of Open Badges 3.0: one for each achievement, and one for each award."""

from __future__ import annotations

import json
import re

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges.achievement import Object, achievement
from mcqms_kg.interop.openbadges.award import CONTEXTS, award_credential
from mcqms_kg.interop.openbadges.badge_source import BadgeSource
from mcqms_kg.model import Loss, Term, Wanted, Written

_UNNAMED = {
    "en": "It has no name (IRI), and what is in a badge must have one.",
    "id": "Ia tidak memiliki nama (IRI), padahal isi lencana harus memilikinya.",
}
_OTHER = {
    "en": "This is neither a credential nor an award, so it makes no badge.",
    "id": "Ini bukan kredensial dan bukan kredensial terbit, sehingga tidak menjadi lencana.",
}
_LONGEST = 80
_MARKS = ("isOfferedBy", "awardsCredential")


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """An achievement of every micro-credential and a badge, without proof, of every award, or of what is named."""
    carried = BadgeSource(graph, wanted.language)
    files: dict[str, bytes] = {}
    losses: list[Loss] = []
    for thing in wanted.about or _all(graph, wanted):
        if not terms.is_iri(thing):
            losses.append(Loss(thing, _UNNAMED))
        elif _is_award(graph, thing):
            files[_name("award", thing, files)] = _bytes(award_credential(carried, thing))
        elif graph.objects(thing, mc("isOfferedBy")) or mc("MicroCredential") in graph.types(thing):
            whole = {"@context": list(CONTEXTS[:2]), **achievement(carried, thing)}
            files[_name("achievement", thing, files)] = _bytes(whole)
        else:
            losses.append(Loss(thing, _OTHER))
    return Written(files, (*losses, *carried.losses()))


def _is_award(graph: GraphIndex, thing: Term) -> bool:
    return mc("Award") in graph.types(thing) or bool(graph.objects(thing, mc("awardsCredential")))


def _all(graph: GraphIndex, wanted: Wanted) -> tuple[Term, ...]:
    """Also those that do not say of which class they are."""
    found = dict.fromkeys((*graph.instances(mc("MicroCredential")), *graph.instances(mc("Award"))))
    marked = (t for t in sorted(wanted.given) if any(graph.objects(t, mc(name)) for name in _MARKS))
    return tuple(thing for thing in dict.fromkeys((*found, *marked)) if thing in wanted.given)


def _name(kind: str, thing: Term, taken: dict[str, bytes]) -> str:
    """A file name that says what is in it, and that no other file has."""
    slug = re.sub(r"[^A-Za-z0-9]+", "-", terms.local_name(thing)).strip("-")[:_LONGEST] or "badge"
    name, number = f"{kind}-{slug}.json", 2
    while name.casefold() in map(str.casefold, taken):
        name, number = f"{kind}-{slug}-{number}.json", number + 1
    return name


def _bytes(found: Object) -> bytes:
    return json.dumps(found, ensure_ascii=False, indent=2).encode() + b"\n"
