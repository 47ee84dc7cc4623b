"""How learners are assessed, and how one learner was."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.document import DESCRIPTION, LABEL, Node, Writing, concept, without_gaps
from mcqms_kg.model import Term


def assessment_specification(writing: Writing, scheme: Term, names: dict[str, str]) -> Node:
    """An assessment scheme; several methods are parts of it, because a specification is of one type. Without a name it has `names`."""
    title = writing.texts(scheme, LABEL)
    if not title:
        title = names
        writing.lose(scheme, phrases.NAME_FROM_CREDENTIAL)
    writing.unhandled(scheme, (LABEL, DESCRIPTION, mc("hasAssessmentMethod"), mc("hasSupervision")))
    methods = _methods(writing, scheme)
    several = len(methods) > 1
    return without_gaps(
        id=writing.id_of(scheme),
        type="LearningAssessmentSpecification",
        title=title,
        description=writing.texts(scheme, DESCRIPTION),
        dcType=[] if several else [method for _, method in methods],
        hasPart=[
            {
                "id": writing.part(scheme, f"method-{number}"),
                "type": "LearningAssessmentSpecification",
                "title": label or title,
                "dcType": method,
            }
            for number, (label, method) in enumerate(methods, start=1)
            if several
        ],
        additionalNote=[
            writing.coded_note(scheme, code, f"supervision-{number}")
            for number, code in enumerate(writing.things(scheme, mc("hasSupervision")), start=1)
        ],
    )


def _methods(writing: Writing, scheme: Term) -> list[tuple[dict[str, str], Node]]:
    """The methods that the European list knows, each with its name."""
    found = []
    for method in writing.things(scheme, mc("hasAssessmentMethod")):
        iri = code_lists.ASSESSMENT_OF.get(terms.lexical(method))
        if iri is None:
            writing.lose(scheme, phrases.not_in_list(mc("hasAssessmentMethod")), method)
            continue
        label = writing.concept(method).get("prefLabel", {})
        found.append((label, concept(iri, code_lists.ASSESSMENTS)))
    return found


def assessments(writing: Writing, award: Term, awarding: Node, names: dict[str, str]) -> Node | None:
    """The assessment as a whole with the grade of the award, and in it each assessment that the award rests on."""
    grade = writing.texts(award, mc("awardGrade"))
    parts = [_assessment(writing, a, awarding, names) for a in writing.things(award, mc("restsOn"))]
    if not grade and not parts:
        return None
    return without_gaps(
        id=writing.part(award, "assessment"),
        type="LearningAssessment",
        title=names,
        awardedBy=awarding,
        grade=_grade(writing, award, grade) if grade else _ungraded(writing, award),
        hasPart=parts,
    )


def _assessment(writing: Writing, term: Term, awarding: Node, names: dict[str, str]) -> Node:
    """One act of assessment; its result is its grade."""
    title = writing.texts(term, LABEL)
    if not title:
        writing.lose(term, phrases.NAME_FROM_CREDENTIAL)
    writing.unhandled(term, (LABEL, mc("eventDate"), mc("hasResult")))
    result = writing.one_thing(term, mc("hasResult"))
    grade = writing.coded_note(term, result, "grade") if result else _ungraded(writing, term)
    return without_gaps(
        id=writing.id_of(term),
        type="LearningAssessment",
        title=title or names,
        awardedBy=awarding,
        dateIssued=writing.day(term, mc("eventDate")),
        grade=grade,
    )


def _grade(writing: Writing, term: Term, texts: dict[str, str]) -> Node:
    return {"id": writing.part(term, "grade"), "type": "Note", "noteLiteral": texts}


def _ungraded(writing: Writing, term: Term) -> Node:
    """A grade that says that none was stated: the model asks for one."""
    return {
        "id": writing.part(term, "no-grade"),
        "type": "Note",
        "noteLiteral": {"en": "No grade was stated.", "id": "Nilai tidak dinyatakan."},
    }
