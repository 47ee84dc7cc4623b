"""The stories in data/: the good ones conform and are wholly checked, the flawed one gives its planted defects."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import CheckReport, Triple, Verdict
from mcqms_kg.namespaces import MC

CHECK_DATE = "2026-06-30"
CONFORMANT = (
    ("polytechnic-networks", "mcqms-vocational"),
    ("polytechnic-networks", "mcqms"),
    ("university-data-science", "mcqms-academic"),
    ("university-data-science", "eu-2022"),
)
STORIES = ("polytechnic-networks", "university-data-science", "flawed-provider")
FLAWED = "flawed-provider"


def folder(story: str) -> Path:
    return resources.root() / "data" / story


@cache
def report(story: str, profile: str) -> CheckReport:
    return mcqms_kg.check([folder(story)], profile=profile, as_of=CHECK_DATE)


@cache
def triples(story: str) -> tuple[Triple, ...]:
    return read_triples(sorted(folder(story).glob("*.ttl")))


def expected() -> list[dict[str, str]]:
    with (folder(FLAWED) / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(story: str, name: str) -> dict[str, list[str]]:
    """The values of a property of ours, by subject."""
    found: dict[str, list[str]] = {}
    for s, p, o in triples(story):
        if p == terms.iri(MC + name):
            found.setdefault(s, []).append(o)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("story", "profile"), CONFORMANT)
def test_a_good_story_conforms_and_every_requirement_was_checked(story: str, profile: str) -> None:
    checked = report(story, profile)
    assert [f"{f.requirement.notation} {f.focus.term}" for f in checked.findings()] == []
    others = [v for v in checked.requirements() if v.verdict is not Verdict.CONFORMANT]
    assert [(v.requirement.notation, v.verdict, v.reason) for v in others] == []
    assert checked.verdict is Verdict.CONFORMANT
    assert checked.score.share == 1
    assert checked.waived() == ()
    assert checked.coverage.not_understood == ()


@pytest.mark.slow
@pytest.mark.parametrize(("story", "profile"), [row for row in CONFORMANT if row[1] != "eu-2022"])
def test_the_rules_look_at_everything_a_good_story_tells(story: str, profile: str) -> None:
    unchecked = report(story, profile).coverage.unchecked
    assert [named.term for named in unchecked] == []


@pytest.mark.slow
def test_the_flawed_story_gives_exactly_its_planted_defects() -> None:
    checked = report(FLAWED, "mcqms")
    found = sorted((f.requirement.notation, f.focus.term) for f in checked.findings())
    assert found == sorted((row["requirement"], terms.iri(row["focus"])) for row in expected())
    assert checked.verdict is Verdict.NONCONFORMANT
    assert checked.waived() == (), "the waiver has expired"


@pytest.mark.slow
def test_the_flawed_story_has_a_defect_in_every_clause_with_requirements() -> None:
    checked = report(FLAWED, "mcqms")
    clean = [
        clause.clause.notation
        for top in checked.clauses
        for _, clause in top.walk()
        if clause.requirements and not any(v.findings for v in clause.requirements)
    ]
    assert clean == []


def test_every_planted_defect_is_marked_at_its_place() -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(folder(FLAWED).glob("*.ttl")))
    marked = set(re.findall(r"^# Planted, requirement (\S+): (.+)$", text, re.MULTILINE))
    assert marked == {(row["requirement"], row["why"]) for row in expected()}


@pytest.mark.parametrize("story", STORIES)
def test_everything_has_one_name_in_english_and_one_in_indonesian(story: str) -> None:
    subjects = {s for s, _, _ in triples(story)}
    labels: dict[str, list[str]] = {s: [] for s in subjects}
    for s, p, o in triples(story):
        if p == terms.iri("http://www.w3.org/2000/01/rdf-schema#label"):
            labels[s].append(terms.language(o))
    assert {s: found for s, found in labels.items() if sorted(map(str, found)) != ["en", "id"]} == {}


@pytest.mark.parametrize("story", STORIES)
def test_a_story_describes_only_its_own_things(story: str) -> None:
    assert {s for s, _, _ in triples(story) if not s.startswith(f"<https://example.org/{story}/")} == set()


@pytest.mark.parametrize("story", STORIES)
def test_evidence_has_a_digest_of_its_own_a_date_and_an_issuer(story: str) -> None:
    evidence = {s for s, p, o in triples(story) if p.endswith("#type>") and o == terms.iri(MC + "Evidence")}
    digests, dates, issuers = (values(story, name) for name in ("sha256", "effectiveDate", "isIssuedBy"))
    assert evidence
    for thing in evidence:
        assert re.fullmatch("[0-9a-f]{64}", terms.lexical(digests[thing][0])), thing
        assert len(dates[thing]) == len(issuers[thing]) == len(digests[thing]) == 1, thing
    assert len({digests[thing][0] for thing in evidence}) == len(evidence)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_says_where_it_comes_from_and_under_which_licence(story: str) -> None:
    readme = (folder(story) / "README.md").read_text("utf-8")
    assert "CC BY 4.0" in readme
    assert "marked as examples" in readme
    assert f"mcqms check data/{story}" in readme
