"""Badges of awards, signed; and the lists that say which of them were taken back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.achievement import Object
from mcqms_kg.interop.openbadges.award import CONTEXTS, award_credential
from mcqms_kg.interop.openbadges.badge_source import BadgeSource
from mcqms_kg.interop.openbadges.register import Register
from mcqms_kg.interop.openbadges.structure import Breach, breaches, instant
from mcqms_kg.interop.signing import eddsa_rdfc_2022, vc_jwt
from mcqms_kg.interop.signing.keys import SigningKey
from mcqms_kg.interop.signing.status_list import encoded
from mcqms_kg.model import Loss, Term
from mcqms_kg.namespaces import XSD

_KEY_ID = {
    "en": "The issuer is named by the key that signs; who knows the organisation by it is said by trust lists and by our data.",
    "id": "Penerbit disebut dengan kunci penanda tangan; daftar kepercayaan dan data kami menyatakan organisasi pemiliknya.",
}


def badge(
    graph: GraphIndex,
    award: Term,
    key: SigningKey,
    created: dt.datetime,
    language: str,
    register: Register | None,
    jwt: bool,
) -> tuple[str, tuple[Loss, ...]]:
    """The award as a signed badge, JSON with a proof or a token, and what it does not carry.

    The issuer is named by the did:key, so that whoever reads the badge can tell whose signature it is. Raises `BadValue` for an award
    that Open Badges 3.0 would not take.
    """
    carried = BadgeSource(graph, language)
    document = award_credential(carried, award)
    issuer = document.get("issuer")
    organisation = terms.iri(issuer["id"]) if isinstance(issuer, dict) else award
    document["issuer"] = {"type": ["Profile"], **(issuer if isinstance(issuer, dict) else {}), "id": key.public.did}
    if register is not None:
        entries = register.entries(terms.iri_text(award))
        document["credentialStatus"] = entries[0] if len(entries) == 1 else entries
    found = breaches(document)
    if found:
        raise _refused(award, found[0])
    return _signed(document, key, created, jwt), (Loss(organisation, _KEY_ID), *carried.losses())


def status_lists(
    graph: GraphIndex, register: Register, key: SigningKey, created: dt.datetime, as_of: dt.date, jwt: bool
) -> Mapping[str, str]:
    """The signed list of each purpose, by its name: which awards of the register are revoked or suspended on the day."""
    found = {}
    for purpose in register.purposes:
        gone = [place for iri, place in register.places.items() if _is_set(graph, terms.iri(iri), purpose, as_of)]
        address = register.address(purpose)
        document: Object = {
            "@context": [CONTEXTS[0]],
            "id": address,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": key.public.did,
            "validFrom": f"{as_of}T00:00:00Z",
            "credentialSubject": {
                "id": f"{address}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": encoded(gone),
            },
        }
        found[purpose] = _signed(document, key, created, jwt)
    return found


def _is_set(graph: GraphIndex, award: Term, purpose: str, as_of: dt.date) -> bool:
    if purpose == "revocation":
        return any(day <= as_of for day in _days(graph, award, "revocationDate"))
    begun = [day for day in _days(graph, award, "suspensionDate") if day <= as_of]
    ended = [day for day in _days(graph, award, "reinstatementDate") if day <= as_of]
    return bool(begun) and (not ended or max(ended) < max(begun))


def _days(graph: GraphIndex, award: Term, name: str) -> Iterator[dt.date]:
    """The dates of the award; raises `BadValue` for one that is none: an award is not left standing because of a slip."""
    for literal in graph.objects(award, mc(name)):
        try:
            if terms.datatype(literal) != XSD + "date":
                raise ValueError
            yield dt.date.fromisoformat(terms.lexical(literal))
        except ValueError as problem:
            raise BadValue(
                f"{name} of {award} is no date: {terms.lexical(literal)[:50]!r}", remedy="Mend the data."
            ) from problem


def _signed(document: Mapping[str, Json], key: SigningKey, created: dt.datetime, jwt: bool) -> str:
    if not jwt:
        return json.dumps(eddsa_rdfc_2022.sign(document, key, created), ensure_ascii=False, indent=2)
    return vc_jwt.sign({**document, **_claims(document)}, key)


def _claims(document: Mapping[str, Json]) -> dict[str, Json]:
    """The claims of a token that say again what the credential says."""
    issuer, subject = document["issuer"], document.get("credentialSubject")
    begins, ends = instant(document.get("validFrom")), instant(document.get("validUntil"))
    claims: dict[str, Json] = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": document["id"],
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "nbf": int(begins.timestamp()) if begins else None,
        "exp": int(ends.timestamp()) if ends else None,
    }
    return {name: value for name, value in claims.items() if value is not None}


def _refused(award: Term, breach: Breach) -> BadValue:
    return BadValue(
        f"The award {award} makes no badge: {breach.at}: {breach.what['en']}",
        remedy="See what is missing with `mcqms export --to openbadges --precheck`.",
    )
