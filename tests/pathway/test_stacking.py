"""Stacking problems with answers worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from pathway.asking import ask, certificate, micro, missing, name, steps

ABCD = micro("a", "b", "c", "d")
OPTIONS = "mc:hasOption ex:a , ex:b , ex:c , ex:d"


@pytest.mark.parametrize(
    ("rule", "holds", "expected"),
    [
        (OPTIONS, "", "a b c d cert"),
        (f"{OPTIONS} ; mc:minimumCount 2", "a", "b cert"),
        (f"{OPTIONS} ; mc:minimumCount 2", "a d", "cert"),
        (f"{OPTIONS} ; mc:minimumCredit 3", "", "a b c cert"),
        (f"{OPTIONS} ; mc:minimumCount 1 ; mc:minimumCredit 2", "c", "a cert"),
        (f"{OPTIONS} ; mc:minimumWorkload 25", "", "a b c cert"),
        (f"{OPTIONS} ; mc:minimumCount 0", "", "cert"),
    ],
)
def test_one_rule(rule: str, holds: str, expected: str) -> None:
    """Without a minimum all are asked for; a sum alone asks for no number; several minima must all be reached."""
    plan = ask(ABCD + certificate(rule), holds, "cert").plans[0]
    assert plan.proven
    assert sorted(steps(plan).split()) == sorted(expected.split()) or len(steps(plan).split()) == len(expected.split())
    assert steps(plan).split()[-1] == "cert"
    if "minimum" not in rule:
        assert steps(plan) == expected


NESTED = """mc:hasOption ex:core , ex:free ; mc:minimumCount 2 .
ex:core a mc:StackingRule ; mc:hasOption ex:a , ex:b ; mc:minimumCount 2 .
ex:free a mc:StackingRule ; mc:hasOption ex:b , ex:c , ex:d ; mc:minimumCount 1"""


def test_a_credential_is_counted_once_in_a_rule() -> None:
    """`b` stands in both groups: used in the core, it is not there for the electives."""
    assert ask(ABCD + certificate(NESTED), "a b", "cert").status == "reachable"
    assert steps(ask(ABCD + certificate(NESTED), "a b c", "cert").plans[0]) == "cert"


def test_sharing_may_be_allowed() -> None:
    shared = NESTED.replace("mc:minimumCount 2 .", "mc:minimumCount 2 ; mc:isSharingAllowed true .", 1)
    assert ask(ABCD + certificate(shared), "a b", "cert").status == "complete"


def test_shared_credits_still_count_once() -> None:
    both = """mc:hasOption ex:one , ex:two ; mc:minimumCount 2 ; mc:minimumCredit 4 ; mc:isSharingAllowed true .
        ex:one a mc:StackingRule ; mc:hasOption ex:a , ex:b ; mc:minimumCount 1 .
        ex:two a mc:StackingRule ; mc:hasOption ex:a , ex:c ; mc:minimumCount 1"""
    text = micro("a", "b", "c", credits=2) + certificate(both)
    assert ask(text, "a", "cert").status == "reachable"
    assert ask(text, "a c", "cert").status == "complete"


def test_a_cap_limits_what_a_group_brings() -> None:
    """Three electives are six credits, of which four count; two must come from the core."""
    rule = """mc:hasOption ex:core , ex:free ; mc:minimumCredit 6 .
        ex:core a mc:StackingRule ; mc:hasOption ex:a , ex:b ; mc:minimumCount 1 .
        ex:free a mc:StackingRule ; mc:hasOption ex:c , ex:d , ex:e ; mc:minimumCount 1 ; mc:maximumCredit 4"""
    text = micro("a", "b", "c", "d", "e", credits=2) + certificate(rule)
    assert ask(text, "c d e", "cert").status == "reachable"
    assert len(ask(text, "c d e", "cert").plans[0].proof.steps) == 2
    assert ask(text, "c d a", "cert").status == "complete"


def test_credits_are_those_of_the_progression_to_the_target() -> None:
    text = micro("a", credits=5, more="; mc:hasProgression ex:p") + micro("b", credits=1)
    text += "ex:p mc:leadsTo ex:cert ; mc:creditValue 2 ." + certificate(
        "mc:hasOption ex:a , ex:b ; mc:minimumCredit 3"
    )
    assert ask(text, "a", "cert").status == "reachable"
    assert ask(text, "a b", "cert").status == "complete"


def test_a_minimum_level_holds_inside_too_and_within_one_framework() -> None:
    rule = """mc:hasOption ex:inner ; mc:hasMinimumLevel ex:l5 .
        ex:inner a mc:StackingRule ; mc:hasOption ex:a , ex:b , ex:c ; mc:minimumCount 1"""
    text = (
        micro("a", more="; mc:hasLevel ex:l4")
        + micro("b", more="; mc:hasLevel ex:x9")
        + micro("c", more="; mc:hasLevel ex:l5")
    )
    text += certificate(rule)
    found = ask(text, "a b", "cert")
    assert steps(found.plans[0]) == "c cert"
    assert {(name(c), why) for c, _, why in found.refused} == {("a", "level-not-met"), ("b", "level-not-stated")}


def test_a_substitute_stands_in_and_is_not_counted_beside_itself() -> None:
    text = (
        micro("a", "b")
        + "ex:old a mc:MicroCredential ; mc:substitutes ex:a ; mc:withdrawalDate '2024-01-01'^^xsd:date ."
    )
    text += certificate("mc:hasOption ex:a , ex:b")
    plan = ask(text, "old", "cert").plans[0]
    assert steps(plan) == "b cert"
    assert ("a", "old") in {(name(o), name(by)) for o, by in plan.proof.steps[-1].by}
    twice = micro("a", "old") + "ex:old mc:substitutes ex:a ." + certificate("mc:hasOption ex:a , ex:old")
    assert steps(ask(twice, "old", "cert").plans[0]) == "a cert"


def test_an_exemption_holds_while_it_is_in_force() -> None:
    rule = "mc:hasOption ex:a , ex:b ; mc:hasExemption ex:exemption"
    text = micro("a", "b", "z") + certificate(rule)
    text += """ex:exemption a mc:Exemption ; mc:exemptsFrom ex:a ; mc:isEarnedBy ex:z ;
        mc:effectiveDate '2025-01-01'^^xsd:date ; mc:expiryDate '2026-12-31'^^xsd:date ."""
    assert steps(ask(text, "z", "cert").plans[0]) == "b cert"
    assert steps(ask(text, "z", "cert", day=dt.date(2027, 1, 1)).plans[0]) == "a b cert"


def test_units_skill_sets_and_levels_may_be_options() -> None:
    text = (
        micro("a", more="; mc:hasOutcome ex:o ; mc:hasLevel ex:l5")
        + "ex:o mc:isTiedTo ex:u1 . ex:u1 a mc:CompetencyUnit ."
    )
    text += (
        micro("b", more="; mc:coversUnit ex:u2")
        + "ex:u2 a mc:CompetencyUnit . ex:set a mc:SkillSet ; mc:hasUnit ex:u1 , ex:u2 ."
    )
    text += certificate("mc:hasOption ex:set , ex:l4") + "ex:l4 a mc:QualificationLevel ."
    assert steps(ask(text, "", "cert").plans[0]) == "a b cert"
    assert steps(ask(text, "u2", "cert").plans[0]) == "a cert"


def test_prerequisites_come_first_and_rules_may_be_asked_first() -> None:
    text = (
        ABCD
        + "ex:b mc:requires ex:a . ex:c mc:requiresRule ex:gate . ex:gate a mc:StackingRule ; mc:hasOption ex:b , ex:d ; "
        "mc:minimumCount 1 ."
    )
    plan = ask(text + certificate("mc:hasOption ex:c"), "", "cert", best="workload").plans[0]
    assert steps(plan) == "d c cert"
    assert (int(plan.hours), plan.stages, int(plan.longest)) == (20, 3, 20)
    assert steps(ask(text + certificate("mc:hasOption ex:b , ex:c"), "", "cert").plans[0]) == "a b c cert"


def test_several_rules_are_several_ways_and_the_best_comes_first() -> None:
    text = micro("a", hours=50) + micro("b", "c", hours=20)
    text += (
        certificate("mc:hasOption ex:a", "; mc:isStackedBy ex:other")
        + "ex:other a mc:StackingRule ; mc:hasOption ex:b , ex:c ."
    )
    assert [steps(p) for p in ask(text, "", "cert", count=5).plans] == ["a cert", "b c cert"]
    by_workload = ask(text, "", "cert", "workload", 5)
    assert [steps(p) for p in by_workload.plans] == ["b c cert", "a cert"]
    assert by_workload.all_found


def test_a_workload_that_nobody_states_is_never_the_cheapest() -> None:
    text = (
        micro("a", hours=500)
        + "ex:b a mc:MicroCredential ."
        + certificate("mc:hasOption ex:a , ex:b ; mc:minimumCount 1")
    )
    plans = ask(text, "", "cert", "workload", 2).plans
    assert [steps(p) for p in plans] == ["a cert", "b cert"]
    assert [name(t) for t in plans[1].unknown] == ["b"]


RAMPS = (
    micro("a", "b", "c", "d", hours=10)
    + "ex:small a mc:Certification ; mc:isStackedBy ex:r1 . ex:r1 a mc:StackingRule ; mc:hasOption ex:c , ex:d ."
    + "ex:tiny a mc:MicroCredential ; mc:isStackedBy ex:r2 . ex:r2 a mc:StackingRule ; mc:hasOption ex:a ."
    + certificate("mc:hasOption ex:ab , ex:cd ; mc:minimumCount 1")
    + "ex:ab a mc:StackingRule ; mc:hasOption ex:a , ex:b . ex:cd a mc:StackingRule ; mc:hasOption ex:c , ex:d ."
)


def test_most_off_ramps() -> None:
    found = ask(RAMPS, "", "cert", "offramps")
    assert steps(found.plans[0]) == "c d cert"
    assert [name(t) for t in found.plans[0].off_ramps] == ["small"]
    assert found.plans[0].proven
    assert found.plans[0].missing == ()


def test_a_declared_off_ramp_may_be_a_micro_credential() -> None:
    found = ask(RAMPS + "ex:cert mc:hasOffRamp ex:tiny .", "a", "cert", count=9)
    assert {name(t) for p in found.plans for t in p.off_ramps} == {"tiny", "small"}


AWARD = (
    "ex:award a mc:Award ; mc:awardsCredential ex:a ; mc:isAwardedTo ex:learner ; mc:issueDate '2024-05-31'^^xsd:date"
)


@pytest.mark.parametrize(
    ("more", "award", "status", "why"),
    [
        ("", "", "complete", None),
        ("", " ; mc:expiryDate '2026-06-30'^^xsd:date", "complete", None),
        ("", " ; mc:expiryDate '2026-06-29'^^xsd:date", "reachable", "award-expired"),
        ("ex:a mc:validityMonths 25 .", "", "complete", None),
        ("ex:a mc:validityMonths 24 .", "", "reachable", "award-expired"),
        ("ex:rule mc:maximumAgeMonths 24 .", "", "reachable", "award-does-not-count"),
        ("ex:rule mc:maximumAgeMonths 25 .", "", "complete", None),
    ],
)
def test_validity_on_a_day(more: str, award: str, status: str, why: str | None) -> None:
    """An award that is expired, or too old for a rule, may be earned anew."""
    text = micro("a") + certificate("mc:hasOption ex:a") + f"{AWARD}{award} . {more}"
    found = ask(text, "learner", "cert")
    assert found.status == status
    assert [s.why for s in found.holdings.set_aside] == ([why] if why else [])


def test_an_award_of_the_future_does_not_count_yet() -> None:
    text = micro("a") + certificate("mc:hasOption ex:a") + AWARD + " ."
    assert ask(text, "award", "cert", day=dt.date(2024, 5, 30)).holdings.set_aside[0].why == "award-not-yet-issued"


ASSESSED = """ex:award mc:restsOn ex:assessment . ex:assessment mc:eventDate '2024-05-01'^^xsd:date ; mc:isAssessedBy ex:assessor ;
  mc:assessesUnit ex:u ; mc:hasResult code:result-competent . ex:assessor mc:holdsCertificate ex:paper .
  ex:paper mc:certifiesUnit ex:u ; mc:effectiveDate '2024-01-01'^^xsd:date ; mc:expiryDate '2024-12-31'^^xsd:date ."""


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("", "", "complete"),
        ("2024-12-31", "2024-04-30", "reachable"),
        ("mc:certifiesUnit ex:u", "mc:certifiesUnit ex:v", "reachable"),
        ("code:result-competent", "code:result-not-yet-competent", "reachable"),
        ("mc:effectiveDate '2024-01-01'^^xsd:date ;", "", "reachable"),
    ],
)
def test_certified_assessors(old: str, new: str, status: str) -> None:
    rule = "mc:hasOption ex:a ; mc:isCertifiedAssessorRequired true"
    text = micro("a") + certificate(rule) + f"{AWARD} . " + (ASSESSED.replace(old, new) if old else ASSESSED)
    assert ask(text, "learner", "cert").status == status


@pytest.mark.parametrize(
    ("asks", "status"),
    [
        ("mc:asksForSupervision code:supervision-supervised-on-site-verified", "complete"),
        ("mc:asksForSupervision code:supervision-unsupervised", "unreachable"),
        ("mc:asksForApproach code:approach-competency-based", "complete"),
        ("mc:asksForApproach code:approach-norm-referenced", "unreachable"),
    ],
)
def test_assessment_conditions(asks: str, status: str) -> None:
    scheme = "ex:s mc:hasSupervision code:supervision-supervised-on-site-verified ."
    scheme += "ex:s mc:hasAssessmentApproach code:approach-competency-based ."
    text = micro("a", more="; mc:hasAssessmentScheme ex:s") + scheme + certificate(f"mc:hasOption ex:a ; {asks}")
    assert ask(text, "a", "cert").status == status


def test_the_cheaper_of_earning_again_and_earning_another_is_chosen() -> None:
    """What is old stays in force elsewhere; whether to earn it again is a question of work."""
    rule = "mc:hasOption ex:a , ex:b ; mc:minimumCount 1 ; mc:maximumAgeMonths 24"
    for hours, best in ((10, "a cert"), (99, "b cert")):
        text = micro("a", hours=hours) + micro("b", hours=50) + certificate(rule) + AWARD + " ."
        found = ask(text, "learner", "cert", "workload")
        assert (found.status, steps(found.plans[0]), found.plans[0].proven) == ("reachable", best, True)


def test_what_is_withdrawn_cannot_be_earned_again() -> None:
    text = micro("a", more="; mc:withdrawalDate '2026-01-01'^^xsd:date") + AWARD + " ."
    text += certificate("mc:hasOption ex:a ; mc:maximumAgeMonths 24")
    assert ask(text, "learner", "cert").status == "unreachable"


def test_what_is_only_claimed_is_assumed_aloud() -> None:
    rule = "mc:hasOption ex:a ; mc:maximumAgeMonths 12 ; mc:isCertifiedAssessorRequired true"
    found = ask(micro("a") + certificate(rule), "a", "cert")
    assert found.status == "complete"
    assert {key for key, _, _ in found.assumed} == {"age-assumed", "assessor-assumed"}


def test_a_job_title_needs_its_units_and_the_gap_names_what_nobody_covers() -> None:
    text = micro("a", more="; mc:coversUnit ex:u1") + micro("b", more="; mc:coversUnit ex:u1 , ex:u2", hours=99)
    text += (
        "ex:job a mc:JobTitle ; mc:requiresUnit ex:u1 , ex:u2 . ex:hard a mc:JobTitle ; mc:requiresUnit ex:u1 , ex:u9 ."
    )
    assert steps(ask(text, "", "job").plans[0]) == "b"
    assert ask(text, "b", "job").status == "complete"
    gap = ask(text, "", "hard")
    assert gap.status == "unreachable"
    assert missing(gap.plans[0]) == {"unit u9"}
    assert steps(gap.plans[0]) == "a"


def test_a_degree_without_a_rule_counts_credits_and_the_gap_says_how_many_lack() -> None:
    text = micro("a", credits=3, more="; mc:hasProgression [ mc:leadsTo ex:degree ; mc:creditValue 3 ]")
    text += "ex:degree a mc:Qualification ; mc:credits 10 ."
    gap = ask(text, "", "degree")
    assert (gap.status, missing(gap.plans[0]), steps(gap.plans[0])) == ("unreachable", {"credits degree 7"}, "a degree")


def test_the_smallest_gap_comes_first_and_alternatives_after_it() -> None:
    gone = "; mc:withdrawalDate '2024-01-01'^^xsd:date"
    text = micro("a", "b", "c", more=gone) + certificate("mc:hasOption ex:a", "; mc:isStackedBy ex:other")
    text += "ex:other a mc:StackingRule ; mc:hasOption ex:b , ex:c ."
    gaps = ask(text, "", "cert", count=5)
    assert [missing(p) for p in gaps.plans] == [{"credential a"}, {"credential b", "credential c"}]
    assert gaps.all_found
    assert all(m.why == "withdrawn" for p in gaps.plans for m in p.missing)


def test_not_yet_offered() -> None:
    text = micro("a", more="; mc:firstOfferDate '2026-09-01'^^xsd:date") + certificate("mc:hasOption ex:a")
    assert ask(text, "", "cert").plans[0].missing[0].why == "not-yet-offered"
    assert ask(text, "", "cert", day=dt.date(2026, 9, 1)).status == "reachable"
