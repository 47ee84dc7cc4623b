"""Whatever stands in a header, in the address or in a form: an answer, or a problem that says why not; never a breakdown."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg import operations
from mcqms_kg.errors import BadQuery
from mcqms_kg.query.library import Parameter, Question, fill_in
from mcqms_kg.service.http.media_types import REPORTS
from mcqms_kg.service.http.negotiation import MEDIA_TYPES, chosen, formats
from mcqms_kg.service.http.problems import NotAcceptable
from mcqms_kg.service.job_responses import wished_wait
from mcqms_kg.sparql.tokens import spell, tokenize
from service.served import Api

SETTINGS = settings(max_examples=300)
KINDS = [*(kind.split(";")[0] for kind in MEDIA_TYPES.values()), "*/*", "text/*", "/", "*", "application/json", "a/b"]
WEIGHTS = ["", ";q=1", ";q=0", ";q=0.5", ";q=nan", ";q=inf", ";q=-1", ";q=", "; q = 0.3", ';q="1"', ";charset=x;q=0.2"]
ranges = st.tuples(st.sampled_from(KINDS), st.sampled_from(WEIGHTS)).map("".join)
accepts = st.one_of(st.lists(ranges, max_size=5).map(", ".join), st.text(max_size=40))


@SETTINGS
@given(accept=accepts)
def test_any_accept_header(accept: str) -> None:
    for known in (MEDIA_TYPES, REPORTS):
        found = formats(accept, known)
        assert set(found) <= set(known) and len(set(found)) == len(found)
        if found:
            assert chosen(accept, known) == found[0]
        else:
            with pytest.raises(NotAcceptable):
                chosen(accept, known)


@given(
    kinds=st.lists(st.sampled_from(KINDS[:8]), min_size=2, max_size=4, unique=True), refused=st.sampled_from(KINDS[:8])
)
def test_what_weighs_more_comes_first_and_what_weighs_nothing_never(kinds: list[str], refused: str) -> None:
    weighed = ", ".join(f"{kind};q={(n + 1) / 10}" for n, kind in enumerate(kinds))
    found = [MEDIA_TYPES[name].split(";")[0] for name in formats(f"{weighed}, {refused};q=0, */*;q=0.01")]
    assert refused not in found
    wished = [kind for kind in reversed(kinds) if kind != refused]
    assert found[: len(wished)] == wished


@SETTINGS
@given(prefer=st.text(max_size=60))
def test_any_preference(prefer: str) -> None:
    assert 0 <= wished_wait(prefer, 20) <= 20


QUESTION = Question(
    "any",
    "",
    "",
    (),
    tuple(Parameter(kind, kind, None, True) for kind in ("iri", "text", "language", "integer", "date")),
    "SELECT * WHERE { ?s ?p ?iri , ?text , ?language , ?integer , ?date }",
)
HOSTILE = ["http://e/a> } #", "mc:a", "'", '"""', "\\", "\n", "\x00", "\ud800", "1e3", "-0", "2026-02-29", "٣", "en-"]
values = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20), st.lists(st.sampled_from(HOSTILE)).map("".join))


@SETTINGS
@given(given=st.dictionaries(st.sampled_from(["iri", "text", "language", "integer", "date", "other"]), values))
def test_any_value_of_a_parameter(given: dict[str, str]) -> None:
    """The query has the tokens it had, and one term for each value."""
    try:
        text = fill_in(QUESTION, given)
    except BadQuery:
        return
    extra = len(tokenize(text)) - len(tokenize(QUESTION.text))
    typed = sum(name in ("integer", "date") for name in given)
    assert extra == 5 * len(given) + 2 * typed and spell(tokenize(text)).count("VALUES") >= len(given)


names = st.sampled_from(sorted(operations.questions()))
ASKED = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def is_told(found: httpx.Response) -> bool:
    """An answer, or a problem in the one shape."""
    if found.status_code < 400:
        return True
    return found.status_code < 500 and found.headers["content-type"] == "application/problem+json"


@ASKED
@given(
    name=names,
    asked=st.dictionaries(st.sampled_from(["date", "language", "provider", "days", "x"]), values, max_size=3),
)
def test_questions(api_client: Api, name: str, asked: dict[str, str]) -> None:
    query = urlencode({key: value.encode("utf-8", "surrogatepass") for key, value in asked.items()})
    assert is_told(api_client.get(f"/questions/{name}?{query}"))


PLACES = [
    "ns",
    "clause",
    "shape",
    "requirements",
    "findings",
    "checks",
    "jobs",
    "datasets",
    "datasets/horizon/versions",
]


@ASKED
@given(place=st.sampled_from(PLACES), name=values)
def test_names_in_addresses(api_client: Api, place: str, name: str) -> None:
    found = api_client.get(f"/{place}/{quote(name.encode('utf-8', 'surrogatepass'), safe='')}")
    assert is_told(found) or found.status_code in (307, 308)


@ASKED
@given(
    body=st.one_of(st.binary(max_size=60), st.text(max_size=40).map(str.encode)),
    kind=st.sampled_from(["query", "json"]),
)
def test_bodies(api_client: Api, body: bytes, kind: str) -> None:
    if kind == "json":
        found = api_client.post("/checks", content=body, headers={"content-type": "application/json"})
    else:
        form = {"content-type": "application/x-www-form-urlencoded"}
        found = api_client.post("/sparql", content=b"query=" + body, headers=form)
    assert is_told(found), found.text
