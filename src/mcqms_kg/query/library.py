"""Questions by name: `.rq` files whose comments say what they ask, for whom, and with which parameters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcqms_kg.errors import BadQuery, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import XSD
from mcqms_kg.sparql.tokens import Token, spell, tokenize

_HEADER = re.compile(r"#\+ ([a-z-]+): (.+)")
_PARAMETER = re.compile(r"(\w+) (iris?|text|language|integer|date)(?: = (\S+)| (optional))?")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True)
class Parameter:
    """A variable that the asker may give a value of a kind; without one it takes the default, or is left open where that is allowed."""

    name: str
    kind: str
    default: str | None
    optional: bool


@dataclass(frozen=True)
class Question:
    """A question that is asked by name; `text` is its query."""

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str
    others: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Summary and description in other languages than English."""

    def told(self, language: str) -> tuple[str, str]:
        """Summary and description in a language, in English where it is not among them."""
        return self.others.get(language, (self.summary, self.description))


def read_questions(files: Iterable[Path]) -> Mapping[str, Question]:
    """The questions in files, by name."""
    return {path.stem: read_question(path.stem, path.read_text("utf-8")) for path in files}


def read_question(name: str, text: str) -> Question:
    """A question from its file; raises `BadQuery` where the header does not say all that it must."""
    header = dict(_HEADER.findall(text))
    try:
        parameters = tuple(_parameter(given) for given in header.get("params", "").split("; ") if given)
        tags = tuple(header["tags"].split(", "))
        summaries = {key[8:]: told for key, told in header.items() if key.startswith("summary-")}
        others = {language: (summary, header[f"description-{language}"]) for language, summary in summaries.items()}
        return Question(name, header["summary"], header["description"], tags, parameters, text, others)
    except KeyError as problem:
        raise BadQuery(f"The question {name} does not say its {problem.args[0]}") from None


def _parameter(given: str) -> Parameter:
    match = _PARAMETER.fullmatch(given.strip())
    if match is None:
        raise BadQuery(
            f"{given!r} is no parameter", remedy="Write it as: name kind, name kind = default, or name kind optional."
        )
    name, kind, default, optional = match.groups()
    return Parameter(name, kind, default, bool(optional))


def question_named(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name; raises `UnknownName` with the names there are."""
    if name not in questions:
        raise UnknownName(f"No question is named {name!r}", remedy=f"Known questions: {', '.join(questions)}.")
    return questions[name]


def fill_in(question: Question, given: Mapping[str, str]) -> str:
    """The query with its parameters bound by VALUES at the start of its WHERE.

    Values never become part of the text: each is made a term of its kind first. Those of the kind `iris`, told apart by spaces, stand
    in every `VALUES ?name { UNDEF }` that the query has: each part of a union then begins with what is known.
    Raises `BadQuery` for one that is missing, unknown or of another kind.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in given:
        if name not in known:
            raise BadQuery(
                f"{question.name} has no parameter {name!r}", remedy=f"It has: {', '.join(sorted(known)) or 'none'}."
            )
    bound, several = "", {}
    for parameter in question.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None and parameter.kind == "iris":
            several[f"?{parameter.name}"] = _terms(parameter, value)
        elif value is not None:
            bound += f" VALUES ?{parameter.name} {{ {_term(parameter, value)} }}"
        elif not parameter.optional:
            raise BadQuery(
                f"{question.name} needs a value for {parameter.name!r}", remedy=f"Its kind is {parameter.kind}."
            )
    tokens = tuple(_put_in(tokenize(question.text), several))
    start = _start_of_where(tokens) + 1
    return f"{spell(tokens[:start])}{bound} {spell(tokens[start:])}"


def written_out(question: Question, given: Mapping[str, str]) -> str:
    """The query for somebody who goes on writing: as its file has it, with what was given bound under WHERE, and the rest left open."""
    kinds = {parameter.name: parameter for parameter in question.parameters}
    values = {p.name: p.default for p in question.parameters if p.default} | {
        n: v for n, v in given.items() if n in kinds
    }
    bound = "".join(f"\n  VALUES ?{name} {{ {_term(kinds[name], value)} }}" for name, value in values.items())
    lines = [line for line in question.text.splitlines() if not line.startswith("#+")]
    text = "\n".join((f"# {question.summary}", *lines))
    tokens = tokenize(text)
    brace = tokens[_start_of_where(tokens)]
    at = sum(len(line) + 1 for line in text.split("\n")[: brace.line - 1]) + brace.column
    return f"{text[:at]}{bound}{text[at:]}\n"


def _put_in(tokens: tuple[Token, ...], several: Mapping[str, str]) -> Iterator[Token]:
    """The tokens, with terms in the place of each UNDEF of their variable."""
    for n, token in enumerate(tokens):
        name = tokens[n - 2].text if n > 1 and token.word == "UNDEF" else ""
        yield replace(token, text=several[name]) if name in several else token


def _start_of_where(tokens: tuple[Token, ...]) -> int:
    """The index of the brace that opens WHERE; questions write the keyword."""
    where = next(n for n, token in enumerate(tokens) if token.word == "WHERE")
    return next(n for n, token in enumerate(tokens) if n > where and token.text == "{")


def _terms(parameter: Parameter, value: str) -> str:
    one = Parameter(parameter.name, "iri", None, False)
    return " ".join(dict.fromkeys(_term(one, iri) for iri in value.split()))


def _term(parameter: Parameter, value: str) -> str:
    """The value as a term of the parameter's kind; raises `BadQuery` where it is none."""
    match parameter.kind:
        case "iri":
            found = terms.expand(value)
            if found and re.fullmatch(r'<[^\x00-\x20<>"{}|^`\\]*>', found):
                return found
        case "integer" if re.fullmatch(r"-?[0-9]{1,18}", value):
            return terms.literal(value, datatype=XSD + "integer")
        case "date" if _is_date(value):
            return terms.literal(value, datatype=XSD + "date")
        case "language" if _LANGUAGE.fullmatch(value):
            return terms.literal(value.lower())
        case "text":
            return terms.literal(value)
    raise BadQuery(f"{value!r} is no value for {parameter.name!r}", remedy=f"Its kind is {parameter.kind}.")


def _is_date(value: str) -> bool:
    try:
        return dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
