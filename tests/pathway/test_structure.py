"""Impact, coverage and weak places: golden answers on the stories and on small worlds, and what brute force says on random ones."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg import operations, resources
from mcqms_kg.cli.app import app
from mcqms_kg.errors import BadValue, McqmsError, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning import necessity
from mcqms_kg.pathway.planning.landscape import Landscape, survey
from mcqms_kg.pathway.projection.reading import project_facts
from mcqms_kg.pathway.structure import weak_places as weak
from mcqms_kg.pathway.structure.coverage import coverage
from mcqms_kg.pathway.structure.drawn import MOST, draw
from mcqms_kg.pathway.structure.impact import impact
from mcqms_kg.pathway.structure.observations import Observation, Observations
from mcqms_kg.pathway.structure.weak_places import structure
from pathway.recognition_worlds import DAY, ex, facts

DATA = resources.root() / "data"
POLY, UNI, FLAWED = (
    f"https://example.org/{name}/" for name in ("polytechnic-networks", "university-data-science", "flawed-provider")
)
UNIT, JOB = "https://w3id.org/mcqms/skkni/unit/", "https://w3id.org/mcqms/occupation/"


@cache
def stories() -> Landscape:
    return operations.survey([DATA / name[20:-1] for name in (POLY, UNI, FLAWED)], as_of="2026-06-30")


def world(*turtle: str) -> Landscape:
    return survey(project_facts(facts(*turtle)), DAY)


def told(found: tuple[Observation, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, and the ends of the names."""
    return [(o.kind, _end(o.about), tuple(map(_end, o.others))) for o in found]


def _end(term: Term) -> str:
    return terms.lexical(term).rsplit("/", 1)[-1]


