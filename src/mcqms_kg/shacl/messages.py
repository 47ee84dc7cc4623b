"""Messages of SPARQL-based constraints: `{?name}` and `{$name}` stand for what a solution binds (SHACL section 5.3.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

MESSAGE = "message"
"""A variable whose binding is the message."""
_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def placeholders(messages: Iterable[Term]) -> tuple[str, ...]:
    """The names that the messages hold, each once."""
    return tuple(dict.fromkeys(name for message in messages for name in _PLACEHOLDER.findall(message)))


def filled(messages: Iterable[Term], bindings: Mapping[str, Term]) -> tuple[Term, ...]:
    """The messages with the names replaced by what they are bound to; a name that is not bound stays."""

    def bound(match: re.Match[str]) -> str:
        return terms.lexical(bindings[match[1]]) if match[1] in bindings else match[0]

    return tuple(_with_text(message, _PLACEHOLDER.sub(bound, terms.lexical(message))) for message in messages)


def told(messages: Iterable[Term], bindings: Mapping[str, Term]) -> tuple[Term, ...]:
    """The messages of one result: what the solution binds to `message` comes before all others."""
    own = bindings.get(MESSAGE)
    return (own,) if own is not None and terms.is_literal(own) else filled(messages, bindings)


def _with_text(message: Term, text: str) -> Term:
    language, datatype = terms.language(message), terms.datatype(message)
    return terms.literal(text, language=language, datatype="" if language or datatype == XSD + "string" else datatype)
