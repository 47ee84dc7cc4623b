"""Both engines give the same results on the example credentials under the official shapes of ELM, as they are and spoilt at random."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from differential.test_engines_agree import results
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Triple
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl import all_roads
from suites import STANDARDS

SHAPES = ("AMS-constraints", "EDC-generic-no-cv", "EDC-generic-full", "LOQ-constraints", "LOQ-constraints-mdr")
EXAMPLES = ("elm_edc_minimal.jsonld", "elm_loq_minimal.ttl", "elm_loq_qualitylink.ttl")
SEEDS = (None, 1, 2)
CREDENTIALS = "https://www.w3.org/2018/credentials#"
OF_CREDENTIALS = {
    "id": "@id",
    "type": "@type",
    "VerifiableCredential": f"{CREDENTIALS}VerifiableCredential",
    **{
        name: {"@id": CREDENTIALS + name, "@type": kind}
        for kind, names in {
            "@id": ("credentialSubject", "credentialSchema", "issuer"),
            f"{XSD}dateTime": ("issuanceDate", "issued", "validFrom", "expirationDate", "validUntil"),
        }.items()
        for name in names
    },
}
"""What the examples use of the credentials' context of W3C."""

pytestmark = pytest.mark.skipif(
    not (STANDARDS / "elm").is_dir() or not (STANDARDS / "examples").is_dir(),
    reason="the ELM shapes and examples are not here; set MCQMS_SUITES",
)


def spoilt(data: tuple[Triple, ...], seed: int) -> Iterator[Triple]:
    """The data with about a third of the statements dropped, doubled with another value, or given a value of another kind."""
    chosen = random.Random(seed)
    values = [o for _, _, o in data]
    for s, p, o in data:
        what = chosen.choice(("drop", "double", "retype", "tag", *["keep"] * 8))
        if what != "drop":
            yield s, p, o
        if what == "double":
            yield s, p, chosen.choice(values)
        if what == "retype":
            yield s, p, terms.literal("2026-02-30", datatype=XSD + chosen.choice(("date", "integer", "anyURI")))
        if what == "tag":
            yield s, p, terms.literal("text", language=chosen.choice(("en", "en-gb", "xx")))


def data_of(example: str, seed: int | None, folder: Path) -> tuple[Triple, ...]:
    data = tuple(read_triples([with_context(STANDARDS / "examples" / example, folder)]))
    assert data
    return data if seed is None else tuple(dict.fromkeys(spoilt(data, seed)))


def with_context(example: Path, folder: Path) -> Path:
    """JSON-LD with its contexts written into it, for nothing remote is fetched."""
    if example.suffix != ".jsonld":
        return example
    (context,) = (STANDARDS / "elm" / "context").glob("*.jsonld")
    of_elm = json.loads(context.read_text("utf-8"))["@context"]
    written = json.loads(example.read_text("utf-8")) | {"@context": [OF_CREDENTIALS, of_elm]}
    (folder / example.name).write_text(json.dumps(written), "utf-8")
    return folder / example.name


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: "as it is" if seed is None else f"spoilt {seed}")
@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("name", SHAPES)
def test_elm(name: str, example: str, seed: int | None, tmp_path: Path) -> None:
    data, shapes = data_of(example, seed, tmp_path), tuple(read_triples([STANDARDS / "elm" / f"{name}.ttl"]))
    with Columns.load((*triple, None) for triple in data) as loaded:
        found = all_roads.validate(loaded, shapes)
    expected = reference.validate(data, shapes)
    assert results(found) == results(expected)
    assert found.focus_nodes == expected.focus_nodes
