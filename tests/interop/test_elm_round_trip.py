"""Ours to the European Learning Model and back: everything that is not told as lost comes back, and nothing is made up."""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from interop.elm_data import TYPE, ex, graphs, mc
from interop.elm_official import AMS, EDC, LOQ, credential_triples, needs_elm, results
from interop.test_elm import STORIES, written
from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.elm import read, write
from mcqms_kg.model import Term, Triple, Wanted, Written
from mcqms_kg.namespaces import MC, XSD
from mcqms_kg.settings import Settings

DAY = dt.date(2026, 6, 30)
BACKGROUND = read_triples(resources.background_files())
NUMBERS = {mc(name) for name in ("workloadHours", "credits", "ectsCredits")}
PHASES = (Phase.explicit, Phase.generate)
ROUND_TRIPS = settings(phases=PHASES, max_examples=20, suppress_health_check=list(HealthCheck))


def exported(data: tuple[Triple, ...]) -> Written:
    return write(GraphIndex((*BACKGROUND, *data)), Wanted(DAY, given=frozenset(s for s, _, _ in data)))


def back(files: Written, folder: Path) -> set[Triple]:
    """What the credentials and one description of the offers say."""
    said: set[Triple] = set()
    for name, content in files.files.items():
        if name.startswith("credential-") or name == "opportunities.ttl":
            (folder / name).write_bytes(content)
            said |= {known.triple for known in read(folder / name, name, Settings()).stated}
    return said


def same(triple: Triple) -> Triple:
    """Numbers by value, and learners by their place: the name of one is replaced by a pseudonym."""
    subject, predicate, value = triple
    if predicate in NUMBERS:
        value = Term(str(Decimal(terms.lexical(value)).normalize()))
    if predicate == mc("isAwardedTo"):
        value = Term("somebody")
    return subject, predicate, value


def reached(data: tuple[Triple, ...]) -> set[Term]:
    """What awards and offers lead to; licences point at who holds them."""
    graph = GraphIndex(data)
    waiting = [*graph.instances(mc("MicroCredential")), *graph.instances(mc("Award"))]
    seen = set(waiting)
    while waiting:
        thing = waiting.pop()
        found = {o for _, o in graph.out(thing)} | {s for p, s in graph.into(thing) if p == mc("isGrantedTo")}
        waiting += found - seen
        seen |= found
    return seen


@ROUND_TRIPS
@given(graphs())
def test_what_is_not_told_as_lost_comes_back(data: tuple[Triple, ...]) -> None:
    files = exported(data)
    with tempfile.TemporaryDirectory() as folder:
        found = {same(triple) for triple in back(files, Path(folder))}
    lost = {(loss.at, loss.value) for loss in files.losses}
    known = reached(data)
    for triple in data:
        is_lost = (triple[0], triple[2]) in lost or (triple[0], triple[2][:200]) in lost
        if triple[0] in known and not is_lost:
            assert same(triple) in found or is_implied(triple, found), triple


def is_implied(triple: Triple, found: set[Triple]) -> bool:
    """An organisation comes back as what it is in its part."""
    subject, predicate, value = triple
    roles = (mc("Provider"), mc("CertificationBody"))
    return (predicate, value) == (TYPE, mc("Organisation")) and any((subject, TYPE, role) in found for role in roles)


@ROUND_TRIPS
@given(graphs())
def test_nothing_is_made_up(data: tuple[Triple, ...]) -> None:
    given_ = {same(triple) for triple in data}
    with tempfile.TemporaryDirectory() as folder:
        found = back(exported(data), Path(folder))
    of_roles = {mc(name) for name in ("Provider", "CertificationBody", "Organisation", "Learner", "MicroCredential")}
    for triple in found:
        is_role = triple[1] == TYPE and triple[2] in of_roles
        assert is_role or same(triple) in given_, triple


@needs_elm
@settings(phases=PHASES, max_examples=8, suppress_health_check=list(HealthCheck))
@given(graphs())
def test_every_export_conforms(data: tuple[Triple, ...]) -> None:
    files = exported(data)
    assert not [loss for loss in files.losses if loss.what["en"].startswith("Left out")]
    with tempfile.TemporaryDirectory() as folder:
        awards = [c for name, c in files.files.items() if name.startswith("credential-")]
        credentials = tuple({t: None for content in awards for t in credential_triples(content, Path(folder))})
        path = Path(folder) / "opportunities.rdf"
        path.write_bytes(files.files[path.name])
        offers = read_triples([path])
    for data_, names in ((credentials, EDC), (offers, LOQ), (offers, AMS[:1])):
        if data_ and (names != AMS[:1] or any(o.endswith("Accreditation>") for _, _, o in data_)):
            assert [found for shapes in names for found in results(data_, shapes)] == []


@pytest.mark.parametrize("story", STORIES)
def test_stories_come_back(story: str, tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[2] / "data" / story
    data = {same(t) for t in read_triples([*sorted(folder.glob("*.ttl"))])}
    found = {same(t) for t in back(written(story), tmp_path)}
    carried = {
        mc(name)
        for name in (
            "hasOutcome",
            "isTiedTo",
            "workloadHours",
            "ectsCredits",
            "hasLevel",
            "isOfferedBy",
            "issueDate",
            "awardGrade",
        )
    }
    offered = {t[0] for t in found}
    expected = {t for t in data if t[1] in carried and t[0] in offered}
    assert len(expected) > 20
    told = {(loss.at, loss.value) for loss in written(story).losses}
    assert {t for t in expected - found if (t[0], t[2]) not in told} == set()


def test_a_fraction_of_an_hour_comes_back(tmp_path: Path) -> None:
    data = [
        (ex("c"), TYPE, mc("MicroCredential")),
        (ex("c"), terms.iri("http://www.w3.org/2000/01/rdf-schema#label"), terms.literal("C", language="en")),
        (ex("c"), mc("isOfferedBy"), ex("p")),
        (ex("c"), mc("publicPage"), terms.literal("https://example.org/c", datatype=XSD + "anyURI")),
        (ex("c"), mc("workloadHours"), terms.literal("92.5", datatype=XSD + "decimal")),
        (ex("p"), terms.iri("http://www.w3.org/2000/01/rdf-schema#label"), terms.literal("P", language="en")),
        (ex("p"), terms.iri(MC + "country"), terms.literal("ID")),
    ]
    files = exported(tuple(data))
    assert b"PT92H30M" in files.files["opportunities.ttl"]
    assert (ex("c"), mc("workloadHours"), terms.literal("92.5", datatype=XSD + "decimal")) in back(files, tmp_path)
