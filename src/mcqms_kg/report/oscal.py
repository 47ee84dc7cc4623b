"""The report as OSCAL 1.1.3 assessment results: requirements are objectives, findings are observations with risks.

OSCAL knows satisfied and not satisfied. What was not checked is never satisfied here:
its reason is `other`, and a property says the verdict.
"""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import Checked, CheckReport, Named, Verdict
from mcqms_kg.report.json import dumped
from mcqms_kg.report.oscal_findings import Writer
from mcqms_kg.report.oscal_values import Object, line, moment, props, token
from mcqms_kg.report.words import Words, counts, slug

OSCAL_VERSION = "1.1.3"


def write(report: CheckReport, language: str) -> str:
    words = Words(language)
    found = Writer(report, words)
    return dumped(
        {
            "assessment-results": {
                "uuid": found.uuid("document", words.language),
                "metadata": _metadata(report, words),
                "import-ap": {"href": f"#{found.uuid('plan')}"},
                "results": [_result(report, words, found)],
                "back-matter": {"resources": [_plan(report, words, found), *_files(report, found)]},
            }
        }
    )


def _metadata(report: CheckReport, words: Words) -> Object:
    return {
        "title": line(f"{words('title')}: {words.of(report.framework.label)}", words("title")),
        "last-modified": moment(report.as_of),
        "version": report.as_of.isoformat(),
        "oscal-version": OSCAL_VERSION,
        "props": props(language=words.language, profile=report.profile),
    }


def _result(report: CheckReport, words: Words, found: Writer) -> Object:
    result: Object = {
        "uuid": found.uuid("result"),
        "title": line(f"{words('verdict')}: {words.state(slug(report.verdict))}", words("verdict")),
        "description": line(f"{words('score')}: {words.score(report.score)}. {words('formula')}", words("score")),
        "start": moment(report.as_of),
        "end": moment(report.as_of),
        "props": props(
            verdict=slug(report.verdict),
            rulebook_digest=report.rulebook_digest,
            **{f"{state}_requirements": str(number) for state, number in counts(report.score).items()},
            described=str(report.coverage.described),
            unchecked=str(report.coverage.unchecked_total),
            not_taken_over=str(len(report.coverage.not_taken_over) or ""),
            not_understood=", ".join(terms.short(n.term) for n in report.coverage.not_understood),
        ),
        "local-definitions": {"components": [_tool(report, found)], "inventory-items": found.inventory()},
        "reviewed-controls": _reviewed(report, words),
        "observations": found.observations(),
        "risks": found.risks(),
        "findings": found.findings(),
    }
    return _without_empty(result)


def _without_empty(result: Object) -> Object:
    """OSCAL has no empty lists."""
    local = {name: found for name, found in result["local-definitions"].items() if found}
    return {name: value for name, value in {**result, "local-definitions": local}.items() if value != []}


def _tool(report: CheckReport, found: Writer) -> Object:
    return {
        "uuid": found.uuid("tool"),
        "type": "software",
        "title": "mcqms-kg",
        "description": line(f"mcqms-kg {report.version}, {report.engine}", "mcqms-kg"),
        "props": props(version=report.version, engine=report.engine),
        "status": {"state": "operational"},
    }


def _reviewed(report: CheckReport, words: Words) -> Object:
    """All requirements that apply; those that do not are left out by name."""
    given = [(r, token("requirement", r.requirement.notation)) for r in report.requirements()]
    out = [{"control-id": name} for r, name in given if r.verdict is Verdict.NOT_APPLICABLE]
    inside = [{"control-id": name} for r, name in given if r.verdict is not Verdict.NOT_APPLICABLE]
    selection: Object = {"description": line(words.of(report.framework.label), report.framework.name)}
    selection |= {"include-controls": inside} if inside else {}
    selection |= {"exclude-controls": out} if out else {}
    return {"control-selections": [selection]}


def _plan(report: CheckReport, words: Words, found: Writer) -> Object:
    """What the check went by stands for the assessment plan: framework, profile and date."""
    return {
        "uuid": found.uuid("plan"),
        "title": line(f"{words('profile')}: {report.profile}", words("profile")),
        "description": line(words.name(Named(report.framework.iri, report.framework.label)), report.framework.name),
        "props": props(profile=report.profile, rulebook_digest=report.rulebook_digest),
        "rlinks": [{"href": terms.iri_text(report.framework.iri)}],
    }


def _files(report: CheckReport, found: Writer) -> list[Object]:
    return [_file(checked, found) for checked in report.checked]


def _file(checked: Checked, found: Writer) -> Object:
    hashed = {"algorithm": "SHA-256", "value": checked.sha256}
    return {
        "uuid": found.uuid("file", checked.name),
        "title": line(checked.name, "-"),
        "props": props(statements=str(checked.statements)),
        "rlinks": [{"href": f"sha256:{checked.sha256}", "hashes": [hashed]}],
    }
