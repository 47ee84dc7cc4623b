"""Verdicts by provider: a provider counts alone what it counts among others, and with the same honesty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg import operations
from mcqms_kg.generate import generate
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import CheckReport, ProviderVerdict, RequirementState, Verdict
from mcqms_kg.rules.focus import focus_nodes_by_shape
from mcqms_kg.shacl.engines import engine_named

DATE = dt.date(2026, 6, 30)
PREFIXES = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix code: <https://w3id.org/mcqms/code/> .
@prefix requirement: <https://w3id.org/mcqms/requirement/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def checked(folder: Path, text: str, name: str = "data.ttl") -> CheckReport:
    path = folder / name
    path.write_text(PREFIXES + text if name.endswith(".ttl") else text)
    return mcqms_kg.check([path], as_of=DATE)


def of(report: CheckReport, name: str) -> ProviderVerdict:
    return next(p for p in report.providers if p.provider.term == f"<https://example.org/{name}>")


def state(report: CheckReport, name: str, notation: str) -> RequirementState:
    found = of(report, name).requirement(notation)
    assert found
    return found


def nation(path: Path, providers: int, credentials: int, seed: int, rate: float) -> dict[str, list[str]]:
    """The lines of a made-up nation by graph; the last is what providers share."""
    generate(path, providers, credentials, seed, rate, DATE)
    lines: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").splitlines(keepends=True):
        lines.setdefault(line.rsplit(" ", 2)[1], []).append(line)
    return dict(sorted(lines.items(), key=lambda item: "shared" in item[0]))


def without_places(states: Iterable[RequirementState]) -> list[tuple[object, ...]]:
    return [(s.notation, s.verdict, s.reason, s.focus_nodes, set(s.findings), set(s.waived)) for s in states]


@settings(
    max_examples=4,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 999), providers=st.integers(2, 4), credentials=st.integers(2, 8), rate=st.floats(0.05, 0.6))
def test_alone_and_among_others_alike(tmp_path: Path, seed: int, providers: int, credentials: int, rate: float) -> None:
    """Each provider's own graph with what all share, and all together."""
    *own, shared = nation(tmp_path / "all.nq", providers, credentials, seed, rate).values()
    together = mcqms_kg.check([tmp_path / "all.nq"], as_of=DATE)
    assert len(together.providers) == providers == len(own)
    assert any(p.counts.standing for p in together.providers)
    for lines in own:
        alone = checked(tmp_path, "".join([*lines, *shared]), "alone.nq")
        (judged,) = alone.providers
        same = next(p for p in together.providers if p.provider == judged.provider)
        assert without_places(judged.requirements) == without_places(same.requirements)
        assert (judged.verdict, judged.score, judged.counts) == (same.verdict, same.score, same.counts)
        assert (judged.credentials, judged.levels, judged.sectors) == (same.credentials, same.levels, same.sectors)
        assert [(r.verdict, r.is_waived) for r in alone.requirements()] == [
            (s.verdict, s.is_waived) for s in judged.requirements
        ]
        assert alone.score == judged.score


