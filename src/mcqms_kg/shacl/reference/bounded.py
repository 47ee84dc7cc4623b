"""Bounds the regular expressions of pySHACL and rdflib, which have none: Python's `re` can be held for ever by a few characters."""

from __future__ import annotations

import re
from typing import Any

import pyshacl.constraints.core.string_based_constraints as by_pyshacl
import rdflib.plugins.sparql.operators as by_rdflib
import regex

from mcqms_kg.shacl.searching import SECONDS, Slow


class _Bounded:
    """A compiled expression each use of which ends."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.compiled = regex.compile(pattern, flags | regex.VERSION0)

    def _run(self, method: str, *arguments: Any) -> Any:
        try:
            return getattr(self.compiled, method)(*arguments, timeout=SECONDS)
        except TimeoutError:
            raise Slow(
                f"The pattern {self.compiled.pattern!r} takes too long on a text of the data",
                remedy="Write one that needs no retries.",
            ) from None

    def search(self, text: str) -> Any:
        return self._run("search", text)

    def match(self, text: str) -> Any:
        return self._run("match", text)

    def sub(self, replacement: str, text: str) -> Any:
        return self._run("sub", replacement, text)


class _Expressions:
    """What those two use of `re`."""

    error = re.error
    IGNORECASE = I = re.IGNORECASE  # noqa: E741  # its name in `re`
    MULTILINE = M = re.MULTILINE
    DOTALL = S = re.DOTALL

    @staticmethod
    def compile(pattern: str, flags: int = 0) -> _Bounded:
        try:
            return _Bounded(pattern, int(flags))
        except regex.error as problem:
            raise re.error(str(problem)) from problem

    def search(self, pattern: str, text: str, flags: int = 0) -> Any:
        return self.compile(pattern, flags).search(text)

    def sub(self, pattern: str, replacement: str, text: str, flags: int = 0) -> Any:
        return self.compile(pattern, flags).sub(replacement, text)


def bound_regular_expressions() -> None:
    """From now on, in this process."""
    by_pyshacl.re = _Expressions()  # type: ignore[assignment, attr-defined]  # stands in for the module
    by_rdflib.re = _Expressions()  # type: ignore[assignment, attr-defined]  # likewise
