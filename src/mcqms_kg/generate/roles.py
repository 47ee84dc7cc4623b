"""Who works at a provider: its units, staff, certification bodies and their roles (clauses 1.2, 5.3)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, plain, text
from mcqms_kg.generate.thing import Scene, Thing, thing

_ROLES = (
    (
        "managing-unit",
        "unit/academic",
        "Keeps the register of micro-credentials.",
        "Memelihara daftar mikro-kredensial.",
    ),
    (
        "management-centre",
        "unit/centre",
        "Develops and oversees micro-credentials.",
        "Mengembangkan dan mengawasi mikro-kredensial.",
    ),
    (
        "certification-unit",
        "certifier/current",
        "Assesses and issues under its licence.",
        "Menilai dan menerbitkan berdasarkan lisensinya.",
    ),
)


_STANDING_ROLES = (
    (
        "top-management",
        "role-top-management",
        "staff/director",
        "Approves policy and budget.",
        "Mengesahkan kebijakan dan anggaran.",
    ),
    (
        "operations",
        "role-process-owner",
        "staff/dean",
        "Owns teaching and assessment.",
        "Memiliki proses pembelajaran dan asesmen.",
    ),
    (
        "quality",
        "role-process-owner",
        "staff/quality-head",
        "Owns evaluation and improvement.",
        "Memiliki proses evaluasi dan peningkatan.",
    ),
    (
        "auditor",
        "role-internal-auditor",
        "staff/auditor",
        "Audits the work of others.",
        "Mengaudit pekerjaan pihak lain.",
    ),
)


def roles(p: Provider) -> Iterator[Scene]:
    """The scene of all who work here, and one for each role that a rule asks for."""
    everybody = (*_units(p), *_staff(p), *_certifiers(p), *_standing_roles(p))
    yield p.scene("organisation", {each.iri: each for each in everybody})
    for kind, holder, english, indonesian in _ROLES:
        yield p.scene(kind, {"role": _role(p, kind, f"role-{kind}", holder, english, indonesian)})


def _units(p: Provider) -> Iterator[Thing]:
    for kind, path, english, indonesian in (
        ("OrganisationalUnit", "unit/academic", "Academic affairs office", "Bagian akademik"),
        ("OrganisationalUnit", "unit/centre", "Micro-credential centre", "Pusat mikro-kredensial"),
        ("AcademicTeam", "unit/curriculum-team", "Curriculum team", "Tim kurikulum"),
    ):
        yield thing(p.at(path), kind, label=text(english, indonesian), belongsTo=p.iri, isUnitOf=p.iri)


def _staff(p: Provider) -> Iterator[Thing]:
    for path, english, indonesian in (
        ("director", "Director", "Direktur"),
        ("former-director", "Former director", "Mantan direktur"),
        ("dean", "Dean", "Dekan"),
        ("quality-head", "Head of quality", "Kepala penjaminan mutu"),
        ("auditor", "Internal auditor", "Auditor internal"),
    ):
        yield thing(p.at(f"staff/{path}"), "StaffMember", label=text(english, indonesian), belongsTo=p.iri)


def _certifiers(p: Provider) -> Iterator[Thing]:
    for path, english, indonesian in (
        ("current", "First-party certification body (example)", "Lembaga sertifikasi profesi pihak kesatu (contoh)"),
        ("former", "Certification body of former years (example)", "Lembaga sertifikasi terdahulu (contoh)"),
    ):
        yield thing(
            p.at(f"certifier/{path}"),
            "CertificationBody",
            label=text(english, indonesian),
            isUnitOf=p.iri,
            country=plain("ID"),
        )


def _standing_roles(p: Provider) -> Iterator[Thing]:
    """The roles on which many things rest, so that no defect touches them; one is of former years."""
    for name, kind, holder, english, indonesian in _STANDING_ROLES:
        yield _role(p, name, kind, holder, english, indonesian)
    lecturers = tuple(p.at(f"teacher/{n}") for n in range(p.teachers))
    lecturer = _role(
        p, "lecturer", "role-lecturer", "staff/dean", "Build it into the course.", "Memadukannya ke dalam mata kuliah."
    )
    yield Thing(lecturer.iri, {**lecturer.says, "isHeldBy": lecturers})
    former = _role(
        p,
        "former-certification-unit",
        "role-certification-unit",
        "certifier/former",
        "Issued until then.",
        "Menerbitkan hingga saat itu.",
    )
    yield Thing(
        former.iri, {**former.says, "effectiveDate": p.calendar.day(-4000), "expiryDate": p.calendar.day(-1800)}
    )


def _role(p: Provider, name: str, kind: str, holder: str, english: str, indonesian: str) -> Thing:
    return thing(
        p.at(f"role/{name}"),
        "Role",
        belongsTo=p.iri,
        hasRoleKind=code(kind),
        isHeldBy=p.at(holder),
        responsibility=text(english, indonesian),
        effectiveDate=p.calendar.day(p.since),
    )
