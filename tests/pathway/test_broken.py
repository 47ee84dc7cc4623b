"""Broken, circular, contradictory and hostile data: there is a reason, and never a crash or an endless run."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph.terms import iri
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import RDF
from mcqms_kg.pathway.planning.answers import Question
from mcqms_kg.pathway.planning.reachable import report
from mcqms_kg.pathway.projection import trees
from mcqms_kg.pathway.projection.reading import project
from mcqms_kg.pathway.telling.formats import FORMATS, write
from pathway.asking import DAY, EX, ask, certificate, micro, missing, projection, steps

AB = micro("a", "b")


@pytest.mark.parametrize(
    ("rule", "kind", "status"),
    [
        ("mc:minimumCount 1", "rule-without-options", "undecided"),
        ("mc:hasOption ex:a ; mc:minimumCount 2", "count-above-options", "unreachable"),
        ("mc:hasOption ex:a ; mc:minimumCredit 'many'", "bad-number", "undecided"),
        ("mc:hasOption ex:a ; mc:minimumCredit -1", "bad-number", "undecided"),
        ("mc:hasOption ex:a ; mc:minimumCount 0.5", "bad-number", "undecided"),
        ("mc:hasOption ex:a ; mc:minimumCredit 1e400", "bad-number", "undecided"),
        ("mc:hasOption ex:a ; mc:minimumCredit 99999999999999999999999", "bad-number", "undecided"),
        ("mc:hasOption ex:a , ex:b ; mc:minimumCount 1 , 2", "two-values", "reachable"),
        ("mc:hasOption ex:a , ex:what ; mc:minimumCount 2", "unknown-option", "unreachable"),
        ("mc:hasOption ex:rule", "rule-inside-itself", "unreachable"),
        (
            "mc:hasOption ex:a , ex:r2 . ex:r2 a mc:StackingRule ; mc:hasOption ex:rule",
            "rule-inside-itself",
            "unreachable",
        ),
        ("mc:hasOption ex:a ; mc:hasExemption ex:e . ex:e mc:exemptsFrom ex:a", "exemption-incomplete", "reachable"),
        ("mc:hasOption ex:a ; mc:hasMinimumLevel ex:lx", "level-without-number", "unreachable"),
    ],
)
def test_what_is_broken_is_named_with_its_statements(rule: str, kind: str, status: str) -> None:
    found = ask(AB + certificate(rule), "", "cert")
    assert found.status == status
    assert kind in {p.kind for p in found.problems} | {p.kind for p in projection(AB + certificate(rule)).problems}


def test_a_credential_that_claims_to_exempt_is_in_the_picture_nonetheless() -> None:
    question = Question([], iri(EX + "a"), DAY)
    found = report(projection("ex:a a mc:MicroCredential ; mc:exemptsFrom ex:b ."), question)
    assert "node-0-0-0" in write(found, "svg", "en")


def test_a_class_that_nobody_knows_is_named() -> None:
    with pytest.raises(UnknownName) as refused:
        ask("ex:c a mc:Certificate .", "", "c")
    assert "mc:Certificate" in refused.value.remedy


def test_of_two_values_the_stricter_one_holds() -> None:
    text = AB + certificate("mc:hasOption ex:a , ex:b ; mc:minimumCount 1 , 2")
    assert steps(ask(text, "", "cert").plans[0]) == "a b cert"


def test_a_circle_of_prerequisites_is_a_gap_with_its_statements() -> None:
    text = AB + "ex:a mc:requires ex:b . ex:b mc:requires ex:a ." + certificate("mc:hasOption ex:a")
    found = ask(text, "", "cert", count=5)
    assert found.status == "unreachable"
    assert {frozenset(missing(p)) for p in found.plans} == {frozenset({"credential a"}), frozenset({"credential b"})}
    assert [(p.kind, len(p.triples)) for p in found.problems] == [("prerequisite-circle", 2)]
    assert ask(text, "b", "cert").status == "reachable"


def test_credentials_made_of_each_other_never_make_each_other() -> None:
    text = """ex:x a mc:Certification ; mc:isStackedBy ex:rx . ex:rx a mc:StackingRule ; mc:hasOption ex:y .
        ex:y a mc:Certification ; mc:isStackedBy ex:ry . ex:ry a mc:StackingRule ; mc:hasOption ex:x ."""
    assert ask(text, "", "x").status == "unreachable"
    assert ask(text, "y", "x").status == "complete"


def test_a_target_of_which_nothing_is_said_is_undecided() -> None:
    assert ask("ex:t a mc:Certification . ex:j a mc:JobTitle .", "", "t").status == "undecided"
    assert ask("ex:t a mc:Certification . ex:j a mc:JobTitle .", "", "j").status == "undecided"


def test_labels_decide_nothing() -> None:
    """Two credentials of one name are two credentials."""
    text = (
        micro("a")
        + "ex:a rdfs:label 'Same' . ex:b a mc:MicroCredential ; rdfs:label 'Same' ."
        + certificate("mc:hasOption ex:a")
    )
    assert ask(text, "b", "cert").status == "reachable"


def test_an_unknown_name_is_refused_with_what_is_close() -> None:
    with pytest.raises(UnknownName, match=r"Close are: https://example\.org/cert"):
        ask(AB + certificate("mc:hasOption ex:a"), "", "certt")
    with pytest.raises(UnknownName, match="no credential, award, learner or competency unit"):
        ask(AB + certificate("mc:hasOption ex:a"), "zzz", "cert")


def test_exemptions_that_double_at_every_step_stay_small() -> None:
    """What earns an exemption is a part of the rule: thirty levels of two exemptions are as many places, and said to be too large."""
    rules = [
        f"ex:r{n} a mc:StackingRule ; mc:hasOption ex:a ; mc:hasExemption ex:e{n} , ex:f{n} . ex:e{n} mc:exemptsFrom ex:a ; mc:isEarnedBy "
        f"ex:r{n + 1} . ex:f{n} mc:exemptsFrom ex:a ; mc:isEarnedBy ex:r{n + 1} ."
        for n in range(30)
    ]
    text = AB + "ex:cert a mc:Certification ; mc:isStackedBy ex:r0 . ex:r30 mc:hasOption ex:b ." + "".join(rules)
    begun = time.process_time()
    found = ask(text, "", "cert")
    assert found.status == "undecided" and "rule-too-large" in {p.kind for p in found.problems}
    assert time.process_time() - begun < 20


def test_rules_that_double_at_every_step_stay_small() -> None:
    """Thirty levels of two options that are the same rule are a thousand million places: too large, and said so at once."""
    rules = [f"ex:r{n} a mc:StackingRule ; mc:hasOption ex:r{n + 1} , ex:s{n + 1} ." for n in range(30)]
    rules += [f"ex:s{n} a mc:StackingRule ; mc:hasOption ex:r{n + 1} , ex:s{n + 1} ." for n in range(1, 30)]
    text = (
        AB
        + "ex:cert a mc:Certification ; mc:isStackedBy ex:r0 . ex:r30 mc:hasOption ex:a . ex:s30 mc:hasOption ex:a ."
        + "".join(rules)
    )
    begun = time.process_time()
    found = ask(text, "", "cert")
    assert found.status == "undecided"
    assert "rule-too-large" in {p.kind for p in projection(text).problems}
    assert time.process_time() - begun < 10


def test_a_chain_of_thousands_is_followed() -> None:
    count = 3000
    text = "".join(f"ex:c{n} a mc:MicroCredential ; mc:requires ex:c{n + 1} . " for n in range(count))
    found = ask(text + f"ex:c{count} a mc:MicroCredential .", "", "c0")
    assert len(found.plans[0].proof.steps) == count + 1


def test_a_rule_nested_too_deep_is_undecided() -> None:
    depth = trees.MAX_DEPTH + 5
    rules = [f"ex:r{n} a mc:StackingRule ; mc:hasOption ex:r{n + 1} ." for n in range(depth)]
    text = (
        AB + "ex:cert a mc:Certification ; mc:isStackedBy ex:r0 ." + "".join(rules) + f"ex:r{depth} mc:hasOption ex:a ."
    )
    assert ask(text, "", "cert").status == "undecided"


NODES = [iri(EX + n) for n in "abcdefgh"]
NAMES = (
    "hasOption", "isStackedBy", "requires", "requiresRule", "substitutes", "hasExemption", "exemptsFrom", "isEarnedBy",
    "minimumCount", "minimumCredit", "maximumCredit", "hasMinimumLevel", "isLevelOf", "levelNumber", "awardsCredential",
    "isAwardedTo", "issueDate", "expiryDate", "validityMonths", "coversUnit", "requiresUnit", "hasUnit", "hasProgression",
    "leadsTo", "creditValue", "credits", "workloadHours", "withdrawalDate", "hasOffRamp", "isSharingAllowed", "isOfferedBy",
)  # fmt: skip
CLASSES = (
    "MicroCredential",
    "Certification",
    "StackingRule",
    "CompetencyUnit",
    "SkillSet",
    "QualificationLevel",
    "JobTitle",
    "Award",
)
LITERALS = ['"1"', '"2.5"', '"-3"', '"x"', '"2026-01-01"', '"0000-99-99"', '"true"', '"\\u001B[31m<b>"@en']
STATEMENT = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from([mc(n) for n in NAMES]), st.sampled_from(NODES)),
    st.tuples(
        st.sampled_from(NODES), st.sampled_from([mc(n) for n in NAMES]), st.sampled_from([Term(x) for x in LITERALS])
    ),
    st.tuples(st.sampled_from(NODES), st.just(iri(RDF + "type")), st.sampled_from([mc(n) for n in CLASSES])),
)


@settings(max_examples=80)
@given(st.lists(STATEMENT, max_size=60), st.lists(st.sampled_from(NODES), max_size=2), st.sampled_from([None, *NODES]))
def test_whatever_the_graph_says_there_is_an_answer(data: list[Triple], holds: list[Term], to: Term | None) -> None:
    """An answer in every form, or a refusal of a name; and nothing else."""
    try:
        found = report(project(data), Question(holds, to, DAY, count=2, seconds=5))
    except UnknownName:
        return
    for format in FORMATS:
        assert "\x1b" not in write(found, format, "en")
        assert write(found, format, "id")
