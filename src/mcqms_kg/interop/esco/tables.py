"""What the rows of the ESCO tables say, in SKOS, in ESCO's own terms and in ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.tables import Row
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import DCTERMS, HOME, MC, RDFS, SKOS, XSD

ESCO = "http://data.europa.eu/esco/"
MODEL = ESCO + "model#"
COLLECTION = HOME + "esco/collection/"
_IRI = re.compile(re.escape(ESCO) + r"[A-Za-z0-9_./-]{1,200}")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([.]\d+)?Z")
_OCCUPATIONS = terms.iri(ESCO + "concept-scheme/occupations")


def _iri(*namespaces_and_names: str) -> tuple[Term, ...]:
    namespace, *names = namespaces_and_names
    return tuple(terms.iri(namespace + name) for name in names)


_CONCEPT, _SCHEME, _GROUPED = _iri(SKOS, "Concept", "ConceptScheme", "Collection")
_PREFERRED, _OTHER, _HIDDEN, _CODE, _NOTE, _MEANS, _IN, _ABOVE, _MEMBER = _iri(
    SKOS, "prefLabel", "altLabel", "hiddenLabel", "notation", "scopeNote", "definition", "inScheme", "broader", "member"
)
_DESCRIBED, _MODIFIED, _SOURCE, _VERSION = _iri(DCTERMS, "description", "modified", "source", "hasVersion")
_JOB, _SKILL, _MAP, _IN_MAP, _ISCO, _NEEDS, _USES = _iri(
    MC, "JobTitle", "Skill", "OccupationMap", "isInMap", "hasIscoGroup", "requiresSkill", "benefitsFromSkill"
)
_ESCO_OCCUPATION, _ESCO_SKILL, _REGULATED, _KIND, _REUSE = _iri(
    MODEL, "Occupation", "Skill", "regulatedProfessionNote", "skillType", "skillReuseLevel"
)
_LABEL = terms.iri(RDFS + "label")
_KINDS = {"skill/competence": "skill-type/skill", "knowledge": "skill-type/knowledge", "": ""}
_REUSES = ("", "transversal", "cross-sector", "sector-specific", "occupation-specific")
_RELATIONS = {"essential": _NEEDS, "optional": _USES}
_TYPES = ("ISCOGroup", "Occupation", "SkillGroup", "KnowledgeSkillCompetence")


def schemes(release: str) -> Iterator[Triple]:
    """What the tables leave unsaid: that the occupations are a map, whose work this is, and what the collections are."""
    yield from ((_OCCUPATIONS, TYPE, _SCHEME), (_OCCUPATIONS, TYPE, _MAP))
    yield _OCCUPATIONS, _LABEL, terms.literal("ESCO occupations", language="en")
    yield (
        _OCCUPATIONS,
        _SOURCE,
        terms.literal(f"ESCO {release}, European Commission.".replace(" ,", ","), language="en"),
    )
    if release:
        yield _OCCUPATIONS, _VERSION, terms.literal(release)
    for name, label in (("digital-skills", "ESCO digital skills"), ("digcomp-skills", "ESCO DigComp skills")):
        yield terms.iri(COLLECTION + name), TYPE, _GROUPED
        yield terms.iri(COLLECTION + name), _LABEL, terms.literal(label, language="en")


def isco_group(row: Row, language: str) -> Iterator[Triple]:
    _expect(row, "conceptType", "ISCOGroup")
    yield from _concept(row, language)
    yield _term(row, "conceptUri"), _CODE, terms.literal(_code(row, r"\d{1,4}"))


def occupation(row: Row, language: str) -> Iterator[Triple]:
    _expect(row, "conceptType", "Occupation")
    me = _term(row, "conceptUri")
    yield from _concept(row, language)
    yield from ((me, TYPE, _JOB), (me, TYPE, _ESCO_OCCUPATION), (me, _IN_MAP, _OCCUPATIONS))
    yield me, _CODE, terms.literal(_code(row, r"\d{4}([.]\d+)+"))
    group = row["iscoGroup"]
    if not re.fullmatch(r"\d{1,4}", group):
        raise row.wrong("iscoGroup", f"{group!r} is no ISCO code", "Give one to four digits.")
    yield me, _ISCO, terms.iri(f"{ESCO}isco/C{group}")
    if row["regulatedProfessionNote"]:
        yield me, _REGULATED, _term(row, "regulatedProfessionNote")
    yield from _details(row, language)


def skill(row: Row, language: str) -> Iterator[Triple]:
    _expect(row, "conceptType", "KnowledgeSkillCompetence")
    me = _term(row, "conceptUri")
    yield from _concept(row, language)
    yield from ((me, TYPE, _SKILL), (me, TYPE, _ESCO_SKILL))
    yield from _details(row, language)
    kind, reuse = row["skillType"], row["reuseLevel"]
    if kind not in _KINDS:
        raise row.wrong("skillType", f"{kind!r} is no type of skill", "Give skill/competence, knowledge or nothing.")
    if reuse not in _REUSES:
        raise row.wrong("reuseLevel", f"{reuse!r} is no reuse level", f"Give one of {', '.join(_REUSES[1:])}.")
    if kind:
        yield me, _KIND, terms.iri(ESCO + _KINDS[kind])
    if reuse:
        yield me, _REUSE, terms.iri(f"{ESCO}skill-reuse-level/{reuse}")


def occupation_needs_skill(row: Row, _: str) -> Iterator[Triple]:
    yield _term(row, "occupationUri"), _relation(row), _term(row, "skillUri")


def skill_needs_skill(row: Row, _: str) -> Iterator[Triple]:
    yield _term(row, "originalSkillUri"), _relation(row), _term(row, "relatedSkillUri")


def broader(row: Row, _: str) -> Iterator[Triple]:
    for column in ("conceptType", "broaderType"):
        if row[column] not in _TYPES:
            raise row.wrong(column, f"{row[column]!r} is no type of concept", f"Give one of {', '.join(_TYPES)}.")
    me, above = _term(row, "conceptUri"), _term(row, "broaderUri")
    yield me, _ABOVE, above
    for kind, term in ((row["conceptType"], me), (row["broaderType"], above)):
        if kind == "SkillGroup":  # the tables have no row of their own for these
            yield term, TYPE, _CONCEPT
            code = terms.iri_text(term).removeprefix(ESCO + "isced-f/")
            if code.isdecimal():
                yield term, _CODE, terms.literal(code)


def digital(row: Row, _: str) -> Iterator[Triple]:
    yield terms.iri(COLLECTION + "digital-skills"), _MEMBER, _term(row, "conceptUri")


def digcomp(row: Row, _: str) -> Iterator[Triple]:
    yield terms.iri(COLLECTION + "digcomp-skills"), _MEMBER, _term(row, "conceptUri")


def _concept(row: Row, language: str) -> Iterator[Triple]:
    me = _term(row, "conceptUri")
    label = row["preferredLabel"].strip()
    if not label:
        raise row.wrong("preferredLabel", "it is empty", "Give every concept its label.")
    if row["status"] != "released":
        raise row.wrong("status", f"{row['status']!r} is not 'released'", "Leave out what is not released.")
    yield from ((me, TYPE, _CONCEPT), (me, _PREFERRED, terms.literal(label, language=language)))
    yield me, _LABEL, terms.literal(label, language=language)
    for other in _lines(row["altLabels"], label):
        yield me, _OTHER, terms.literal(other, language=language)
    for scheme in _lines(row["inScheme"].replace(",", "\n")):
        if not _IRI.fullmatch(scheme):
            raise row.wrong("inScheme", f"{scheme!r} is no address of ESCO", "Give the table as it is published.")
        yield me, _IN, terms.iri(scheme)
    yield from _prose(row, "description", _DESCRIBED, language)


def _details(row: Row, language: str) -> Iterator[Triple]:
    me = _term(row, "conceptUri")
    for hidden in _lines(row["hiddenLabels"]):
        yield me, _HIDDEN, terms.literal(hidden, language=language)
    yield from _prose(row, "scopeNote", _NOTE, language)
    yield from _prose(row, "definition", _MEANS, language)
    if not _DATE.fullmatch(row["modifiedDate"]):
        raise row.wrong("modifiedDate", f"{row['modifiedDate']!r} is no time", "Give it like 2021-12-08T19:16:10Z.")
    yield me, _MODIFIED, terms.literal(row["modifiedDate"], datatype=XSD + "dateTime")


def _prose(row: Row, column: str, predicate: Term, language: str) -> Iterator[Triple]:
    text = row[column].strip()
    if text:
        yield _term(row, "conceptUri"), predicate, terms.literal(text, language=language)


def _lines(cell: str, *without: str) -> tuple[str, ...]:
    """The lines of a cell, each once."""
    found = (line.strip() for line in re.split(r"[\r\n]+", cell))
    return tuple(line for line in dict.fromkeys(found) if line and line not in without)


def _term(row: Row, column: str) -> Term:
    text = row[column]
    if not _is_address(text):
        raise row.wrong(column, f"{text!r} is no address of ESCO", "Give the table as it is published.")
    return terms.iri(text)


@lru_cache(maxsize=65536)
def _is_address(text: str) -> bool:
    return bool(_IRI.fullmatch(text))


def _relation(row: Row) -> Term:
    kind = row["relationType"]
    if kind not in _RELATIONS:
        raise row.wrong("relationType", f"{kind!r} is no relation", "Give essential or optional.")
    return _RELATIONS[kind]


def _expect(row: Row, column: str, value: str) -> None:
    if row[column] != value:
        raise row.wrong(column, f"{row[column]!r} is not {value!r}", "Give the table as it is published.")


def _code(row: Row, pattern: str) -> str:
    if not re.fullmatch(pattern, row["code"]):
        raise row.wrong("code", f"{row['code']!r} is no code of this table", "Give the table as it is published.")
    return row["code"]
