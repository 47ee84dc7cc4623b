"""The things of schema.org that our terms know: credentials, courses and programmes, organisations, occupations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import is_date
from mcqms_kg.interop.countries import country_named
from mcqms_kg.interop.json_object import Given, Reading, is_iri, says
from mcqms_kg.interop.json_read import Json, pointer
from mcqms_kg.interop.schemaorg.words import CATEGORIES, COURSE, MODES
from mcqms_kg.model import Term
from mcqms_kg.namespaces import DCTERMS, HOME, RDFS, SKOS, XSD

_LABEL, _NOTATION = terms.iri(RDFS + "label"), terms.iri(SKOS + "notation")
_DESCRIPTION, _LANGUAGE = terms.iri(DCTERMS + "description"), terms.iri(DCTERMS + "language")
_HOURS = re.compile(r"PT(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7}(?:\.\d{1,6})?)S)?")
_MONTHS = re.compile(r"P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?")
_GONE = {"en": "Things of this kind are not taken over.", "id": "Hal berjenis ini tidak diambil alih."}
_INSTANCE = {
    "en": "This is when one run of the course takes place; our terms have no place for it.",
    "id": "Ini waktu satu penyelenggaraan kursus; istilah kami tidak menyediakan tempatnya.",
}
_UNNAMED = {
    "en": "What is meant has no address, so it cannot be named.",
    "id": "Yang dimaksud tidak mempunyai alamat, sehingga tidak dapat disebut.",
}
_PREFIX = re.compile(r"^(schema:|https?://schema\.org/)")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class File:
    """The things of a file; a course that was made from a credential is that credential."""

    def __init__(self, nodes: list[Given], reading: Reading, language: str) -> None:
        self._reading, self._default = reading, language
        self._ids = {node.value["@id"] for node in nodes if isinstance(node.value.get("@id"), str)}
        self._say = reading.say

    def read(self, node: Given) -> None:
        kinds = [_PREFIX.sub("", kind) for kind in each(node.value.get("@type")) if isinstance(kind, str)]
        how = next((_HOW[kind] for kind in kinds if kind in _HOW), None)
        node.drop("@context", "@id", "@type")
        named = node.value.get("@id")
        if named is not None and not (isinstance(named, str) and (is_iri(named) or named.startswith("_:"))):
            self._reading.lose(pointer(node.at, "@id"), named, _UNNAMED)
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
        found = [tag for tag in each(node.value.get("inLanguage")) if isinstance(tag, str)]
        return found[0] if len(found) == 1 and TAG.fullmatch(found[0]) else ""

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
            if self._pointed_at(level, term, mc("hasLevel"), mc("QualificationLevel")):
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

    def _pointed_at(self, found: Given, term: Term, predicate: Term, class_: Term) -> bool:
        """States a link to what a defined term names; what is ours is described by our own files. Without an address it is lost."""
        iri = found.value.get("@id")
        if not isinstance(iri, str) or not is_iri(iri):
            self._reading.lose(found.at, found.value, _UNNAMED)
            return False
        target = terms.iri(iri)
        self._say(term, predicate, target, found.at)
        found.drop("@id", "@type")
        if iri.startswith(HOME):
            found.drop("name", "termCode", "inDefinedTermSet")
            return True
        self._say(target, TYPE, class_, found.at)
        for at, text in found.texts("name"):
            if terms.lexical(text) != terms.local_name(target):  # the end of the address is no name
                self._say(target, _LABEL, text, at)
        for at, told in found.strings("termCode"):
            self._say(target, _NOTATION, terms.literal(told), at)
        return True

    def programme(self, node: Given, term: Term) -> None:
        self.course(node, term, "StudyProgramme")

    def course(self, node: Given, term: Term, class_: str = "Course") -> None:
        iri = terms.iri_text(term)
        whole = terms.iri(iri.removesuffix(COURSE))
        own = iri.endswith(COURSE) and terms.iri_text(whole) in self._ids
        if own:
            node.drop("name", "description", "url", "inLanguage", "educationalCredentialAwarded")
        else:
            self._say(term, TYPE, mc(class_), node.at)
            self._described(node, term)
            node.drop("inLanguage")
            for key in ("educationalCredentialAwarded", "occupationalCredentialAwarded"):
                for at, awarded in node.all(key):
                    self._awarded(at, awarded, term)
        about = whole if own else term
        for at, value in node.all("provider"):
            self._provider(at, value, about, own)
        for at, number in node.numbers("numberOfCredits"):
            self._say(about, mc("credits"), _decimal(Decimal(str(number))), at)
        self._prerequisites(node, about)
        instances = list(node.objects("hasCourseInstance"))
        for instance in instances:
            self._instance(instance, about, own)
        self._form(node, about)
        if not any("courseWorkload" in instance.value for instance in instances):
            self._hours(node, "timeRequired", about)

    def _awarded(self, at: str, value: Json, term: Term) -> None:
        """The credential that a course leads to: by its address, or described here."""
        iri = value.get("@id") if isinstance(value, dict) else value
        kinds = each(value.get("@type")) if isinstance(value, dict) else []
        if isinstance(value, dict) and len(value) > 1 and "EducationalOccupationalCredential" in map(_bare, kinds):
            given = Given(value, at, self._reading)
            self.read(given)
            self._say(self._name(given), mc("isIntegratedIn"), term, at)
        elif isinstance(iri, str) and is_iri(iri) and (not isinstance(value, dict) or len(value) == 1):
            self._say(terms.iri(iri), mc("isIntegratedIn"), term, at)
        else:
            self._reading.lose(at, value)

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
        for at, value in (*node.all("coursePrerequisites"), *node.all("programPrerequisites")):
            iri = value.get("@id") if isinstance(value, dict) else None
            if isinstance(value, str) or (isinstance(value, dict) and "@value" in value):
                for _, text in Given({"text": value}, at, self._reading).texts("text", self._language(node)):
                    self._say(about, mc("prerequisiteText"), text, at)
            elif isinstance(iri, str) and is_iri(iri) and len(value) == 1:
                self._say(about, mc("requires"), terms.iri(iri.removesuffix(COURSE)), at)
            else:
                self._reading.lose(at, value)

    def _instance(self, node: Given, about: Term, own: bool) -> None:
        """How and how long; when, only of a course of ours, where it stands for the time in which the credential is offered."""
        self._form(node, about)
        self._hours(node, "courseWorkload", about)
        for key, name in (("startDate", "firstOfferDate"), ("endDate", "withdrawalDate")):
            for at, day in node.strings(key):
                if not own:
                    self._reading.lose(at, day, _INSTANCE)
                elif is_date(day[:10]):
                    self._say(about, mc(name), terms.literal(day[:10], datatype=XSD + "date"), at)
                else:
                    self._reading.lose(at, day)
        node.drop("@type", "@id")
        node.finish()

    def _form(self, node: Given, about: Term) -> None:
        words = {word: ours for ours, word in MODES.items()}
        for at, mode in node.strings("courseMode"):
            if found := words.get(_PREFIX.sub("", mode).lower()):
                self._say(about, mc("hasParticipationForm"), found, at)
            else:
                self._reading.lose(at, mode)

    def _hours(self, node: Given, key: str, about: Term) -> None:
        for at, text in node.strings(key):
            match = _HOURS.fullmatch(text)
            if match and any(match.groups()):
                hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
                self._say(about, mc("workloadHours"), _decimal(hours + (minutes * 60 + seconds) / 3600), at)
            else:
                self._reading.lose(at, text)

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
                class_ = mc("CompetencyUnit") if name == "requiresUnit" else terms.iri(SKOS + "Concept")
                if self._pointed_at(found, term, mc(name), class_):
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


def _bare(kind: Json) -> str:
    return _PREFIX.sub("", kind) if isinstance(kind, str) else ""


def each(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _decimal(number: Decimal) -> Term:
    text = f"{number.normalize():f}"
    return terms.literal(text if "." in text else f"{text}.0", datatype=XSD + "decimal")


_HOW: Mapping[str, Callable[[File, Given, Term], None]] = {
    "EducationalOccupationalCredential": File.credential,
    "Course": File.course,
    "EducationalOccupationalProgram": File.programme,
    **dict.fromkeys(
        ("Organization", "EducationalOrganization", "CollegeOrUniversity", "Corporation"), File.organisation
    ),
    "Occupation": File.occupation,
}
