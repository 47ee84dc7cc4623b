"""From a graph to frozen values: credentials with their requirement trees, awards, job titles, levels, and what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.alignments import aligned_with_asked
from mcqms_kg.pathway.projection.circles import circles
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import credentials as credentials_of
from mcqms_kg.pathway.projection.marks import is_job, kind_of, kinds
from mcqms_kg.pathway.projection.problems import Problem, Problems
from mcqms_kg.pathway.projection.stacking import Award, Credential, Job, Leaf, Level, Rule
from mcqms_kg.pathway.projection.trees import Trees
from mcqms_kg.pathway.projection.values import Reader, as_date, as_number, as_whole
from mcqms_kg.pathway.projection.vocabulary import AWARD, JOB, SKILL_SET, TYPE


@dataclass(frozen=True)
class Projection:
    """A graph as pathways see it."""

    facts: Facts
    credentials: Mapping[Term, Credential]
    jobs: Mapping[Term, Job]
    awards: Mapping[Term, Award]
    levels: Mapping[Term, Level]
    skill_sets: Mapping[Term, frozenset[Term]]
    counted: Mapping[tuple[Term, Term], Decimal]
    """What a credential counts for towards another, as its progressions state."""
    uncounted: frozenset[tuple[Term, Term]]
    """The same where what is stated cannot be read."""
    leads: Mapping[Term, tuple[Term, ...]]
    """Where the progressions of a credential lead."""
    covering: Mapping[Term, tuple[Term, ...]]
    """The credentials that cover a unit."""
    aligned: Mapping[Term, tuple[Term, ...]]
    """The units and skills that are asked for, and the units that stand for them by an exact or close alignment."""
    substitutes: Mapping[Term, tuple[Term, ...]]
    """What may be used in the place of a credential."""
    opens: Mapping[Term, tuple[Term, ...]]
    """A credential, unit, skill set or level, and the credentials for which it may be stacked or must be held first."""
    problems: tuple[Problem, ...]


def project(triples: Iterable[Triple]) -> Projection:
    """The projection of a graph; whatever the graph holds, there is one, and what is broken in it stands in its problems."""
    return project_facts(Facts(triples))


def project_facts(facts: Facts) -> Projection:
    """The same from statements that are indexed already."""
    with garbage_collection_paused():
        return _projected(facts)


def _projected(facts: Facts) -> Projection:
    problems = Problems()
    known = credentials_of(facts)
    trees, read = Trees(facts, problems, known), Reader(facts, problems)
    counted, uncounted, feeding = _progressions(facts, read)
    classes = kinds(facts)
    credentials = {
        term: _credential(term, kind_of(facts.objects(term, TYPE), classes), facts, read, trees, feeding.get(term, {}))
        for term in sorted(known)
    }
    circles(facts, problems)
    return Projection(
        facts,
        credentials,
        {term: _job(term, facts) for term in _jobs(facts)},
        {
            term: _award(term, facts, read)
            for term in sorted({*facts.instances(AWARD), *facts.of(mc("awardsCredential"))})
        },
        _levels(facts, read),
        {
            term: frozenset(facts.objects(term, mc("hasUnit")))
            for term in {*facts.instances(SKILL_SET), *facts.of(mc("hasUnit"))}
        },
        counted,
        uncounted,
        _leads(feeding),
        _covering(credentials),
        aligned_with_asked(facts),
        _substitutes(facts),
        _opens(credentials),
        tuple(problems),
    )


def _credential(
    term: Term, kind: str, facts: Facts, read: Reader, trees: Trees, feeding: Mapping[Term, Decimal]
) -> Credential:
    def objects(name: str) -> tuple[Term, ...]:
        return facts.objects(term, mc(name))

    if trees.is_rule(term):
        read.problems.add("credential-and-rule", term, *((term, mc("hasOption"), o) for o in objects("hasOption")))
    ways = tuple(trees.rule(rule) for rule in objects("isStackedBy"))
    credits = read.number(term, mc("credits"))
    schemes = objects("hasAssessmentScheme")
    levels = objects("hasLevel")
    if _compete(facts, levels):
        read.problems.add("two-values", term, *((term, mc("hasLevel"), o) for o in levels))
    alone = kind == "micro-credential"
    if not ways and not alone and feeding and credits:
        leaves = tuple(Leaf(source, "credential") for source in sorted(feeding))
        ways = (Rule(term, leaves, minimum_credit=read.number(term, mc("credits"), max), implied=True),)
    return Credential(
        term,
        kind,
        levels,
        credits,
        read.number(term, mc("workloadHours"), max),
        read.number(term, mc("workloadHours"), min),
        alone or (bool(objects("isOfferedBy")) and not ways),
        read.date(term, mc("firstOfferDate"), max),
        read.date(term, mc("withdrawalDate"), min),
        read.whole(term, mc("validityMonths"), min),
        objects("requires"),
        tuple(trees.rule(rule) for rule in objects("requiresRule")),
        ways,
        covered_units(term, facts),
        objects("hasOffRamp"),
        tuple(o for s in schemes for o in facts.objects(s, mc("hasSupervision"))),
        tuple(o for s in schemes for o in facts.objects(s, mc("hasAssessmentApproach"))),
        _unread(term, read),
    )


_READ: tuple[tuple[str, Callable[[Term], object]], ...] = (
    ("credits", as_number),
    ("workloadHours", as_number),
    ("firstOfferDate", as_date),
    ("withdrawalDate", as_date),
    ("validityMonths", as_whole),
)


def _unread(term: Term, read: Reader) -> frozenset[str]:
    return frozenset(name for name, how in _READ if read.is_broken(term, how, mc(name)))


def _compete(facts: Facts, levels: tuple[Term, ...]) -> bool:
    """Whether two of the levels are of one framework."""
    frameworks = [framework for level in levels for framework in facts.objects(level, mc("isLevelOf"))]
    return len(frameworks) > len(set(frameworks))


def covered_units(term: Term, facts: Facts) -> frozenset[Term]:
    """The units that a credential covers, stated or by its outcomes, as `queries/derive/covers_unit.rq` and the ontology have it."""
    outcomes = facts.objects(term, mc("hasOutcome"))
    tied = (unit for outcome in outcomes for unit in facts.objects(outcome, mc("isTiedTo")))
    return frozenset((*facts.objects(term, mc("coversUnit")), *tied))


def _progressions(
    facts: Facts, read: Reader
) -> tuple[dict[tuple[Term, Term], Decimal], frozenset[tuple[Term, Term]], dict[Term, dict[Term, Decimal]]]:
    """What a credential counts for towards another, and where that cannot be read; of several values the lowest holds."""
    counted: dict[tuple[Term, Term], Decimal] = {}
    uncounted: set[tuple[Term, Term]] = set()
    feeding: dict[Term, dict[Term, Decimal]] = {}
    for source, progressions in facts.of(mc("hasProgression")).items():
        for progression in sorted(progressions):
            targets = facts.objects(progression, mc("leadsTo"))
            if not targets:
                read.problems.add("progression-to-nowhere", progression, (source, mc("hasProgression"), progression))
            value = read.number(progression, mc("creditValue"))
            broken = read.is_broken(progression, as_number, mc("creditValue"))
            for target in targets:
                uncounted.update([(source, target)] if broken else [])
                feeding.setdefault(target, {})[source] = value or Decimal(0)
                if value is None:
                    continue
                before = counted.get((source, target), value)
                if before != value:
                    stated = (
                        (p, mc("creditValue"), o) for p in progressions for o in facts.objects(p, mc("creditValue"))
                    )
                    read.problems.add("two-values", source, *stated)
                counted[source, target] = min(before, value)
    return counted, frozenset(uncounted), feeding


def _award(term: Term, facts: Facts, read: Reader) -> Award:
    credentials = facts.objects(term, mc("awardsCredential"))
    learners, levels = facts.objects(term, mc("isAwardedTo")), facts.objects(term, mc("hasLevel"))
    issued = read.date(term, mc("issueDate"), min)
    expiry = read.date(term, mc("expiryDate"), min)
    stated = tuple((term, p, o) for p in (mc("issueDate"), mc("expiryDate")) for o in facts.objects(term, p))
    unread = read.is_broken(term, as_date, mc("issueDate"), mc("expiryDate"))
    if issued and expiry and expiry < issued:
        read.problems.add("dates-out-of-order", term, *stated)
    if len(learners) > 1:
        read.problems.add("award-of-several-learners", term, *((term, mc("isAwardedTo"), o) for o in learners))
    if len(credentials) != 1:
        read.problems.add("award-of-no-one-credential", term, *((term, mc("awardsCredential"), o) for o in credentials))
    return Award(
        term,
        credentials[0] if len(credentials) == 1 else term,
        learners[0] if len(learners) == 1 else None,
        issued,
        read.date(term, mc("issueDate"), max),
        expiry,
        levels,
        broken=unread or len(credentials) != 1 or len(learners) > 1,
    )


def _jobs(facts: Facts) -> list[Term]:
    asking = (term for term in facts.of(mc("requiresSkill")) if is_job(facts, term))
    return sorted({*facts.instances(JOB), *facts.of(mc("requiresUnit")), *asking})


def _job(term: Term, facts: Facts) -> Job:
    levels = facts.objects(term, mc("hasLevel"))
    units, skills = (facts.objects(term, mc(name)) for name in ("requiresUnit", "requiresSkill"))
    return Job(term, units, levels[0] if levels else None, skills)


def _levels(facts: Facts, read: Reader) -> dict[Term, Level]:
    found: dict[Term, Level] = {}
    stated = {o for name in ("hasLevel", "hasMinimumLevel") for os in facts.of(mc(name)).values() for o in os}
    for term in sorted({*facts.of(mc("isLevelOf")), *facts.of(mc("levelNumber")), *stated}):
        frameworks, number = facts.objects(term, mc("isLevelOf")), read.whole(term, mc("levelNumber"))
        if len(frameworks) == 1 and number is not None:
            found[term] = Level(term, frameworks[0], number)
        else:
            read.problems.add("level-without-number", term, *facts.about(term))
    return found


def _covering(credentials: Mapping[Term, Credential]) -> dict[Term, tuple[Term, ...]]:
    found: dict[Term, list[Term]] = {}
    for credential in credentials.values():
        for unit in credential.units:
            found.setdefault(unit, []).append(credential.term)
    return {unit: tuple(by) for unit, by in found.items()}


def _substitutes(facts: Facts) -> dict[Term, tuple[Term, ...]]:
    found: dict[Term, list[Term]] = {}
    for stands_in, replaced in sorted(facts.of(mc("substitutes")).items()):
        for credential in replaced:
            if credential != stands_in:
                found.setdefault(credential, []).append(stands_in)
    return {credential: tuple(by) for credential, by in found.items()}


def _opens(credentials: Mapping[Term, Credential]) -> dict[Term, tuple[Term, ...]]:
    found: dict[Term, dict[Term, None]] = {}
    for credential in credentials.values():
        inside = (
            n.term
            for rule in (*credential.ways, *credential.requires_rules)
            for n in rule.nodes()
            if isinstance(n, Leaf)
        )
        for term in (*credential.requires, *inside):
            found.setdefault(term, {})[credential.term] = None
    return {term: tuple(by) for term, by in found.items()}


def _leads(feeding: Mapping[Term, Mapping[Term, Decimal]]) -> dict[Term, tuple[Term, ...]]:
    found: dict[Term, list[Term]] = {}
    for target in sorted(feeding):
        for source in feeding[target]:
            found.setdefault(source, []).append(target)
    return {source: tuple(targets) for source, targets in found.items()}
