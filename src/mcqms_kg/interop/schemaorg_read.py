"""schema.org JSON-LD files: credentials, courses, organisations and occupations in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import sha256
from mcqms_kg.interop.carried import is_date, mc
from mcqms_kg.interop.countries import country_named
from mcqms_kg.interop.json_object import Given, Reading, is_iri, says
from mcqms_kg.interop.json_read import Json, pointer, read_json
from mcqms_kg.interop.schemaorg_words import CATEGORIES, COURSE, MODES
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS, XSD
from mcqms_kg.settings import Settings

_LABEL, _NOTATION = terms.iri(RDFS + "label"), terms.iri(SKOS + "notation")
_DESCRIPTION, _LANGUAGE = terms.iri(DCTERMS + "description"), terms.iri(DCTERMS + "language")
_CONTEXTS = re.compile(r"https?://(www\.)?schema\.org(/|/docs/jsonldcontext\.json(ld)?)?")
_HOURS = re.compile(r"PT(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7}(?:\.\d{1,6})?)S)?")
_MONTHS = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_GONE = {"en": "Things of this kind are not taken over.", "id": "Hal berjenis ini tidak diambil alih."}
_PREFIX = re.compile(r"^(schema:|https?://schema\.org/)")


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What a file of schema.org JSON-LD says in our terms; raises `UnreadableInput` for another context."""
    reading = Reading(sha256(path))
    value = read_json(path, called, settings)
    nodes = [Given(node, at, reading) for at, node in _nodes(value, "", called)]
    file = _File(nodes, reading, _default_language(value))
    for node in nodes:
        file.read(node)
    return reading.taken()


def _nodes(value: Json, at: str, called: str) -> Iterator[tuple[str, dict[str, Json]]]:
    if isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _nodes(inner, pointer(at, n), called)
    elif not isinstance(value, dict):
        raise UnreadableInput("A thing of schema.org is an object", place=Place(called, at=at), remedy="Mend it.")
    else:
        _refuse_context(value.get("@context"), pointer(at, "@context"), called)
        if "@graph" in value:
            inner = value["@graph"]
            yield from _nodes(inner if isinstance(inner, list) else [inner], pointer(at, "@graph"), called)
        else:
            yield at, value


def _refuse_context(value: Json, at: str, called: str) -> None:
    for given in value if isinstance(value, list) else [value]:
        named = given.get("@vocab") if isinstance(given, dict) and set(given) <= {"@vocab", "@language"} else given
        if named is not None and not (isinstance(named, str) and _CONTEXTS.fullmatch(named)):
            raise UnreadableInput(
                "The context is not that of schema.org, and nothing remote is fetched",
                place=Place(called, at=at),
                remedy="Name https://schema.org.",
            )


def _default_language(value: Json) -> str:
    """The language of texts that do not say theirs, where the context has one."""
    contexts = _each(value.get("@context")) if isinstance(value, dict) else []
    found = [c.get("@language") for c in contexts if isinstance(c, dict) and "@language" in c]
    return found[-1] if found and isinstance(found[-1], str) and _TAG.fullmatch(found[-1]) else ""


