"""Times validation after small changes to the national graph, kind by kind, and checks the last report against validating everything."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import data
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Quad, Term, Triple, ValidationReport
from mcqms_kg.namespaces import MC, RDF
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.change.incremental import revalidate

_TYPE, _HAS_VALIDATION = terms.iri(RDF + "type"), terms.iri(MC + "hasValidation")
_HEAD = (
    "| load | statements | change | statements changed | times | median, ms | p95, ms | most, ms | processor, p95, ms |"
)
ALL = "every change of one credential"


@dataclass
class Timed:
    """One kind of change: how many statements it had, and the seconds of wall clock and of processor that each took."""

    statements: list[int] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def note(self, statements: int, begun: float, busy: float) -> None:
        self.statements.append(statements)
        self.wall.append(time.perf_counter() - begun)
        self.busy.append(time.process_time() - busy)

    @classmethod
    def together(cls, several: Iterable[Timed]) -> Timed:
        found = cls()
        for one in several:
            found.statements += one.statements
            found.wall += one.wall
            found.busy += one.busy
        return found


@dataclass(frozen=True)
class Graph:
    """The national graph by subject, and whose statements are changed."""

    about: Mapping[Term, tuple[Triple, ...]]
    credentials: tuple[Term, ...]
    providers: tuple[Term, ...]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Graph:
        about: dict[Term, list[Triple]] = {}
        for triple in triples:
            about.setdefault(triple[0], []).append(triple)
        sorted_ = {subject: tuple(sorted(held)) for subject, held in about.items()}
        return cls(sorted_, *(tuple(_instances(sorted_, name)) for name in ("MicroCredential", "Provider")))

    def changes(self, chosen: random.Random) -> Iterator[tuple[str, list[Triple], list[Triple]]]:
        """One of each kind, with what comes and what goes; together they change nothing."""
        credential, provider = chosen.choice(self.credentials), chosen.choice(self.providers)
        own = list(self.about[credential])
        old = chosen.choice([triple for triple in own if terms.is_literal(triple[2])])
        new = _another(old, chosen)
        yield "a literal has another value", [new], [old]
        yield "a literal has another value", [old], [new]
        validations = [[*self.about.get(o, ()), (s, p, o)] for s, p, o in own if p == _HAS_VALIDATION]
        if validations:
            validation = chosen.choice(validations)
            yield "a validation goes", [], validation
            yield "a validation comes", validation, []
        whole = own + [triple for some in validations for triple in some if triple[0] != credential]
        yield "a credential goes", [], whole
        yield "a credential comes", whole, []
        told = chosen.choice(self.about[provider])
        yield "a statement about a provider goes", [], [told]
        yield "a statement about a provider comes", [told], []


def _instances(about: Mapping[Term, Sequence[Triple]], name: str) -> Iterator[Term]:
    class_ = terms.iri(MC + name)
    return (subject for subject, held in about.items() if (subject, _TYPE, class_) in held)


def _another(triple: Triple, chosen: random.Random) -> Triple:
    """The statement with a literal that no statement has had: its last digit or letter is another, or it is longer."""
    subject, predicate, value = triple
    text = terms.lexical(value)
    if text[-1:].isdigit():
        text = text[:-1] + str((int(text[-1]) + chosen.randint(1, 9)) % 10)
    else:
        text += f" {chosen.randint(1000, 9999)}"
    language = terms.language(value)
    return (
        subject,
        predicate,
        terms.literal(text, language=language, datatype="" if language else terms.datatype(value)),
    )


def measure(path: Path, load: str, shapes: Path, rounds: int) -> list[str]:
    """Lines of a Markdown table for one graph and one load; raises `SystemExit` where the last report is not the full one."""
    triples = read_triples([shapes])
    with Columns.load_files([path]) as columns:
        graph, chosen = Graph.of(columns.triples()), random.Random(1)  # noqa: S311  # a benchmark, not a secret
        statements = sum(map(len, graph.about.values()))
        report = engine.validate(columns, triples)
        first, everything = Timed(), Timed()
        taken: dict[str, Timed] = {}
        report = _round(columns, triples, report, graph.changes(chosen), lambda _: first)
        for _ in range(rounds):
            report = _round(columns, triples, report, graph.changes(chosen), lambda k: taken.setdefault(k, Timed()))
        begun, busy = time.perf_counter(), time.process_time()
        expected = engine.validate(columns, triples)
        everything.note(0, begun, busy)
    if expected != report:
        raise SystemExit("bench: the report after the changes is not the full one.")
    taken[ALL] = Timed.together(timed for kind, timed in taken.items() if "provider" not in kind)
    rows = {**taken, "the first change of each kind": first, "everything is validated instead": everything}
    return [_line(load, statements, kind, timed) for kind, timed in rows.items()]


def _round(
    columns: Columns,
    shapes: tuple[Triple, ...],
    report: ValidationReport,
    changes: Iterable[tuple[str, list[Triple], list[Triple]]],
    timed: Callable[[str], Timed],
) -> ValidationReport:
    for kind, added, removed in changes:
        begun, busy = time.perf_counter(), time.process_time()
        report = revalidate(columns, shapes, report, _quads(added), _quads(removed))
        timed(kind).note(len(added) + len(removed), begun, busy)
    return report


def _quads(triples: Iterable[Triple]) -> list[Quad]:
    return [(*triple, None) for triple in triples]


def _line(load: str, statements: int, kind: str, timed: Timed) -> str:
    many = sorted(timed.statements)
    changed = f"{many[0]} to {many[-1]}" if many[0] != many[-1] else str(many[0])
    times = (_at(timed.wall, 0.5), _at(timed.wall, 0.95), max(timed.wall), _at(timed.busy, 0.95))
    figures = " | ".join(f"{seconds * 1000:,.0f}" for seconds in times)
    return f"| {load} | {statements:,} | {kind} | {changed} | {len(timed.wall)} | {figures} |"


def _at(seconds: Sequence[float], part: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))]


def run(sizes: Sequence[int], loads: Sequence[str], folder: Path, rounds: int) -> None:
    """Prints the table."""
    paths = data.shapes(folder)
    print(_HEAD)
    print("|" + " --- |" * (_HEAD.count("|") - 1), flush=True)
    for size in sizes:
        graph = data.national(size, folder)
        for load in loads:
            print("\n".join(measure(graph.path, load, paths[load], rounds)), flush=True)
