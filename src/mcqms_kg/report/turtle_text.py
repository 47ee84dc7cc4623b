"""Turtle as text: terms, SHACL paths and nested property lists, in the order given: equal input, equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, PREFIXES

Pair = tuple[str, Sequence[str]]
"""A predicate and its objects, all as Turtle text."""

_NOT_IN_AN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_BLANK_LABEL = re.compile(r"_:[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TOKEN = re.compile(r"\s*(<[^<>]*>|[()/|^*+?])")
_PREFIX = re.compile(r"(?<![\w-])([A-Za-z][\w-]*):")
_REPEATED = {"*": "sh:zeroOrMorePath", "+": "sh:oneOrMorePath", "?": "sh:zeroOrOnePath"}


@lru_cache(maxsize=65536)
def written(term: Term) -> str:
    """The term in Turtle; what no IRI or label may hold is encoded, because the data may."""
    if terms.is_literal(term):
        tag = terms.language(term)
        datatype = "" if tag else _legal(terms.datatype(term))
        return terms.literal(terms.lexical(term), language=tag, datatype=datatype)
    if terms.is_blank(term):
        return term if _BLANK_LABEL.fullmatch(term) else _encoded(term)
    return terms.short(terms.iri(_legal(terms.iri_text(term))))


def _encoded(blank: Term) -> str:
    import hashlib  # takes long to import, and hardly any label needs it

    return f"_:x{hashlib.sha256(blank.encode()).hexdigest()[:16]}"


def _legal(iri: str) -> str:
    return _NOT_IN_AN_IRI.sub(lambda match: quote(match[0], safe=""), iri)


def texts(given: Iterable[tuple[str, str]]) -> list[str]:
    """Language-tagged literals in the order of their tags."""
    return [terms.literal(text, language=tag) for tag, text in sorted(given)]


def integer(number: int) -> str:
    return str(number)


def date(day: object) -> str:
    return f'"{day}"^^xsd:date'


def code(name: str) -> str:
    """A concept of our code lists."""
    return written(terms.iri(CODE + name))


def block(pairs: Iterable[Pair], indent: int = 1) -> str:
    """A blank node with its property list."""
    inner = property_list(pairs, indent + 1)
    return f"[\n{inner} ]" if inner else "[]"


def statement(subject: str, pairs: Iterable[Pair]) -> str:
    """All statements about a subject, with a full stop; no predicate, no statement."""
    return f"{subject}\n{property_list(pairs, 1)} .\n"


def property_list(pairs: Iterable[Pair], indent: int) -> str:
    """Predicates and their objects, a line each; no object, no line."""
    margin = "  " * indent
    comma = f" ,\n{margin}  "
    return " ;\n".join(f"{margin}{predicate} {comma.join(objects)}" for predicate, objects in pairs if objects)


def document(statements: Iterable[str], words: Iterable[str] = ()) -> str:
    """A Turtle document that declares the prefixes that it uses; `words` hold every word of it, where they are known."""
    body = "\n".join(statements)
    used = set(_PREFIX.findall("\n".join(words or set(body.split()))))  # most words come again and again
    declared = "".join(f"@prefix {p}: <{PREFIXES[p]}> .\n" for p in PREFIXES if p in used)
    return f"{declared}\n{body}"


@lru_cache(maxsize=4096)
def path(text: str) -> str | None:
    """The SHACL path structure of a path in SPARQL syntax, or nothing where it is none."""
    tokens = _tokens(text)
    if not tokens:
        return None
    try:
        found = _alternatives(tokens)
    except (IndexError, ValueError):
        return None
    return None if tokens else found


def _tokens(text: str) -> list[str]:
    """The tokens, last one first; none where the text holds something else."""
    found = [match[1] for match in _TOKEN.finditer(text)]
    rest = _TOKEN.sub("", text).strip()
    return [] if rest else found[::-1]


def _alternatives(tokens: list[str]) -> str:
    choices = [_sequence(tokens)]
    while tokens and tokens[-1] == "|":
        tokens.pop()
        choices.append(_sequence(tokens))
    return choices[0] if len(choices) == 1 else f"[ sh:alternativePath ( {' '.join(choices)} ) ]"


def _sequence(tokens: list[str]) -> str:
    steps = [_step(tokens)]
    while tokens and tokens[-1] == "/":
        tokens.pop()
        steps.append(_step(tokens))
    return steps[0] if len(steps) == 1 else f"( {' '.join(steps)} )"


def _step(tokens: list[str]) -> str:
    token = tokens.pop()
    if token == "^":  # noqa: S105  # a token of a path, not a secret
        return f"[ sh:inversePath {_step(tokens)} ]"
    if token == "(":  # noqa: S105  # likewise
        inner = _alternatives(tokens)
        if tokens.pop() != ")":
            raise ValueError(inner)
    elif token.startswith("<"):
        inner = written(Term(token))
    else:
        raise ValueError(token)
    while tokens and tokens[-1] in _REPEATED:
        inner = f"[ {_REPEATED[tokens.pop()]} {inner} ]"
    return inner
