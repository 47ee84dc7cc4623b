"""Whether a file that was handed in can be believed."""

from __future__ import annotations

from mcqms_kg import operations
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.work import VerifyFile


def verify(work: VerifyFile, _: Context) -> bytes:
    """The verification in a format."""
    from mcqms_kg.report.verification import VERIFICATION_FORMATS  # few services are asked for it

    found = operations.verify(
        work.file, as_of=work.as_of, trust=work.trust, lists=work.lists, data=work.data, called=work.file.name
    )
    return VERIFICATION_FORMATS[work.format](found, work.language).encode()
