"""The verbs, each imported when it is asked for: none waits for the libraries of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

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
"""Verb to file, in the order in which help names them. The file holds a function of its own name, or an `app` of further verbs."""


class Verbs(TyperGroup):
    """All verbs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Commands()


class _Commands(MutableMapping[str, Any]):
    """Verb to command, made when first looked up."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, verb: str) -> Any:
        if verb not in self._made:
            self._made[verb] = _command(verb, MODULES[verb])
        return self._made[verb]

    def __setitem__(self, verb: str, command: Any) -> None:
        self._made[verb] = command

    def __delitem__(self, verb: str) -> None:
        del self._made[verb]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*MODULES, *self._made)))

    def __len__(self) -> int:
        return len({*MODULES, *self._made})


def _command(verb: str, module: str) -> Any:
    loaded = import_module(f"mcqms_kg.cli.{module}")
    if hasattr(loaded, "app"):
        loaded.app.info.name = verb
        return typer.main.get_group(loaded.app)
    alone = typer.Typer(add_completion=False)
    alone.command(verb)(getattr(loaded, module))
    return typer.main.get_command(alone)
