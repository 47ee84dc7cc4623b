"""A query to a store on a server: judged here, run there, and held to the same limits on time, rows and bytes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from mcqms_kg.errors import AnswerTooLarge, TookTooLong, UnknownName, Unsupported, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.formats import GRAPHS, RESULTS, RowCounter
from mcqms_kg.query.guard import Judged, judge
from mcqms_kg.query.parsed import Form
from mcqms_kg.query.request import Answer
from mcqms_kg.query.spread import spread_over
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.home import Home

if TYPE_CHECKING:
    from mcqms_kg.store.remote import RemoteHome

_PROLOGUE = "".join(f"PREFIX {prefix}: <{name}> " for prefix, name in PREFIXES.items())


def answer(
    home: Home, text: str, default: Sequence[Term], named: Sequence[Term], formats: Sequence[str], limits: QueryLimits
) -> Answer:
    """The whole answer, from the server's dataset narrowed to these graphs.

    What the embedded store answers wrongly is kept from the server as well, as it may be the same engine. Raises as `Pool.answer` does, and
    `WorkspaceError` where the server fails.
    """
    judged = spread_over(judge(text, limits.query_max_length), named)
    _refuse(judged)
    form = judged.parsed.form
    known = {**GRAPHS} if form in (Form.CONSTRUCT, Form.DESCRIBE) else {**RESULTS}
    chosen = next((f for f in formats if f in known and not (form is Form.ASK and f in ("csv", "tsv"))), None)
    if chosen is None:
        raise UnknownName(
            f"{form.value} cannot be answered as {', '.join(formats)}", remedy=f"Known: {', '.join(known)}."
        )
    request: dict[str, str | list[str]] = {
        "query": _PROLOGUE + judged.text,
        "default-graph-uri": [terms.iri_text(graph) for graph in default],
        "named-graph-uri": [terms.iri_text(graph) for graph in named],
    }
    accept = known[chosen].media_type.split(";")[0]
    return Answer(form, chosen, _received(cast("RemoteHome", home), request, accept, chosen, limits))


def _refuse(judged: Judged) -> None:
    if judged.ends:
        raise Unsupported(
            "Not every store answers a path of length zero at a constant rightly",
            place=judged.ends[0].term[0].place,
            remedy="Use + in place of * or ?.",
        )
    parsed = judged.parsed
    for term in (*parsed.from_graphs, *parsed.from_named):
        raise Unsupported("FROM is not sent to a server", place=term[0].place, remedy="Name datasets instead.")


def _received(
    home: RemoteHome, request: dict[str, str | list[str]], accept: str, format: str, limits: QueryLimits
) -> bytes:
    import httpx

    ends, rows, content = time.monotonic() + limits.query_timeout_s, RowCounter(format), bytearray()
    headers = {"Accept": accept}
    late = TookTooLong(
        f"The query took longer than {limits.query_timeout_s} s", remedy="The server may still be at work on it."
    )
    try:
        with home.client.stream(
            "POST", home.query_address, data=request, headers=headers, timeout=limits.query_timeout_s
        ) as found:
            if not found.is_success:
                found.read()
                raise WorkspaceError(f"The store answers with status {found.status_code}: {found.text[:300]}")
            if found.headers.get("content-type", "").split(";")[0].strip() != accept:
                raise WorkspaceError(f"The store does not answer as {accept}", remedy="Ask for another format.")
            for chunk in found.iter_bytes():
                content += chunk
                rows.see(chunk)
                if len(content) > limits.query_max_bytes or rows.rows > limits.query_max_rows:
                    raise AnswerTooLarge(
                        "The answer has more rows or bytes than is allowed", remedy="Ask for less, by LIMIT."
                    )
                if time.monotonic() > ends:
                    raise late
    except httpx.TimeoutException as problem:
        raise late from problem
    except httpx.HTTPError as problem:
        raise WorkspaceError(f"The store cannot be reached: {problem}") from problem
    return bytes(content)
