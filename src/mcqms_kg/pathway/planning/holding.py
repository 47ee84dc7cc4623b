"""What somebody holds on a day: credentials, awards, all awards of a learner, or units; what does not count, and why."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.marks import is_unit
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Award
from mcqms_kg.pathway.projection.standing import NAMES, add_months, standing
from mcqms_kg.pathway.projection.vocabulary import LEARNER, TYPE

DOUBTFUL = ("award-unreadable", "award-without-date")
"""Why an award does not count although it may be in force."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """An award that does not count on the day, and why."""

    award: Term
    credential: Term
    why: str
    triples: tuple[Triple, ...]


@dataclass(frozen=True)
class Holdings:
    """Credentials with the awards that show them; a credential that is only claimed has no award behind it.

    What is `doubtful` may be held: of its awards something cannot be read, or is not stated.
    """

    credentials: Mapping[Term, tuple[Award, ...]]
    units: frozenset[Term] = frozenset()
    set_aside: tuple[SetAside, ...] = ()

    @property
    def doubtful(self) -> tuple[Term, ...]:
        maybe = dict.fromkeys(aside.credential for aside in self.set_aside if aside.why in DOUBTFUL)
        return tuple(term for term in maybe if term not in self.credentials)

    def hopeful(self) -> Holdings:
        """The same with what is doubtful."""
        return Holdings({**self.credentials, **dict.fromkeys(self.doubtful, ())}, self.units, self.set_aside)


def holdings(projection: Projection, given: Iterable[Term], day: dt.date) -> Holdings:
    """What the given IRIs stand for on the day; raises `UnknownName` with what is close for one that stands for nothing."""
    found: dict[Term, list[Award]] = {}
    units: set[Term] = set()
    aside: list[SetAside] = []
    for term in dict.fromkeys(given):
        if term in projection.credentials:
            found.setdefault(term, [])
        elif is_unit(projection.facts, term):
            units.add(term)
        else:
            for award in _awards(projection, term):
                why = _why_not(projection, award, day)
                if why is None:
                    found.setdefault(award.credential, []).append(award)
                else:
                    named = projection.facts.objects(award.term, mc("awardsCredential"))
                    of = [c for c in named if c in projection.credentials] or [award.credential]
                    aside += [SetAside(award.term, c, why, _dates(projection, award)) for c in of]
    return Holdings({c: tuple(a) for c, a in sorted(found.items())}, frozenset(units), tuple(aside))


def _awards(projection: Projection, term: Term) -> list[Award]:
    """The award itself, or the awards of a learner."""
    if term in projection.awards:
        return [projection.awards[term]]
    found = projection.facts.subjects(mc("isAwardedTo"), term)
    if not found and LEARNER not in projection.facts.objects(term, TYPE):
        raise unknown(projection, term, "is no credential, award, learner or competency unit")
    return [projection.awards[a] for a in found if a in projection.awards]


def unknown(projection: Projection, term: Term, what: str) -> UnknownName:
    """The refusal of a name, with the classes that the data gives it, or the names that are close."""
    learners = {o for os in projection.facts.of(mc("isAwardedTo")).values() for o in os}
    names = {*projection.credentials, *projection.awards, *projection.jobs, *learners}
    close = _close(terms.iri_text(term), names)
    remedy = f"Close are: {', '.join(close)}." if close else "Check the IRI, and that its file is given."
    if kinds := ", ".join(map(terms.short, projection.facts.objects(term, TYPE))):
        remedy = f"The data says that it is {kinds}; name another thing, or say what it is in a class of ours."
    return UnknownName(f"{terms.short(term)} {what}", remedy=remedy)


def _close(text: str, names: Iterable[Term]) -> list[str]:
    """Names with a local part alike; compared by the end of the IRI, and the whole set only while it is small."""
    tail = text.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
    by_tail: dict[str, str] = {}
    for name in sorted(names):
        if terms.is_iri(name):
            by_tail.setdefault(terms.local_name(name), terms.iri_text(name))
    near = difflib.get_close_matches(tail, list(by_tail)[:20_000], n=3, cutoff=0.6)
    return [by_tail[n] for n in near]


def ends(projection: Projection, award: Award) -> dt.date | None:
    """The last day of an award: as it states, and by the validity of its credential."""
    credential = projection.credentials.get(award.credential)
    months = credential.validity_months if credential else None
    by_validity = add_months(award.issued, months) if award.issued and months is not None else None
    stated = [day for day in (award.expiry, by_validity) if day]
    return min(stated) if stated else None


def _why_not(projection: Projection, award: Award, day: dt.date) -> str | None:
    """Why an award does not count on the day, or nothing."""
    if award.broken or award.credential not in projection.credentials:
        return "award-unreadable"
    if award.counts_from and award.counts_from > day:
        return "award-not-yet-issued"
    fallen = standing(projection.facts, award.term, day)
    if fallen is not None:
        return f"award-{fallen[0]}"
    last = ends(projection, award)
    if last is not None and last < day:
        return "award-expired"
    credential = projection.credentials[award.credential]
    if "validityMonths" in credential.unread:
        return "award-unreadable"
    return "award-without-date" if credential.validity_months is not None and not award.issued else None


def _dates(projection: Projection, award: Award) -> tuple[Triple, ...]:
    """The statements by which an award is set aside."""
    stated = [(award.term, p) for p in map(mc, ("awardsCredential", "issueDate", "expiryDate", *NAMES))]
    stated.append((award.credential, mc("validityMonths")))
    return tuple((s, p, o) for s, p in stated for o in projection.facts.objects(s, p))
