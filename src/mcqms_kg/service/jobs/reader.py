"""The process that reads what is handed in: `python -m mcqms_kg.service.jobs.reader`. It lets others go first, and may be killed."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

from mcqms_kg.errors import McqmsError, Unsupported
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.processes.memory import bounded
from mcqms_kg.processes.serve import serve
from mcqms_kg.service.jobs.read_requests import Keep, Kept, Write
from mcqms_kg.store.durable import no_room
from mcqms_kg.store.statements import Written, kept_source, write

_NICE = 5


def answer(work: Keep | Write) -> Kept | Written:
    """What the work asks for. Raises a `McqmsError` that says why not."""
    try:
        return _done(work)
    except (McqmsError, MemoryError):
        raise
    except Exception as problem:  # one odd file must not end the process; what it was is told by name
        traceback.print_exc()  # for whoever reads what the process wrote
        if full := no_room(problem):
            raise full from problem
        raise Unsupported(
            f"What was handed in cannot be read ({type(problem).__name__})", remedy="Say it more simply."
        ) from problem


def _done(work: Keep | Write) -> Kept | Written:
    if isinstance(work, Keep):
        return kept_files([work.folder], None, work.to)
    sources = [kept_source(kept, Path(name)) for kept, name in work.files]
    return write(sources, work.settings, work.to)


if __name__ == "__main__":
    os.nice(_NICE)
    serve(bounded(answer, lambda work: work.memory_mb))
