"""The verbs, each imported when it is asked for: none waits for the libraries of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

from click import Command

from mcqms_kg.cli.commands import Commands

MODULES: Mapping[str, str] = {
    "check": "check",
    "validate": "validate",
    "explain": "explain",
    "clauses": "clauses",
    "compare": "compare",
    "pack": "pack",
    "overview": "overview",
    "checks": "checks",
    "generate": "generate",
    "init": "init",
    "import": "import_files",
    "workbook": "workbook",
    "datasets": "datasets",
    "export": "export",
    "ask": "ask",
    "path": "path",
    "recognise": "recognise",
    "sign": "sign",
    "verify": "verify",
    "key": "key",
    "serve": "serve",
    "diff": "diff",
    "rollback": "rollback",
    "backup": "backup",
    "restore": "restore",
    "audit": "audit",
    "token": "token",
    "new": "new",
}
"""Verb to file, in the order in which help names them. The file holds a command, or a group of them, of its own name."""


class Verbs(Commands):
    """All verbs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Imported()


class _Imported(MutableMapping[str, Command]):
    """Verb to command, imported when first looked up."""

    def __init__(self) -> None:
        self._made: dict[str, Command] = {}

    def __getitem__(self, verb: str) -> Command:
        if verb not in self._made:
            module = MODULES[verb]
            self._made[verb] = getattr(import_module(f"mcqms_kg.cli.{module}"), module)
        return self._made[verb]

    def __setitem__(self, verb: str, command: Command) -> None:
        self._made[verb] = command

    def __delitem__(self, verb: str) -> None:
        del self._made[verb]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*MODULES, *self._made)))

    def __len__(self) -> int:
        return len({*MODULES, *self._made})
