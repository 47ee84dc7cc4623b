"""The generator writes the same bytes for the same arguments, in streams, whole or not at all."""

from __future__ import annotations

import datetime as dt
import re
import tracemalloc
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from generate.nation import AS_OF, manifest_rows
from mcqms_kg.errors import BadValue
from mcqms_kg.generate import generate
from mcqms_kg.generate.abroad import COUNTRIES
from mcqms_kg.generate.defects import Defect
from mcqms_kg.generate.national_graph import write
from mcqms_kg.generate.telling import shares
from mcqms_kg.generate.thing import Scene
from mcqms_kg.graph.read import read_quads, read_triples, source
from mcqms_kg.graph.terms import iri
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.recognition.model import Verdict
from mcqms_kg.pathway.recognition.recognising import recognise


def graphs(path: Path) -> dict[str, Counter[str]]:
    """The lines of every named graph."""
    found: dict[str, Counter[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        statement, graph, _ = line.rsplit(" ", 2)
        found.setdefault(graph, Counter())[statement] += 1
    return found


def provider_graph(seed: int, number: int) -> str:
    return f"<https://example.org/national/{seed}/provider/{number}/data>"


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / "one.nq", tmp_path / "two.nq"]
    for path in files:
        generate(path, 3, 12, 7, 0.3, AS_OF)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert manifest_rows(files[0]) == manifest_rows(files[1])


def test_another_seed_gives_other_bytes(tmp_path: Path) -> None:
    for seed in (1, 2):
        generate(tmp_path / f"{seed}.nq", 1, 2, seed, 0, AS_OF)
    first, second = (graphs(tmp_path / f"{seed}.nq")[provider_graph(seed, 0)] for seed in (1, 2))
    assert {line.replace("/1/", "/2/") for line in first} != set(second)


@pytest.mark.parametrize("rate", [0.0, 0.5])
def test_a_provider_is_the_same_however_many_others_there_are(tmp_path: Path, rate: float) -> None:
    """With fewer micro-credentials for each, what is left of a provider is what it was."""
    few, many = tmp_path / "few.nq", tmp_path / "many.nq"
    generate(few, 2, 20, 4, rate, AS_OF)
    generate(many, 5, 20, 4, rate, AS_OF)
    for number in range(2):
        larger, smaller = graphs(few)[provider_graph(4, number)], graphs(many)[provider_graph(4, number)]
        assert smaller <= larger


def test_what_was_written_is_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "nation.nq"
    written = generate(path, 3, 9, 5, 0.4, AS_OF)
    quads = list(read_quads(source(path)))
    assert written.statements == len(quads) == len(set(quads))
    assert written.defects == len(manifest_rows(path)) > 0
    assert len({quad[3] for quad in quads}) == 4
    assert (written.data, written.manifest) == (path, tmp_path / "nation.nq.manifest.csv")


def test_agreements_abroad_are_added_and_change_nothing_else(tmp_path: Path) -> None:
    """The same statements and the same manifest, and more; every answer about recognition can be had from them."""
    plain = generate(tmp_path / "plain.nq", 24, 96, 1, 0.2, AS_OF)
    more = generate(tmp_path / "more.nq", 24, 96, 1, 0.2, AS_OF, abroad=True)
    assert more.manifest.read_bytes() == plain.manifest.read_bytes()
    before, after = (set(w.data.read_text("utf-8").splitlines()) for w in (plain, more))
    assert before < after and all("/abroad/" in line or "/agreement/" in line for line in after - before)
    facts = Facts(read_triples([more.data]))
    shared = "https://example.org/national/1/shared"
    asked = [
        recognise(facts, credential, place, AS_OF).verdict
        for credential in facts.instances(mc("MicroCredential"))
        for place in ("XQF", *COUNTRIES)
    ]
    assert {Verdict.RECOGNISED, Verdict.UNVERIFIED, Verdict.NOT_RECOGNISED, Verdict.UNDECIDED} == set(asked)
    assert facts.knows(iri(f"{shared}/abroad/framework"))


def test_shares_are_uneven_and_complete() -> None:
    parts = list(shares(3, 40, 1000))
    assert (len(parts), sum(parts)) == (40, 1000)
    assert min(parts) >= 0 and max(parts) > 3 * sum(parts) / len(parts)


def test_without_defects_the_manifest_is_empty(tmp_path: Path) -> None:
    assert generate(tmp_path / "nation.nq", 2, 8, 1, 0, AS_OF).defects == 0
    assert manifest_rows(tmp_path / "nation.nq") == []


def test_the_manifest_has_its_four_columns(tmp_path: Path) -> None:
    generate(tmp_path / "nation.nq", 1, 3, 1, 1, AS_OF)
    rows = manifest_rows(tmp_path / "nation.nq")
    assert list(rows[0]) == ["requirement", "focus", "defect", "why"]
    assert all(row["focus"].startswith("https://example.org/national/1/") for row in rows)


def test_more_of_the_same_provider_needs_no_more_memory(tmp_path: Path) -> None:
    def peak(credentials: int) -> int:
        tracemalloc.start()
        try:
            generate(tmp_path / "nation.nq", 1, credentials, 1, 0.1, AS_OF)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(30)
    small, large = peak(30), peak(300)
    assert large < small + 2_000_000


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "nation.nq"
    generate(path, 1, 1, 1, 0, AS_OF)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}

    def give_up(scene: Scene, rng: Random) -> Defect | None:
        del rng
        if scene.kind == "credential":
            raise RuntimeError("power cut")
        return None

    with pytest.raises(RuntimeError, match="power cut"):
        write(path, 1, 1, 2, AS_OF, give_up)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "providers", "credentials", "defects"),
    [("x.ttl", 1, 1, 0.0), ("x.nq", 0, 1, 0.0), ("x.nq", 1, 0, 0.0), ("x.nq", 1, 1, 1.5), ("no/x.nq", 1, 1, 0.0)],
)
def test_values_that_make_no_nation_are_refused(
    tmp_path: Path, name: str, providers: int, credentials: int, defects: float
) -> None:
    with pytest.raises(BadValue):
        generate(tmp_path / name, providers, credentials, 1, defects, AS_OF)
    assert not list(tmp_path.iterdir())


def test_a_nation_of_another_day_is_the_same_with_its_dates_moved(tmp_path: Path) -> None:
    path = tmp_path / "nation.nq"

    def days(as_of: dt.date) -> list[int]:
        generate(path, 1, 3, 1, 0, as_of)
        dates = re.findall(r'"(\d{4}-\d\d-\d\d)"', path.read_text("utf-8"))
        return [(dt.date.fromisoformat(date) - as_of).days for date in dates]

    assert days(dt.date(2020, 2, 29)) == days(AS_OF) != []
