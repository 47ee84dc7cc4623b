"""Whether an agreement covers a credential, and whether the credential has what the agreement asks for."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.vocabulary import mc
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.model import Fault

_ASKED = {
    "asksForQualityAssurance": ("hasQualityAssurance",),
    "asksForSupervision": ("hasAssessmentScheme", "hasSupervision"),
    "asksForApproach": ("hasAssessmentScheme", "hasAssessmentApproach"),
}
"""What an agreement may ask for, and where a credential says it."""


def faults(known: Known, agreement: Term) -> tuple[Fault, ...]:
    """What stands between the credential and the agreement, whatever the day and the parties."""
    return (*_scope(known, agreement), *_conditions(known, agreement))


def _scope(known: Known, agreement: Term) -> Iterator[Fault]:
    """Each kind of scope that is stated must be met, by one of its values."""
    credentials = known.all(agreement, "coversCredential")
    if credentials and known.credential not in credentials:
        yield Fault("out-of-scope", (known.credential,))
    levels, fields = known.all(agreement, "coversLevel"), known.all(agreement, "coversField")
    yield from _one_of("out-of-scope", levels, known.all(known.credential, "hasLevel"), mc("hasLevel"))
    yield from _one_of("out-of-scope", fields, tuple(sorted(known.fields)), mc("hasField"))


def _conditions(known: Known, agreement: Term) -> Iterator[Fault]:
    for name, path in _ASKED.items():
        yield from _one_of("condition", known.all(agreement, name), known.all(known.credential, *path), mc(path[-1]))
    yield from _enough_workload(known, agreement)
    yield from _high_enough(known, agreement)
    words = known.all(agreement, "conditionText")
    if words:
        yield Fault("in-words", words, decided=False)


def _one_of(kind: str, wanted: tuple[Term, ...], has: tuple[Term, ...], told_by: Term) -> Iterator[Fault]:
    """Nothing where nothing is wanted or one is there; what the credential does not say cannot be decided."""
    if not wanted or set(wanted) & set(has):
        return
    yield Fault(kind, has) if has else Fault("not-said", (told_by,), decided=False)


def _enough_workload(known: Known, agreement: Term) -> Iterator[Fault]:
    if not known.all(agreement, "minimumWorkload"):
        return
    wanted, has = known.number(agreement, "minimumWorkload"), known.number(known.credential, "workloadHours")
    if wanted is None or has is None:
        yield Fault("not-said", (mc("minimumWorkload") if wanted is None else mc("workloadHours"),), decided=False)
    elif has < wanted:
        yield Fault("condition", known.all(known.credential, "workloadHours"))


def _high_enough(known: Known, agreement: Term) -> Iterator[Fault]:
    """Levels compare within their framework only."""
    for lowest in known.all(agreement, "hasMinimumLevel"):
        frameworks, wanted = known.all(lowest, "isLevelOf"), known.number(lowest, "levelNumber")
        has = [n for n in known.all(known.credential, "hasLevel") if set(known.all(n, "isLevelOf")) & set(frameworks)]
        numbers = [number for level in has if (number := known.number(level, "levelNumber")) is not None]
        if wanted is None or not numbers:
            yield Fault("not-said", (mc("hasLevel"),), decided=False)
        elif max(numbers) < wanted:
            yield Fault("condition", tuple(has))
