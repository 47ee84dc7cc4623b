"""What providers share: the licensing authority, the editions in use, the bodies and associations of every field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.generate.facts import Field, facts
from mcqms_kg.generate.spelling import plain, text
from mcqms_kg.generate.thing import Calendar, Thing, thing

_EDITIONS = (
    ("occupation-map", "National occupation map, edition in use", "Peta Okupasi Nasional, edisi yang digunakan"),
    (
        "job-title-dictionary",
        "National dictionary of job titles, edition in use",
        "Kamus Jabatan Nasional, edisi yang digunakan",
    ),
    ("qualification-framework", "Regulation on the KKNI, 2012", "Peraturan tentang KKNI, 2012"),
    ("aqrf", "ASEAN Qualifications Reference Framework, 2014", "Kerangka Acuan Kualifikasi ASEAN (AQRF), 2014"),
    ("rmcs", "Regional Model Competency Standards", "Model Standar Kompetensi Regional (RMCS)"),
    (
        "unesco-guidelines",
        "UNESCO guidelines on micro-credentials, 2022",
        "Pedoman UNESCO tentang mikro-kredensial, 2022",
    ),
    (
        "national-regulation",
        "Regulation on quality assurance in higher education",
        "Peraturan tentang penjaminan mutu pendidikan tinggi",
    ),
    ("good-practice", "A good-practice framework for short courses", "Kerangka praktik baik kursus singkat"),
)


@dataclass(frozen=True)
class Nation:
    """Where the shared things are."""

    base: str
    calendar: Calendar

    @property
    def graph(self) -> str:
        """The named graph of what is shared."""
        return f"<{self.base}/data>"

    def at(self, path: str) -> str:
        """The IRI of a shared thing."""
        return f"<{self.base}/{path}>"

    def for_field(self, kind: str, field: Field) -> str:
        """The body of that kind in an occupational field: `industry` or `profession`."""
        return self.at(f"{kind}/{field.decree.rpartition('/')[2][:-1]}")


def national_things(nation: Nation) -> Iterator[Thing]:
    """Everything that providers share."""
    yield _organisation(
        nation.at("authority"), "Regulator", "National certification authority", "Otoritas sertifikasi nasional"
    )
    yield _organisation(
        nation.at("training"), "Organisation", "Institute for teacher training", "Balai pelatihan pengajar"
    )
    yield from _editions(nation)
    yield thing(
        nation.at("regulation"),
        "Regulation",
        label=text(
            "Regulation on quality assurance in higher education (example)",
            "Peraturan penjaminan mutu pendidikan tinggi (contoh)",
        ),
        source=text("Minister of higher education (example).", "Menteri pendidikan tinggi (contoh)."),
    )
    for field in facts().fields:
        yield from _bodies_of_field(nation, field)


def _editions(nation: Nation) -> Iterator[Thing]:
    for name, english, indonesian in _EDITIONS:
        yield thing(nation.at(f"edition/{name}"), "StandardEdition", label=text(english, indonesian))
    old = nation.at("edition/iso-9001-2008")
    yield thing(
        old,
        "StandardEdition",
        label=text("ISO 9001:2008", "ISO 9001:2008"),
        supersessionDate=nation.calendar.day(-2500),
    )
    yield thing(
        nation.at("edition/iso-9001"), "StandardEdition", label=text("ISO 9001:2015", "ISO 9001:2015"), supersedes=old
    )


def _bodies_of_field(nation: Nation, field: Field) -> Iterator[Thing]:
    english, indonesian = field.english, field.indonesian
    industry, profession = nation.for_field("industry", field), nation.for_field("profession", field)
    yield _organisation(industry, "IndustryBody", f"Employers in {english}", f"Asosiasi pemberi kerja {indonesian}")
    yield _organisation(
        profession, "ProfessionalAssociation", f"Professionals in {english}", f"Himpunan profesional {indonesian}"
    )


def _organisation(iri: str, kind: str, english: str, indonesian: str) -> Thing:
    return thing(iri, kind, label=text(f"{english} (example)", f"{indonesian} (contoh)"), country=plain("ID"))
