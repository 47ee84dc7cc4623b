"""A small report made by hand: every verdict and grade, waived, blank, alike and hostile findings."""

from __future__ import annotations

import datetime as dt

from mcqms_kg.errors import Place
from mcqms_kg.graph.terms import iri, literal
from mcqms_kg.model import (
    Checked,
    CheckReport,
    Clause,
    ClauseVerdict,
    Coverage,
    Finding,
    Framework,
    Grade,
    Named,
    NotUnderstood,
    Requirement,
    RequirementVerdict,
    Score,
    ShapeRun,
    Term,
    Texts,
    ValidationReport,
    ValidationResult,
    Verdict,
    WaivedFinding,
    Waiver,
)
from mcqms_kg.namespaces import HOME, MC, RDF, SH, XSD

EX = "https://example.org/story/"
HOSTILE = "<script>alert('x')</script> [bold]=1+1[/bold] \x1b[31m{0} ]]>"
HOSTILE_IRI = iri("javascript:alert(document.cookie)//<svg onload=x>")
MANY = 7


def both(english: str, indonesian: str) -> Texts:
    return {"en": english, "id": indonesian}


def clause(notation: str, label: Texts, parent: str | None = None) -> Clause:
    return Clause(_clause_iri(notation), notation, label, _clause_iri(parent) if parent else None)


def _clause_iri(notation: str) -> Term:
    return iri(f"{HOME}clause/{notation}")


def requirement(
    notation: str, clause_notation: str, grade: Grade, label: Texts, status: str = "automated"
) -> Requirement:
    return Requirement(
        iri=iri(f"{HOME}requirement/{notation}"),
        notation=notation,
        clause=_clause_iri(clause_notation),
        label=label,
        wording=both(f"Wording of {notation}.", f"Bunyi {notation}."),
        rationale=both(f"Rationale of {notation}.", f"Alasan {notation}."),
        remedy=both(f"Remedy of {notation}.", f"Perbaikan {notation}."),
        grade=grade,
        status=status,
        status_reason={},
        subjects=("micro-credential",),
        phases=("do",),
        principles=("improvement",),
        source="Table 1",
        own_addition=False,
    )


def result(shape: str, focus: Term, *, path: str | None = None, value: Term | None = None) -> ValidationResult:
    return ValidationResult(
        focus=focus,
        component=iri(SH + "MinCountConstraintComponent"),
        source_shape=iri(f"{HOME}shape/{shape}"),
        severity=iri(SH + "Violation"),
        path=path,
        value=value,
        messages=(literal("It must be so.", language="en"), literal("Harus demikian.", language="id")),
    )


def finding(id_: str, of: Requirement, found: ValidationResult, label: str, line: int | None = None) -> Finding:
    return Finding(
        id=id_,
        requirement=of,
        grade=of.grade,
        result=found,
        focus=Named(found.focus, both(label, label)),
        provider=POLYTECHNIC,
        expected=both(f"Expected by {of.notation}.", f"Diharapkan oleh {of.notation}."),
        found=both(f"Found for {id_}.", f"Ditemukan untuk {id_}."),
        triples=((found.focus, iri(RDF + "type"), iri(MC + "MicroCredential")),),
        places=(Place("data/credentials & more.ttl", line, 3),) if line else (),
    )


POLYTECHNIC = Named(iri(EX + "polytechnic"), both("Harbour Polytechnic", "Politeknik Pelabuhan"))
OPERATION = clause("8", both("Operation", "Operasi"))
PLANNING = clause("8.1", both("Operational planning", "Perencanaan operasional"), "8")
IMPROVEMENT = clause("10", both("Improvement", "Peningkatan"))

LIFE_CYCLE = requirement("8.1a", "8.1", Grade.MAJOR, both("Life-cycle model", "Model daur hidup"))
INDUSTRY = requirement("8.1d", "8.1", Grade.MAJOR, both("Industry validation", "Validasi industri"))
ACADEMIC = requirement("8.1c", "8.1", Grade.MINOR, both("Academic validation", "Validasi akademik"))
COMPLAINTS = requirement("10.1b", "10", Grade.MINOR, both("Complaints", "Pengaduan"))
WIDER = requirement("10.2b", "10", Grade.OPPORTUNITY, both("Wider integration", "Integrasi lebih luas"))
WITHDRAWN = requirement("10.1c", "10", Grade.MAJOR, both("Not needed any more", "Tidak diperlukan lagi"))
CULTURE = requirement("10.3", "10", Grade.MINOR, both("Culture", "Budaya"), status="manual")

