"""Where micro-credentials lead: programmes, degrees, certificates and stacking rules (clauses 3b, X1)."""

from __future__ import annotations

from mcqms_kg.generate.credential_plan import STACK, Plan
from mcqms_kg.generate.design import Parts
from mcqms_kg.generate.spelling import codes, decimal, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing


def paths(c: Plan) -> Parts:
    """What it counts towards, and what integrates it."""
    degree, programme = (c.provider.at(f"{kind}/{c.programme}") for kind in ("degree", "programme"))
    for name, nama, target in (("certificate", "sertifikat", c.certificate), ("degree", "gelar", degree)):
        yield (
            f"progression-{name}",
            thing(
                c.at(f"progression/{name}"),
                "Progression",
                label=text(f"Towards the {name}", f"Menuju {nama}"),
                leadsTo=target,
                creditValue=decimal(c.credits),
            ),
        )
    yield "integration", Thing(programme, {"integrates": c.iri})


def programme(c: Plan) -> Parts:
    """The programme that it is the first to be integrated in, with its outcomes and its degree."""
    p, path = c.provider, f"programme/{c.programme}"
    label = text(f"Diploma in {c.field.english}", f"Diploma {c.field.indonesian}")
    groups = codes("target-group-", *p.random(path).sample(("students", "workers", "job-seekers"), 2))
    outcomes = tuple(p.at(f"{path}/outcome/{n}") for n in range(2))
    yield (
        "programme",
        thing(
            p.at(path),
            "StudyProgramme",
            label=label,
            belongsTo=p.iri,
            hasTargetGroup=groups,
            hasProgrammeOutcome=outcomes,
        ),
    )
    for number, outcome in enumerate(outcomes, start=1):
        yield (
            f"outcome-{number}",
            thing(
                outcome,
                "ProgrammeOutcome",
                label=text(f"Graduates master part {number}", f"Lulusan menguasai bagian {number}"),
            ),
        )
    yield (
        "degree",
        thing(
            p.at(f"degree/{c.programme}"), "Qualification", label=label, hasLevel=c.level_term, credits=decimal(110.0)
        ),
    )


def certificate(c: Plan) -> Thing:
    """The occupational certificate of its stack."""
    name = f"{c.field.english} {c.number // STACK + 1}", f"{c.field.indonesian} {c.number // STACK + 1}"
    label = text(f"Occupational certificate: {name[0]}", f"Sertifikat okupasi: {name[1]}")
    return thing(
        c.certificate,
        "Certification",
        label=label,
        hasLevel=c.level_term,
        isCertifiedBy=c.provider.at("certifier/current"),
    )


def stack(members: tuple[Plan, ...]) -> Scene:
    """The rule that makes a certificate of a full stack of micro-credentials."""
    first = members[0]
    rule = first.provider.at(f"stack/{first.number // STACK}")
    every = first.provider.random(f"stack/{first.number}").random() < 0.6
    count, bring = (len(members), sum) if every else (len(members) - 1, min)
    parts = {
        "rule": thing(
            rule,
            "StackingRule",
            label=text(f"{count} of {len(members)} steps", f"{count} dari {len(members)} tahap"),
            hasOption=tuple(c.iri for c in members),
            minimumCount=whole(count),
            minimumCredit=decimal(bring(c.credits for c in members)),
        ),
        "certificate": Thing(first.certificate, {"isStackedBy": rule}),
    }
    return first.provider.scene("stack", parts)