def test_what_others_lose_changes_nothing(tmp_path: Path) -> None:
    first, second, shared = nation(tmp_path / "all.nq", 2, 6, 11, 0.3).values()
    kept = Random(1).sample(second, len(second) // 2)
    before = checked(tmp_path, "".join([*first, *second, *shared]), "before.nq")
    after = checked(tmp_path, "".join([*first, *kept, *shared]), "after.nq")
    assert before.providers[0] == after.providers[0]
    assert before.providers[1].score != after.providers[1].score


def test_deletion_raises_no_provider(tmp_path: Path) -> None:
    """Taking out all that has a class, or a property, never makes a requirement conformant or gone that was not."""
    only, shared = nation(tmp_path / "all.nq", 1, 4, 5, 0.4).values()
    before = checked(tmp_path, "".join([*only, *shared]), "before.nq").providers[0]
    for word in ("#AuditFinding>", "#belongsTo>", "#Provider>", "#isOfferedBy>", "#expiryDate>"):
        left = [line for line in only if word not in line]
        assert len(left) < len(only)
        after = checked(tmp_path, "".join([*left, *shared]), "after.nq").providers
        assert not after or after[0].score.conformant <= before.score.conformant


@pytest.mark.parametrize("story", ["flawed-provider", "polytechnic-networks", "university-data-science"])
def test_focus_nodes_are_those_of_the_engine(story: str) -> None:
    """Counted here by shape, and by the engine."""
    submitted = read_submitted(sorted(Path("data", story).glob("*.ttl")))
    rulebook = operations.rulebook_for("mcqms", DATE)
    triples = (*operations.background(), *submitted.triples)
    report = engine_named("columns").validate(triples, rulebook.shapes)
    found = focus_nodes_by_shape(triples, rulebook.shapes, GraphIndex(triples))
    assert {shape: len(found.of(shape)) for shape in report.focus_nodes} == dict(report.focus_nodes)
    assert sum(report.focus_nodes.values()) > 100


TWO = """
ex:one a mc:Provider ; rdfs:label "One"@en . ex:two a mc:Provider ; rdfs:label "Two"@en .
ex:risk a mc:Risk ; mc:belongsTo ex:one ; mc:hasRiskKind code:risk-quality-not-standardised ; mc:likelihood 9 .
"""


def test_what_a_provider_has_none_of_is_not_checked(tmp_path: Path) -> None:
    report = checked(tmp_path, TWO + 'ex:procedure a mc:Procedure ; mc:belongsTo ex:one ; rdfs:label "P"@en .')
    needs_focus = [s.notation for s in of(report, "two").requirements if s.verdict is Verdict.NOT_CHECKED]
    assert {"8.1d", "10.1a"} <= set(needs_focus)
    assert of(report, "two").verdict is Verdict.NONCONFORMANT
    by_both = {n: (state(report, "one", n).focus_nodes, state(report, "two", n).focus_nodes) for n in ("8.1d", "6.1c")}
    assert by_both == {"8.1d": (0, 0), "6.1c": (1, 0)}


def test_a_defect_of_what_two_share_is_each_ones(tmp_path: Path) -> None:
    """The body has no class. Each provider alone would be told, so both are."""
    report = checked(
        tmp_path,
        TWO
        + "ex:v1 a mc:IndustryValidation ; mc:belongsTo ex:one ; mc:isPerformedBy ex:body ."
        + "ex:v2 a mc:IndustryValidation ; mc:belongsTo ex:two ; mc:isPerformedBy ex:body .",
    )
    (finding,) = [f for f in report.findings() if f.requirement.notation == "X2"]
    assert finding.focus.term == "<https://example.org/body>"
    assert state(report, "one", "X2").findings == state(report, "two", "X2").findings == (finding.id,)


def test_a_provider_without_a_type_is_one_still(tmp_path: Path) -> None:
    report = checked(tmp_path, "ex:risk a mc:Risk ; mc:belongsTo ex:one ; mc:likelihood 9 .")
    assert [p.provider.term for p in report.providers] == ["<https://example.org/one>"]
    assert state(report, "one", "X2").verdict is Verdict.NONCONFORMANT
    assert not report.unattributed


def test_findings_of_nobody_are_named(tmp_path: Path) -> None:
    report = checked(tmp_path, TWO + "ex:rule a mc:StackingRule .")
    assert len(report.unattributed) >= 1
    of_rule = {f.id for f in report.findings() if f.focus.term == "<https://example.org/rule>"}
    assert set(report.unattributed) == of_rule
    assert not any(of_rule & set(s.findings) for p in report.providers for s in p.requirements)


WAIVER = """ex:waiver a mc:Waiver ; mc:belongsTo ex:one ; mc:waives requirement:{} ; mc:reason "Agreed."@en ;
  mc:isGrantedBy ex:authority ; mc:effectiveDate "2026-01-01"^^xsd:date ; mc:expiryDate "2026-12-31"^^xsd:date .
ex:authority a mc:Regulator . """


def test_a_waiver_is_of_one_provider(tmp_path: Path) -> None:
    report = checked(tmp_path, TWO + WAIVER.format("1.1"))
    one, two = state(report, "one", "1.1"), state(report, "two", "1.1")
    assert one.is_waived and not one.findings and one.waived
    assert not two.is_waived and two.findings and not two.waived
    assert (of(report, "one").score.waived, of(report, "two").score.waived) == (1, 0)


NOT_APPLICABLE = """ex:statement a mc:ApplicabilityStatement ; mc:belongsTo ex:one ; mc:excludesRequirement requirement:8.1d ;
  mc:reason "It certifies nobody."@en ; mc:isApprovedBy ex:rector ; mc:effectiveDate "2026-01-01"^^xsd:date ;
  mc:expiryDate "2026-12-31"^^xsd:date . ex:rector a mc:StaffMember ; mc:belongsTo ex:one . """


def test_a_statement_of_applicability_is_of_one_provider(tmp_path: Path) -> None:
    report = checked(tmp_path, TWO + NOT_APPLICABLE)
    assert state(report, "one", "8.1d").verdict is Verdict.NOT_APPLICABLE
    assert state(report, "one", "8.1d").reason["en"] == "It certifies nobody."
    assert state(report, "two", "8.1d").verdict is Verdict.NOT_CHECKED
    assert whole(report, "8.1d") is Verdict.NOT_CHECKED
    both = TWO + NOT_APPLICABLE + NOT_APPLICABLE.replace("ex:statement", "ex:other").replace("ex:one", "ex:two")
    assert whole(checked(tmp_path, both), "8.1d") is Verdict.NOT_APPLICABLE


def whole(report: CheckReport, notation: str) -> Verdict:
    return next(r.verdict for r in report.requirements() if r.requirement.notation == notation)


def test_a_word_nobody_understands_is_the_providers_who_says_it(tmp_path: Path) -> None:
    """The verdict of a provider that would conform is withheld where some of its statements were not judged."""
    only, shared = nation(tmp_path / "one.nq", 1, 4, 3, 0.0).values()
    clean = checked(tmp_path, "".join([*only, *shared]), "clean.nq").providers[0]
    assert clean.verdict is Verdict.CONFORMANT
    odd = f"{clean.provider.term} <https://w3id.org/mcqms/ns#isGreat> {clean.provider.term} <urn:g> .\n"
    unclear = checked(tmp_path, "".join([*only, *shared, odd]), "odd.nq").providers[0]
    assert (unclear.verdict, unclear.score) == (Verdict.NOT_CHECKED, clean.score)
