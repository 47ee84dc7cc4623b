"""Whether an agreement covers a credential, and whether the credential has what the agreement asks for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.model import Fault

_ASSESSED = {
    "asksForSupervision": ("hasAssessmentScheme", "hasSupervision"),
    "asksForApproach": ("hasAssessmentScheme", "hasAssessmentApproach"),
}
"""What an agreement may ask for of assessment, and where a credential says it."""


def faults(known: Known, agreement: Term) -> tuple[Fault, ...]:
    """What stands between the credential and the agreement, whatever the day and the parties."""
    return (*_scope(known, agreement), *_conditions(known, agreement))


def _scope(known: Known, agreement: Term) -> Iterator[Fault]:
    """Each kind of scope that is stated must be met, by one of its values."""
    credentials = known.all(agreement, "coversCredential")
    if credentials and known.credential not in credentials:
        yield Fault("out-of-scope", (known.credential,))
    levels, fields = known.all(agreement, "coversLevel"), known.all(agreement, "coversField")
    has = known.all(known.credential, "hasLevel")
    torn = [level for level in has if level not in levels and _of_one_framework(known, level, {*has} & {*levels})]
    yield from _one_of("out-of-scope", levels, has, mc("hasLevel"))
    if torn:
        yield Fault("contradictory", has, decided=False)
    yield from _one_of("out-of-scope", fields, tuple(sorted(known.fields)), mc("hasField"))


def _conditions(known: Known, agreement: Term) -> Iterator[Fault]:
    qualities = known.all(known.credential, "hasQualityAssurance")
    yield from _one_of(
        "condition", known.all(agreement, "asksForQualityAssurance"), qualities, mc("hasQualityAssurance")
    )
    for name, path in _ASSESSED.items():
        wanted, has = known.all(agreement, name), known.all(known.credential, *path)
        spoilt = tuple(value for value in has if value not in wanted)
        yield from _one_of("condition", wanted, spoilt if spoilt else has, mc(path[-1]))
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
    """Levels compare within their framework only; where some of several are high enough and some not, nobody can say."""
    for lowest in known.all(agreement, "hasMinimumLevel"):
        wanted = known.number(lowest, "levelNumber")
        has = tuple(n for n in known.all(known.credential, "hasLevel") if _of_one_framework(known, n, {lowest}))
        met = [_reaches(known, level, lowest, wanted) for level in has]
        if not has or None in met:
            yield Fault("not-said", (mc("hasLevel"),), decided=False)
        elif not any(met):
            yield Fault("condition", has)
        elif not all(met):
            yield Fault("contradictory", has, decided=False)


def _reaches(known: Known, level: Term, lowest: Term, wanted: Decimal | None) -> bool | None:
    number = known.number(level, "levelNumber")
    if level == lowest:
        return True
    return None if number is None or wanted is None else number >= wanted


def _of_one_framework(known: Known, level: Term, others: set[Term]) -> bool:
    """Whether the level is one of the others, or of the framework of one."""
    mine = set(known.all(level, "isLevelOf"))
    return level in others or any(mine & set(known.all(other, "isLevelOf")) for other in others)
