"""Answers that are given again as long as the data stay as they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from mcqms_kg.query.request import Answer, Request


class AnswerCache:
    """Answers over the newest checkpoint, up to so many bytes; those not asked for longest go first."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._checkpoint: Path | None = None
        self._answers: OrderedDict[Request, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, request: Request, checkpoint: Path) -> Answer | None:
        """The answer that was given to the same request on this checkpoint, if it is still known."""
        with self._lock:
            found = self._answers.get(request) if checkpoint is self._checkpoint else None
            if found:
                self._answers.move_to_end(request)
            return found

    def keep(self, request: Request, checkpoint: Path, answer: Answer) -> None:
        """Remembers an answer unless it holds for this moment only or takes more than a tenth of the room."""
        size = len(answer.content) + len(request.text)
        if not answer.lasting or size > self._max_bytes // 10:
            return
        with self._lock:
            if checkpoint is not self._checkpoint:
                self._answers.clear()
                self._bytes, self._checkpoint = 0, checkpoint
            if request not in self._answers:
                self._answers[request] = answer
                self._bytes += size
            while self._bytes > self._max_bytes:
                old, gone = self._answers.popitem(last=False)
                self._bytes -= len(gone.content) + len(old.text)
