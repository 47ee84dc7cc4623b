"""Whether a credential counts under the conditions of a rule: level, age, supervision, approach, certified assessors."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.levels import concerned, reaches
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Award, Conditions
from mcqms_kg.pathway.projection.standing import add_months
from mcqms_kg.pathway.projection.values import as_date
from mcqms_kg.pathway.projection.vocabulary import COMPETENT

MENDED = ("award-too-old", "award-undated", "assessor-not-certified", "assessor-unreadable")
"""Why an award does not count where a new one of the same credential may."""


@dataclass
class Eligibility:
    """Judges credentials, each once for a rule. What is assumed because nothing is stated is kept in `assumed`.

    Whoever is `hopeful` takes what cannot be read as it helps most; nothing is promised by that.
    """

    projection: Projection
    held: Holdings
    day: dt.date
    hopeful: bool = False
    assumed: dict[tuple[str, Term, Term], None] = field(default_factory=dict)
    refused: dict[tuple[Term, Term], str] = field(default_factory=dict)
    _known: dict[tuple[Term, Term], bool] = field(default_factory=dict)

    def counts(self, credential: Term, conditions: tuple[Conditions, ...]) -> bool:
        """Whether it fulfils every condition."""
        return all(self._fulfils(credential, c) for c in conditions)

    def _fulfils(self, credential: Term, conditions: Conditions) -> bool:
        key = credential, conditions.rule
        if key not in self._known:
            why = self._why_not(credential, conditions)
            self._known[key] = why is None
            if why is not None:
                self.refused[key] = why
        return self._known[key]

    def _why_not(self, credential: Term, conditions: Conditions) -> str | None:
        facts = self.projection.credentials[credential]
        if conditions.supervision and not _all_in(facts.supervision, conditions.supervision):
            return "supervision-not-met"
        if conditions.approaches and not _all_in(facts.approaches, conditions.approaches):
            return "approach-not-met"
        if credential not in self.held.credentials:
            if conditions.certified_assessor:
                self.assumed["assessor-at-the-time", credential, conditions.rule] = None
            return self._too_low(facts.levels, conditions)
        awards = self.held.credentials[credential]
        if not awards:
            return self._claim(credential, facts.levels, conditions)
        reasons = [self._award(award, facts.levels, conditions) for award in awards]
        return None if None in reasons else next((why for why in reasons if why in MENDED), reasons[0])

    def _claim(self, credential: Term, levels: tuple[Term, ...], conditions: Conditions) -> str | None:
        """A credential that is said to be held: what only an award can show is assumed, and the answer says so."""
        if (why := self._too_low(levels, conditions)) is not None:
            return why
        if conditions.age_months is not None:
            self.assumed["age-assumed", credential, conditions.rule] = None
        if conditions.certified_assessor:
            self.assumed["assessor-assumed", credential, conditions.rule] = None
        return None

    def _award(self, award: Award, levels: tuple[Term, ...], conditions: Conditions) -> str | None:
        """The levels of an award are those that count, and those of its credential where it states none in the framework."""
        for minimum in conditions.levels:
            counting = award.levels if concerned(self.projection, award.levels, minimum) else levels
            if (why := self._below(counting, minimum)) is not None:
                return why
        months = conditions.age_months
        if months is not None and award.issued is None and not self.hopeful:
            return "award-undated"
        if months is not None and award.issued is not None and add_months(award.issued, months) < self.day:
            return "award-too-old"
        if conditions.certified_assessor and not certified(self.projection, award, self.hopeful):
            may_be = not self.hopeful and certified(self.projection, award, hopeful=True)
            return "assessor-unreadable" if may_be else "assessor-not-certified"
        return None

    def _too_low(self, levels: tuple[Term, ...], conditions: Conditions) -> str | None:
        return next((why for level in conditions.levels if (why := self._below(levels, level)) is not None), None)

    def _below(self, levels: tuple[Term, ...], minimum: Term) -> str | None:
        """Why the levels do not reach the minimum, or nothing where they do."""
        found = reaches(self.projection, levels, minimum)
        if found is None:
            return None if self.hopeful else "level-unknown"
        if found:
            return None
        return "level-not-met" if concerned(self.projection, levels, minimum) else "level-not-stated"


def _all_in(stated: tuple[Term, ...], asked: tuple[Term, ...]) -> bool:
    """Something is stated, and all of it is among what is asked for: one unsupervised scheme spoils the others."""
    return bool(stated) and set(stated) <= set(asked)


def certified(projection: Projection, award: Award, hopeful: bool = False) -> bool:
    """Whether assessors certified for each unit at that time assessed what the award rests on, with the result competent.

    Whoever is `hopeful` takes dates that cannot be read as harmless.
    """
    facts = projection.facts
    assessments = facts.objects(award.term, mc("restsOn"))
    return bool(assessments) and all(_certified(projection, assessment, hopeful) for assessment in assessments)


def _certified(projection: Projection, assessment: Term, hopeful: bool) -> bool:
    """Of two days of assessment the certificates must have been in force on both."""
    facts = projection.facts
    days = {as_date(o) for o in facts.objects(assessment, mc("eventDate"))}
    units, assessors = (set(facts.objects(assessment, mc(n))) for n in ("assessesUnit", "isAssessedBy"))
    if not days or not units or not assessors or facts.objects(assessment, mc("hasResult")) != (COMPETENT,):
        return False
    covered = {
        unit
        for assessor in assessors
        for certificate in facts.objects(assessor, mc("holdsCertificate"))
        if all(_in_force(projection, certificate, day, hopeful) for day in days)
        for unit in facts.objects(certificate, mc("certifiesUnit"))
    }
    return units <= covered


def _in_force(projection: Projection, certificate: Term, day: dt.date | None, hopeful: bool) -> bool:
    """An effective date must be stated and reached, an expiry date not passed, and what is stated must be readable."""
    begins, ends = (projection.facts.objects(certificate, mc(n)) for n in ("effectiveDate", "expiryDate"))
    first, last = [as_date(o) for o in begins], [as_date(o) for o in ends]
    if not first or (not hopeful and None in (day, *first, *last)):
        return False
    return day is None or (all(f <= day for f in first if f) and all(day <= e for e in last if e))
