"""The life of the process that checks: one request after another, until it is told to stop."""

from __future__ import annotations

import errno
import os
import traceback
from typing import Any

import duckdb

from mcqms_kg.errors import McqmsError, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.model import Term
from mcqms_kg.processes.serve import Tell
from mcqms_kg.service.jobs.checker.context import Context, Memory
from mcqms_kg.service.jobs.checker.kinds import KINDS
from mcqms_kg.service.jobs.work import Request, Step
from mcqms_kg.store.durable import no_room


class Checker:
    """Does one thing at a time, remembers what may be asked for again, and can be told to stop."""

    def __init__(self) -> None:
        self.memory = Memory()
        self._stopped: set[str] = set()
        self._cancel = Cancel()
        self._at_work = ""

    def answer(self, request: Request, tell: Tell) -> Any:
        """What the work asks for. Raises a `McqmsError` that says why not, `Cancelled` where it was stopped."""
        self._cancel, self._at_work = Cancel(), request.name
        if request.name in self._stopped:
            self._cancel.cancel()

        def progress(done: int, total: int, shape: Term) -> None:
            tell(Step(done, total, terms.short(shape)))

        os.chdir(
            getattr(request.work, "root", "/")
        )  # its files are named from there; the folder of the work before may be gone
        try:
            return KINDS[type(request.work)](request.work, Context(request, progress, self._cancel, self.memory))
        except (McqmsError, MemoryError):
            raise
        except duckdb.OutOfMemoryException as problem:
            raise MemoryError from problem
        except OSError as problem:
            if problem.errno == errno.ENOMEM:  # a file could not be mapped
                raise MemoryError from problem
            raise no_room(problem) or _odd(problem) from problem
        except Exception as problem:  # one odd file must not end the process; what it was is told by name
            raise _odd(problem) from problem

    def stop(self, name: str) -> None:
        """From another thread: ends the work of that name, now or when it is asked for."""
        self._stopped.add(name)
        if self._at_work == name:
            self._cancel.cancel()


def _odd(problem: Exception) -> Unsupported:
    traceback.print_exc()  # for whoever reads what the process wrote
    return Unsupported(
        f"What was handed in cannot be worked at ({type(problem).__name__})", remedy="Say it more simply."
    )
