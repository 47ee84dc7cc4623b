"""How a provider works: its procedures, its processes and its life-cycle model (clauses 0.6, 1.3, 4.3, 8.1)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, codes, text, whole
from mcqms_kg.generate.thing import Scene, Thing, thing

PROCEDURES = (
    ("system-management", "Managing the micro-credential system", "Pengelolaan sistem mikro-kredensial"),
    ("needs-identification", "Identifying needs", "Identifikasi kebutuhan"),
    ("industry-collaboration", "Collaborating with industry", "Kerja sama dengan industri"),
    ("management-commitment", "Keeping up management commitment", "Pemeliharaan komitmen manajemen"),
    ("roles-evaluation", "Evaluating roles and responsibilities", "Evaluasi peran dan tanggung jawab"),
    ("risk-management", "Managing risks", "Pengelolaan risiko"),
    ("internal-audit", "Auditing internally", "Pelaksanaan audit internal"),
)
_PROCESSES = (
    ("design", "plan", ("needs-analysis", "design"), "operations", "Designing", "Perancangan"),
    ("development", "plan", ("development",), "operations", "Developing", "Pengembangan"),
    ("validation", "do", ("validation",), "operations", "Validating", "Validasi"),
    ("implementation", "do", ("implementation",), "operations", "Teaching", "Pembelajaran"),
    ("assessment", "do", ("assessment", "certification"), "operations", "Assessing", "Asesmen"),
    ("evaluation", "check", ("evaluation",), "quality", "Evaluating", "Evaluasi"),
    ("audit", "check", (), "quality", "Auditing", "Audit"),
    ("improvement", "act", (), "quality", "Improving", "Peningkatan"),
)
_STAGES = (
    ("design", "A need is recorded.", "Kebutuhan tercatat."),
    ("development", "The design is approved.", "Rancangan disetujui."),
    ("validation", "The materials are complete.", "Materi telah lengkap."),
    ("implementation", "Both validations are accepted.", "Kedua validasi diterima."),
    ("assessment", "Learning is finished.", "Pembelajaran selesai."),
    ("certification", "All units are assessed.", "Semua unit telah dinilai."),
    ("evaluation", "The first cohort is certified.", "Angkatan pertama telah tersertifikasi."),
)


def processes(p: Provider) -> Iterator[Scene]:
    """The scenes of procedures, processes and the life cycle."""
    for number, (name, english, indonesian) in enumerate(PROCEDURES, start=1):
        label = text(f"SOP {number}: {english}", f"SOP {number}: {indonesian}")
        procedure = _procedure(p, f"procedure/{name}", label, hasProcedureKind=code(f"procedure-{name}"))
        yield p.scene(f"procedure-{name}", {"procedure": procedure})
    yield p.scene("processes", dict(_processes(p)))
    yield p.scene("life-cycle", dict(_life_cycle(p)))


def _procedure(p: Provider, path: str, label: tuple[str, ...], **more: str) -> Thing:
    approved = -p.random(path).randint(60, 1000)
    return thing(
        p.at(path),
        "Procedure",
        label=label,
        belongsTo=p.iri,
        isApprovedBy=p.at("staff/director"),
        approvalDate=p.calendar.day(approved),
        effectiveDate=p.calendar.day(approved + 10),
        **more,
    )


def _processes(p: Provider) -> Iterator[tuple[str, Thing]]:
    """Every process follows work instructions of its own, so that a missing procedure is one finding and not two."""
    for name, phase, stages, owner, english, indonesian in _PROCESSES:
        instructions = _procedure(
            p, f"instructions/{name}", text(f"Instructions: {english}", f"Instruksi kerja: {indonesian}")
        )
        yield f"instructions-{name}", instructions
        yield (
            name,
            thing(
                p.at(f"process/{name}"),
                "Process",
                label=text(english, indonesian),
                belongsTo=p.iri,
                hasPhase=code(f"pdca-{phase}"),
                coversStage=codes("stage-", *stages),
                isOwnedBy=p.at(f"role/{owner}"),
                followsProcedure=instructions.iri,
                isDirectedBy=p.at("policy"),
            ),
        )


def _life_cycle(p: Provider) -> Iterator[tuple[str, Thing]]:
    steps = []
    for number, (stage, english, indonesian) in enumerate(_STAGES, start=1):
        steps.append(
            thing(
                p.at(f"life-cycle/{number}"),
                "LifeCycleStep",
                label=text(f"Step {number}: {stage}", f"Langkah {number}"),
                belongsTo=p.iri,
                stepNumber=whole(number),
                coversStage=code(f"stage-{stage}"),
                entryCriteria=text(english, indonesian),
                exitCriteria=text("The record is complete.", "Rekaman telah lengkap."),
            )
        )
        yield f"step-{number}", steps[-1]
    label = text("Life-cycle model", "Model siklus hidup")
    yield (
        "model",
        thing(p.at("life-cycle"), "LifeCycleModel", label=label, belongsTo=p.iri, hasStep=tuple(s.iri for s in steps)),
    )
