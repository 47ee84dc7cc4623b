"""How a provider leads its system: the provider itself, its people and units, scope, policy, commitment and roles (clauses 1 and 5)."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.spelling import code, codes, plain, text, web
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


def leadership(p: Provider) -> Iterator[Scene]:
    """The scenes of leadership."""
    yield p.scene("provider", {"provider": _provider(p)})
    yield p.scene(
        "organisation", {thing.iri: thing for thing in (*_units(p), *_staff(p), *_certifiers(p), *_standing_roles(p))}
    )
    yield p.scene("scope", {"scope": _scope(p)})
    yield p.scene("policy", {"policy": _policy(p), "standard": _standard(p)})
    yield p.scene("commitment", {"commitment": _commitment(p)})
    for kind, holder, english, indonesian in _ROLES:
        role = _role(p, kind, f"role-{kind}", holder, english, indonesian)
        yield p.scene(kind, {"role": role})


def _provider(p: Provider) -> Thing:
    rng = p.random("reach")
    subject = codes("reference-", "national-regulation", *(["good-practice"] if rng.random() < 0.3 else []))
    countries = (plain("ID"), *([plain(rng.choice(("MY", "SG", "TL", "JP")))] if rng.random() < 0.15 else []))
    return thing(
        p.iri,
        "Provider",
        label=text(p.english, p.indonesian),
        notation=plain(f"P{p.number:05d}"),
        country=plain("ID"),
        countryOfOperation=countries,
        isSubjectTo=subject,
        publicPage=web(f"{p.base}/micro-credentials"),
    )


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
    """The roles on which many things rest, and that are therefore never broken; and that of a certification body of former years."""
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


def _scope(p: Provider) -> Thing:
    return thing(
        p.at("scope"),
        "ScopeStatement",
        label=text("Scope of the system", "Ruang lingkup sistem"),
        belongsTo=p.iri,
        coversStage=codes(
            "stage-", "design", "validation", "implementation", "assessment", "certification", "evaluation"
        ),
        effectiveDate=p.calendar.day(p.since + 10),
    )


def _policy(p: Provider) -> Thing:
    approved = -p.random("policy").randint(200, 1200)
    return thing(
        p.at("policy"),
        "QualityPolicy",
        belongsTo=p.iri,
        label=text(
            f"Micro-credential policy {p.calendar.year(approved)}",
            f"Kebijakan mikro-kredensial {p.calendar.year(approved)}",
        ),
        isApprovedBy=p.at("staff/director"),
        approvalDate=p.calendar.day(approved),
        effectiveDate=p.calendar.day(approved + 14),
        answersNeed=p.at("need/industry/0"),
        compliesWith=p.nation.at("regulation"),
        setsStandard=p.at("standard"),
    )


def _standard(p: Provider) -> Thing:
    return thing(
        p.at("standard"),
        "QualityStandard",
        label=text("Quality standard for micro-credentials", "Standar mutu mikro-kredensial"),
        belongsTo=p.iri,
    )


def _commitment(p: Provider) -> Thing:
    signed = -p.random("commitment").randint(100, 900)
    return thing(
        p.at("commitment"),
        "ManagementCommitment",
        belongsTo=p.iri,
        label=text(
            "Commitment to micro-credentials in the curriculum", "Komitmen terhadap mikro-kredensial dalam kurikulum"
        ),
        isSignedBy=p.at("staff/director"),
        signatureDate=p.calendar.day(signed),
        effectiveDate=p.calendar.day(signed + 5),
        expiryDate=p.calendar.day(signed + 5 + 1095),
    )
