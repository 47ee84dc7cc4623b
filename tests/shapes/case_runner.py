"""Runs the cases of the shapes: small data files that say in comments what they must give."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term, Triple, ValidationReport
from mcqms_kg.rules.parameters import Values, bind, bound_values
from mcqms_kg.rules.profiles import read_profile
from mcqms_kg.shacl.reference import pyshacl as reference

HERE = Path(__file__).parent
CHECK_DATE = dt.date(2026, 6, 30)
FRAMEWORKS = tuple(sorted(path.parent.name for path in resources.root().glob("shapes/*/clauses.ttl")))
PROFILES = {name: name if name in ("mcqms", "eu-2022") else f"to-{name}" for name in FRAMEWORKS}
"""Every framework, and the profile that applies it as it is: for one that a standard asks for it is called after that."""
SHAPE_PREFIX = {"mcqms": "shape", "eu-2022": "eu-shape"}
"""Those of the other frameworks are called after them."""
_FINDING = re.compile(r"#[ \t]*finding:[ \t]*(\S+)[ \t]+(\S+)(?:[ \t]+(\S+))?")
_SHAPES = re.compile(r"#[ \t]*shapes:[ \t]*(.+)")
_PREFIX = re.compile(r"@prefix\s+([\w-]*):\s*<([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True)
class Expected:
    """A finding that a case promises; without a value any value will do."""

    shape: Term
    focus: Term
    value: Term | None


@dataclass(frozen=True)
class Case:
    """One case: its data file, the shapes file it is about, and what it promises."""

    path: Path
    framework: str
    expected: tuple[Expected, ...]
    met: tuple[Term, ...]

    @property
    def name(self) -> str:
        return str(self.path.relative_to(HERE))

    @property
    def stem(self) -> str:
        return self.path.parent.name

    @property
    def is_valid(self) -> bool:
        return self.path.name.startswith("valid.")


def cases() -> tuple[Case, ...]:
    """Every case, by framework, clause and name."""
    return tuple(read_case(path) for path in sorted(HERE.glob("*/*/*.ttl")))


def read_case(path: Path) -> Case:
    """The case in a file; its promises stand in its comments."""
    text = path.read_text("utf-8")
    framework = path.parent.parent.name
    prefixes = dict(_PREFIX.findall(text))

    def term(name: str) -> Term:
        if name.startswith(("<", '"')):
            return Term(name)
        prefix, _, local = name.partition(":")
        return terms.iri(prefixes[prefix] + local) if prefix in prefixes else Term(name)

    def shape(name: str) -> Term:
        found = terms.expand(f"{SHAPE_PREFIX.get(framework, f'{framework}-shape')}:{name}")
        assert found, name
        return found

    expected = (Expected(shape(s), term(f), term(v) if v else None) for s, f, v in _FINDING.findall(text))
    met = [shape(name) for line in _SHAPES.findall(text) for name in re.split(r"[,\s]+", line.split("(")[0].strip())]
    return Case(path, framework, tuple(expected), tuple(met))


@cache
def background() -> tuple[Triple, ...]:
    """Ontology, codes and framework facts."""
    return read_triples(resources.background_files())


@cache
def small_background() -> tuple[Triple, ...]:
    """The ontology and codes as far as shapes look at them: types, subclasses and positions. Makes many runs fast."""
    wanted = ("#type>", "#subClassOf>", "#position>", "#levelNumber>", "#isLevelOf>", "#isDefinedIn>")
    return tuple(t for t in background() if t[1].endswith(wanted))


@cache
def behind(framework: str) -> tuple[Triple, ...]:
    """What stands behind a case; what a standard asks for is asked of the data alone."""
    return small_background() if framework in SHAPE_PREFIX else ()


@cache
def values(framework: str) -> Values:
    """The parameter values of the framework's own profile on the check date."""
    graph = GraphIndex(read_triples(resources.profile_files()))
    return bound_values(graph, read_profile(graph, PROFILES[framework]).values, CHECK_DATE)


@cache
def shapes_of(framework: str, stem: str) -> tuple[Triple, ...]:
    """The shapes of one clause's file with the building blocks, not yet bound."""
    folder = resources.shape_folder(framework)
    files = [f for f in (folder / "00-building-blocks.ttl", folder / f"{stem}.ttl") if f.is_file()]
    assert folder / f"{stem}.ttl" in files, f"{stem} names no shapes file"
    return read_triples(files)


def bound(framework: str, shapes: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The shapes with their parameters bound."""
    return bind(shapes, values(framework))


def run(case: Case, shapes: tuple[Triple, ...] | None = None) -> ValidationReport:
    """The report on a case's data under its clause's shapes, or under the given (bound) ones."""
    shapes = shapes if shapes is not None else bound(case.framework, shapes_of(case.framework, case.stem))
    return reference.validate(behind(case.framework) + read_triples([case.path]), shapes)


def differences(case: Case, report: ValidationReport) -> Iterator[str]:
    """What the report gives that the case does not promise, and the other way round."""
    promised = list(case.expected)
    for result in report.results:
        match = next((e for e in promised if _matches(e, result.source_shape, result.focus, result.value)), None)
        if match:
            promised.remove(match)
        else:
            about = (terms.short(result.source_shape), terms.short(result.focus), result.value, result.component)
            yield f"not promised: {' '.join(map(str, about))}"
    yield from (f"promised, not given: {terms.short(e.shape)} {terms.short(e.focus)} {e.value or ''}" for e in promised)
    yield from (f"met no focus node: {terms.short(s)}" for s in case.met if not report.focus_nodes.get(s))


def _matches(expected: Expected, shape: Term, focus: Term, value: Term | None) -> bool:
    return (expected.shape, expected.focus) == (shape, focus) and expected.value in (None, value)
