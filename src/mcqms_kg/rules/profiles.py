"""Profiles: which framework, with which parameter values, which requirements left out and which graded otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcqms_kg.errors import RulebookError, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Grade, Term, Texts
from mcqms_kg.namespaces import PROFILE
from mcqms_kg.rules import vocabulary
from mcqms_kg.rules.parameters import ListValue, Value, Values


@dataclass(frozen=True)
class Profile:
    """A profile with everything it takes over from the profiles it extends; its own settings win."""

    iri: Term
    name: str
    label: Texts
    definition: Texts
    framework: Term
    values: Values
    excluded: frozenset[Term]
    regraded: Mapping[Term, Grade]


def profile_names(graph: GraphIndex) -> tuple[str, ...]:
    """The names of all profiles in the graph."""
    return tuple(terms.local_name(p) for p in graph.instances(mc("Profile")))


def read_profile(graph: GraphIndex, name: str) -> Profile:
    """The profile of that name; raises `UnknownName` with the names there are."""
    iri = terms.iri(PROFILE + name)
    if iri not in graph.instances(mc("Profile")):
        known = ", ".join(profile_names(graph))
        raise UnknownName(f"No profile is named {name!r}", remedy=f"Known profiles: {known}.")
    line = _line_of_descent(graph, iri)
    frameworks = [f for p in line if (f := graph.value(p, mc("appliesFramework")))]
    if not frameworks:
        raise RulebookError(f"The profile {name!r} applies no framework")
    return Profile(
        iri=iri,
        name=name,
        label=graph.texts(iri, vocabulary.PREF_LABEL) or graph.texts(iri, vocabulary.RDFS_LABEL),
        definition=graph.texts(iri, vocabulary.DEFINITION),
        framework=frameworks[-1],
        values={k: v for p in line for k, v in _values(graph, p).items()},
        excluded=frozenset(e for p in line for e in graph.objects(p, mc("excludes"))),
        regraded={k: v for p in line for k, v in _regraded(graph, p).items()},
    )


def _line_of_descent(graph: GraphIndex, profile: Term) -> tuple[Term, ...]:
    """The profile and all it extends, the furthest first."""
    line = [profile]
    while parent := graph.value(line[-1], mc("extends")):
        if parent in line:
            raise RulebookError(f"The profile {terms.short(profile)} extends itself")
        line.append(parent)
    return tuple(reversed(line))


def _values(graph: GraphIndex, profile: Term) -> dict[Term, Value]:
    found: dict[Term, Value] = {}
    for setting in graph.objects(profile, mc("setsParameter")):
        parameter = graph.value(setting, mc("forParameter"))
        value = graph.value(setting, mc("parameterValue"))
        if parameter is None or value is None:
            raise RulebookError(f"A setting of {terms.short(profile)} lacks its parameter or its value")
        found[parameter] = value if terms.is_literal(value) else ListValue(graph.collection(value))
    return found


def _regraded(graph: GraphIndex, profile: Term) -> dict[Term, Grade]:
    found: dict[Term, Grade] = {}
    for override in graph.objects(profile, mc("overrides")):
        rule, grade = graph.value(override, mc("overriddenRule")), graph.value(override, mc("hasGrade"))
        if rule is None or grade not in vocabulary.GRADES:
            raise RulebookError(f"An override of {terms.short(profile)} lacks its rule or its grade")
        found[rule] = vocabulary.GRADES[grade]
    return found
