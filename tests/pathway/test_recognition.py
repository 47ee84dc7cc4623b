"""Recognition: hand-made answers for agreements, licences and levels; each thing that can be wrong is a reason, never a crash."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.pathway.recognition import chains
from mcqms_kg.pathway.recognition.model import Status, Verdict
from mcqms_kg.pathway.recognition.recognising import recognise
from pathway.recognition_worlds import AGREEMENT, CREDENTIAL, DAY, ROW, ask, ex, facts, faults

RECOGNISED, UNVERIFIED, NOT, UNDECIDED = (
    Verdict.RECOGNISED,
    Verdict.UNVERIFIED,
    Verdict.NOT_RECOGNISED,
    Verdict.UNDECIDED,
)


def test_an_agreement_in_force_is_a_chain_of_facts() -> None:
    answer = ask("MY", AGREEMENT)
    (chain,) = answer.chains
    assert answer.verdict is RECOGNISED and chain.status is Status.VERIFIED and answer.gaps == ()
    assert [link.kind for link in chain.links] == ["awarded", "covered", "honoured", "country"]
    assert chain.by == ex("abroad") and not chain.national
    assert chain.links[2].sources == (ex("letter"),)
    world = facts(CREDENTIAL, AGREEMENT)
    assert all(world.has(triple) for link in chain.links for triple in link.triples), "reasons are in the data"
    assert ask("my", AGREEMENT).verdict is RECOGNISED
    assert ask("http://e/abroad", AGREEMENT).verdict is RECOGNISED


WRONG: dict[str, tuple[str, Verdict, str]] = {
    "expired": ('ex:a mc:expiryDate "2026-06-29"^^xsd:date .', NOT, "expired"),
    "elsewhere": ("ex:a mc:coversCredential ex:other .", NOT, "out-of-scope"),
    "another level": ("ex:a mc:coversLevel ex:n5 .", NOT, "out-of-scope"),
    "another field": ("ex:a mc:coversField ex:cooking .", NOT, "out-of-scope"),
    "not concluded": ("ex:a mc:isConcludedBy ex:lsp .", NOT, "not-concluded"),
    "supervision": ("ex:a mc:asksForSupervision code:supervision-supervised-on-site-verified .", NOT, "condition"),
    "approach": ("ex:a mc:asksForApproach code:approach-norm-referenced .", NOT, "condition"),
    "too short": ("ex:a mc:minimumWorkload 136 .", NOT, "condition"),
    "too low": ("ex:a mc:hasMinimumLevel ex:n5 .", NOT, "condition"),
    "not said": ("ex:a mc:asksForQualityAssurance code:quality-assurance-external .", UNDECIDED, "not-said"),
    "another framework": ("ex:a mc:hasMinimumLevel ex:r4 .", UNDECIDED, "not-said"),
    "no number": ('ex:a mc:minimumWorkload "much" .', UNDECIDED, "not-said"),
    "in words": ('ex:a mc:conditionText "After an interview."@en .', UNDECIDED, "in-words"),
    "two starts": ('ex:a mc:effectiveDate "2026-01-01"^^xsd:date .', UNDECIDED, "contradictory"),
    "end before start": ('ex:a mc:expiryDate "2024-01-01"^^xsd:date .', UNDECIDED, "contradictory"),
    "no date": ('ex:a mc:expiryDate "soon" .', UNDECIDED, "unreadable"),
    "two countries": ('ex:abroad mc:country "SG" .', UNDECIDED, "contradictory"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_stands_against_an_agreement_is_a_reason(name: str) -> None:
    more, verdict, kind = WRONG[name]
    answer = ask("MY", AGREEMENT, more)
    assert (answer.verdict, faults(answer)) == (verdict, {kind})
    assert [[fault.kind for link in gap.links for fault in link.faults] for gap in answer.gaps] == [[kind]]


RIGHT = [
    "ex:a mc:coversCredential ex:other , ex:c .",
    "ex:a mc:coversLevel ex:n4 , ex:n5 ; mc:coversField ex:computing .",
    'ex:a mc:expiryDate "2026-06-30"^^xsd:date .',
    "ex:a mc:isConcludedBy ex:lsp , ex:abroad ; mc:hasMinimumLevel ex:n4 ; mc:minimumWorkload 135 .",
    "ex:a mc:asksForSupervision code:supervision-unsupervised , code:supervision-supervised-on-site-verified .",
]


@pytest.mark.parametrize("more", RIGHT)
def test_what_an_agreement_asks_for_may_be_met(more: str) -> None:
    assert ask("MY", AGREEMENT, more).verdict is RECOGNISED


def test_days_are_inclusive() -> None:
    assert ask("MY", AGREEMENT, day=dt.date(2025, 1, 1)).verdict is RECOGNISED
    early = ask("MY", AGREEMENT, day=dt.date(2024, 12, 31))
    assert (early.verdict, faults(early)) == (NOT, {"not-yet"})
    unsaid = ask("MY", AGREEMENT.replace('mc:effectiveDate "2025-01-01"^^xsd:date ;', ""))
    assert (unsaid.verdict, faults(unsaid)) == (UNDECIDED, {"no-start"})


def test_the_word_of_the_awarding_side_does_not_verify_an_agreement() -> None:
    answer = ask("MY", AGREEMENT.replace("ex:letter mc:isIssuedBy ex:abroad", "ex:letter mc:isIssuedBy ex:lsp"))
    assert answer.verdict is UNVERIFIED
    assert [[(link.kind, link.record) for link in gap.links] for gap in answer.gaps] == [[("honoured", ex("a"))]]


def test_an_agreement_runs_one_way() -> None:
    turned = AGREEMENT.replace("recognisesAwardsOf ex:lsp", "recognisesAwardsOf ex:abroad").replace(
        "isHonouredBy ex:abroad", "isHonouredBy ex:lsp"
    )
    answer = ask("MY", turned)
    assert (answer.verdict, faults(answer)) == (NOT, {"wrong-direction"})


def test_an_agreement_grants_a_level_and_counts_credits() -> None:
    answer = ask("MY", AGREEMENT, "ex:a mc:grantsLevel ex:r5 ; mc:transferRate 2.0 ; mc:transferCap 5.0 .")
    assert (answer.chains[0].level, answer.chains[0].credits) == (ex("r5"), Decimal("5.0"))
    assert ask("MY", AGREEMENT, "ex:a mc:transferRate 0.5 .").chains[0].credits == Decimal("1.50")
    assert ask("MY", AGREEMENT).chains[0].credits is None
    assert ask("RQF", AGREEMENT, "ex:a mc:grantsLevel ex:r5 .").levels == (ex("r5"),)
    assert ask("MY", AGREEMENT, "ex:a mc:transferCap 5 . ex:c mc:credits 4.0 .").chains[0].credits is None, (
        "two credits"
    )


EXTENDED = """
ex:b mc:recognisesAwardsOf ex:abroad ; mc:isHonouredBy ex:far ; mc:effectiveDate "2025-01-01"^^xsd:date ; mc:isEvidencedBy ex:note .
ex:note mc:isIssuedBy ex:far . ex:far a mc:Regulator ; mc:country "AU" .
"""


def test_recognition_is_handed_on_only_where_an_agreement_says_so() -> None:
    answer = ask("AU", AGREEMENT, EXTENDED)
    assert (answer.verdict, faults(answer)) == (NOT, {"not-extended"})
    answer = ask("AU", AGREEMENT, EXTENDED, "ex:b mc:isExtendedToHonouredAwards true .")
    assert answer.verdict is RECOGNISED and answer.chains[0].national and len(answer.chains[0].links) == 6
    assert ask("AU", AGREEMENT, EXTENDED, "ex:b mc:isExtendedToHonouredAwards true , false .").verdict is NOT


LICENCE = """
ex:licence mc:isGrantedTo ex:lsp ; mc:isGrantedBy ex:bnsp ; mc:licensesUnit ex:u1 , ex:u2 ; mc:effectiveDate "2025-01-01"^^xsd:date ;
  mc:isEvidencedBy ex:decree .
