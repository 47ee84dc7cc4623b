"""A framework that somebody else published goes through our graph and out again as what it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mcqms_kg
from mcqms_kg.interop.case import read
from mcqms_kg.settings import Settings

HOST = "https://frameworks.example.org/uri/"
DOCUMENT, ITEM, PART = (f"{n}f1c8b7e-8a44-4a0e-9f0d-0c2b1d6e7a5{n}" for n in (1, 2, 3))
AT = "2024-03-05T11:22:33+07:00"


def item(identifier: str, statement: str, code: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": HOST + identifier.upper(),
        "fullStatement": statement,
        "humanCodingScheme": code,
        "lastChangeDateTime": AT,
    }


def link(origin: str, destination: str) -> dict[str, Any]:
    ends = {
        f"{name}NodeURI": {"title": "", "identifier": end, "uri": HOST + end.upper()}
        for name, end in (("origin", origin), ("destination", destination))
    }
    return {"identifier": origin, "uri": f"{HOST}a", "associationType": "isChildOf", "lastChangeDateTime": AT, **ends}


PACKAGE: dict[str, Any] = {
    "CFDocument": {
        "identifier": DOCUMENT,
        "uri": HOST + DOCUMENT.upper(),
        "title": "Welding",
        "creator": "Guild of Welders",
        "lastChangeDateTime": AT,
    },
    "CFItems": [item(ITEM, "Weld a pipe", "W.1"), item(PART, "Prepare the pipe", "W.1.a")],
    "CFAssociations": [link(ITEM, DOCUMENT), link(PART, ITEM)],
}


def test_a_framework_of_others_keeps_its_identifiers_moments_and_texts(tmp_path: Path) -> None:
    (tmp_path / "theirs.json").write_text(json.dumps(PACKAGE))
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("case", [tmp_path / "theirs.json"], as_of="2026-06-30"))
    back = json.loads(written.files["case.json"])
    theirs = PACKAGE["CFDocument"], *PACKAGE["CFItems"]
    ours = back["CFDocument"], *sorted(back["CFItems"], key=lambda found: str(found["humanCodingScheme"]))
    for before, after in zip(theirs, ours, strict=True):
        assert {**after, **before} == after, "everything that was there is there, as it was"
    under = {(a["originNodeURI"]["identifier"], a["destinationNodeURI"]["identifier"]) for a in back["CFAssociations"]}
    assert under == {(ITEM, DOCUMENT), (PART, ITEM)}
    told = [loss.what["en"] for loss in written.losses]
    assert len(told) == 4 and all("has no language" in text for text in told), told


ITEMS = [
    {
        "identifier": f"00000000-0000-4000-8000-00000000000{n}",
        "uri": f"https://frameworks.example/{n}",
        "fullStatement": f"S{n}",
    }
    for n in range(3)
]


def _child(number: int, origin: dict[str, str], above: dict[str, str], **more: Any) -> dict[str, Any]:
    ends = {
        key: {"title": "t", **{k: end[k] for k in ("identifier", "uri")}}
        for key, end in (("originNodeURI", origin), ("destinationNodeURI", above))
    }
    return {"identifier": f"a{number}", "associationType": "isChildOf", **ends, **more}


def test_a_second_place_and_an_order_are_told(tmp_path: Path) -> None:
    document = {
        "identifier": "d",
        "uri": "https://frameworks.example/d",
        "title": "F",
        "creator": "Us",
        "lastChangeDateTime": "last May",
    }
    links = [
        _child(1, ITEMS[0], document, sequenceNumber=3),
        _child(2, ITEMS[1], ITEMS[0]),
        _child(3, ITEMS[1], ITEMS[2]),
    ]
    package = {"CFDocument": document, "CFItems": ITEMS, "CFAssociations": links}
    (tmp_path / "p.json").write_text(json.dumps(package))
    found = read(tmp_path / "p.json", "p.json", Settings())
    lost = {loss.at for loss in found.losses}
    assert lost == {"/CFDocument/lastChangeDateTime", "/CFAssociations/0/sequenceNumber", "/CFAssociations/2"}