class _File:
    """The things of a file; a course that was made from a credential is that credential."""

    def __init__(self, nodes: list[Given], reading: Reading, language: str) -> None:
        self._reading, self._default = reading, language
        self._ids = {node.value["@id"] for node in nodes if isinstance(node.value.get("@id"), str)}
        self._say = reading.say

    def read(self, node: Given) -> None:
        kinds = [_PREFIX.sub("", kind) for kind in _each(node.value.get("@type")) if isinstance(kind, str)]
        how = next((_HOW[kind] for kind in kinds if kind in _HOW), None)
        node.drop("@context", "@id", "@type")
        if how is None:
            self._reading.lose(node.at, node.value.get("@type"), _GONE)
            return
        how(self, node, self._name(node))
        node.finish()

    def _name(self, node: Given) -> Term:
        iri = node.value.get("@id")
        return terms.iri(iri) if isinstance(iri, str) and is_iri(iri) else self._reading.name(node.at)

    def _described(self, node: Given, term: Term) -> None:
        for key, predicate in (("name", _LABEL), ("description", _DESCRIPTION)):
            for at, text in node.texts(key, self._language(node)):
                self._say(term, predicate, text, at)
        for at, page in node.refs("url"):
            self._say(term, mc("publicPage"), terms.literal(page, datatype=XSD + "anyURI"), at)

    def _language(self, node: Given) -> str:
        """The language of what stands there as a text alone: the file's, else that of the thing where it has one."""
        if self._default:
            return self._default
        found = [tag for tag in _each(node.value.get("inLanguage")) if isinstance(tag, str)]
        return found[0] if len(found) == 1 and _TAG.fullmatch(found[0]) else ""

    def credential(self, node: Given, term: Term) -> None:
        categories = {category.lower(): name for name, category in CATEGORIES.items()}
        kind = "Credential"
        for at, value in node.all("credentialCategory"):
            text = value.get("name") if isinstance(value, dict) else value
            known = categories.get(str(text).lower().replace("microcredential", "micro-credential"))
            kind = known or kind
            if known is None:
                self._reading.lose(at, value)
        self._say(term, TYPE, mc(kind), node.at)
        self._described(node, term)
        for at, tag in node.strings("inLanguage"):
            self._say(term, _LANGUAGE, terms.literal(tag), at)
        for level in self._terms(node, "educationalLevel"):
            self._say(term, mc("hasLevel"), self._name(level), level.at)
            level.drop("name", "termCode", "inDefinedTermSet", "@id", "@type")
            level.finish()
        for outcome in self._terms(node, "competencyRequired"):
            name = self._name(outcome)
            self._say(term, mc("hasOutcome"), name, outcome.at)
            self._say(name, TYPE, mc("LearningOutcome"), outcome.at)
            for at, text in outcome.texts("name", self._language(node)):
                self._say(name, _LABEL, text, at)
            outcome.drop("@id", "@type")
            outcome.finish()
        for at, text in node.strings("validFor"):
            match = _MONTHS.fullmatch(text)
            if match and any(match.groups()):
                months = int(match[1] or 0) * 12 + int(match[2] or 0)
                self._say(term, mc("validityMonths"), terms.literal(str(months), datatype=XSD + "integer"), at)
            else:
                self._reading.lose(at, text)

    def course(self, node: Given, term: Term) -> None:
        iri = terms.iri_text(term)
        whole = terms.iri(iri.removesuffix(COURSE))
        own = iri.endswith(COURSE) and terms.iri_text(whole) in self._ids
        if own:
            node.drop("name", "description", "url", "inLanguage", "educationalCredentialAwarded")
        else:
            self._say(term, TYPE, mc("Course"), node.at)
            self._described(node, term)
            node.drop("inLanguage")
            for at, awarded in node.refs("educationalCredentialAwarded"):
                self._say(terms.iri(awarded), mc("isIntegratedIn"), term, at)
        about = whole if own else term
        for at, value in node.all("provider"):
            self._provider(at, value, about, own)
        for at, number in node.numbers("numberOfCredits"):
            self._say(about, mc("credits"), _decimal(Decimal(str(number))), at)
        self._prerequisites(node, about)
        for instance in node.objects("hasCourseInstance"):
            self._instance(instance, about)

    def _provider(self, at: str, value: Json, about: Term, own: bool) -> None:
        iri = value.get("@id") if isinstance(value, dict) else value
        given = Given(value, at, self._reading) if isinstance(value, dict) else None
        if given is not None and len(given.value) > 1:
            self.read(given)
            iri = terms.iri_text(self._name(given))
        if isinstance(iri, str) and is_iri(iri):
            self._say(about, mc("isOfferedBy" if own else "belongsTo"), terms.iri(iri), at)
        else:
            self._reading.lose(at, value)

    def _prerequisites(self, node: Given, about: Term) -> None:
        for at, value in node.all("coursePrerequisites"):
            iri = value.get("@id") if isinstance(value, dict) else None
            if isinstance(value, str) or (isinstance(value, dict) and "@value" in value):
                for _, text in Given({"text": value}, at, self._reading).texts("text", self._language(node)):
                    self._say(about, mc("prerequisiteText"), text, at)
            elif isinstance(iri, str) and is_iri(iri) and len(value) == 1:
                self._say(about, mc("requires"), terms.iri(iri.removesuffix(COURSE)), at)
            else:
                self._reading.lose(at, value)

    def _instance(self, node: Given, about: Term) -> None:
        words = {word: ours for ours, word in MODES.items()}
        for at, mode in node.strings("courseMode"):
            if found := words.get(_PREFIX.sub("", mode).lower()):
                self._say(about, mc("hasParticipationForm"), found, at)
            else:
                self._reading.lose(at, mode)
        for at, text in node.strings("courseWorkload"):
            match = _HOURS.fullmatch(text)
            if match and any(match.groups()):
                hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
                self._say(about, mc("workloadHours"), _decimal(hours + (minutes * 60 + seconds) / 3600), at)
            else:
                self._reading.lose(at, text)
        for key, name in (("startDate", "firstOfferDate"), ("endDate", "withdrawalDate")):
            for at, day in node.strings(key):
                if is_date(day[:10]):
                    self._say(about, mc(name), terms.literal(day[:10], datatype=XSD + "date"), at)
                else:
                    self._reading.lose(at, day)
        node.drop("@type", "@id")
        node.finish()

    def organisation(self, node: Given, term: Term) -> None:
        self._say(term, TYPE, mc("Provider"), node.at)
        self._described(node, term)
        for address in node.objects("address"):
            for at, value in address.all("addressCountry"):
                text = value.get("name") if isinstance(value, dict) else value
                if isinstance(text, str) and (found := country_named(text)):
                    self._say(term, mc("country"), terms.literal(found), at)
                else:
                    self._reading.lose(at, value)
            address.drop("@type")
            address.finish()

    def occupation(self, node: Given, term: Term) -> None:
        self._say(term, TYPE, mc("JobTitle"), node.at)
        self._described(node, term)
        for key, name in (("skills", "requiresUnit"), ("occupationalCategory", "hasIscoGroup")):
            for found in self._terms(node, key):
                self._say(term, mc(name), self._name(found), found.at)
                found.drop("@id", "@type", "name", "termCode", "inDefinedTermSet")
                found.finish()

    def _terms(self, node: Given, key: str) -> Iterator[Given]:
        """Defined terms that have a name of their own, and those that only say what they are called."""
        for at, value in node.all(key):
            if isinstance(value, dict):
                yield Given(value, at, self._reading)
            elif isinstance(value, str) and is_iri(value):
                yield Given({"@id": value}, at, self._reading)
            elif isinstance(value, str) and says(value) and key == "competencyRequired":
                yield Given({"name": value}, at, self._reading)
            else:
                self._reading.lose(at, value)


def _each(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _decimal(number: Decimal) -> Term:
    text = f"{number.normalize():f}"
    return terms.literal(text if "." in text else f"{text}.0", datatype=XSD + "decimal")


_HOW: Mapping[str, Callable[[_File, Given, Term], None]] = {
    "EducationalOccupationalCredential": _File.credential,
    "Course": _File.course,
    **dict.fromkeys(
        ("Organization", "EducationalOrganization", "CollegeOrUniversity", "Corporation"), _File.organisation
    ),
    "Occupation": _File.occupation,
}
