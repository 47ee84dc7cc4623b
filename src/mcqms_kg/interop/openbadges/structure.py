"""What Open Badges 3.0 asks of the JSON of a credential, as a table of facts, and what of it a document breaks.

One value and a list of one are taken for the same where several are allowed: both are found in badges that others accept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.interop.json_read import Json, pointer
from mcqms_kg.model import Texts

VC_2, VC_1 = "https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"
OB_3 = re.compile(r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json")
BADGE_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential"})
MOST = 50
"""Breaches that are told; a document with more is told the first."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")

# A property and the words that it may hold.
_WORDS = """
achievementType: Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge BachelorDegree Certificate
  CertificateOfCompletion Certification CommunityService Competency Course CoCurricular Degree Diploma DoctoralDegree Fieldwork
  GeneralEducationDevelopment JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
  QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate SecondarySchoolDiploma
targetType: ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL
identifierType: name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn issn lisSourcedId
  oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId ltiPlatformId ltiUserId identifier
resultType: GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result RubricCriterion
  RubricCriterionLevel RubricScore ScaledScore Status
status: Completed Enrolled Failed InProgress OnHold Provisional Withdrew
"""
_EXTENSION = re.compile(r"ext:[A-Za-z0-9._|-]+")

# A property and what it holds; `!` says that it must be there, `*` that there may be several.
_TABLE = """
Credential: id!=text name=text description=text image=Image awardedDate=instant credentialSubject!=AchievementSubject
  endorsement*=object endorsementJwt*=text evidence*=Evidence issuer!=Issuer validFrom=instant validUntil=instant issuanceDate=instant
  expirationDate=instant proof*=Proof credentialSchema*=Named credentialStatus*=Typed refreshService*=Typed termsOfUse*=Typed
AnyCredential: id=text credentialSubject!*=object issuer!=AnyIssuer validFrom=instant validUntil=instant issuanceDate=instant
  expirationDate=instant proof*=Proof credentialSchema*=Named credentialStatus*=Typed
HasId: id!=text
AchievementSubject: id=text type!*=types activityEndDate=instant activityStartDate=instant creditsEarned=number
  achievement!=Achievement identifier*=IdentityObject image=Image licenseNumber=text narrative=text result*=Result role=text
  source=Profile term=text
Achievement: id!=text type!*=types alignment*=Alignment achievementType=achievementType creator=Profile creditsAvailable=number
  criteria!=Criteria description!=text endorsement*=object endorsementJwt*=text fieldOfStudy=text humanCode=text image=Image
  inLanguage=language name!=text otherIdentifier*=IdentifierEntry related*=Related resultDescription*=ResultDescription
  specialization=text tag*=text version=text
Profile: id!=text type!*=types name=text url=text phone=text description=text endorsement*=object endorsementJwt*=text image=Image
  email=text address=Address otherIdentifier*=IdentifierEntry official=text parentOrg=Profile
Address: type!*=types addressCountry=text addressCountryCode=text addressRegion=text addressLocality=text streetAddress=text
  postOfficeBoxNumber=text postalCode=text geo=GeoCoordinates
GeoCoordinates: type!*=types latitude!=number longitude!=number
IdentityObject: type!*=types hashed!=flag identityHash!=text identityType!=identifierType salt=text
IdentifierEntry: type!*=types identifier!=text identifierType!=identifierType
Evidence: id=text type!*=types narrative=text name=text description=text genre=text audience=text
Image: id!=text type!*=types caption=text
Criteria: id=text narrative=text
Alignment: type!*=types targetCode=text targetDescription=text targetName!=text targetFramework=text targetType=targetType
  targetUrl!=text
Related: id!=text type!*=types inLanguage=language version=text
Result: type!*=types achievedLevel=text alignment*=Alignment resultDescription=text status=status value=text
ResultDescription: id!=text type!*=types alignment*=Alignment allowedValue*=text name!=text requiredLevel=text requiredValue=text
  resultType!=resultType rubricCriterionLevel*=RubricCriterionLevel valueMax=text valueMin=text
RubricCriterionLevel: id!=text type!*=types alignment*=Alignment description=text level=text name!=text points=text
Proof: type!=text created=instant cryptosuite=text challenge=text domain=text nonce=text proofPurpose=text proofValue=text
  verificationMethod=text
Typed: id=text type!=text
Named: id!=text type!=text
"""


