"""The findings of a check in OSCAL: an observation for each, a risk that is open or waived, and a finding for each requirement."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, Finding, RequirementVerdict, Term, Verdict, Waiver
from mcqms_kg.report.oscal_values import Object, line, moment, props, token, unique
from mcqms_kg.report.words import Words, slug, state_of


class Writer:
    """Writes the parts of one report, in one language, that point at each other by UUID."""

    def __init__(self, report: CheckReport, words: Words) -> None:
        self._report, self._words = report, words
        digests = [checked.sha256 for checked in report.checked]
        self._identity = (report.rulebook_digest, report.profile, report.as_of.isoformat(), *digests)

    def uuid(self, *parts: str) -> str:
        """The UUID of a part of this report: the same whenever the same is checked."""
        return unique(*self._identity, *parts)

    def findings(self) -> list[Object]:
        """One for every requirement that applies."""
        return [self._finding(r) for r in self._report.requirements() if r.verdict is not Verdict.NOT_APPLICABLE]

    def observations(self) -> list[Object]:
        return [self._observation(finding) for finding, _ in self._every()]

    def risks(self) -> list[Object]:
        return [self._risk(finding, waiver) for finding, waiver in self._every()]

    def inventory(self) -> list[Object]:
        """What the findings are about."""
        about = {finding.focus.term: finding for finding, _ in self._every()}
        return [
            {
                "uuid": self.uuid("focus", term),
                "description": line(self._words.name(finding.focus), "-"),
                "props": props(term=self._words.node(term), provider=self._provider(finding)),
            }
            for term, finding in about.items()
        ]

    def _every(self) -> Iterator[tuple[Finding, Waiver | None]]:
        for verdict in self._report.requirements():
            yield from ((finding, None) for finding in verdict.findings)
            yield from ((waived.finding, waived.waiver) for waived in verdict.waived)

    def _provider(self, finding: Finding) -> str:
        return self._words.name(finding.provider) if finding.provider else ""

    def _finding(self, verdict: RequirementVerdict) -> Object:
        requirement, words = verdict.requirement, self._words
        ids = [f.id for f in (*verdict.findings, *(w.finding for w in verdict.waived))]
        found: Object = {
            "uuid": self.uuid("requirement", requirement.iri),
            "title": line(f"{requirement.notation} {words.of(requirement.label)}", requirement.notation),
            "description": line(words.of(requirement.wording), requirement.notation),
            "props": props(
                verdict=state_of(verdict), requirement=terms.iri_text(requirement.iri), grade=requirement.grade.value
            ),
            "target": {
                "type": "objective-id",
                "target-id": token("requirement", requirement.notation),
                "status": _status(verdict),
            },
        }
        if ids:
            found["related-observations"] = [{"observation-uuid": self.uuid("observation", id_)} for id_ in ids]
            found["related-risks"] = [{"risk-uuid": self.uuid("risk", id_)} for id_ in ids]
        reason = words.of(verdict.reason)
        return {**found, "remarks": line(reason, "-")} if reason else found

    def _observation(self, finding: Finding) -> Object:
        words, places = self._words, finding.places
        found: Object = {
            "uuid": self.uuid("observation", finding.id),
            "title": line(words.name(finding.focus), finding.id),
            "description": line(words.of(finding.found), finding.id),
            "props": props(
                finding=finding.id,
                grade=finding.grade.value,
                shape=terms.short(finding.result.source_shape),
                path=finding.result.path or "",
                value=_shown(finding.result.value),
            ),
            "methods": ["TEST-AUTOMATED"],
            "types": ["finding"],
            "origins": [{"actors": [{"type": "tool", "actor-uuid": self.uuid("tool")}]}],
            "subjects": [{"subject-uuid": self.uuid("focus", finding.focus.term), "type": "inventory-item"}],
            "collected": moment(self._report.as_of),
        }
        evidence = [{"href": self._file(p.file), "description": line(str(p), "-")} for p in places]
        return {**found, "relevant-evidence": evidence} if evidence else found

    def _file(self, name: str) -> str:
        return f"#{self.uuid('file', name)}"

    def _risk(self, finding: Finding, waiver: Waiver | None) -> Object:
        words, requirement = self._words, finding.requirement
        found: Object = {
            "uuid": self.uuid("risk", finding.id),
            "title": line(f"{requirement.notation} {words.name(finding.focus)}", requirement.notation),
            "description": line(words.of(finding.expected), requirement.notation),
            "statement": line(words.of(requirement.rationale), requirement.notation),
            "props": props(grade=finding.grade.value, finding=finding.id),
            "status": "deviation-approved" if waiver else "open",
            "remediations": [
                {
                    "uuid": self.uuid("remedy", finding.id),
                    "lifecycle": "recommendation",
                    "title": line(words("remedy"), "-"),
                    "description": line(words.of(requirement.remedy), "-"),
                }
            ],
            "related-observations": [{"observation-uuid": self.uuid("observation", finding.id)}],
        }
        if waiver:
            found["deadline"] = moment(waiver.expiry)
            found["mitigating-factors"] = [self._factor(finding, waiver)]
        return found

    def _factor(self, finding: Finding, waiver: Waiver) -> Object:
        """Somebody's decision to accept the finding for a time."""
        granted = ", ".join(self._words.name(name) for name in waiver.granted_by)
        reason = self._words.reason(waiver.reason)
        return {
            "uuid": self.uuid("waiver", finding.id),
            "description": line(f"{reason} {self._words('granted-by')}: {granted}" if granted else reason, "-"),
        }


def _status(verdict: RequirementVerdict) -> Object:
    if verdict.verdict is Verdict.CONFORMANT:
        return {"state": "satisfied", "reason": "pass"}
    return {"state": "not-satisfied", "reason": "fail" if slug(verdict.verdict) == "nonconformant" else "other"}


def _shown(value: Term | None) -> str:
    return terms.lexical(value) if value else ""
