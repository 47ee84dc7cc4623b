"""What the suites do with a SPARQL endpoint and a graph store that run somewhere, and nothing else is known of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from store.workspaces import new_workspace

HOME = "https://w3id.org/mcqms/"
EMPTY = "urn:x-test:empty"


def serving(folder: Path) -> partial[Serving]:
    """Starts the service on a new workspace."""
    new_workspace(folder / "ws").close()
    return partial(Serving, folder / "ws", QueryLimits(), 1)


@dataclass(frozen=True)
class Endpoint:
    """A service, by its client."""

    client: httpx.Client

    def query(self, text: str, default: Iterable[str], named: Iterable[str], accept: str) -> httpx.Response:
        """The answer over those graphs as the dataset, and no others."""
        form = {"query": text, "default-graph-uri": list(default) or [EMPTY], "named-graph-uri": list(named)}
        return self.client.post("/sparql", data=form, headers={"accept": accept})

    def update(self, text: str) -> httpx.Response:
        return self.client.post("/sparql", content=text.encode(), headers={"content-type": "application/sparql-update"})

    def hold(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        """From now on the store holds these graphs and no others; the unnamed one has the name ''."""
        blocks = []
        for number, (name, triples) in enumerate(graphs.items()):
            text = "".join(f"{' '.join(_own(t, number) for t in triple)} .\n" for triple in triples)
            blocks.append(f"GRAPH <{name}> {{ {text} }}" if name else text)
        done = self.update("DROP SILENT ALL ; INSERT DATA { " + "\n".join(blocks) + " }")
        assert done.status_code == 204, done.text

    def held(self) -> dict[str, tuple[Triple, ...]]:
        """The graphs with statements that the store holds beside what it shows of its own."""
        found = self.client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g { } }"})
        names = [row["g"]["value"] for row in found.json()["results"]["bindings"]]
        parameters = [("", {"default": ""}), *((name, {"graph": name}) for name in names if not name.startswith(HOME))]
        return {name: triples for name, given in parameters if (triples := self._graph(given))}

    def _graph(self, parameters: dict[str, str]) -> tuple[Triple, ...]:
        answer = self.client.get("/graphs", params=parameters, headers={"accept": "application/n-triples"})
        assert answer.status_code == 200
        return triples_of(answer.content)


def triples_of(
    content: bytes, format: ox.RdfFormat = ox.RdfFormat.N_TRIPLES, base: str | None = None
) -> tuple[Triple, ...]:
    return tuple(
        (Term(str(t.subject)), Term(str(t.predicate)), Term(str(t.object)))
        for t in ox.parse(content, format=format, base_iri=base)
    )


def _own(term: Term, number: int) -> str:
    """The term; a blank node under a name that no other graph uses."""
    return f"_:g{number}x{term.removeprefix('_:')}" if terms.is_blank(term) else term
