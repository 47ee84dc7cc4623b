"""A new rule's files: register entry, shape, two cases, and the record of who enforces it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.errors import BadValue, Place
from mcqms_kg.rules.enforcement import FILE, enforcement_turtle

_NUMBER = re.compile(r"(\d+(?:\.\d+)*|[A-Z])([a-z]|\d+)?")
_CLASS, _PROPERTY = re.compile(r"[A-Z][A-Za-z0-9]*"), re.compile(r"[a-z][A-Za-z0-9]*")
_PREFIXES = {
    "mcqms": "",
    "eu-2022": "eu-",
    **{name: f"{name}-" for name in ("case", "ctdl", "elm", "openbadges", "schemaorg")},
}
_SEVERITY = {"major": "Violation", "minor": "Warning", "opportunity": "Info"}
_HOME = "https://w3id.org/mcqms/"

_ENTRY = """
{p}requirement:{number} a mc:Requirement ;
  skos:notation "{number}" ;
  mc:belongsToClause {p}clause:{clause} ;
  skos:prefLabel "{en}"@en , "{id}"@id ;
  skos:definition "{en}: say what must hold."@en , "{id}: tuliskan apa yang harus dipenuhi."@id ;
  mc:hasSubject code:subject-micro-credential ;
  mc:hasGrade code:grade-{grade} ;
  mc:hasPhase code:pdca-do ;
  mc:hasPrinciple code:principle-process-approach ;
  mc:hasStatus code:status-automated ;
  mc:rationale "Say why the clause wants this."@en , "Tuliskan alasan klausul memintanya."@id ;
  mc:remedy "Say which record to add, with which facts."@en , "Tuliskan catatan yang perlu ditambahkan beserta isinya."@id ;
  dcterms:source "Name the source." .
"""
_SHAPES_HEADER = """# Clause {clause}.
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix {p}requirement: <{home}requirement/> .
@prefix {p}shape: <{home}shape/> .
"""
_SHAPE = """
### {number} {en}

{p}shape:{number}-{cls} a sh:NodeShape ;
  sh:targetClass mc:{cls} ;
  sh:property {p}shape:{number}-{cls}-{prop} .

{p}shape:{number}-{cls}-{prop} a sh:PropertyShape ;
  mc:enforces {p}requirement:{number} ;
  sh:path mc:{prop} ; sh:minCount 1 ;
  sh:severity sh:{severity} ;
  sh:message "{en}."@en , "{id}."@id .
"""
_CASE = """{promise}
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix ex: <https://example.org/case/> .

ex:one a mc:{cls}{rest} .
"""


def new_rule(
    root: Path, framework: str, number: str, target: str, property_: str, titles: Mapping[str, str], grade: str
) -> tuple[Path, ...]:
    """Writes the files into the source tree and gives their paths, the register first.

    Raises `BadValue` where the number, class, property or grade is ill-formed, the requirement exists, or there is no source tree.
    """
    folder = root / "shapes" / framework
    register = folder / "clauses.ttl"
    words = _words(framework, number, target, property_, titles, grade)
    if not register.is_file():
        raise BadValue(
            "This is not a source tree",
            place=Place(str(register)),
            remedy="Run it in a checkout, or name one with --root.",
        )
    if re.search(rf"requirement:{re.escape(number)} a ", register.read_text("utf-8")):
        raise BadValue(
            f"Requirement {number} exists already", place=Place(str(register)), remedy="Choose another number."
        )
    shapes = _shapes_file(folder, words["clause"])
    cases = root / "tests" / "shapes" / framework / shapes.stem
    cases.mkdir(parents=True, exist_ok=True)
    valid, invalid = (cases / f"{kind}.{number}-{property_}.ttl" for kind in ("valid", "invalid"))
    _append(register, _ENTRY.format(**words), "")
    _append(shapes, _SHAPE.format(**words), _SHAPES_HEADER.format(**words))
    valid.write_text(
        _CASE.format(**words, promise=f"# shapes: {number}-{target}", rest=f" ;\n  mc:{property_} ex:another"), "utf-8"
    )
    invalid.write_text(
        _CASE.format(**words, promise=f"# finding: {number}-{target}-{property_} ex:one", rest=""), "utf-8"
    )
    record = folder / FILE
    described = {"clauses.ttl", "crosswalk.ttl", FILE}
    record.write_text(enforcement_turtle([f for f in sorted(folder.glob("*.ttl")) if f.name not in described]), "utf-8")
    return register, shapes, valid, invalid, record


def _words(
    framework: str, number: str, target: str, property_: str, titles: Mapping[str, str], grade: str
) -> dict[str, str]:
    match = _NUMBER.fullmatch(number)
    if not match:
        raise BadValue(f"{number!r} is not a requirement's number", remedy="Write it like 8.1e or X4.")
    if not _CLASS.fullmatch(target) or not _PROPERTY.fullmatch(property_):
        raise BadValue(
            "A class begins with a capital, a property with a small letter", remedy="See docs/conventions.md."
        )
    if grade not in _SEVERITY or any('"' in t or "\\" in t or "\n" in t for t in titles.values()):
        raise BadValue(
            "The grade must be major, minor or opportunity, and titles one plain line", remedy="Mend the option."
        )
    prefix = _PREFIXES.get(framework, "")
    home = _HOME if not prefix else f"{_HOME}{framework}/"
    return {
        "p": prefix,
        "home": home,
        "number": number,
        "clause": match[1],
        "cls": target,
        "prop": property_,
        "en": titles["en"].rstrip("."),
        "id": titles["id"].rstrip("."),
        "grade": grade,
        "severity": _SEVERITY[grade],
    }


def _shapes_file(folder: Path, clause: str) -> Path:
    """The clause's file: the one that begins with its number, or a new one."""
    stem = ".".join(part.zfill(2) if n == 0 and part.isdecimal() else part for n, part in enumerate(clause.split(".")))
    return next(iter(sorted(folder.glob(f"{stem}-*.ttl"))), folder / f"{stem}-new.ttl")


def _append(path: Path, text: str, header: str) -> None:
    before = path.read_text("utf-8") if path.is_file() else header
    path.write_text(before.rstrip("\n") + "\n" + text, "utf-8")
