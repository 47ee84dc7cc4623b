"""An award as a European Digital Credential in the form that can be uploaded for issuing."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import cache

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases, terms
from mcqms_kg.interop.elm.agents import organisation
from mcqms_kg.interop.elm.assessment import assessments
from mcqms_kg.interop.elm.document import LABEL, Node, Writing, concept, language_concepts, without_gaps
from mcqms_kg.interop.elm.specification import specification
from mcqms_kg.model import Term

_SCHEMA = "http://data.europa.eu/snb/model/ap/edc-generic-full"
_HANDLED = "awardsCredential isAwardedTo isIssuedBy issueDate expiryDate restsOn awardGrade"


def credential(writing: Writing, award: Term) -> Node:
    """The award with all that it stands for; what the target asks for and is not there is noted as lacking."""
    what, learner = (writing.one_thing(award, mc(name)) for name in ("awardsCredential", "isAwardedTo"))
    issuers = writing.things(award, mc("isIssuedBy"), needed=True)
    day = writing.day(award, mc("issueDate"))
    for value, missing in ((issuers, phrases.NO_ISSUER), (learner, phrases.NO_LEARNER), (day, phrases.NO_DAY)):
        if not value:
            writing.lack(award, missing)
    if any(len(writing.graph.objects(award, mc(name))) > 1 for name in ("isAwardedTo", "issueDate")):
        writing.lack(award, phrases.SEVERAL)
    names = _names(writing, award)
    writing.unhandled(award, (LABEL, *map(mc, _HANDLED.split())))
    bodies = [organisation(writing, issuer, legal=True) for issuer in issuers]
    return without_gaps(
        **{"@context": [terms.VC_1, terms.EDC]},
        id=writing.id_of(award),
        type=["VerifiableCredential", "EuropeanDigitalCredential"],
        credentialProfiles=concept(code_lists.GENERIC, code_lists.CREDENTIAL_TYPES),
        credentialSchema={"id": _SCHEMA, "type": "ShaclValidator2017"},
        displayParameter=_display(writing, award, names),
        issuer=bodies[:1],
        issuanceDate=day,
        issued=day,
        validFrom=day,
        validUntil=writing.day(award, mc("expiryDate")),
        credentialSubject=_subject(writing, award, what, bodies, learner, names),
    )


def _names(writing: Writing, award: Term) -> dict[str, str]:
    """Its own name, else that of what was awarded, which must have one."""
    names = writing.texts(award, LABEL)
    credentials = writing.things(award, mc("awardsCredential"), needed=True)
    for what in credentials:
        of_credential = writing.texts(what, LABEL)
        names = names or of_credential
        if not of_credential:
            writing.lack(what, phrases.NO_NAME)
    if not names and not credentials:
        writing.lack(award, phrases.NO_NAME)
    return names


def uploadable(node: Node) -> Node:
    """The credential in the form that can be uploaded."""
    return {"credential": node}


def _subject(
    writing: Writing, award: Term, what: Term | None, bodies: list[Node], learner: Term | None, names: dict[str, str]
) -> Node | None:
    """The learner, by pseudonym only, with the achievement."""
    if learner is None:
        return None
    if writing.graph.out(learner):
        writing.lose(learner, phrases.LEARNER_NAME)
    awarding = without_gaps(
        id=writing.part(award, "awarding"),
        type="AwardingProcess",
        awardingBody=bodies,
    )
    achievement = without_gaps(
        id=writing.part(award, "achievement"),
        type="LearningAchievement",
        title=names,
        awardedBy=awarding,
        provenBy=assessments(writing, award, awarding, names),
        specifiedBy=specification(writing, what) if what else None,
    )
    return {"id": writing.id_of(learner), "type": "Person", "hasClaim": achievement}


def _display(writing: Writing, award: Term, names: dict[str, str]) -> Node:
    """How it is to be shown: one blank page for each language, which issuing draws anew from a template."""
    languages = language_concepts([writing.wanted.language, *names])
    primary = language_concepts(
        [writing.wanted.language if writing.wanted.language in names else next(iter(names), "en")]
    )
    pages = [
        {
            "id": writing.part(award, f"display-{number}"),
            "type": "IndividualDisplay",
            "language": language,
            "displayDetail": _page(writing, award, number),
        }
        for number, language in enumerate(languages, start=1)
    ]
    return without_gaps(
        id=writing.part(award, "display"),
        type="DisplayParameter",
        title=names,
        primaryLanguage=primary,
        language=languages,
        individualDisplay=pages,
    )


def _page(writing: Writing, award: Term, number: int) -> Node:
    image = {
        "id": writing.part(award, f"image-{number}"),
        "type": "MediaObject",
        "content": blank_page(),
        "contentEncoding": concept(code_lists.BASE64, code_lists.ENCODINGS),
        "contentType": concept(code_lists.PNG, code_lists.FILE_TYPES),
    }
    return {"id": writing.part(award, f"page-{number}"), "type": "DisplayDetail", "page": 1, "image": image}


@cache
def blank_page(width: int = 210, height: int = 297) -> str:
    """A white page as PNG, in base64."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\x00" + b"\xff" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return base64.b64encode(png).decode("ascii")
