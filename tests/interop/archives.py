"""A small archive of ESCO, written by hand, and where the whole one lies."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from suites import FACTS

ESCO = "http://data.europa.eu/esco/"
OCCUPATION, OTHER, SKILL, GIT = (
    f"{ESCO}{kind}/00000000-0000-4000-8000-00000000000{n}"
    for kind, n in (("occupation", 1), ("occupation", 2), ("skill", 3), ("skill", 4))
)
Tables = dict[str, list[dict[str, str]]]


def whole_esco() -> Path | None:
    """The official archive of ESCO 1.1.1: in `facts/esco` beside the suites."""
    found = sorted((FACTS / "esco").glob("*.zip"))
    return found[0] if found else None


def concept(kind: str, iri: str, label: str, scheme: str, **more: str) -> dict[str, str]:
    return {
        "conceptType": kind,
        "conceptUri": iri,
        "preferredLabel": label,
        "altLabels": "",
        "status": "released",
        "inScheme": f"{ESCO}concept-scheme/{scheme},\n{ESCO}concept-scheme/member-{scheme}",
        "description": f"What {label} means.",
        **more,
    }


def small() -> Tables:
    """Two occupations, two skills, one group, and how they belong together."""
    details = {"hiddenLabels": "", "modifiedDate": "2021-12-08T19:16:10.469Z", "scopeNote": "", "definition": ""}
    job = {**details, "iscoGroup": "2511", "regulatedProfessionNote": f"{ESCO}regulated-professions/unregulated"}
    kind = {**details, "skillType": "skill/competence", "reuseLevel": "cross-sector"}
    occupations = [
        concept("Occupation", OCCUPATION, "data worker", "occupations", **job, code="2511.1"),
        concept("Occupation", OTHER, "data hand", "occupations", **job, code="2511.1.1"),
    ]
    occupations[0]["altLabels"] = 'worker, with "data"\ndata worker\nwho works; data'
    skills = [
        concept("KnowledgeSkillCompetence", SKILL, "clean data", "skills", **kind),
        concept("KnowledgeSkillCompetence", GIT, "Git", "skills", **{**kind, "skillType": "knowledge"}),
    ]
    group = f"{ESCO}isced-f/0613"
    digital = {"skillType": "knowledge", "reuseLevel": "cross-sector"}
    member = concept("KnowledgeSkillCompetence", GIT, "Git", "skills", **digital)
    del member["inScheme"]
    return {
        "ISCOGroups_en.csv": [concept("ISCOGroup", f"{ESCO}isco/C2511", "Systems analysts", "isco", code="2511")],
        "occupations_en.csv": occupations,
        "skills_en.csv": skills,
        "occupationSkillRelations.csv": [
            _relation(OCCUPATION, "essential", SKILL),
            _relation(OCCUPATION, "optional", GIT),
            _relation(OTHER, "essential", SKILL),
        ],
        "skillSkillRelations.csv": [
            {
                "originalSkillUri": SKILL,
                "originalSkillType": "skill/competence",
                "relationType": "optional",
                "relatedSkillType": "knowledge",
                "relatedSkillUri": GIT,
            }
        ],
        "broaderRelationsOccPillar.csv": [
            _broader("Occupation", OCCUPATION, "ISCOGroup", f"{ESCO}isco/C2511"),
            _broader("Occupation", OTHER, "Occupation", OCCUPATION),
        ],
        "broaderRelationsSkillPillar.csv": [_broader("KnowledgeSkillCompetence", GIT, "SkillGroup", group)],
        "digitalSkillsCollection_en.csv": [{**member, "broaderConceptUri": "", "broaderConceptPT": ""}],
    }


def pack(path: Path, tables: Tables) -> Path:
    """The tables as CSV in a ZIP archive."""
    return pack_texts(path, {name: text_of(rows) for name, rows in tables.items()})


def pack_texts(path: Path, texts: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


def text_of(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _relation(occupation: str, kind: str, skill: str) -> dict[str, str]:
    return {"occupationUri": occupation, "relationType": kind, "skillType": "", "skillUri": skill}


def _broader(kind: str, iri: str, above_kind: str, above: str) -> dict[str, str]:
    return {"conceptType": kind, "conceptUri": iri, "broaderType": above_kind, "broaderUri": above}
