"""CTDL, CASE and schema.org: what is exported others accept, the precheck knows it before, and nothing is lost unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import mcqms_kg
from interop.catalogues import HERE, LABEL, catalogues
from interop.official import case_errors, ctdl_errors, ctdl_policy, schemaorg_errors
from interop.round_trip import DAY, come_back, exported, invented, neither_kept_nor_told, written_to
from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Grade, Term, Triple, Written
from mcqms_kg.namespaces import DCTERMS, XSD

ROOT = Path(__file__).resolve().parents[2]
STORIES = ("polytechnic-networks", "university-data-science")
NAMES = ("ctdl", "case", "schemaorg")
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
OFTEN = settings(max_examples=20, phases=PHASES, suppress_health_check=list(HealthCheck))
FORMAL: Mapping[str, Callable[[bytes], list[str]]] = {
    "ctdl": ctdl_errors,
    "case": case_errors,
    "schemaorg": schemaorg_errors,
}


def _google(content: bytes) -> list[str]:
    """What search engines ask of a course, and of what they show by name; of organisations they ask nothing."""
    wanted: Mapping[str, tuple[str, ...]] = {"Course": ("name", "description"), "EducationalOrganization": ()}
    nodes: list[dict[str, Any]] = json.loads(content)["@graph"]
    return [f"{n['@type']} lacks {k}" for n in nodes for k in wanted.get(n["@type"], ("name",)) if not n.get(k)]


ASKED: Mapping[str, Callable[[bytes], list[str]]] = {
    "ctdl": ctdl_policy,
    "case": case_errors,
    "schemaorg": _google,
}
"""What decides whether the target takes the file."""
DERIVED: Mapping[str, tuple[Term, ...]] = {
    "ctdl": (terms.iri(DCTERMS + "publisher"),),
    "case": (LABEL, *(terms.iri(DCTERMS + name) for name in ("modified", "publisher", "description"))),
    "schemaorg": (),
}
"""Predicates whose values on reading may be the writer's own: a day of change, a source as publisher, a description as statement."""


OTHER = (
    terms.literal(" "),
    terms.literal("ftp://example.org/", datatype=XSD + "anyURI"),
    terms.literal("words"),
    terms.iri(HERE + "something"),
)
"""Values that hardly any statement should have, the last for what leads to something."""


def refused(standard: str, written: Written) -> list[str]:
    return [problem for content in written.files.values() for problem in ASKED[standard](content)]


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("standard", NAMES)
def test_a_story_goes_out_and_comes_back(standard: str, story: str, tmp_path: Path) -> None:
    given_ = ROOT / "data" / story
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest(standard, [given_], as_of=DAY))
    assert [p for content in written.files.values() for p in FORMAL[standard](content)] == []
    assert refused(standard, written) == []
    back = come_back(standard, written, tmp_path / "out")
    (tmp_path / "in.nt").write_bytes(mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [given_])).files["data.nt"])
    ours = read_triples([tmp_path / "in.nt"])
    assert neither_kept_nor_told(ours, back, written.losses) == []
    assert invented(ours, back, DERIVED[standard]) == []
    assert len(back) > 20


def _exported(standard: str, triples: tuple[Triple, ...], folder: Path) -> Written | None:
    try:
        return exported(standard, written_to(folder / "in.nt", triples))
    except EmptyInput:
        return None


@pytest.mark.parametrize("standard", NAMES)
@given(triples=catalogues())
@OFTEN
def test_whatever_is_exported_is_well_formed(
    standard: str, tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...]
) -> None:
    written = _exported(standard, triples, tmp_path_factory.mktemp("out"))
    if written and standard != "case":  # its schema is what decides on acceptance
        assert [p for content in written.files.values() for p in FORMAL[standard](content)] == []


@pytest.mark.parametrize("standard", NAMES)
@given(triples=catalogues())
@example(triples=((terms.iri(HERE + "MicroCredential-0"), TYPE, mc("MicroCredential")),))
@OFTEN
def test_the_round_trip_keeps_what_is_not_told_as_lost(
    standard: str, tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...]
) -> None:
    folder = tmp_path_factory.mktemp("trip")
    written = _exported(standard, triples, folder)
    if written:
        ours, back = read_triples([folder / "in.nt"]), come_back(standard, written, folder / "out")
        assert neither_kept_nor_told(ours, back, written.losses) == []
        assert invented(ours, back, DERIVED[standard]) == []


def test_an_outcome_whose_name_is_blank_is_left_out_of_ctdl(tmp_path: Path) -> None:
    outcomes = [terms.iri(HERE + name) for name in ("blank", "said", "tagged")]
    names = [terms.literal(" "), terms.literal("Joins cables"), terms.literal("Menyambung kabel", language="id")]
    credential = terms.iri(HERE + "MicroCredential-0")
    triples = [(credential, TYPE, mc("MicroCredential"))]
    for outcome, name in zip(outcomes, names, strict=True):
        triples += [(credential, mc("hasOutcome"), outcome), (outcome, LABEL, name)]
    written = exported("ctdl", written_to(tmp_path / "in.nt", tuple(triples)))
    told = b"".join(written.files.values())
    assert (b"Joins cables" in told, told.count(b'"ceasn:Competency"')) == (True, 2)


@pytest.mark.parametrize("standard", NAMES)
@given(triples=catalogues(whole=True), data=st.data())
@OFTEN
def test_the_precheck_agrees_with_those_who_decide(
    standard: str, tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...], data: st.DataObject
) -> None:
    """Statements that are asked for are taken away one after another, or say something else: what is found is what is refused."""
    folder = tmp_path_factory.mktemp("check")
    dropped = data.draw(st.lists(st.sampled_from(triples), max_size=4, unique=True))
    kept = [t for t in triples if not any(t[:2] == d[:2] and t[1] != TYPE for d in dropped)]
    others = [data.draw(st.sampled_from(OTHER if terms.is_literal(o) else OTHER[-1:])) for _, _, o in dropped]
    changed = [
        (s, p, other)
        for (s, p, _), other in zip(dropped, others, strict=True)
        if p != TYPE and data.draw(st.booleans())
    ]
    left = tuple(dict.fromkeys((*kept, *changed)))
    given_ = written_to(folder / "in.nt", left)
    try:
        found = mcqms_kg.precheck(mcqms_kg.ExportRequest(standard, [given_], as_of=DAY))
    except EmptyInput:
        return
    major = [f for f in found.report.findings() if f.grade is Grade.MAJOR]
    problems = refused(standard, exported(standard, given_))
    assert bool(major) == bool(problems), (major, problems)


def test_every_name_is_kept_where_all_is_told_in_one_language(tmp_path: Path) -> None:
    """The round trip would keep nothing if nothing were written."""
    term = terms.iri(HERE + "MicroCredential-0")
    triples = ((term, TYPE, mc("MicroCredential")), (term, LABEL, terms.literal("A name", language="en")))
    for standard in ("ctdl", "schemaorg"):
        written = exported(standard, written_to(tmp_path / "in.nt", triples))
        assert set(triples) <= set(come_back(standard, written, tmp_path / standard))
