"""An object of a JSON file that knows where it stands and which of its keys were read, so that the rest is told as not understood."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.interop.json_read import Json, pointer
from mcqms_kg.model import Loss, Stated, Taken, Term, Texts

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\x9f\ufffe\uffff]+")
_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SHOWN = 80
NOT_UNDERSTOOD: Texts = {"en": "This is not understood.", "id": "Ini tidak dipahami."}


class Reading:
    """What was read so far, in the order of the file, and what was not understood. `seed` names the file for names that are made."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._stated: dict[tuple[Term, Term, Term], Stated] = {}
        self._losses: list[Loss] = []

    def say(self, subject: Term, predicate: Term, value: Term, at: str) -> None:
        """The file says this, there."""
        triple = (subject, predicate, value)
        self._stated.setdefault(triple, Stated(triple, at))

    def lose(self, at: str, value: Json, what: Texts = NOT_UNDERSTOOD) -> None:
        """This is not taken over."""
        self._losses.append(Loss(at, what, shown(value)))

    def name(self, at: str) -> Term:
        """A name for something that the file does not name; the same file gives the same names."""
        return terms.iri(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{self._seed}#{at}')}")

    def taken(self) -> Taken:
        return Taken(tuple(self._stated.values()), tuple(self._losses))


class Given:
    """One object. Whoever reads a key has it counted as read; `finish` tells the others."""

    def __init__(self, value: dict[str, Json], at: str, reading: Reading) -> None:
        self.value, self.at, self.reading = value, at, reading
        self._read: set[str] = set()

    def all(self, key: str) -> list[tuple[str, Json]]:
        """Every value of a key, with its place; a list stands for its members."""
        self._read.add(key)
        found = self.value.get(key)
        if isinstance(found, list):
            here = pointer(self.at, key)
            return [(pointer(here, n), value) for n, value in enumerate(found)]
        return [] if found is None else [(pointer(self.at, key), found)]

    def objects(self, key: str) -> Iterator[Given]:
        """Every value that is an object; others are not understood."""
        for at, value in self.all(key):
            if isinstance(value, dict):
                yield Given(value, at, self.reading)
            else:
                self.reading.lose(at, value)

    def strings(self, key: str) -> Iterator[tuple[str, str]]:
        """Every value that is a text with something in it, or in an object as `@value`."""
        for at, value in self.all(key):
            found = value.get("@value") if isinstance(value, dict) and "@value" in value else value
            if isinstance(found, str) and says(found):
                yield at, found
            else:
                self.reading.lose(at, value)

    def string(self, key: str) -> str:
        """The first of them; the others are not understood."""
        found = list(self.strings(key))
        for at, text in found[1:]:
            self.reading.lose(at, text)
        return found[0][1] if found else ""

    def texts(self, key: str, language: str = "") -> Iterator[tuple[str, Term]]:
        """Every text as a literal: in a language map, as a text alone, or with `@value` and `@language`."""
        for at, value in self.all(key):
            if isinstance(value, dict) and "@value" not in value:
                for tag, told in value.items():
                    for text in told if isinstance(told, list) else [told]:
                        yield from self._text(pointer(at, tag), text, tag)
            elif isinstance(value, dict):
                yield from self._text(at, value.get("@value"), str(value.get("@language") or language))
            else:
                yield from self._text(at, value, language)

    def _text(self, at: str, text: Json, tag: str) -> Iterator[tuple[str, Term]]:
        tag = "" if tag in ("@none", "und") else tag
        if isinstance(text, str) and says(text) and (not tag or _TAG.fullmatch(tag)):
            yield at, terms.literal(text, language=tag)
        else:
            self.reading.lose(at, text)

    def numbers(self, key: str) -> Iterator[tuple[str, float | int]]:
        """Every value that is a number, or a text that is one."""
        for at, value in self.all(key):
            found = value.get("@value") if isinstance(value, dict) and "@value" in value else value
            if isinstance(found, str) and re.fullmatch(r"\d{1,15}(\.\d{1,9})?", found):
                found = float(found) if "." in found else int(found)
            if isinstance(found, int | float) and not isinstance(found, bool):
                yield at, found
            else:
                self.reading.lose(at, value)

    def refs(self, key: str) -> Iterator[tuple[str, str]]:
        """Every value that names something: an IRI, or an object with nothing but an `@id` or `id`."""
        for at, value in self.all(key):
            found = value.get("@id", value.get("id")) if isinstance(value, dict) else value
            if isinstance(found, str) and is_iri(found):
                yield at, found
            else:
                self.reading.lose(at, value)

    def drop(self, *keys: str) -> None:
        """These keys say nothing of their own: what they say follows from what else is read."""
        self._read.update(keys)

    def finish(self) -> None:
        """What was not read is not understood."""
        for key, value in self.value.items():
            if key not in self._read:
                self.reading.lose(pointer(self.at, key), value)


def says(text: str) -> bool:
    """Whether there is more in it than blanks, as SHACL patterns see them."""
    return bool(text.strip(" \t\n\r"))


def is_iri(text: str) -> bool:
    """Whether it is an absolute IRI that can be written."""
    return len(text) <= 2000 and bool(_IRI.fullmatch(text))


def shown(value: Json) -> str:
    """What stood there, shortened where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)[: _SHOWN + 1]
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
