"""On small worlds made at random, recognition says what trying every way says: verdict, smallest gaps, shortest chain."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from mcqms_kg.pathway.planning.landscape import survey
from mcqms_kg.pathway.projection.reading import project_facts
from mcqms_kg.pathway.recognition.model import Recognition, Status, Verdict
from mcqms_kg.pathway.recognition.recognising import recognise
from mcqms_kg.pathway.structure.impact import impact
from pathway.recognition_worlds import DAY, ask, ex, facts

BODIES, LEVELS = range(4), range(6)
"""Body 0 awards; level n is of framework n // 2, and the credential is at level 0."""


@dataclass(frozen=True)
class Agreement:
    number: int
    of: int
    by: int
    expired: bool
    vouched: bool
    extended: bool

    def turtle(self) -> str:
        end = ' ; mc:expiryDate "2026-01-01"^^xsd:date' if self.expired else ""
        letter = f" ; mc:isEvidencedBy ex:letter{self.number} . ex:letter{self.number} mc:isIssuedBy ex:b{self.by}"
        return f"""ex:a{self.number} mc:recognisesAwardsOf ex:b{self.of} ; mc:isHonouredBy ex:b{self.by} ;
          mc:isExtendedToHonouredAwards {str(self.extended).lower()} ; mc:effectiveDate "2020-01-01"^^xsd:date{end}
          {letter if self.vouched else ""} ."""


@dataclass(frozen=True)
class Step:
    """A link as brute force sees it: its name, where it leads, whether it is broken, and whether nobody vouches for it."""

    name: tuple[str, str, str]
    to: str
    broken: bool
    unvouched: bool

    @property
    def lacking(self) -> bool:
        return self.broken or self.unvouched


def steps_of_agreements(agreements: list[Agreement], at: str) -> Iterator[Step]:
    """From `b0` (awarding), `a<n>`, `r<n>` (the wrong way), `h<n>` (honouring)."""
    kind, number = at[0], int(at[1:])
    for a in agreements:
        me = f"a{a.number}"
        if kind == "b" and a.of == number:
            yield Step((at, "covered", me), me, a.expired, False)
        if kind == "b" and a.by == number:
            yield Step((at, "reversed", me), f"r{a.number}", True, False)
        if kind == "h" and a.of == number:
            yield Step((at, "covered", me), me, a.expired or not a.extended, False)
        if kind == "a" and a.number == number:
            yield Step((at, "honoured", me), f"h{a.by}", a.by == 0, not a.vouched)
        if kind == "r" and a.number == number:
            yield Step((at, "honoured", me), f"h{a.of}", False, False)


def ways(steps: object, start: str, goals: set[str]) -> Iterator[tuple[Step, ...]]:
    """Every way without a circle, as each is: no cleverness."""
    assert callable(steps)
    waiting: list[tuple[str, tuple[Step, ...], tuple[str, ...]]] = [(start, (), (start,))]
    while waiting:
        at, way, seen = waiting.pop()
        if at in goals:
            yield way
        for step in steps(at):
            if step.to not in seen:
                waiting.append((step.to, (*way, step), (*seen, step.to)))


def verdict(every: list[tuple[Step, ...]]) -> Verdict:
    if any(not any(step.lacking for step in way) for way in every):
        return Verdict.RECOGNISED
    if any(not any(step.broken for step in way) for way in every):
        return Verdict.UNVERIFIED
    return Verdict.NOT_RECOGNISED


def fewest(every: list[tuple[Step, ...]]) -> set[frozenset[tuple[str, str, str]]]:
    least = min(sum(step.lacking for step in way) for way in every)
    return {
        frozenset(step.name for step in way if step.lacking)
        for way in every
        if sum(step.lacking for step in way) == least
    }


def agreements() -> st.SearchStrategy[list[Agreement]]:
    body, yes = st.sampled_from(BODIES), st.booleans()
    parts = st.lists(st.tuples(body, body, yes, yes, yes), max_size=7)
    return parts.map(lambda rows: [Agreement(n, *row) for n, row in enumerate(rows) if row[0] != row[1]])


@settings(max_examples=300)
@given(agreements(), st.sets(st.sampled_from(BODIES), min_size=1))
def test_agreements(given_: list[Agreement], there: set[int]) -> None:
    countries = "".join(f'ex:b{n} mc:country "{"MY" if n in there else "SG"}" . ' for n in BODIES)
    turtle = "\n".join((*(a.turtle() for a in given_), countries, "ex:d a mc:Credential ; mc:isCertifiedBy ex:b0 ."))
    answer = ask("MY", turtle, of="d")
    every = list(ways(lambda at: steps_of_agreements(given_, at), "b0", {f"h{n}" for n in there}))
    assert answer.verdict is verdict(every)
    if not every:
        assert [gap.new for gap in answer.gaps] in (["agreement"], ["licence"])
    elif answer.verdict is not Verdict.RECOGNISED and len(fewest(every)) < 20:
        assert {frozenset(map(name, gap.links)) for gap in answer.gaps} == fewest(every)
    clean = [way for way in every if not any(step.broken for step in way)]
    if clean:
        best = min((sum(s.unvouched for s in way), len(way)) for way in clean)
        chain = answer.chains[0]
        assert (sum(link.status is Status.UNVERIFIED for link in chain.links), len(chain.links) - 2) == best
        assert not answer.whole or len(answer.chains) == len(clean)


def name(link: object) -> tuple[str, str, str]:
    start, record, kind, end = (getattr(link, part) for part in ("start", "record", "kind", "end"))
    letter = {"body": "b", "honoured": "h", "agreement": "a", "reversed": "r"}[start.kind]
    number = start.term.removesuffix(">")[-1]
    return f"{letter}{number}", "reversed" if end.kind == "reversed" else kind, f"a{record.removesuffix('>')[-1]}"


