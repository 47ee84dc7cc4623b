"""What follows once a micro-credential is offered: awards, changes, feedback, judgements (clauses 6.3, 8.3, 10)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from mcqms_kg.generate import words
from mcqms_kg.generate.credential_plan import Plan
from mcqms_kg.generate.design import Parts
from mcqms_kg.generate.people import ASSESSORS
from mcqms_kg.generate.spelling import code, text, whole
from mcqms_kg.generate.thing import Scene, thing


def life(c: Plan) -> Iterator[Scene]:
    """The scenes that follow a micro-credential; the first one of a provider sees everything."""
    rng = c.provider.random(f"{c.path}/life")
    known = {"credential": c.iri}
    if "awarded" in c.marks:
        for number in range(rng.choice((1, 1, 2, 2, 3))):
            yield c.provider.scene("award", dict(_award(c, number, rng)), known=known)
    if "offered" in c.marks and "evaluated" in c.marks:
        if c.number == 0 or rng.random() < 0.3:
            yield c.provider.scene("trigger", dict(_trigger(c, rng)), known=known)
        if c.number == 0 or rng.random() < 0.4:
            importance = 4 if c.number == 0 else rng.randint(1, 5)
            marks = ("important",) if importance >= 4 else ()
            yield c.provider.scene("feedback", dict(_feedback(c, importance, rng)), known=known, marks=marks)
    if "withdrawn" in c.marks or c.number == 0 or ("offered" in c.marks and rng.random() < 0.25):
        yield c.provider.scene("judgement", dict(_judgement(c, rng)), known=known, marks=c.marks)


def _award(c: Plan, number: int, rng: Random) -> Parts:
    """An award to a learner, resting on one assessment for every unit."""
    p, day = c.provider, c.provider.calendar.day
    end = -5 if c.withdrawn is None else c.withdrawn
    issued = rng.randint(c.offered + 60, end)
    learner, path = c.at(f"award/{number}/learner"), f"award/{number}"
    assessments = tuple(c.at(f"{path}/assessment/{n}") for n in range(len(c.units)))
    who = c.provider.number * 100000 + c.number * 10 + number
    yield "learner", thing(learner, "Learner", label=text(f"Learner {who}", f"Peserta {who}"))
    yield (
        "award",
        thing(
            c.at(path),
            "Award",
            label=text(f"Award: {c.english}", f"Penganugerahan: {c.indonesian}"),
            belongsTo=p.iri,
            awardsCredential=c.iri,
            isAwardedTo=learner,
            hasLevel=c.level_term,
            isIssuedBy=p.at("certifier/current"),
            issueDate=day(issued),
            restsOn=assessments,
            awardGrade=text("Competent", "Kompeten"),
        ),
    )
    assessed = issued - rng.randint(3, 40)
    assessor = p.at(f"assessor/{p.fields.index(c.field)}/{rng.randrange(ASSESSORS)}")
    for each, (assessment, unit) in enumerate(zip(assessments, c.units, strict=True)):
        yield (
            f"assessment-{each}",
            thing(
                assessment,
                "Assessment",
                label=text(f"Assessment of learner {who}", f"Asesmen peserta {who}"),
                belongsTo=p.iri,
                isAssessedBy=assessor,
                assessesUnit=unit.iri,
                hasResult=code("result-competent"),
                eventDate=day(assessed),
            ),
        )


def _trigger(c: Plan, rng: Random) -> Parts:
    """A change outside and, within the time to respond, the change that answers it."""
    kind, english, indonesian = rng.choice(words.TRIGGERS)
    triggered = -rng.randint(220, 390)
    yield (
        "trigger",
        thing(
            c.at("trigger"),
            "ChangeTrigger",
            label=text(english, indonesian),
            belongsTo=c.provider.iri,
            hasTriggerKind=code(kind),
            affects=c.iri,
            eventDate=c.provider.calendar.day(triggered),
        ),
    )
    yield from _change(c, "trigger", triggered + rng.randint(20, 170), rng)


def _feedback(c: Plan, importance: int, rng: Random) -> Parts:
    given = -rng.randint(130, 390)
    party, english, indonesian = rng.choice(
        (
            ("party-graduates", "Graduates ask for more practice", "Lulusan meminta lebih banyak praktik"),
            ("party-industry", "Employers ask for newer cases", "Pemberi kerja meminta kasus yang lebih baru"),
        )
    )
    yield (
        "feedback",
        thing(
            c.at("feedback"),
            "Feedback",
            label=text(english, indonesian),
            belongsTo=c.provider.iri,
            concerns=c.iri,
            hasRespondentGroup=code(party),
            importance=whole(importance),
            eventDate=c.provider.calendar.day(given),
        ),
    )
    if importance >= 4:
        yield from _change(c, "feedback", given + rng.randint(10, 90), rng)


def _change(c: Plan, answers: str, day: int, rng: Random) -> Parts:
    yield (
        "change",
        thing(
            c.at(f"{answers}/change"),
            "ChangeRecord",
            label=text(*rng.choice(words.CHANGES)),
            belongsTo=c.provider.iri,
            changes=c.iri,
            respondsTo=c.at(answers),
            eventDate=c.provider.calendar.day(day),
        ),
    )


def _judgement(c: Plan, rng: Random) -> Parts:
    """Employers find it relevant, or it has been withdrawn since."""
    judged = -rng.randint(5, 300) if c.withdrawn is None else c.withdrawn - rng.randint(10, 90)
    relevance = "relevance-relevant" if c.withdrawn is None else "relevance-not-relevant"
    yield (
        "judgement",
        thing(
            c.at("judgement"),
            "RelevanceJudgement",
            label=text("Judgement of employers", "Penilaian pemberi kerja"),
            belongsTo=c.provider.iri,
            judges=c.iri,
            hasRelevance=code(relevance),
            isPerformedBy=c.provider.nation.for_field("industry", c.field),
            eventDate=c.provider.calendar.day(judged),
        ),
    )
