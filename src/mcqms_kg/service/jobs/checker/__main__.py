"""Starts the process that checks: `python -m mcqms_kg.service.jobs.checker`."""

from __future__ import annotations

from mcqms_kg.processes.memory import bounded
from mcqms_kg.processes.serve import serve_telling
from mcqms_kg.service.jobs.checker.checker import Checker

checker = Checker()
serve_telling(bounded(checker.answer, lambda request: request.memory_mb), checker.stop)
