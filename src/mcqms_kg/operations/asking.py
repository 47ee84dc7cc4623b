"""Questions and queries over a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.errors import BadValue
from mcqms_kg.model import Term
from mcqms_kg.operations.workspaces import Where, at_hand, now
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.library import Question, fill_in, question_named, read_questions
from mcqms_kg.query.pool import Pool
from mcqms_kg.query.remote.query import Endpoint
from mcqms_kg.query.remote.query import answer as answer_there
from mcqms_kg.query.request import Answer, Request, requested
from mcqms_kg.settings import QueryLimits, Settings, store_time_limit
from mcqms_kg.store import versions
from mcqms_kg.store.provenance import graphs_describing
from mcqms_kg.store.shipped import renew
from mcqms_kg.store.working_graphs import UNNAMED
from mcqms_kg.store.workspace import CHECKPOINTS, Workspace

if TYPE_CHECKING:
    from mcqms_kg.store.remote import RemoteHome


def questions() -> Mapping[str, Question]:
    """The shipped questions by name."""
    return read_questions(resources.question_files())


def ask(
    question: str | None = None,
    parameters: Mapping[str, str] | None = None,
    *,
    query: str | None = None,
    datasets: Iterable[str] = (),
    formats: Sequence[str] = ("json", "turtle"),
    workspace: Where = None,
) -> Answer:
    """The answer to a shipped question, or to a SPARQL query, over the latest versions of the datasets and what the package ships.

    Without `datasets` all are asked, and the unnamed working graph. Every version, the provenance and the working graphs are graphs that
    a query may name. There is never a part of an answer: beyond a limit of `QueryLimits` there is an error.
    """
    if (question is None) == (query is None):
        raise BadValue("Give either a question or a query", remedy="Name one of them.")
    text = query if question is None else fill_in(question_named(questions(), question), parameters or {})
    with at_hand(workspace) as opened:
        shipped = renew(opened, f"mcqms-kg {mcqms_kg.__version__}", now(), Settings.from_environment())
        every = versions.versions(opened)
        latest = {v.dataset: v for v in every}
        asked = tuple(datasets)
        chosen = [versions.version(opened, name) for name in asked] or list(latest.values())
        default = tuple(dict.fromkeys([shipped.graph, *(v.graph for v in chosen)]))
        named, limits = [*(v.graph for v in every), *graphs_describing(every)], QueryLimits.from_environment()
        default, named = (*default, *(() if asked else (UNNAMED,))), [*named, *opened.home.working()]
        request = requested(limits, str(text), default, named, formats)
        if opened.is_on_server:
            return _on_server(opened, shipped.graph, request)
        with Pool(Checkpoints(opened.folder / CHECKPOINTS, opened.embedded.checkpoint), limits) as pool:
            return pool.answer(request)


def _on_server(opened: Workspace, shipped: Term, request: Request) -> Answer:
    from mcqms_kg.query.remote.traits import follows_paths, merges, recognised  # only then is its package needed

    home = cast("RemoteHome", opened.home)
    endpoint = recognised(home.client, Endpoint(home.query_address, store_time_limit()))
    follows = follows_paths(home.client, endpoint, shipped, request.limits)
    once = merges(home.client, endpoint, shipped, request.limits, home)
    return answer_there(home.client, replace(endpoint, follows_paths=follows, merges=once), request)
