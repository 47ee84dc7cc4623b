"""Every error says what went wrong, where, and what to do about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ON_DISK = re.compile(r"(?<![\w:/.])/[^\s:'\"]+/[^\s:'\"]*")


def without_places(said: str) -> str:
    """What a library or the system said, without places on this machine, which are nobody's business; IRIs stay."""
    return _ON_DISK.sub("a file", said)


@dataclass(frozen=True)
class Place:
    """A place in a source: the file's name as the user gave it, and line and column counted from 1 where known.

    `at` is the place in a file whose lines nobody sees: a cell such as `Units!B7`, or a JSON pointer (RFC 6901).
    """

    file: str
    line: int | None = None
    column: int | None = None
    at: str = ""

    def __str__(self) -> str:
        lines = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{lines} {self.at}" if self.at else lines


class McqmsError(Exception):
    """Something could not be done: `what` happened, at `place`, and the `remedy`."""

    def __init__(self, what: str, *, place: Place | None = None, remedy: str = "") -> None:
        self.what = what
        self.place = place
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        what = self.what if self.what.endswith((".", "!", "?")) else f"{self.what}."
        return f"{where}{what} {self.remedy}".strip()


class UnreadableInput(McqmsError):
    """The bytes are not what their name or media type says, or break a bound."""


class EmptyInput(McqmsError):
    """The input was read and holds no statement: empty is never conformant."""


class UnknownName(McqmsError):
    """A profile, requirement, shape, finding, format or engine of that name does not exist."""


class BadValue(McqmsError):
    """A value given by the user cannot be used: a date, a number, an option."""


class RulebookError(McqmsError):
    """The rulebook itself is wrong: a shape, register entry or profile does not hold together."""


class Cancelled(McqmsError):
    """The run was ended from outside before it was done; there is no report."""


class Unsupported(McqmsError):
    """The engine cannot run this construct exactly, and refuses it by name."""


class NotOnServer(Unsupported):
    """What is asked for needs the graphs in the workspace's folder, and they are on a server."""


class WorkspaceError(McqmsError):
    """The workspace cannot be used as it is: there is none, another process has it, or what it holds is damaged."""


class ServerFailed(WorkspaceError):
    """The server that holds the graphs does not answer, or not as it should."""


class TookTooLong(McqmsError):
    """The work was stopped at its time limit; nothing of an answer is given."""


class WorkerDied(McqmsError):
    """The process at work died, most often at its memory limit; nothing of an answer is given."""


class BadQuery(McqmsError):
    """The text is not a SPARQL 1.1 query, or a parameter of a question is missing or of the wrong kind."""


class Forbidden(McqmsError):
    """The query would reach outside the data it may see, or the caller may not do this."""


class Unauthenticated(Forbidden):
    """Who asks is not known, and must be: there is no token, or it is not good."""


class Unavailable(McqmsError):
    """Something that is needed cannot be had at the moment, and may be had later."""


class AnswerTooLarge(McqmsError):
    """The answer has more rows or bytes than is allowed; nothing of it is given."""


class ChangeTooLarge(McqmsError):
    """The update would add and remove more statements than is allowed; nothing is changed."""


class MissingGraph(McqmsError):
    """The update needs a graph that is not there."""


class GraphExists(McqmsError):
    """The update would make a graph that is there already."""