@dataclass(frozen=True)
class Row:
    number: int
    from_: int
    to: int
    endorsed: bool
    mutual: bool

    def turtle(self) -> str:
        status = "endorsed" if self.endorsed else "unverified"
        return f"""ex:row{self.number} mc:hasSourceLevel ex:l{self.from_} ; mc:hasTargetLevel ex:l{self.to} ;
          mc:isMutual {str(self.mutual).lower()} ; mc:hasReferencingStatus code:referencing-{status} ."""


def rows() -> st.SearchStrategy[list[Row]]:
    level, yes = st.sampled_from(LEVELS), st.booleans()
    parts = st.lists(st.tuples(level, level, yes, yes), max_size=7)
    return parts.map(lambda found: [Row(n, *row) for n, row in enumerate(found) if row[0] // 2 != row[1] // 2])


def levels_by_hand(given_: list[Row], endorsed_only: bool) -> set[int]:
    """The levels of framework 2 that rows lead to, none of them contradicted or overruled."""
    seen, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        out = [(r.to, r.endorsed) for r in given_ if r.from_ == at]
        out += [(r.from_, r.endorsed) for r in given_ if r.to == at and r.mutual]
        for to, endorsed in out:
            same = [(other, sure) for other, sure in out if other // 2 == to // 2]
            sure = {other for other, is_sure in same if is_sure}
            equals = sure or {other for other, _ in same}
            good = len(equals) == 1 and to in equals and (endorsed or not endorsed_only)
            if good and to not in seen:
                seen.add(to)
                waiting.append(to)
    return {level for level in seen if level // 2 == 2}


@settings(max_examples=300)
@given(rows())
@example([Row(0, 0, 2, True, False), Row(1, 0, 3, False, False), Row(2, 0, 3, True, False), Row(3, 3, 4, False, False)])
def test_levels(given_: list[Row]) -> None:
    scheme = "".join(f"ex:l{n} mc:isLevelOf ex:f{n // 2} . " for n in LEVELS) + "ex:f2 a mc:QualificationFramework ."
    turtle = "\n".join((*(row.turtle() for row in given_), scheme, "ex:d a mc:Credential ; mc:hasLevel ex:l0 ."))
    answer = ask("http://e/f2", turtle, of="d")
    sure = levels_by_hand(given_, endorsed_only=True)
    any_ = levels_by_hand(given_, endorsed_only=False)
    if len(sure) == 1:
        assert answer.verdict is Verdict.RECOGNISED and set(answer.levels) == {ex(f"l{n}") for n in sure}
    elif len(sure) > 1:
        assert answer.verdict is Verdict.UNDECIDED and set(answer.levels) == {ex(f"l{n}") for n in sure}
    elif any_:
        assert answer.verdict is not Verdict.RECOGNISED and set(answer.levels) == {ex(f"l{n}") for n in any_}
    else:
        assert answer.verdict in (Verdict.NOT_RECOGNISED, Verdict.UNDECIDED)
    _holds_together(answer)


def _holds_together(answer: Recognition) -> None:
    for chain in answer.chains:
        assert not any(link.broken for link in chain.links)
        assert all(a.end == b.start for a, b in zip(chain.links, chain.links[1:], strict=False))
        assert chain.links[-1].end == answer.place


HELD = (Verdict.RECOGNISED, Verdict.UNVERIFIED)
PLACES = {f"b{n}": code for n, code in enumerate(("MY", "SG", "TH", "VN"))}


@settings(max_examples=100)
@given(agreements(), rows(), st.sampled_from(BODIES), st.sampled_from(LEVELS), st.integers(0, 30))
def test_what_is_lost_with_a_record_or_a_body(
    given_: list[Agreement], referenced: list[Row], body: int, granted: int, which: int
) -> None:
    """What was recognised somewhere, and is not in a world without the record, or without the body and all that names it."""
    scheme = "".join(f"ex:l{n} mc:isLevelOf ex:f{n // 2} . " for n in LEVELS)
    scheme += "".join(f"ex:f{n} a mc:QualificationFramework . " for n in range(3))
    lines = [*(a.turtle() for a in given_), *(row.turtle() for row in referenced), scheme]
    lines += [f'ex:{name} mc:country "{code}" .' for name, code in PLACES.items()]
    lines += [f"ex:c{n} a mc:Credential ; mc:isOfferedBy ex:b{n} ." for n in BODIES]
    lines += ["ex:d a mc:Credential ; mc:isOfferedBy ex:b0 ; mc:hasLevel ex:l0 ."]
    if given_:
        lines += [f"ex:a{which % len(given_)} mc:grantsLevel ex:l{granted} ."]
    named = [f"a{a.number}" for a in given_] + [f"row{row.number}" for row in referenced] + [f"b{body}"]
    gone = named[which % len(named)]
    found = impact(survey(project_facts(facts(*lines)), DAY), ex(gone))
    worlds = facts(*lines), facts(*(line for line in lines if not re.search(rf"ex:{gone}\b", line)))
    withdrawn = {o.about for o in found.of("withdrawn")}
    lost = set()
    for credential in {ex(name) for name in ("c0", "c1", "c2", "c3", "d")} - withdrawn:
        for place in (*PLACES.values(), *(f"http://e/f{n}" for n in range(3))):
            before, after = (recognise(world, credential, place, DAY) for world in worlds)
            if before.verdict in HELD and after.verdict not in HELD:
                lost.add((credential, before.place.term))
    told = {(o.about, *o.others) for o in found.of("recognition-lost")}
    assert {row for row in told if row[0] not in withdrawn} == lost
