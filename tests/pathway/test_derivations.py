"""The planner and the derive queries see the same units, progressions and job titles, and each derived statement names its query."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from mcqms_kg import resources
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.operations import background
from mcqms_kg.pathway.projection.reading import Projection, project
from mcqms_kg.pathway.telling.evidence import counts_towards, covers, derived

DERIVE = resources.root() / "queries" / "derive"
STORIES = [folder.name for folder in resources.story_folders()]


@cache
def data(story: str) -> tuple[Triple, ...]:
    files = tuple(sorted((resources.root() / "data" / story).glob("*.ttl")))
    return (*background(), *read_submitted(files).triples)


@cache
def projection(story: str) -> Projection:
    return project(data(story))


def queried(story: str, query: str) -> set[Triple]:
    store = ox.Store()
    text = "\n".join(" ".join(t) + " ." for t in data(story))
    store.load(text.encode(), format=ox.RdfFormat.N_TRIPLES)
    answer = store.query((DERIVE / f"{query}.rq").read_text("utf-8"))
    assert isinstance(answer, ox.QueryTriples)
    return {(Term(str(t.subject)), Term(str(t.predicate)), Term(str(t.object))) for t in answer}


@pytest.mark.parametrize("story", STORIES)
def test_units_that_count_are_those_that_the_query_derives(story: str) -> None:
    ours = {(c.term, mc("coversUnit"), u) for c in projection(story).credentials.values() for u in c.units}
    assert ours == queried(story, "covers_unit") != set()


@pytest.mark.parametrize("story", STORIES)
def test_progressions_lead_where_the_query_says(story: str) -> None:
    leads = projection(story).leads
    ours: set[Triple] = set()
    for start in leads:
        waiting, seen = list(leads[start]), set[Term]()
        while waiting:
            target = waiting.pop()
            if target not in seen:
                seen.add(target)
                waiting += leads.get(target, ())
        ours |= {(start, mc("countsTowards"), target) for target in seen}
    assert ours == queried(story, "counts_towards") != set()


@pytest.mark.parametrize("story", STORIES)
def test_job_titles_are_those_that_the_query_derives(story: str) -> None:
    p = projection(story)
    ours = {
        (c, mc("contributesToJob"), job.term)
        for job in p.jobs.values()
        for u in job.units
        for c in p.covering.get(u, ())
    }
    assert ours == queried(story, "contributes_to_job")


@pytest.mark.parametrize("story", STORIES)
def test_each_derived_statement_names_a_query_that_derives_it_from_its_premises(story: str) -> None:
    p = projection(story)
    shown = [covers(p, c.term, u) for c in p.credentials.values() for u in c.units]
    shown += [counts_towards(p, source, target) for source, targets in p.leads.items() for target in targets]
    found = [d for triples in shown for d in derived(p, triples)]
    assert {d.query for d in found} == {"covers_unit", "counts_towards"}
    for one in found:
        store = ox.Store()
        store.load("\n".join(" ".join(t) + " ." for t in one.premises).encode(), format=ox.RdfFormat.N_TRIPLES)
        answer = store.query(Path(DERIVE / f"{one.query}.rq").read_text("utf-8"))
        assert isinstance(answer, ox.QueryTriples)
        assert tuple(map(str, one.triple)) in {(str(t.subject), str(t.predicate), str(t.object)) for t in answer}
