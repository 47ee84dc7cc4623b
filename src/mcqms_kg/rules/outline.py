"""What a check came to in short, which is what trends and histories are made of."""

from __future__ import annotations

from mcqms_kg.model import CheckReport, Outline, ProviderScore


def outline(report: CheckReport) -> Outline:
    """Each provider's score, and which findings stand and which are waived."""
    return Outline(
        providers=tuple(ProviderScore(p.provider, p.verdict, p.score, p.counts) for p in report.providers),
        standing=tuple(finding.id for finding in report.findings()),
        waived=tuple(waived.finding.id for waived in report.waived()),
    )
