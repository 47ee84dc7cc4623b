"""Two checks side by side: new, fixed, persisting and regraded findings."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.graph.index import in_language
from mcqms_kg.model import CheckReport, Comparison, Finding, FindingRecord, Regraded


def compare_findings(old: Iterable[FindingRecord], new: Iterable[FindingRecord]) -> Comparison:
    """The findings by what became of them; order is that of the check in which they stand."""
    before = {f.id: f for f in old}
    after = {f.id: f for f in new}
    both = [(before[id_], after[id_]) for id_ in after if id_ in before]
    changed = [(o, n) for o, n in both if (o.grade, o.is_waived) != (n.grade, n.is_waived)]
    return Comparison(
        new=tuple(f for id_, f in after.items() if id_ not in before),
        fixed=tuple(f for id_, f in before.items() if id_ not in after),
        persisting=tuple(n for o, n in both if (o, n) not in changed),
        regraded=tuple(Regraded(o, n) for o, n in changed),
    )


def records_of(report: CheckReport, language: str = "en") -> tuple[FindingRecord, ...]:
    """What is kept of a report's findings, waived ones included."""
    standing = (record_of(f, False, language) for f in report.findings())
    waived = (record_of(w.finding, True, language) for w in report.waived())
    return (*standing, *waived)


def record_of(finding: Finding, is_waived: bool, language: str = "en") -> FindingRecord:
    """What is kept of one finding."""
    return FindingRecord(
        id=finding.id,
        requirement=finding.requirement.notation,
        grade=finding.grade,
        shape=finding.result.source_shape,
        focus=finding.focus.term,
        focus_label=in_language(finding.focus.label, language),
        expected=in_language(finding.expected, language),
        found=in_language(finding.found, language),
        provider=in_language(finding.provider.label, language) if finding.provider else "",
        is_waived=is_waived,
        places=tuple(map(str, finding.places)),
        whose=finding.provider.term if finding.provider else None,
    )