HAS_VALIDATION = f"<{MC}hasValidation>/^<{MC}belongsTo>"
MANY_ALIKE = tuple(
    finding(f"{n:016x}", INDUSTRY, result("8.1d-Many", iri(f"{EX}mc{n}"), path=HAS_VALIDATION), f"Course {n}", 10 + n)
    for n in range(1, MANY + 1)
)
HOSTILE_FINDING = finding(
    "00000000000000aa",
    INDUSTRY,
    result("8.1d-One", HOSTILE_IRI, path=f"<{MC}hasValidation>", value=literal("=cmd|' /C calc'!A0")),
    HOSTILE,
    99,
)
BLANK_FINDING = finding("00000000000000bb", COMPLAINTS, result("10.1b-Complaint", Term("_:c14n0")), "", None)
ADVICE = finding(
    "00000000000000cc",
    WIDER,
    result("10.2b-Review", iri(EX + "review"), value=literal("2", datatype=XSD + "integer")),
    "Review 2026",
    5,
)
WAIVED = WaivedFinding(
    finding("00000000000000dd", ACADEMIC, result("8.1c-Academic", iri(EX + "mc1")), "Course 1", 11),
    Waiver(
        iri=iri(EX + "waiver1"),
        waives=(ACADEMIC.iri,),
        provider=POLYTECHNIC.term,
        focus=(),
        reason=both("The team meets in autumn.", "Tim bersidang pada musim gugur."),
        granted_by=(Named(iri(EX + "director"), both("The director", "Direktur")),),
        effective=dt.date(2026, 1, 1),
        expiry=dt.date(2026, 12, 31),
    ),
)


def _verdict(of: Requirement, verdict: Verdict, *findings: Finding, reason: Texts | None = None) -> RequirementVerdict:
    runs = (
        (ShapeRun(iri(f"{HOME}shape/{of.notation}-Thing"), 3, "compiled"),)
        if verdict is not Verdict.NOT_CHECKED
        else ()
    )
    return RequirementVerdict(of, verdict, reason or {}, runs, findings, ())


CLAUSES = (
    ClauseVerdict(
        OPERATION,
        Verdict.NONCONFORMANT,
        Score(1, 1, 0, 0, 1),
        (),
        (
            ClauseVerdict(
                PLANNING,
                Verdict.NONCONFORMANT,
                Score(1, 1, 0, 0, 1),
                (
                    _verdict(LIFE_CYCLE, Verdict.CONFORMANT),
                    RequirementVerdict(ACADEMIC, Verdict.NONCONFORMANT, {}, (), (), (WAIVED,)),
                    _verdict(INDUSTRY, Verdict.NONCONFORMANT, *MANY_ALIKE, HOSTILE_FINDING),
                ),
                (),
            ),
        ),
    ),
    ClauseVerdict(
        IMPROVEMENT,
        Verdict.NONCONFORMANT,
        Score(0, 2, 1, 1, 0),
        (
            _verdict(COMPLAINTS, Verdict.NONCONFORMANT, BLANK_FINDING),
            _verdict(WIDER, Verdict.NONCONFORMANT, ADVICE),
            _verdict(
                WITHDRAWN,
                Verdict.NOT_APPLICABLE,
                reason=both("Nothing was withdrawn.", "Tidak ada yang ditarik."),
            ),
            _verdict(
                CULTURE, Verdict.NOT_CHECKED, reason=both("A machine cannot see it.", "Mesin tidak dapat melihatnya.")
            ),
        ),
        (),
    ),
)

REPORT = CheckReport(
    framework=Framework(
        iri(HOME + "framework/mcqms"),
        "mcqms",
        both("Micro-Credential Quality Management System", "Sistem Manajemen Mutu Mikro-Kredensial"),
        (OPERATION, PLANNING, IMPROVEMENT),
        (LIFE_CYCLE, ACADEMIC, INDUSTRY, COMPLAINTS, WIDER, WITHDRAWN, CULTURE),
    ),
    profile="mcqms",
    as_of=dt.date(2026, 6, 30),
    verdict=Verdict.NONCONFORMANT,
    score=Score(1, 3, 1, 1, 1),
    clauses=CLAUSES,
    coverage=Coverage(
        described=40,
        unchecked_total=3,
        unchecked=(Named(iri(EX + "orphan"), both("Orphan", "Yatim")),),
        not_understood=(NotUnderstood(iri(MC + "hasValidatoin"), 2, (Place("data/credentials & more.ttl", 7),)),),
    ),
    checked=(Checked("data/credentials & more.ttl", "ab" * 32, 512),),
    rulebook_digest="cd" * 32,
    engine="compiled, pyshacl",
    version="0.1.0",
)

VALIDATION = ValidationReport(
    conforms=False,
    results=tuple(f.result for f in (*MANY_ALIKE, HOSTILE_FINDING, BLANK_FINDING)),
    focus_nodes={iri(f"{HOME}shape/8.1d-Many"): MANY, iri(f"{HOME}shape/8.1d-One"): 1},
    engines={iri(f"{HOME}shape/8.1d-Many"): "compiled"},
)
