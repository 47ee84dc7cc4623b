"""`/pathway`: from what is held to certificates, degrees and occupations, as words, as a list, and as a picture that grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import McqmsError, UnknownName
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.pages.page import HEADERS, Asked, Page
from mcqms_kg.service.pages.pathway_answers import Answered, content, states, states_of_all, told
from mcqms_kg.service.pages.pathway_graph import STATES, Graph, around, groups, listed, members, whole
from mcqms_kg.service.pages.picking import Picked, from_address, several
from mcqms_kg.service.pages.rows import named_iri
from mcqms_kg.service.routes.pathways import PATHS, Best

router = APIRouter()
BEST: tuple[str, ...] = get_args(Best)
WAYS, SECONDS = 3, 5.0
FILES = ("svg", "graphml", "json", "turtle")
Grown = Annotated[list[str] | None, Query(max_length=200)]
Datasets = Annotated[list[str] | None, Query(max_length=100)]


@dataclass(frozen=True)
class Sought:
    """What the form of the explorer asks for."""

    holds: Sequence[Picked]
    to: Picked
    best: str
    as_of: str
    datasets: Sequence[str]

    @property
    def is_open(self) -> bool:
        """Whether a name still has to be chosen."""
        return any(one.is_open for one in (*self.holds, self.to))

    @property
    def is_empty(self) -> bool:
        return not (self.holds or self.to.text)

    def values(self) -> dict[str, Any]:
        held = [one.iri for one in self.holds]
        return {"holds": held, "to": self.to.iri or None, "best": self.best, "count": WAYS, "seconds": SECONDS}


@router.get("/pathway", response_class=Response)
def explore(
    page: Asked,
    best: str = "shortest",
    as_of: str = "",
    way: int = 1,
    provider: str = "",
    level: str = "",
    grow: Grown = None,
    dataset: Datasets = None,
) -> Response:
    """The explorer: a form, the answer where something is sought, and the graph around it."""
    to = from_address(page, "to")
    sought = Sought(several(page, "holds"), to, best if best in BEST else BEST[0], as_of or _today(), dataset or ())
    found, said = _told(page, sought)
    answers = found.get("answers", ())
    grown = [named_iri(iri) for iri in grow or ()]
    answer = answers[0] if answers and sought.to.iri else None
    plans = answer["plans"] if answer else []
    plan = plans[min(max(way, 1), len(plans)) - 1] if plans else None
    graph = _graph(page, sought, answers, plan, provider, level, grown)
    return page.render(
        "pathway.html.jinja",
        sought=sought,
        said=said,
        answers=answers,
        not_understood=found.get("notUnderstood"),
        answer=answer,
        plan=plan,
        way=way,
        graph=graph,
        columns=listed(graph),
        grown=grown,
        group=provider,
        signs=STATES,
        blank=Picked("holds"),
        orders=BEST,
        files=FILES,
        is_asked=not sought.is_empty,
        is_grouped=any(node.group for node in graph.nodes),
        drawn={**graph.plain(), "words": _words(page, graph), "isAsked": not sought.is_empty},
    )


@router.get("/pathway/links", response_class=Response)
def links(page: Asked, of: str) -> Response:
    """What one step leads to or from a thing, for the script of the explorer."""
    iri = named_iri(of)
    return _sent(page, around(page, {iri: "other"}, [iri]))


@router.get("/pathway/members", response_class=Response)
def group_members(page: Asked, provider: str, level: str = "") -> Response:
    """The credentials that a group stands for with what they lead to, for the script of the explorer."""
    found = members(page, named_iri(provider), named_iri(level) if level else "")
    return _sent(page, around(page, dict.fromkeys(found, "other"), found[:100]))


@router.get("/pathway/answer.{format}", response_class=Response)
def answer_file(
    page: Asked, format: str, best: str = "shortest", as_of: str = "", dataset: Datasets = None
) -> Response:
    """The answer of the planner as a file."""
    if format not in FILES:
        raise UnknownName(f"No format is named {format[:40]!r}", remedy=f"Known: {', '.join(FILES)}.")
    sought = Sought(several(page, "holds"), from_address(page, "to"), best, as_of or _today(), dataset or ())
    found = content(page, "path", sought.datasets, sought.as_of, format, **sought.values())
    response = document(page.request, found, PATHS[format])
    response.headers["Content-Disposition"] = f'attachment; filename="pathway.{format}"'
    return response


def _told(page: Page, sought: Sought) -> tuple[Answered, McqmsError | None]:
    if sought.is_open or sought.is_empty:
        return {}, None
    try:
        return told(page, "path", sought.datasets, sought.as_of, **sought.values()), None
    except McqmsError as problem:
        return {}, problem


def _graph(
    page: Page,
    sought: Sought,
    answers: Sequence[Answered],
    plan: Mapping[str, Any] | None,
    provider: str,
    level: str,
    grown: Sequence[str],
) -> Graph:
    if provider and sought.is_empty:
        found = members(page, named_iri(provider), named_iri(level) if level else "")
        return around(page, dict.fromkeys(found, "other"), [*found[:100], *grown])
    if sought.is_empty and not grown:
        return whole(page) or groups(page)
    if sought.to.iri and answers:
        return around(page, states(answers[0], plan), grown)
    chosen = {one.iri: "held" for one in sought.holds if one.iri} | ({sought.to.iri: "target"} if sought.to.iri else {})
    return around(page, states_of_all(answers) | chosen, [*grown, *([] if answers else chosen)])


def _words(page: Page, graph: Graph) -> Mapping[str, Any]:
    """What the script says in the language of the page."""
    w = page.words
    kinds = {node.kind for node in graph.nodes if node.kind} | {
        "JobTitle",
        "Certification",
        "Qualification",
        "MicroCredential",
    }
    return {
        "states": {state: w(f"pathway-state-{state}") for state in STATES},
        "signs": STATES,
        "kinds": {kind: w.kind(kind) for kind in kinds},
        "how": {
            how: w(f"pathway-how-{how}")
            for how in ("counts", "stacks", "first", "substitutes", "off-ramp", "covers", "holds", "needed", "teaches")
        },
        **{
            key: w(f"pathway-{key}")
            for key in ("start", "occupation", "grow", "grown", "none-more", "failed", "leads", "comes")
        },
        "level": w("pathway-level", number="{number}"),
        **{key: {"one": w(f"pathway-{key}", n=1), "more": w(f"pathway-{key}", n="{n}")} for key in ("group", "shown")},
    }


def _sent(page: Page, graph: Graph) -> Response:
    return JSONResponse(
        {**graph.plain(), "kinds": {n.kind: page.words.kind(n.kind) for n in graph.nodes}}, headers=HEADERS
    )


def _today() -> str:
    return dt.date.today().isoformat()