@dataclass(frozen=True)
class _Rule:
    kind: str
    required: bool
    several: bool


@dataclass(frozen=True)
class Breach:
    """Something that Open Badges 3.0 does not allow, with its place as a JSON pointer."""

    at: str
    what: Texts


def breaches(credential: Json) -> tuple[Breach, ...]:
    """What the credential breaks of Open Badges 3.0, in the order of the document; at most fifty."""
    if not isinstance(credential, dict):
        return (Breach("", _SAID["object"]),)
    found: list[Breach] = []
    for breach in (*_heading(credential), *_of(credential, "Credential", "")):
        if len(found) == MOST:
            break
        found.append(breach)
    return tuple(found)


def credential_breaches(credential: Mapping[str, Json]) -> tuple[Breach, ...]:
    """What a credential of another kind than a badge breaks of Verifiable Credentials 1.1 and 2.0."""
    first = next(iter(several(credential.get("@context"))), None)
    found = [] if first in (VC_2, VC_1) else [Breach("/@context", _SAID["vc-context"])]
    found += _doubled(several(credential.get("@context")))
    if first == VC_1 and "issuanceDate" not in credential:
        found.append(Breach("/issuanceDate", _SAID["missing"]))
    return (*found, *_of(dict(credential), "AnyCredential", ""))[:MOST]


def several(value: Json) -> list[Json]:
    """The values of a property that may have one or several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def instant(text: Json) -> dt.datetime | None:
    """A date and time with its offset; nothing for anything else."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _heading(credential: Mapping[str, Json]) -> Iterator[Breach]:
    contexts = several(credential.get("@context"))
    first, second = (*contexts, None, None)[:2]
    yield from _doubled(contexts)
    if first not in (VC_2, VC_1) or not isinstance(second, str) or not OB_3.fullmatch(second):
        yield Breach("/@context", _SAID["context"])
    types = several(credential.get("type"))
    if "VerifiableCredential" not in types or not any(isinstance(t, str) and t in BADGE_TYPES for t in types):
        yield Breach("/type", _SAID["badge"])
    begins = "issuanceDate" if first == VC_1 else "validFrom"
    if begins not in credential:
        yield Breach(pointer("", begins), _SAID["missing"])


def _doubled(contexts: list[Json]) -> Iterator[Breach]:
    """Contexts are a set in order: none stands twice."""
    if any(context in contexts[:number] for number, context in enumerate(contexts)):
        yield Breach("/@context", _SAID["doubled"])


def _of(thing: Json, kind: str, at: str) -> Iterator[Breach]:
    if kind in _NAMED:
        yield from () if isinstance(thing, str) and thing else _of(thing, _NAMED[kind], at)
        return
    if not isinstance(thing, dict):
        yield Breach(at, _SAID["object"])
        return
    rules = _RULES[kind]
    for name, rule in rules.items():
        if rule.required and name not in thing:
            yield Breach(pointer(at, name), _SAID["missing"])
    if kind not in _OF_ANY_TYPE and "type" in thing and kind not in several(thing["type"]):
        yield Breach(pointer(at, "type"), {tag: f"{text} {kind}." for tag, text in _SAID["type"].items()})
    for name, value in thing.items():
        if name in rules:
            yield from _values(value, rules[name], pointer(at, name))


def _values(value: Json, rule: _Rule, at: str) -> Iterator[Breach]:
    if isinstance(value, list):
        if not rule.several and rule.kind not in _ALSO_LISTS:
            yield Breach(at, _SAID["one"])
            return
        if not value and rule.required:
            yield Breach(at, _SAID["missing"])
        for number, inner in enumerate(value):
            yield from _value(inner, rule.kind, pointer(at, number))
    else:
        yield from _value(value, rule.kind, at)