def of_story(thing: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return told(impact(stories(), terms.iri(thing)).found)


def test_a_credential_that_is_withdrawn() -> None:
    found = of_story(POLY + "mc-installation")
    assert [row[:2] for row in found if row[0] != "job-uncovered"] == [
        ("withdrawn", "mc-installation"),
        ("no-longer-earnable", "certificate-technician"),
        ("no-longer-earnable", "mc-operations"),
        ("no-longer-earnable", "mc-switching"),
        ("holder", "learner-1"),
        ("holder", "learner-2"),
        ("stopped", "learner-3"),
    ]
    assert [row[1] for row in found if row[0] == "job-uncovered"] == [
        *("network-administrator", "network-engineer", "network-technician")
    ]
    assert of_story(UNI + "mc-deployment") == [
        ("withdrawn", "mc-deployment", ()),
        ("fewer-ways", "certificate-analyst", ()),
        ("job-uncovered", "data-scientist", ("J.62DMI00.017.1",)),
    ]


def test_a_provider_a_unit_an_agreement_a_licence_and_a_row() -> None:
    provider = of_story(POLY + "provider")
    assert {row[1] for row in provider if row[0] == "withdrawn"} == {
        *("mc-cable", "mc-installation", "mc-operations", "mc-switching"),
        "certificate-technician",
    }, "its certification body goes with it"
    assert of_story(UNIT + "J.611000.009.02") == [
        ("to-be-revised", "mc-installation", ("J.611000.009.02",)),
        ("skill-set-short", "skills-installation", ("J.611000.009.02",)),
        ("job-requires", "network-technician", ("J.611000.009.02",)),
        ("licence-names", "licence", ("J.611000.009.02",)),
        ("holder", "learner-1", ("mc-installation",)),
        ("holder", "learner-2", ("mc-installation",)),
    ]
    assert [row for row in of_story(UNI + "agreement") if row[0] != "holder"] == [
        ("recognition-lost", "mc-modelling", ("MY",)),
        ("recognition-lost", "mc-preparation", ("MY",)),
    ]
    assert {row[1] for row in of_story(UNI + "licence") if row[0] == "recognition-lost"} == {
        *("mc-deployment", "mc-labelling", "mc-modelling", "mc-preparation")
    }
    row = impact(stories(), terms.iri("https://w3id.org/mcqms/referencing/kkni-6-aqrf-6")).found
    assert {o.kind for o in row} == {"recognition-lost", "holder"}
    assert not any(o.sure for o in row if o.kind == "recognition-lost"), "it rested on an unverified row"


def test_with_a_provider_go_its_agreements() -> None:
    found = of_story(UNI + "provider")
    assert ("withdrawn", "mc-modelling", ()) in found
    assert ("recognition-lost", "mc-modelling", ("MY",)) in found, "the agreement has one side less"
    abroad = of_story(UNI + "partner-university")
    assert [row for row in abroad if row[0] != "holder"] == [
        ("recognition-lost", "mc-modelling", ("MY",)),
        ("recognition-lost", "mc-preparation", ("MY",)),
    ], "a body that offers nothing but honours awards"
    assert len(abroad) == len({*abroad})


def test_every_reason_is_in_the_data() -> None:
    has = stories().projection.facts.has
    things = [POLY + "mc-installation", UNI + "agreement", UNIT + "J.611000.009.02", UNI + "provider"]
    found = [o for thing in things for o in impact(stories(), terms.iri(thing)).found]
    found += [o for kind in weak.KINDS for o in structure(stories(), kind).found]
    found += coverage(stories(), terms.iri(JOB + "data-analyst")).found
    assert len(found) > 60 and all(has(triple) for o in found for triple in o.triples)


def test_what_is_of_no_kind_that_can_be_withdrawn_is_refused() -> None:
    with pytest.raises(UnknownName, match="is no unit, skill, credential, provider"):
        impact(stories(), terms.iri("http://e/nothing"))


def test_weak_places_of_the_stories() -> None:
    def of(kind: str) -> list[tuple[str, str, tuple[str, ...]]]:
        return told(structure(stories(), kind).found)

    assert of("dead-ends") == []
    assert of("cycles") == [("prerequisite-circle", "mc-internet", ("mc-security",))]
    assert [row for row in of("unreachable") if row[0] == "unreachable"] == [
        ("unreachable", "mc-internet", ("mc-security",)),
        ("unreachable", "mc-security", ("mc-internet",)),
    ]
    short = {_end(o.about): dict(o.numbers) for o in structure(stories(), "unreachable").of("short-of-credit")}
    assert short == {"diploma": {"brings": 7, "carries": 110}, "degree": {"brings": 7, "carries": 144}}
    assert of("bottlenecks")[:3] == [
        ("bottleneck", "mc-installation", ("certificate-technician", "mc-operations", "mc-switching")),
        ("bottleneck", "mc-preparation", ("certificate-analyst", "mc-deployment", "mc-modelling")),
        ("bottleneck", "mc-modelling", ("certificate-analyst", "mc-deployment")),
    ]
    cells = {tuple(map(_end, o.others)): dict(o.numbers) for o in structure(stories(), "map").found}
    assert cells[("area-data-science", "6")] == {"jobs": 2, "whole": 0, "required": 10, "covered": 6}
    assert ("taught-not-required", "J.62DMI00.016.1", ("mc-deployment",)) in of("drift")
    assert ("required-not-taught", "J.62DMI00.007.1", ("associate-data-scientist", "data-analyst")) in of("drift")


def test_the_share_of_an_occupation() -> None:
    found = coverage(stories(), terms.iri(JOB + "network-technician"))
    assert told(found.of("covers")) == [
        ("covers", "mc-installation", tuple(f"J.611000.0{n}.02" for n in ("09", "10", "11")))
    ], "the withdrawn credential on cables does not count"
    assert dict(found.of("covered-together")[0].numbers) == {"covered": 3, "surely": 3, "required": 6}
    assert len(found.of("not-covered")) == 3
    for name, told_ in (("http://e/none", "is not described"), (POLY + "provider", "requires no unit and no skill")):
        with pytest.raises(UnknownName, match=told_):
            coverage(stories(), terms.iri(name))


ESCO_JOB = """ex:job a mc:JobTitle ; mc:requiresSkill ex:s1 , ex:s2 , ex:s3 . ex:c a mc:MicroCredential ; mc:isOfferedBy ex:p ;
  mc:coversUnit ex:u1 , ex:u2 , ex:u3 .
"""
ALIGNED = """ex:{0} mc:hasSourceConcept ex:u{1} ; mc:hasTargetConcept ex:s{1} ;
  mc:hasMatchStrength code:match-{2} ; mc:hasAlignmentStatus code:alignment-{3} .
"""


def test_skills_are_covered_over_strong_alignments_and_unverified_ones_are_told() -> None:
    rows = ALIGNED.format("a", 1, "close", "verified") + ALIGNED.format("b", 2, "close", "unverified")
    found = coverage(world(ESCO_JOB, rows, ALIGNED.format("d", 3, "related", "verified")), ex("job"))
    (cover,) = found.of("covers")
    assert (set(cover.others), cover.sure) == ({ex("s1"), ex("s2")}, False)
    assert dict(found.of("covered-together")[0].numbers) == {"covered": 2, "surely": 1, "required": 3}
    assert [o.about for o in found.of("not-covered")] == [ex("s3")], "a related match covers nothing"
    turned = rows.replace("Source", "§").replace("Target", "Source").replace("§", "Target")
    assert coverage(world(ESCO_JOB, turned), ex("job")).of("covers")


SMALL = """
ex:p mc:country "ID" . ex:q mc:country "ID" .
ex:a a mc:MicroCredential ; mc:isOfferedBy ex:p ; mc:coversUnit ex:u1 , ex:u2 ; rdfs:label "One"@en .
ex:b a mc:MicroCredential ; mc:isOfferedBy ex:q ; mc:coversUnit ex:u2 , ex:u1 ; rdfs:label "Two"@en .
ex:d a mc:MicroCredential ; mc:isOfferedBy ex:q ; mc:coversUnit ex:u1 ; rdfs:label "One"@en .
ex:e a mc:MicroCredential ; mc:isOfferedBy ex:p ; mc:coversUnit ex:u1 , ex:u2 .
ex:job mc:requiresUnit ex:u2 .
ex:new a mc:StandardEdition ; mc:supersedes ex:old . ex:u1 mc:isDefinedIn ex:old .
ex:x mc:hasProgression [ mc:leadsTo ex:y ] . ex:y mc:hasProgression [ mc:leadsTo ex:x ] .
"""


def test_duplicates_dead_ends_circles_and_replaced_editions() -> None:
    small = world(SMALL)
    (same,) = structure(small, "duplicates").found
    assert (same.about, same.others, same.numbers["providers"]) == (ex("a"), (ex("b"), ex("e")), 2)
    assert told(structure(small, "dead-ends").found) == [("dead-end", "d", ())], "the others cover what a job requires"
    assert [row[0] for row in told(structure(small, "cycles").found)] == ["counting-circle"]
    assert ("replaced-edition", "u1", ("a", "b", "d", "e")) in told(structure(small, "drift").found)


@dataclass(frozen=True)
class Small:
    """A credential: learnable or not, what it requires, and rules of options with how many are needed."""

    learnable: bool
    requires: tuple[int, ...]
    rules: tuple[tuple[tuple[int, ...], int], ...]

    def turtle(self, n: int) -> str:
        lines = [f"ex:c{n} a mc:{'MicroCredential' if self.learnable else 'Credential'} ."]
        lines += [f"ex:c{n} mc:requires ex:c{r} ." for r in self.requires]
        for k, (options, count) in enumerate(self.rules):
            lines.append(
                f"ex:c{n} mc:isStackedBy ex:r{n}x{k} . ex:r{n}x{k} a mc:StackingRule ; mc:minimumCount {count} ."
            )
            lines += [f"ex:r{n}x{k} mc:hasOption ex:c{o} ." for o in options]
        return "\n".join(lines)


def earnable(
    credentials: tuple[Small, ...], gone: frozenset[int] = frozenset(), held: frozenset[int] = frozenset()
) -> frozenset[int]:
    """By going round until nothing changes: no cleverness."""
    found = set(held)
    for _ in credentials:
        for n, c in enumerate(credentials):
            made = any(sum(o in found for o in options) >= count for options, count in c.rules)
            if n not in gone and set(c.requires) <= found and (c.learnable or made):
                found.add(n)
    return frozenset(found)


def small_graphs() -> st.SearchStrategy[tuple[Small, ...]]:
    number = st.integers(0, 6)
    several = st.lists(number, max_size=3, unique=True).map(tuple)
    rule = st.tuples(st.lists(number, min_size=1, max_size=4, unique=True).map(tuple), st.integers(1, 3))
    one = st.builds(Small, st.booleans(), several, st.lists(rule, max_size=2).map(tuple))
    return st.lists(one, min_size=7, max_size=7).map(tuple)


@settings(max_examples=200)
@given(small_graphs())
def test_what_is_lost_and_what_is_a_bottleneck_is_what_brute_force_says(credentials: tuple[Small, ...]) -> None:
    kept = world(*(c.turtle(n) for n, c in enumerate(credentials)))
    names = {ex(f"c{n}"): n for n in range(7)}
    before = earnable(credentials)
    assert {names[t] for t in kept.earnable} == before
    held_up = {}
    for size in (1, 2):
        for gone in itertools.combinations(range(7), size):
            without = kept.lost_without([ex(f"c{n}") for n in gone])
            lost = {names[t] for t in without.credentials}
            assert lost == before - earnable(credentials, frozenset(gone))
            held = frozenset({gone[0], (gone[0] + 3) % 7})
            regained = {names[t] for t in kept.regained(without, [ex(f"c{n}") for n in held])}
            assert regained == lost & earnable(credentials, frozenset(gone), held)
            if size == 1 and gone[0] in before and lost - set(gone):
                held_up[gone[0]] = lost - set(gone)
    found = structure(kept, "bottlenecks").found
    assert {names[o.about]: {names[t] for t in o.others} for o in found} == held_up
    unreachable = {names[o.about] for o in structure(kept, "unreachable").of("unreachable")}
    assert unreachable == {n for n, c in enumerate(credentials) if n not in before and (c.rules or c.requires)}


def test_broken_data_gives_a_reason_and_no_crash() -> None:
    broken = world(
        """ex:a mc:requires ex:a ; mc:isStackedBy ex:r . ex:r mc:hasOption ex:r , ex:nothing ; mc:minimumCount "many" .
        ex:b mc:hasProgression ex:p . ex:p mc:leadsTo ex:p ; mc:creditValue "x" . ex:job mc:requiresUnit "text" .
        ex:award mc:awardsCredential ex:a , ex:b ; mc:isAwardedTo ex:l . ex:old mc:supersedes ex:old ."""
    )
    for kind in weak.KINDS:
        structure(broken, kind)
    assert told(structure(broken, "cycles").found)[0][0] == "prerequisite-circle"
    assert impact(broken, ex("a")).found


def test_too_many_that_hang_on_each_other_are_not_counted_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = (
        *(f"ex:c{n} a mc:MicroCredential ; mc:requires ex:c{n + 1} ." for n in range(30)),
        "ex:c30 a mc:MicroCredential .",
    )
    kept = world(*chain)
    assert structure(kept, "bottlenecks").found[0].numbers == {"lost": 30}
    monkeypatch.setattr(necessity, "MOST_PAIRS", 100)
    assert structure(kept, "bottlenecks").whole, "what was worked out is kept"
    assert structure(world(*chain), "bottlenecks") == Observations((), whole=False)


def test_more_than_is_told_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weak, "MOST", 2)
    found = structure(stories(), "bottlenecks")
    assert len(found.found) == 2 and not found.whole


