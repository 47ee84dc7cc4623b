"""Recognition agreements in CTDL: a transfer value profile where a value can be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried, decimal
from mcqms_kg.interop.ctdl.parts import described, put
from mcqms_kg.interop.ctdl.terms import resource
from mcqms_kg.model import Term

Node = dict[str, Any]
_PART = {
    "en": "This agreement is written as a transfer value; who honours it and how it is worked out do not come back.",
    "id": "Perjanjian ini ditulis sebagai nilai alih; siapa yang menghormatinya dan cara menghitungnya tidak terbaca kembali.",
}
_NO_VALUE = {
    "en": "The agreement states no credit for one covered credential, and CTDL asks for one: it is not carried over.",
    "id": "Perjanjian tidak menyebut kredit untuk satu kredensial yang dicakup, padahal CTDL memintanya: tidak terbawa.",
}

_LACKS = {
    "en": "CTDL asks of a transfer value a name, a description, an owner and a public page, not all of which are there: it is left out.",
    "id": "CTDL meminta nama, deskripsi, pemilik, dan halaman publik untuk nilai alih, dan tidak semuanya ada: tidak terbawa.",
}
_ASKED = ("ceterms:name", "ceterms:description", "ceterms:ownedBy", "ceterms:subjectWebpage")


def agreement(term: Term, carried: Carried) -> Iterator[Node]:
    """The profile, or nothing where its value depends on the credential."""
    value = _value(term, carried)
    if value is None:
        carried.lose(term, _NO_VALUE)
        return
    node = described(term, "ceterms:TransferValueProfile", carried)
    for iri in node.pop("ceterms:sameAs", []):
        node["ceterms:identifier"] = [
            {
                "@type": "ceterms:IdentifierValue",
                "ceterms:identifierTypeName": {"en": "IRI"},
                "ceterms:identifierValueCode": iri,
            }
        ]
    honours = [o for o in carried.graph.objects(term, mc("isHonouredBy")) if terms.is_iri(o)]
    put(node, "ceterms:ownedBy", [resource(terms.iri_text(o)) for o in honours])
    pages = [carried.address(o, mc("publicPage")) for o in (term, *honours)]
    put(node, "ceterms:subjectWebpage", next(filter(None, pages), ""))
    if not all(key in node for key in _ASKED):
        carried.lose(term, _LACKS)
        return
    carried.lose(term, _PART)
    node["ceterms:transferValue"] = [
        {
            "@type": "ceterms:ValueProfile",
            "schema:value": float(value),
            "schema:description": {"en": "National credits (SKS)"},
        }
    ]
    covered = [resource(terms.iri_text(o)) for o in _covered(term, carried)]
    put(node, "ceterms:transferValueFrom", covered)
    put(node, "ceterms:startDate", carried.date(term, mc("effectiveDate")))
    put(node, "ceterms:endDate", carried.date(term, mc("expiryDate")))
    yield node


def _covered(term: Term, carried: Carried) -> list[Term]:
    return [o for o in carried.graph.objects(term, mc("coversCredential")) if terms.is_iri(o)]


def _value(term: Term, carried: Carried) -> Decimal | None:
    """The credits that count for what is covered, where they are the same for all of it."""

    def first(subject: Term, name: str) -> Decimal | None:
        return next(filter(None, map(decimal, carried.graph.objects(subject, mc(name)))), None)

    rate, cap = first(term, "transferRate") or Decimal(1), first(term, "transferCap")
    credits = {first(covered, "credits") for covered in _covered(term, carried)}
    if len(credits) != 1 or None in credits:
        return None
    (only,) = (value for value in credits if value is not None)
    return min(rate * only, cap) if cap else rate * only
