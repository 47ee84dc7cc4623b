"""How a micro-credential is designed: outcomes, skills, learning, assessment, course (clauses 3, 6.2, 8.2, 8.3, F)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mcqms_kg.generate.credential_plan import Plan
from mcqms_kg.generate.spelling import codes, plain, text
from mcqms_kg.generate.thing import Thing, thing

Parts = Iterator[tuple[str, Thing]]

_MEDIA = ("live-session", "video", "simulation", "text", "discussion-forum", "workplace")
_METHODS = ("observation", "portfolio", "oral-questioning", "written-test", "project")
_INSTRUMENTS = ("observation-checklist", "portfolio-checklist", "oral-questions", "written-test", "project-brief")
_SUPERVISION = ("supervised-on-site-verified", "supervised-on-site-verified", "supervised-online-verified")


def design(c: Plan, rng: Random) -> Parts:
    """Everything that is said of a micro-credential's design."""
    yield from _outcomes(c)
    yield from _learning(c, rng)
    yield from _assessment(c, rng)
    yield from _course(c)


def _outcomes(c: Plan) -> Parts:
    for number, unit in enumerate(c.units):
        label = text(f"Works to unit {_unit_code(unit.iri)} of {c.field.english}", f"Mampu: {unit.title}")
        yield f"outcome-{number}", thing(c.at(f"outcome/{number}"), "LearningOutcome", label=label, isTiedTo=unit.iri)
    yield (
        "skills",
        thing(
            c.at("skills"),
            "SkillSet",
            label=text(f"Skill set: {c.english}", f"Set keterampilan: {c.indonesian}"),
            belongsTo=c.provider.iri,
            hasUnit=tuple(unit.iri for unit in c.units),
            hasLevel=c.level_term,
        ),
    )


def _learning(c: Plan, rng: Random) -> Parts:
    """An activity for each outcome, and one more for the first."""
    activities = tuple(c.at(f"activity/{number}") for number in range(len(c.units) + 1))
    yield (
        "design",
        thing(
            c.at("design"),
            "InstructionalDesign",
            label=text(f"Design: {c.english}", f"Rancangan: {c.indonesian}"),
            hasActivity=activities,
        ),
    )
    for number, activity in enumerate(activities):
        yield (
            f"activity-{number}",
            thing(
                activity,
                "LearningActivity",
                label=text(f"Exercise {number + 1}", f"Latihan {number + 1}"),
                servesOutcome=c.at(f"outcome/{number % len(c.units)}"),
                usesMedia=codes("media-", *rng.sample(_MEDIA, 2)),
            ),
        )


def _assessment(c: Plan, rng: Random) -> Parts:
    """A task for each outcome, and one more for the first."""
    tasks = tuple(c.at(f"task/{number}") for number in range(len(c.units) + 1))
    yield (
        "scheme",
        thing(
            c.at("scheme"),
            "AssessmentScheme",
            label=text(f"Assessment scheme: {c.english}", f"Skema asesmen: {c.indonesian}"),
            hasAssessmentApproach=codes("approach-", "competency-based"),
            hasAssessmentMethod=codes("method-", *rng.sample(_METHODS, rng.randint(1, 3))),
            followsStandard=c.field.decree,
            hasSupervision=codes("supervision-", rng.choice(_SUPERVISION)),
            identityVerification=text(
                "The student card is compared with the face.", "Kartu mahasiswa dicocokkan dengan wajah."
            ),
            assessmentCriteria=text("The work meets the unit.", "Pekerjaan memenuhi unit kompetensi."),
            evidenceRule=text("Valid, authentic, current and sufficient.", "Valid, autentik, terkini, dan memadai."),
            passRule=text("Competent in every unit.", "Kompeten pada setiap unit."),
            hasTask=tasks,
        ),
    )
    for number, task in enumerate(tasks):
        yield (
            f"task-{number}",
            thing(
                task,
                "AssessmentTask",
                label=text(f"Task {number + 1}", f"Tugas {number + 1}"),
                assessesOutcome=c.at(f"outcome/{number % len(c.units)}"),
                usesInstrument=codes("instrument-", rng.choice(_INSTRUMENTS)),
            ),
        )


def _course(c: Plan) -> Parts:
    """The course that it is integrated in: an outcome for each unit, and one more for the first."""
    outcomes = tuple(c.at(f"course/outcome/{number}") for number in range(len(c.units) + 1))
    plan = c.at("course/plan")
    yield (
        "course",
        thing(
            c.at("course"),
            "Course",
            label=text(f"Course: {c.english}", f"Mata kuliah: {c.indonesian}"),
            belongsTo=c.provider.iri,
            isPartOfProgramme=c.provider.at(f"programme/{c.programme}"),
            hasSemesterPlan=plan,
            hasCourseOutcome=outcomes,
            notation=plain(f"MK{c.provider.number:05d}{c.number:04d}"),
        ),
    )
    yield (
        "semester-plan",
        thing(
            plan,
            "SemesterLearningPlan",
            label=text(f"Semester plan: {c.english}", f"Rencana pembelajaran semester: {c.indonesian}"),
        ),
    )
    for number, outcome in enumerate(outcomes):
        unit = c.units[number % len(c.units)]
        yield (
            f"course-outcome-{number}",
            thing(
                outcome,
                "CourseOutcome",
                label=text(f"Course outcome {number + 1}", f"Capaian mata kuliah {number + 1}"),
                mapsToUnit=unit.iri,
            ),
        )


def _unit_code(iri: str) -> str:
    return iri.rpartition("/")[2][:-1]
