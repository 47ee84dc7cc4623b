"""The catalogue: a framework, a profile and a date make a rulebook that is ready to run."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.blank_names import stable_names
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Clause, Framework, Grade, Requirement, Term, Texts, Triple
from mcqms_kg.rules import vocabulary
from mcqms_kg.rules.framework import read_framework
from mcqms_kg.rules.parameters import Periods, bind, bound_values, periods
from mcqms_kg.rules.profiles import Profile, profile_names, read_profile
from mcqms_kg.rules.vocabulary import sh

TARGETS = tuple(sh(name) for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode"))


@dataclass(frozen=True)
class ReportingShape:
    """A shape that reports findings: which requirement it enforces, what it says, and under which targets it runs.

    `targets` are the target shapes that lead to it by `sh:property`, itself included where it has targets of its own.
    """

    iri: Term
    requirement: Term
    grade: Grade
    messages: Texts
    targets: tuple[Term, ...]


@dataclass(frozen=True)
class Rulebook:
    """What a check runs: the register, the profile, the shapes with parameters bound, and who enforces what.

    `missing` names, by requirement, the shapes the register counts on that are not there or have no target.
    `cutoffs` and `within` are the times behind the days in the shapes, by shape.
    """

    framework: Framework
    profile: Profile
    as_of: dt.date
    shapes: tuple[Triple, ...]
    reporting: Mapping[Term, ReportingShape]
    missing: Mapping[Term, tuple[Term, ...]]
    cutoffs: Periods = field(default_factory=dict)
    within: Periods = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A SHA-256 of the shapes as run: the same rulebook, profile and date give the same one."""
        names = stable_names(self.shapes)
        lines = sorted(" ".join(names.get(term, term) for term in triple) for triple in self.shapes)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def requirement(self, iri: Term) -> Requirement:
        return next(r for r in self.framework.requirements if r.iri == iri)

    def clause(self, iri: Term) -> Clause:
        return next(c for c in self.framework.clauses if c.iri == iri)

    def enforcing(self, requirement: Term) -> tuple[ReportingShape, ...]:
        """The reporting shapes of a requirement."""
        return tuple(s for s in self.reporting.values() if s.requirement == requirement)

    def is_excluded(self, requirement: Term) -> bool:
        """Whether the profile says that the requirement does not apply."""
        return requirement in self.profile.excluded


def profiles() -> tuple[Profile, ...]:
    """The shipped profiles, by name."""
    graph = _register(resources.profile_files())
    return tuple(read_profile(graph, name) for name in profile_names(graph))


@lru_cache(maxsize=32)
def load(profile: str, as_of: dt.date) -> Rulebook:
    """The rulebook of a shipped profile on a date; raises `UnknownName` or `RulebookError`."""
    found = read_profile(_register(resources.profile_files()), profile)
    name = terms.local_name(found.framework)
    return assemble(found, as_of, register_files(name), read_triples(resources.shape_files(name)))


def register_files(framework: str) -> tuple[Path, ...]:
    """The files that describe a framework rather than enforce it (clauses, crosswalk, enforcement), and the parameters."""
    described = set(resources.shape_folder(framework).glob("*.ttl")) - set(resources.shape_files(framework))
    return (*sorted(described), *resources.profile_files())


def assemble(profile: Profile, as_of: dt.date, register: Iterable[Path], shapes: Iterable[Triple]) -> Rulebook:
    """The rulebook of a profile over given shapes: excluded ones left out, grades overridden, parameters bound."""
    graph = _register(tuple(dict.fromkeys(register)))
    written = tuple(shapes)
    bound = bind(written, bound_values(graph, profile.values, as_of))
    index = GraphIndex(bound)
    framework = read_framework(graph, profile.framework)
    cutoffs, within = periods(written, graph, profile.values)
    reporting = {s.iri: s for s in _reporting(index, framework, profile)}
    return Rulebook(
        framework=framework,
        profile=profile,
        as_of=as_of,
        shapes=_prepared(bound, index, reporting),
        reporting=reporting,
        missing=_missing(graph, framework, reporting, profile),
        cutoffs=cutoffs,
        within=within,
    )


@lru_cache(maxsize=16)
def _register(files: tuple[Path, ...]) -> GraphIndex:
    return GraphIndex(read_triples(files))


def _reporting(index: GraphIndex, framework: Framework, profile: Profile) -> list[ReportingShape]:
    grades = {r.iri: r.grade for r in framework.requirements}
    found = []
    for shape in sorted({s for s in index.all_subjects() if index.objects(s, mc("enforces"))}):
        requirement = index.objects(shape, mc("enforces"))[0]
        if shape in profile.excluded or requirement in profile.excluded or requirement not in grades:
            continue
        own = vocabulary.GRADE_OF_SEVERITY_TERM.get(index.value(shape, sh("severity")) or Term(""), grades[requirement])
        grade = profile.regraded.get(shape, profile.regraded.get(requirement, own))
        messages = index.texts(shape, sh("message"))
        found.append(ReportingShape(shape, requirement, grade, messages, target_shapes(index, shape)))
    return found


def target_shapes(index: GraphIndex, shape: Term) -> tuple[Term, ...]:
    """The shapes with targets from which `sh:property` leads to this one, itself included."""
    seen: set[Term] = set()
    waiting = [shape]
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += index.subjects(sh("property"), now)
    return tuple(sorted(s for s in seen if any(index.objects(s, t) for t in TARGETS)))


def _prepared(
    bound: tuple[Triple, ...], index: GraphIndex, reporting: Mapping[Term, ReportingShape]
) -> tuple[Triple, ...]:
    """The shapes as the engine gets them: grades as severities, and what the profile excludes deactivated."""
    severity = sh("severity")
    left_out = {s for s in index.all_subjects() if index.objects(s, mc("enforces")) and s not in reporting}
    kept = [
        (s, p, vocabulary.SEVERITY_TERMS[reporting[s].grade] if p == severity and s in reporting else o)
        for s, p, o in bound
    ]
    off = terms.literal("true", datatype="http://www.w3.org/2001/XMLSchema#boolean")
    return (*kept, *((s, sh("deactivated"), off) for s in sorted(left_out)))


def _missing(
    graph: GraphIndex, framework: Framework, reporting: Mapping[Term, ReportingShape], profile: Profile
) -> dict[Term, tuple[Term, ...]]:
    found: dict[Term, tuple[Term, ...]] = {}
    for requirement in framework.requirements:
        expected = set(graph.subjects(mc("enforces"), requirement.iri)) - profile.excluded
        at_work = {s.iri for s in reporting.values() if s.requirement == requirement.iri and s.targets}
        if expected - at_work:
            found[requirement.iri] = tuple(sorted(expected - at_work))
    return found