def run(*arguments: str) -> tuple[int, str]:
    given_ = ["path", *(str(DATA / name[20:-1]) for name in (POLY, UNI)), *arguments, "--as-of", "2026-06-30"]
    done = CliRunner().invoke(app, given_)
    if isinstance(done.exception, McqmsError):
        raise done.exception
    return done.exit_code, done.stdout


def test_from_the_command_line() -> None:
    code, text = run("--impact", POLY + "mc-installation", "--lang", "id")
    assert code == 0 and "Peserta 3 tidak dapat menyelesaikan Sertifikat okupasi: teknisi jaringan." in text
    code, text = run("--coverage", JOB + "data-analyst", "--format", "json")
    assert [each["kind"] for each in json.loads(text)["found"]] == ["covers", "covered-together", "not-covered"]
    assert run("--structure", "duplicates") == (0, "Nothing was found.\n")
    code, text = run("--structure", "bottlenecks", "--format", "turtle")
    assert "mc:hasOption" in text
    with pytest.raises(UnknownName, match="Known: dead-ends, cycles"):
        run("--structure", "holes")
    with pytest.raises(BadValue, match="Several questions"):
        run("--structure", "map", "--impact", POLY + "provider")
    with pytest.raises(UnknownName, match="Known formats: text, json, turtle"):
        run("--structure", "map", "--format", "docx")


