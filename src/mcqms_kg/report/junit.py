"""Verdicts as JUnit XML, for build servers: a suite for each clause, a test case for each requirement."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from mcqms_kg.model import CheckReport, ClauseVerdict, Finding, RequirementVerdict, WaivedFinding
from mcqms_kg.report.words import Words, state_of, visible


def write(report: CheckReport, language: str) -> str:
    """Only what is conformant passes; what was not checked, does not apply or is waived is skipped, with the reason."""
    words = Words(language)
    root = ElementTree.Element("testsuites", name=visible(f"{words.of(report.framework.label)} – {report.profile}"))
    suites = [
        _suite(clause, report, words) for top in report.clauses for _, clause in top.walk() if clause.requirements
    ]
    root.extend(suites)
    for attribute in ("tests", "failures", "skipped"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in suites)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(clause: ClauseVerdict, report: CheckReport, words: Words) -> ElementTree.Element:
    cases = [_case(verdict, report, words) for verdict in clause.requirements]
    suite = ElementTree.Element(
        "testsuite",
        name=visible(f"{clause.clause.notation} {words.of(clause.clause.label)}"),
        tests=str(len(cases)),
        failures=str(sum(case.find("failure") is not None for case in cases)),
        errors="0",
        skipped=str(sum(case.find("skipped") is not None for case in cases)),
    )
    suite.extend(cases)
    return suite


def _case(verdict: RequirementVerdict, report: CheckReport, words: Words) -> ElementTree.Element:
    requirement = verdict.requirement
    name = visible(f"{requirement.notation} {words.of(requirement.label)}")
    case = ElementTree.Element("testcase", name=name, classname=f"{report.framework.name}.{requirement.notation}")
    state = state_of(verdict)
    if state == "nonconformant":
        _fail(case, verdict, words)
    elif state != "conformant":
        reasons = [w.waiver.reason for w in verdict.waived] if state == "waived" else [verdict.reason]
        given = " ".join(dict.fromkeys(words.reason(reason) for reason in reasons))
        ElementTree.SubElement(case, "skipped", message=visible(f"{words.state(state)}: {given}"))
    told = _told(verdict, words)
    if told:
        ElementTree.SubElement(case, "system-out").text = visible("\n\n".join(told))
    return case


def _fail(case: ElementTree.Element, verdict: RequirementVerdict, words: Words) -> None:
    message = f"{words.of(verdict.requirement.wording)} {words('count-findings', count=len(verdict.findings))}."
    failure = ElementTree.SubElement(case, "failure", message=visible(message), type=verdict.requirement.grade.value)
    remedy = f"{words('remedy')}: {words.of(verdict.requirement.remedy)}"
    failure.text = visible("\n\n".join([*(_finding(f, words) for f in verdict.findings), remedy]))


def _told(verdict: RequirementVerdict, words: Words) -> list[str]:
    """What stands beside the outcome: waived findings, and findings that do not make a requirement fail."""
    beside = () if state_of(verdict) == "nonconformant" else verdict.findings
    return [*(_finding(f, words) for f in beside), *(_waived(w, words) for w in verdict.waived)]


def _finding(finding: Finding, words: Words) -> str:
    return "\n".join(_lines(finding, words))


def _lines(finding: Finding, words: Words) -> Iterator[str]:
    yield f"{words.grade(finding.grade)} [{finding.id}] {words.name(finding.focus)}"
    yield f"{words('found')}: {words.of(finding.found)}"
    yield f"{words('expected')}: {words.of(finding.expected)}"
    if finding.provider:
        yield f"{words('provider')}: {words.name(finding.provider)}"
    yield from (f"{words('place')}: {place}" for place in finding.places)


def _waived(waived: WaivedFinding, words: Words) -> str:
    reason = f"{words('reason')}: {words.reason(waived.waiver.reason)}"
    return f"{words.marked('waived')}: {_finding(waived.finding, words)}\n{reason}"
