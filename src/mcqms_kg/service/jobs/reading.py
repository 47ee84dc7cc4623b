"""What is handed in is read in a process that can be killed, so that nothing in it keeps anybody from being answered."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from mcqms_kg.errors import TookTooLong, Unavailable, WorkerDied
from mcqms_kg.graph.read import Source
from mcqms_kg.processes.pool import ProcessPool, Refusals
from mcqms_kg.service.jobs.read_requests import Keep, Kept, Write
from mcqms_kg.settings import ImportLimits, Settings
from mcqms_kg.store.statements import Reading, Written

READER = "mcqms_kg.service.jobs.reader"


class Readings:
    """The process; it works for one who holds the right to write at a time. Close it."""

    def __init__(self, incoming: Path, limits: ImportLimits) -> None:
        self._incoming, self._limits = incoming, limits
        self._processes = ProcessPool(READER, 1, _refusals(limits))

    @contextmanager
    def kept(self, folder: Path) -> Iterator[Kept]:
        """The files of a folder that are kept, and what they were made from, for as long as this lasts."""
        with tempfile.TemporaryDirectory(dir=self._incoming) as to:
            yield cast(Kept, self._call(Keep(folder, Path(to), self._limits.import_memory_mb)))

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A way to read files, whose statements last as long as this."""
        with tempfile.TemporaryDirectory(dir=self._incoming) as folder:

            def read(given: Sequence[Source], settings: Settings) -> Written:
                to = Path(folder) / "statements.nt"
                files = tuple((source.path, source.name) for source in given)
                return cast(Written, self._call(Write(files, settings, to, self._limits.import_memory_mb)))

            yield read

    def _call(self, work: Keep | Write) -> Any:
        """Raises what the reader raises, and `TookTooLong`, `WorkerDied` or `Unavailable`."""
        with self._processes.lent() as child:
            return child.call(work, self._limits.import_timeout_s)

    def stop(self) -> None:
        """From another thread: ends what is being read, of which nothing is kept, and reads no more."""
        self._processes.stop()

    def close(self) -> None:
        self._processes.close()


def _refusals(limits: ImportLimits) -> Refusals:
    return Refusals(
        late=lambda: TookTooLong(
            f"Reading took longer than {limits.import_timeout_s} s and was stopped; nothing was kept",
            remedy="Hand in less at a time, or raise MCQMS_IMPORT_TIMEOUT_S.",
        ),
        died=lambda last_words: WorkerDied(
            f"{last_words} Reading may take {limits.import_memory_mb} MB of memory; nothing was kept",
            remedy="Hand in less at a time, or raise MCQMS_IMPORT_MEMORY_MB.",
        ),
        stopping=lambda: Unavailable(
            "The service is stopping; nothing was kept", remedy="Send it again when it is back."
        ),
    )