def test_the_same_in_python() -> None:
    landscape = mcqms_kg.survey([DATA / "polytechnic-networks"], as_of=dt.date(2026, 6, 30))
    assert "could no longer be earned" in mcqms_kg.impact(POLY + "mc-switching", landscape).write()
    assert mcqms_kg.coverage(JOB + "network-engineer", landscape).observations.found
    assert mcqms_kg.structure("map", landscape).observations.whole


@pytest.mark.parametrize("lang", ["en", "id"])
def test_pictures_tell_what_is_found_by_sign_and_word(lang: str) -> None:
    code, mermaid = run("--impact", POLY + "mc-installation", "--format", "mermaid", "--lang", lang)
    assert code == 0
    lost, belongs = {"en": ("✗ ", "lost"), "id": ("✗ ", "hilang")}[lang]
    assert mermaid.startswith("flowchart LR") and lost in mermaid and belongs in mermaid and "-.->" in mermaid
    _, svg = run("--impact", POLY + "mc-installation", "--format", "svg", "--lang", lang)
    drawn = ElementTree.fromstring(svg)  # noqa: S314  # our own
    assert drawn.tag.endswith("svg") and drawn.findtext("{*}title", "").startswith("1")
    assert "<script" not in svg and "http:" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_networks_of_what_is_found_can_be_read_by_others(tmp_path: Path) -> None:
    for format_, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        (tmp_path / format_).write_text(run("--structure", "bottlenecks", "--format", format_)[1], "utf-8")
        graph = read(tmp_path / format_)
        assert {data["state"] for _, data in graph.nodes(data=True)} == {"found", "named"}
        assert graph.number_of_edges() > 3
    code, page = run("--structure", "dead-ends", "--format", "html")
    assert code == 0 and "<svg" in page and "Nothing was found" in page


def test_a_drawing_has_room_for_so_much_and_says_so() -> None:
    many = tuple(Observation("dead-end", ex(f"c{n}")) for n in range(500))
    (drawing,) = draw(facts(""), Observations(many), "en")
    assert len(drawing.nodes) == MOST and drawing.title == "120 of 500 that were found"
    assert draw(facts(""), Observations(()), "en") == ()


def test_a_question_about_structure_loads_no_solver_and_no_validator() -> None:
    """What a first question waits for is what it needs; a graph library only where there is a circle."""
    code = (
        "import sys, mcqms_kg; landscape = mcqms_kg.survey(['data/university-data-science']); "
        "mcqms_kg.structure('bottlenecks', landscape).write(); "
        "print(sorted({'ortools', 'pandas', 'duckdb', 'mcqms_kg.shacl'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=DATA.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