_NAMED = {"Issuer": "Profile", "AnyIssuer": "HasId"}
"""What may be named by its id alone, and what it is where it is described."""
_OF_ANY_TYPE = ("Credential", "AnyCredential", "HasId", "Proof", "Typed", "Named", "Criteria")
_ALSO_LISTS = frozenset({"AchievementSubject"})


def _value(value: Json, kind: str, at: str) -> Iterator[Breach]:
    if kind in _RULES or kind in _NAMED:
        yield from _of(value, kind, at)
    elif kind in _KNOWN_WORDS:
        if not isinstance(value, str) or not (value in _KNOWN_WORDS[kind] or _EXTENSION.fullmatch(value)):
            yield Breach(at, _SAID["word"])
    elif not _PLAIN[kind](value):
        yield Breach(at, _SAID[kind])


_PLAIN: Mapping[str, Callable[[Json], bool]] = {
    "text": lambda value: isinstance(value, str),
    "types": lambda value: isinstance(value, str),
    "flag": lambda value: isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "instant": lambda value: instant(value) is not None,
    "language": lambda value: isinstance(value, str) and bool(_LANGUAGE.fullmatch(value)),
    "object": lambda value: isinstance(value, dict),
}
_SAID: Mapping[str, Texts] = {
    "missing": {"en": "This must be there.", "id": "Bagian ini harus ada."},
    "object": {"en": "This must be an object.", "id": "Bagian ini harus berupa objek."},
    "one": {"en": "There may be only one.", "id": "Hanya boleh ada satu."},
    "text": {"en": "This must be a text.", "id": "Bagian ini harus berupa teks."},
    "types": {"en": "This must be the name of a type.", "id": "Bagian ini harus berupa nama tipe."},
    "flag": {"en": "This must be true or false.", "id": "Bagian ini harus true atau false."},
    "number": {"en": "This must be a number.", "id": "Bagian ini harus berupa angka."},
    "word": {
        "en": "This must be one of the words of Open Badges 3.0, or begin with ext:.",
        "id": "Bagian ini harus salah satu kata dari Open Badges 3.0, atau diawali ext:.",
    },
    "instant": {
        "en": "This must be a date and time with its offset, such as 2026-01-31T00:00:00Z.",
        "id": "Bagian ini harus berupa tanggal dan waktu dengan zona waktunya, misalnya 2026-01-31T00:00:00Z.",
    },
    "language": {
        "en": "This must be the code of a language, such as en or id.",
        "id": "Bagian ini harus berupa kode bahasa, misalnya en atau id.",
    },
    "type": {"en": "The types must contain", "id": "Tipe harus memuat"},
    "badge": {
        "en": "The types must contain VerifiableCredential and OpenBadgeCredential or AchievementCredential.",
        "id": "Tipe harus memuat VerifiableCredential serta OpenBadgeCredential atau AchievementCredential.",
    },
    "doubled": {"en": "A context is named twice.", "id": "Sebuah konteks disebut dua kali."},
    "vc-context": {
        "en": "The first context must be that of Verifiable Credentials.",
        "id": "Konteks pertama harus konteks Verifiable Credentials.",
    },
    "context": {
        "en": "The first context must be that of Verifiable Credentials, the second that of Open Badges 3.0.",
        "id": "Konteks pertama harus konteks Verifiable Credentials, yang kedua konteks Open Badges 3.0.",
    },
}


def _lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """The entries of a table: what stands before the colon, and the words behind it."""
    for line in re.sub(r"\n  ", " ", table.strip()).splitlines():
        name, _, rest = line.partition(": ")
        yield name, rest.split()


def _rule(entry: str) -> tuple[str, _Rule]:
    name, _, kind = entry.partition("=")
    return name.strip("!*"), _Rule(kind, "!" in name, "*" in name)


_KNOWN_WORDS = {name: frozenset(words) for name, words in _lines(_WORDS)}
_RULES = {kind: dict(map(_rule, entries)) for kind, entries in _lines(_TABLE)}
