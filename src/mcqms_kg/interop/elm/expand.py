"""JSON with the words of the model as statements, each with the JSON pointer that it was read from; nothing is fetched for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.terms import KEYS, TYPES, Values
from mcqms_kg.interop.json_read import Json, pointer
from mcqms_kg.model import Loss, Stated, Term, Texts

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f]+")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_PUBLIC_CODE = re.compile(r"https?://(data|publications)[.]europa[.]eu/[!-~]{1,150}")
_OF_A_PERSON = {"hasClaim"}
"""What is read of a person; all else of one is personal data, and is neither kept nor repeated."""
LOCAL = re.compile(r"urn:epass:(?!.*[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-).*")
"""Names such as `urn:epass:organisation:1`, which every credential uses again for things of its own."""
_SHOWN = {"displayParameter": phrases.DISPLAY}
_LITERALS: dict[Values, tuple[type, ...]] = {Values.STRING: (str, int), Values.COUNT: (int,), Values.BOOLEAN: (bool,)}


@dataclass
class Expansion:
    """What a JSON value says, as far as it is understood, and what is not taken over.

    `scope` is the IRI below which things are named that have no name of their own, or one for this file only.
    """

    scope: str
    stated: list[Stated] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def thing(self, value: Json, at: str) -> Term | None:
        """The thing that an object is, or that a string names."""
        if isinstance(value, str):
            return self._named(value, at)
        if not isinstance(value, dict):
            self.lose(at, phrases.WRONG_KIND)
            return None
        known = {key.removeprefix("@"): key for key in value if key in ("id", "@id", "type", "@type")}
        name = self._named(value[known["id"]], pointer(at, known["id"])) if "id" in known else None
        subject = name or self._within(at)
        types = self._types(subject, value[known["type"]], pointer(at, known["type"])) if "type" in known else set()
        for key, inner in value.items():
            if key not in (*known.values(), "@context"):
                self._key(subject, key, inner, pointer(at, key), TYPES["Person"] in types)
        return subject

    def lose(self, at: str, what: Texts, value: Json = None) -> None:
        """Notes what is not taken over. Only public codes, numbers and truth values are repeated, because all else may be personal."""
        is_plain = isinstance(value, bool | int | float) or (isinstance(value, str) and _PUBLIC_CODE.fullmatch(value))
        self.losses.append(Loss(at, what, str(value)[:200] if is_plain else ""))

    def _key(self, subject: Term, key: str, value: Json, at: str, of_person: bool) -> None:
        if of_person and key not in _OF_A_PERSON:
            self.lose(at, phrases.PERSONAL)
        elif key in _SHOWN or key not in KEYS:
            self.lose(at, _SHOWN.get(key, phrases.UNKNOWN_KEY), value)
        else:
            iri, kind = KEYS[key]
            for inner, place in _each(value, at):
                for found, where in self._values(inner, place, kind):
                    self.stated.append(Stated((subject, terms.iri(iri), found), where))

    def _values(self, value: Json, at: str, kind: Values) -> Iterator[tuple[Term, str]]:
        if kind is Values.THINGS:
            found = self.thing(value, at)
            if found:
                yield found, at
        elif kind is Values.TEXTS:
            yield from self._texts(value, at)
        else:
            literal = self._literal(value, kind)
            if literal:
                yield literal, at
            else:
                self.lose(at, phrases.WRONG_KIND, value)

    def _texts(self, value: Json, at: str) -> Iterator[tuple[Term, str]]:
        """A text, or texts by language."""
        if isinstance(value, str):
            yield terms.literal(value), at
            return
        if not isinstance(value, dict):
            self.lose(at, phrases.WRONG_KIND, value)
            return
        if isinstance(value.get("@value"), str) and isinstance(value.get("@language", ""), str):
            value = {value.get("@language") or "@none": value["@value"]}
        for tag, inner in value.items():
            for text, place in _each(inner, pointer(at, tag)):
                if isinstance(text, str) and (tag == "@none" or _TAG.fullmatch(tag)):
                    yield terms.literal(text, language="" if tag == "@none" else tag), place
                else:
                    self.lose(place, phrases.WRONG_KIND, text)

    def _literal(self, value: Json, kind: Values) -> Term | None:
        if isinstance(value, dict) and "@value" in value:
            value = value["@value"]
        if isinstance(value, bool) and kind is not Values.BOOLEAN:
            return None
        if not isinstance(value, _LITERALS.get(kind, (str,))):
            return None
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return terms.literal(text, datatype=kind.value)

    def _types(self, subject: Term, value: Json, at: str) -> set[str]:
        found = set()
        for name, place in _each(value, at):
            iri = TYPES.get(name, name if name in TYPES.values() else None) if isinstance(name, str) else None
            if iri:
                found.add(iri)
                self.stated.append(Stated((subject, TYPE, terms.iri(iri)), place))
            else:
                self.lose(place, phrases.UNKNOWN_TYPE)
        return found

    def _named(self, value: Json, at: str) -> Term | None:
        if isinstance(value, str) and is_iri(value):
            return self._within(value) if LOCAL.fullmatch(value) else terms.iri(value)
        self.lose(at, phrases.NO_IRI)
        return None

    def _within(self, name: str) -> Term:
        return within(self.scope, name)


def within(scope: str, name: str) -> Term:
    """A thing that has its name from where it stands."""
    return terms.iri(f"{scope}{'-' if '#' in scope else '#'}{quote(name, safe='/:~')}")


def is_iri(text: str) -> bool:
    """Whether a text is an absolute IRI."""
    return bool(_IRI.fullmatch(text))


def _each(value: Json, at: str) -> Iterator[tuple[Json, str]]:
    """The values of a key: those of an array, else the one."""
    if isinstance(value, list):
        yield from ((inner, pointer(at, number)) for number, inner in enumerate(value))
    else:
        yield value, at