ex:decree mc:isIssuedBy ex:bnsp . ex:bnsp a mc:Regulator ; mc:country "ID" .
"""


def test_at_home_a_licence_recognises() -> None:
    answer = ask("ID", LICENCE)
    assert answer.verdict is RECOGNISED and answer.chains[0].national and answer.chains[0].level == ex("n4")
    without = ask("ID")
    assert (without.verdict, [gap.new for gap in without.gaps]) == (NOT, ["licence"])
    assert [gap.new for gap in ask("SG").gaps] == ["agreement"]


LICENCE_WRONG = {
    "out-of-scope": LICENCE.replace("ex:u1 , ex:u2", "ex:u1"),
    "no-authority": LICENCE.replace("a mc:Regulator ;", ""),
    "own-word": LICENCE.replace("isGrantedBy ex:bnsp", "isGrantedBy ex:lsp") + "ex:lsp a mc:Regulator .",
    "expired": LICENCE + 'ex:licence mc:expiryDate "2026-01-01"^^xsd:date .',
}


@pytest.mark.parametrize("kind", LICENCE_WRONG)
def test_a_licence_that_does_not_hold_is_a_reason(kind: str) -> None:
    answer = ask("ID", LICENCE_WRONG[kind])
    assert (answer.verdict, faults(answer)) == (NOT, {kind})


def test_an_agreement_of_the_authority_covers_whom_it_licenses() -> None:
    of_authority = AGREEMENT.replace("recognisesAwardsOf ex:lsp", "recognisesAwardsOf ex:bnsp")
    assert ask("MY", of_authority).verdict is NOT
    assert ask("MY", of_authority, LICENCE).verdict is RECOGNISED
    of_owner = AGREEMENT.replace("recognisesAwardsOf ex:lsp", "recognisesAwardsOf ex:owner")
    assert ask("MY", of_owner, "ex:lsp mc:isUnitOf ex:owner .").verdict is RECOGNISED


def test_the_provider_awards_only_where_no_body_certifies() -> None:
    of_school = AGREEMENT.replace("recognisesAwardsOf ex:lsp", "recognisesAwardsOf ex:school")
    assert ask("MY", of_school).verdict is NOT
    own = CREDENTIAL.replace("mc:isCertifiedBy ex:lsp ;", "")
    assert recognise(facts(own, of_school), ex("c"), "MY", DAY).verdict is RECOGNISED


def test_levels_are_referenced_with_their_status() -> None:
    assert ask("NQF").verdict is RECOGNISED and ask("NQF").chains[0].status is Status.STATED
    answer = ask("RQF", ROW)
    assert (answer.verdict, answer.levels, answer.chains[0].level) == (RECOGNISED, (ex("r4"),), ex("r4"))
    for status in ("code:referencing-unverified", "code:referencing-proposed", "ex:unheard-of"):
        answer = ask("RQF", ROW.replace("code:referencing-endorsed", status))
        assert answer.verdict is UNVERIFIED and answer.levels == (ex("r4"),)
        assert [[link.record for link in gap.links] for gap in answer.gaps] == [[ex("row")]]
    assert ask("RQF", ROW, "ex:row mc:hasReferencingStatus code:referencing-unverified .").verdict is UNDECIDED
    assert [gap.new for gap in ask("RQF").gaps] == ["referencing"]


def test_a_row_runs_one_way_unless_it_is_mutual() -> None:
    back = ROW.replace(
        "hasSourceLevel ex:n4 ; mc:hasTargetLevel ex:r4", "hasSourceLevel ex:r4 ; mc:hasTargetLevel ex:n4"
    )
    answer = ask("RQF", back)
    assert (answer.verdict, faults(answer)) == (NOT, {"wrong-direction"})
    assert ask("RQF", back, "ex:row mc:isMutual true .").verdict is RECOGNISED


SECOND = (
    "ex:other mc:hasSourceLevel ex:n4 ; mc:hasTargetLevel ex:r5 ; mc:hasReferencingStatus code:referencing-endorsed .\n"
)


def test_facts_that_contradict_each_other_decide_nothing() -> None:
    answer = ask("RQF", ROW, SECOND)
    assert (answer.verdict, faults(answer)) == (UNDECIDED, {"contradictory"})
    unverified = SECOND.replace("endorsed", "unverified")
    overruled = ask("RQF", ROW, unverified)
    assert (overruled.verdict, overruled.levels) == (RECOGNISED, (ex("r4"),)), "what is endorsed overrules"
    assert faults(overruled) == {"overruled"}
    assert ask("RQF", ROW, SECOND + 'ex:other mc:expiryDate "2020-01-01"^^xsd:date .').verdict is RECOGNISED
    assert ask("RQF", ROW, "ex:c mc:hasLevel ex:n5 .").verdict is UNDECIDED, "one credential at two levels"
    assert ask("NQF", "ex:n4 mc:isLevelOf ex:rqf .").verdict is UNDECIDED, "one level of two frameworks"


def test_equally_good_chains_that_arrive_at_different_levels_decide_nothing() -> None:
    third = """ex:third a mc:QualificationFramework . ex:t1 mc:isLevelOf ex:third .
    ex:r1 mc:hasSourceLevel ex:n4 ; mc:hasTargetLevel ex:t1 ; mc:hasReferencingStatus code:referencing-endorsed .
    ex:r2 mc:hasSourceLevel ex:t1 ; mc:hasTargetLevel ex:r5 ; mc:hasReferencingStatus code:referencing-endorsed ."""
    answer = ask("RQF", ROW, third)
    assert answer.verdict is UNDECIDED and answer.contradictory and answer.levels == (ex("r4"), ex("r5"))
    weaker = third.replace("ex:r5 ; mc:hasReferencingStatus code:referencing-endorsed", "ex:r5")
    assert ask("RQF", ROW, weaker).levels == (ex("r4"),)


def test_verified_chains_come_first_then_shorter_ones() -> None:
    two = AGREEMENT.replace("ex:a a", "ex:a2 a").replace("ex:letter", "ex:letter2").replace("ex:abroad", "ex:there")
    world = (
        two.replace("ex:letter2 mc:isIssuedBy ex:there", "ex:letter2 mc:isIssuedBy ex:lsp")
        + 'ex:there mc:country "MY" .'
    )
    longer = "ex:lsp mc:isUnitOf ex:owner ." + AGREEMENT.replace("ex:a a", "ex:a3 a").replace("ex:lsp", "ex:owner")
    answer = ask("MY", world, AGREEMENT, longer)
    assert [(chain.status.value, len(chain.links)) for chain in answer.chains] == [
        ("verified", 4),
        ("verified", 5),
        ("unverified", 4),
    ]


AWARD = 'ex:w mc:awardsCredential ex:c ; mc:isAwardedTo ex:p ; mc:issueDate "2026-01-01"^^xsd:date .'


def test_an_award_may_have_expired_or_not_be_issued_yet() -> None:
    assert ask("MY", AGREEMENT, AWARD, of="w").verdict is RECOGNISED
    for more, day, kind in (
        ('ex:w mc:expiryDate "2026-06-29"^^xsd:date .', DAY, "expired"),
        ("", dt.date(2025, 12, 31), "not-yet"),
    ):
        answer = ask("MY", AGREEMENT, AWARD, more, of="w", day=day)
        assert (answer.verdict, faults(answer)) == (NOT, {kind})
    assert ask("MY", AGREEMENT, AWARD, 'ex:w mc:expiryDate "never" .', of="w").verdict is UNDECIDED
    with pytest.raises(BadValue, match="awards more than one credential"):
        ask("MY", AWARD, "ex:w mc:awardsCredential ex:d .", of="w")


def test_an_award_keeps_the_licence_that_its_issuer_had() -> None:
    ended = LICENCE + 'ex:licence mc:expiryDate "2026-02-01"^^xsd:date .'
    assert (ask("ID", ended).verdict, ask("ID", ended, AWARD, of="w").verdict) == (NOT, RECOGNISED)
    later = 'ex:w mc:issueDate "2026-03-01"^^xsd:date .'
    assert ask("ID", ended, AWARD.replace("2026-01-01", "2026-03-01"), of="w").verdict is NOT
    assert faults(ask("ID", ended, AWARD, later, of="w")) == {"contradictory", "expired"}


def test_circles_end() -> None:
    circle = """ex:r4 mc:isLevelOf ex:rqf . ex:r1 mc:hasSourceLevel ex:n4 ; mc:hasTargetLevel ex:r4 ; mc:isMutual true .
    ex:r2 mc:hasSourceLevel ex:r4 ; mc:hasTargetLevel ex:n5 . ex:r3 mc:hasSourceLevel ex:n5 ; mc:hasTargetLevel ex:n4 .
    ex:lsp mc:isUnitOf ex:lsp , ex:owner . ex:owner mc:isUnitOf ex:lsp .
    ex:b mc:recognisesAwardsOf ex:abroad ; mc:isHonouredBy ex:abroad ; mc:isExtendedToHonouredAwards true ."""
    assert ask("RQF", circle).verdict in (UNVERIFIED, UNDECIDED)
    assert ask("MY", circle, AGREEMENT).verdict is RECOGNISED
    assert ask("SG", circle, AGREEMENT).verdict is NOT


def test_what_is_too_much_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(AGREEMENT.replace("ex:a a", f"ex:a{n} a") for n in range(30))
    answer = ask("MY", many)
    assert answer.verdict is RECOGNISED and len(answer.chains) == chains.MOST_WAYS and not answer.whole
    monkeypatch.setattr(chains, "MOST_LINKS", 10)
    assert ask("SG", many).verdict is UNDECIDED, "a way that was not looked at may lead there"


def test_names_that_mean_nothing_here_are_refused() -> None:
    for place, told in {
        "XYZ": "'XYZ' names no framework and no country",
        "http://e/nowhere": "no framework and no body",
        "": "names no framework",
    }.items():
        with pytest.raises((BadValue, UnknownName), match=told):
            ask(place)
    with pytest.raises(UnknownName, match="is no credential and no award"):
        ask("MY", of="lsp")
    with pytest.raises(UnknownName, match="Nothing is said of"):
        ask("MY", of="nothing")


def test_labels_decide_nothing() -> None:
    names = 'ex:c rdfs:label "AQRF"@en . ex:abroad rdfs:label "LSP"@en . ex:lsp rdfs:label "LSP"@en . ex:nqf rdfs:label "RQF"@en .'
    same = ask("MY", AGREEMENT)
    named = ask("MY", AGREEMENT, names)
    assert named == same and ask("RQF", names).verdict is NOT
