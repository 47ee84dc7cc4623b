"""Pathways and transfer values of CTDL: ours there and back, and those of others as far as they say what we need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mcqms_kg
from interop.official import ctdl_errors
from interop.round_trip import come_back, exported, neither_kept_nor_told, written_to
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.ctdl import read
from mcqms_kg.model import Taken, Term, Triple
from mcqms_kg.namespaces import DCTERMS, RDFS, XSD
from mcqms_kg.settings import Settings

LABEL, DESCRIPTION = terms.iri(RDFS + "label"), terms.iri(DCTERMS + "description")
RULES = frozenset(mc(name) for name in ("isStackedBy", "hasOption", "minimumCount"))


def ex(name: str) -> Term:
    return terms.iri(f"https://example.org/way/{name}")


def number(value: int) -> Term:
    return terms.literal(str(value), datatype=XSD + "integer")


def world(*more: Triple) -> tuple[Triple, ...]:
    """A micro-credential that leads to a certificate by a rule with a rule inside."""
    named = [(ex(name), LABEL, terms.literal(f"The {name}", language="en")) for name in ("a", "b", "c", "goal")]
    return (
        *named,
        *((ex(name), TYPE, mc("MicroCredential")) for name in ("a", "b", "c")),
        (ex("goal"), TYPE, mc("Certification")),
        (ex("a"), mc("isOfferedBy"), ex("school")),
        (ex("school"), TYPE, mc("Provider")),
        (ex("a"), mc("hasProgression"), ex("step")),
        (ex("step"), mc("leadsTo"), ex("goal")),
        (ex("goal"), mc("isStackedBy"), ex("rule")),
        (ex("rule"), TYPE, mc("StackingRule")),
        (ex("rule"), mc("minimumCount"), number(2)),
        (ex("rule"), mc("hasOption"), ex("a")),
        (ex("rule"), mc("hasOption"), ex("inner")),
        (ex("inner"), TYPE, mc("StackingRule")),
        (ex("inner"), mc("minimumCount"), number(1)),
        (ex("inner"), mc("hasOption"), ex("b")),
        (ex("inner"), mc("hasOption"), ex("c")),
        *more,
    )


def test_a_rule_goes_out_as_a_pathway_and_comes_back(tmp_path: Path) -> None:
    written = exported("ctdl", written_to(tmp_path / "in.nt", world()))
    content = written.files["ctdl.json"]
    assert ctdl_errors(content) == []
    back = set(come_back("ctdl", written, tmp_path / "out"))
    assert {t for t in world() if t[1] in RULES} == {t for t in back if t[1] in RULES}
    ours = read_triples([tmp_path / "in.nt"])
    assert neither_kept_nor_told(ours, tuple(back), written.losses) == []


@pytest.mark.parametrize("kind", ["SkillSet", "QualificationLevel", "StackingRule"])
def test_a_rule_that_cannot_be_said_whole_is_not_written(kind: str, tmp_path: Path) -> None:
    """Without an option it would ask for more; a rule inside itself has no end."""
    option = ex("rule") if kind == "StackingRule" else ex("other")
    more = [(ex("inner"), mc("hasOption"), option), (option, TYPE, mc(kind))]
    written = exported("ctdl", written_to(tmp_path / "in.nt", world(*more)))
    assert b"ceterms:Pathway" not in written.files["ctdl.json"]
    assert any("cannot say this rule" in loss.what["en"] and loss.at == ex("rule") for loss in written.losses)


def test_an_agreement_comes_back_without_what_is_not_said(tmp_path: Path) -> None:
    deal: list[Triple] = [
        (ex("deal"), TYPE, mc("RecognitionAgreement")),
        (ex("deal"), LABEL, terms.literal("The deal", language="en")),
        (ex("deal"), DESCRIPTION, terms.literal("It counts.", language="en")),
        (ex("deal"), mc("publicPage"), terms.literal("https://example.org/deal", datatype=XSD + "anyURI")),
        (ex("deal"), mc("coversCredential"), ex("a")),
        (ex("deal"), mc("isHonouredBy"), ex("school")),
        (ex("deal"), mc("effectiveDate"), terms.literal("2026-01-01", datatype=XSD + "date")),
        (ex("a"), mc("credits"), terms.literal("3.0", datatype=XSD + "decimal")),
    ]
    written = exported("ctdl", written_to(tmp_path / "in.nt", world(*deal)))
    assert ctdl_errors(written.files["ctdl.json"]) == []
    back = {t for t in come_back("ctdl", written, tmp_path / "out") if t[0] == ex("deal")}
    assert back == {t for t in deal if t[0] == ex("deal") and t[1] != mc("isHonouredBy")}
    without = [t for t in deal if t[1] != DESCRIPTION]
    bare = exported("ctdl", written_to(tmp_path / "bare.nt", world(*without)))
    assert b"TransferValueProfile" not in bare.files["ctdl.json"]
    assert any(loss.at == ex("deal") and "a description" in loss.what["en"] for loss in bare.losses)


HERE = "https://credentialengineregistry.org/resources/ce-"


def component(name: str, kind: str = "Credential", **more: Any) -> dict[str, Any]:
    return {"@id": f"{HERE}{name}", "@type": f"ceterms:{kind}Component", "ceterms:name": {"en": name}, **more}


def pathway(condition: Any, *, kinds: tuple[str, str] = ("Credential", "Credential")) -> dict[str, Any]:
    goal = {"ceterms:proxyFor": ["https://others.example/goal"], "ceterms:hasCondition": condition}
    parts = [
        component("one", kinds[0], **{"ceterms:proxyFor": ["https://others.example/one"]}),
        component("two", kinds[1], **{"ceterms:proxyFor": ["https://others.example/two"]}),
    ]
    whole = {
        "@id": f"{HERE}way",
        "@type": "ceterms:Pathway",
        "ceterms:name": {"en": "A way"},
        "ceterms:hasDestinationComponent": [f"{HERE}goal"],
    }
    return {
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@graph": [whole, component("goal", **goal), *parts],
    }


def taken(folder: Path, document: Any) -> Taken:
    (folder / "way.json").write_text(json.dumps(document), "utf-8")
    return read(folder / "way.json", "way.json", Settings())


def counts(found: Taken) -> list[str]:
    return sorted(terms.lexical(s.triple[2]) for s in found.stated if s.triple[1] == mc("minimumCount"))


BOTH = {"@type": "ceterms:ComponentCondition", "ceterms:targetComponent": [f"{HERE}one", f"{HERE}two"]}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ([BOTH | {"ceterms:requiredNumber": 1}], ["1"]),
        ([BOTH | {"ceterms:logicalOperator": "logic:And"}], ["2"]),
        ([BOTH | {"ceterms:logicalOperator": "logic:Or"}], ["1"]),
        ([BOTH], []),
        ([BOTH | {"ceterms:requiredNumber": 3}], []),
        ([BOTH | {"ceterms:requiredNumber": 1}, BOTH | {"ceterms:requiredNumber": 2}], ["1", "2", "2"]),
        ([BOTH | {"ceterms:requiredNumber": 1}, BOTH], ["1"]),
        ([{"ceterms:hasCondition": [BOTH | {"ceterms:requiredNumber": 2}], "ceterms:requiredNumber": 1}], ["1", "2"]),
    ],
    ids=["a number", "all", "one", "nothing said", "too many", "two conditions", "one not understood", "nested"],
)
def test_pathways_of_others(condition: Any, expected: list[str], tmp_path: Path) -> None:
    found = taken(tmp_path, pathway(condition))
    assert counts(found) == expected
    stacked = [s for s in found.stated if s.triple[1] == mc("isStackedBy")]
    whole = expected and condition[-1] != BOTH
    assert len(stacked) == (1 if whole else 0)
    assert whole or any("does not say how many" in loss.what["en"] for loss in found.losses)
    assert any(loss.at == "/@graph/0/ceterms:name" for loss in found.losses)


@pytest.mark.parametrize("kind", ["Course", "Assessment", "Job"])
def test_parts_that_are_no_credentials_make_no_rule(kind: str, tmp_path: Path) -> None:
    found = taken(tmp_path, pathway([BOTH | {"ceterms:requiredNumber": 1}], kinds=("Credential", kind)))
    assert not counts(found)
    assert any(loss.at == "/@graph/3/ceterms:proxyFor" for loss in found.losses)


def test_who_owns_a_transfer_value_is_not_said_to_honour_it(tmp_path: Path) -> None:
    profile = {
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@type": "ceterms:TransferValueProfile",
        "@id": f"{HERE}value",
        "ceterms:ctid": "ce-another",
        "ceterms:name": {"en": "V"},
        "ceterms:ownedBy": ["https://others.example/office"],
        "ceterms:transferValue": [{"schema:value": 3}],
        "ceterms:transferValueFrom": ["https://others.example/course"],
        "ceterms:startDate": "2026-13-01",
    }
    found = taken(tmp_path, profile)
    assert {terms.local_name(s.triple[1]) for s in found.stated} == {"type", "label", "coversCredential"}
    lost = {loss.at for loss in found.losses}
    assert lost == {
        "/ceterms:ctid",
        "/ceterms:ownedBy/0",
        "/ceterms:transferValue",
        "/ceterms:startDate",
    }
    assert mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [tmp_path / "way.json"])).files


def test_what_a_file_names_for_itself_is_meant_by_that_name(tmp_path: Path) -> None:
    document = {
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@graph": [
            {
                "@id": f"{HERE}degree",
                "@type": "ceterms:BachelorDegree",
                "ceterms:offeredBy": ["_:office", "_:nobody"],
            },
            {"@id": "_:office", "@type": "ceterms:CredentialOrganization", "ceterms:name": {"en": "Office"}},
        ],
    }
    found = taken(tmp_path, document)
    offered = [s.triple[2] for s in found.stated if s.triple[1] == mc("isOfferedBy")]
    assert offered == [s.triple[0] for s in found.stated if s.triple[2] == mc("Provider")]
    assert [loss.value for loss in found.losses] == ["_:nobody"]
