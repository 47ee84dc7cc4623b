"""Eight questions that a service is asked, each about one thing after the other so that few are asked twice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_PREFIXES = """PREFIX mc: <https://w3id.org/mcqms/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX code: <https://w3id.org/mcqms/code/> """
_CREDENTIAL = "https://w3id.org/mcqms/ns#MicroCredential"
_ROUNDS, _UNREACHED = 60, 100_000
DIFFERENT = 5000
"""How many texts of one question."""


@dataclass(frozen=True)
class Asked:
    """A question: its name, whether it is about one thing only, and its text with `{}` for that thing."""

    name: str
    point: bool
    text: str


QUESTIONS = (
    Asked("everything of a credential", True, "SELECT ?p ?o WHERE {{ {} ?p ?o }}"),
    Asked(
        "its outcomes and units",
        True,
        "SELECT ?outcome ?unit WHERE {{ {} mc:hasOutcome ?outcome . ?outcome mc:isTiedTo ?unit }}",
    ),
    Asked(
        "who validated it, and when",
        True,
        "SELECT ?body ?date WHERE {{ {} mc:hasValidation ?v . ?v mc:isPerformedBy ?body ; mc:eventDate ?date }}",
    ),
    Asked("where it leads", True, "SELECT DISTINCT ?target WHERE {{ {} (mc:hasProgression/mc:leadsTo)+ ?target }}"),
    Asked(
        "its provider's other credentials",
        True,
        "SELECT ?other ?level WHERE {{ {} mc:isOfferedBy ?p . ?other mc:isOfferedBy ?p ; mc:hasLevel ?level }}",
    ),
    Asked(
        "whether industry accepted it",
        True,
        "ASK {{ {} mc:hasValidation ?v . ?v a mc:IndustryValidation ; mc:hasDecision code:decision-accepted }}",
    ),
    Asked(
        "credentials by level",
        False,
        "SELECT ?level (COUNT(DISTINCT ?c) AS ?n) WHERE {{ ?c a mc:MicroCredential ; mc:hasLevel ?level . "
        "FILTER (?c != {}) }} GROUP BY ?level",
    ),
    Asked(
        "credentials without validation",
        False,
        "SELECT ?c WHERE {{ ?c a mc:MicroCredential . FILTER NOT EXISTS {{ ?c mc:hasValidation ?v }} "
        "FILTER (?c != {}) }}",
    ),
)


def texts(asked: Asked, data: Path) -> tuple[str, ...]:
    """Queries of one question about the credentials in the data, in a random order that is the same each time."""
    with data.open(encoding="utf-8") as lines:
        found = sorted(
            {line.split(" ", 1)[0] for line in lines if line.startswith("<") and line.endswith(f"<{_CREDENTIAL}> .\n")}
        )
    random.Random(1).shuffle(found)  # noqa: S311  # a benchmark
    return tuple(_PREFIXES + asked.text.format(iri) for iri in found[:DIFFERENT])


def write(queries: tuple[str, ...], path: Path, *, new: bool = False) -> Path:
    """The queries as a file of form parameters, a line each, as the load generator reads them.

    With `new`, so many that none is asked twice: each again and again with another LIMIT, which no answer reaches.
    """
    rounds = (f" LIMIT {_UNREACHED + n}" for n in range(_ROUNDS)) if new else ("",)
    lines = (f"query={quote(text + limit, safe='')}\n" for limit in rounds for text in queries)
    path.write_text("".join(lines), "ascii")
    return path
