"""Questions about pathways, answered in the process that they are handed to."""

from __future__ import annotations

from mcqms_kg import operations
from mcqms_kg.service.work import AskPathways


def answered(work: AskPathways) -> str:
    """The answer as it is sent. Raises a `McqmsError` that says why there is none."""
    if work.question == "path":
        report = operations.path(work.files, as_of=work.as_of, **work.values)
        from mcqms_kg.pathway.formats import write  # its libraries are needed for nothing else

        return write(report, work.format, work.language)
    if work.question == "recognise":
        found = operations.recognise(paths=work.files, as_of=work.as_of, **work.values)
        return found.write(work.format, work.language)
    landscape = operations.survey(work.files, as_of=work.as_of)
    ask = {"impact": operations.impact, "coverage": operations.coverage, "structure": operations.structure}
    return ask[work.question](work.values["value"], landscape).write(work.format, work.language)
