"""Observations as text, as JSON, as the statements behind them and as pictures, in English and in Indonesian."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.pathway.projection import undeclared_terms
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import name, place
from mcqms_kg.pathway.structure.drawn import draw
from mcqms_kg.pathway.structure.observations import Observation, Observations
from mcqms_kg.pathway.telling import pictures
from mcqms_kg.pathway.telling.plurals import filled

WORDS: Mapping[str, tuple[str, str]] = {
    "withdrawn": ("{about} is withdrawn.", "{about} ditarik."),
    "no-longer-earnable": ("{about} could no longer be earned.", "{about} tidak dapat lagi diraih."),
    "fewer-ways": ("{about} could be earned in fewer ways.", "{about} dapat diraih melalui lebih sedikit jalur."),
    "to-be-revised": ("{about} covers {others} and must be revised.", "{about} mencakup {others} dan harus direvisi."),
    "skill-set-short": ("{about} would lack {others}.", "{about} akan kekurangan {others}."),
    "job-requires": ("{about} requires {others}.", "{about} mensyaratkan {others}."),
    "set-against": ("{about} is set against {others}.", "{about} disetarakan dengan {others}."),
    "no-longer-set-against": (
        "{about} would no longer be set against {others}.",
        "{about} tidak akan lagi disetarakan dengan {others}.",
    ),
    "job-weaker": (
        "{about} would be covered in {others} by unverified alignments only.",
        "{about} hanya akan tercakup dalam {others} melalui penyelarasan yang belum diverifikasi.",
    ),
    "licence-names": ("{about} names {others}.", "{about} menyebut {others}."),
    "job-uncovered": (
        "{about}: nothing would cover {units} of what it requires: {others}.",
        "{about}: {units} dari yang disyaratkannya tidak akan tercakup: {others}.",
    ),
    "holder": ("{about} holds {others}.", "{about} memiliki {others}."),
    "stopped": ("{about} could not finish {others}.", "{about} tidak dapat menyelesaikan {others}."),
    "recognition-lost": (
        "{about} would no longer be recognised in {others}.",
        "{about} tidak akan lagi diakui di {others}.",
    ),
    "recognition-weaker": (
        "{about} would be recognised in {others} on weaker facts, or at another level.",
        "{about} akan diakui di {others} dengan fakta yang lebih lemah, atau pada jenjang lain.",
    ),
    "covers": (
        "{about} covers {covered} of {required}: {others}.",
        "{about} mencakup {covered} dari {required}: {others}.",
    ),
    "covered-together": (
        "Together {covered} of {required} are covered, {surely} of them surely.",
        "Bersama-sama tercakup {covered} dari {required}, {surely} di antaranya secara pasti.",
    ),
    "not-covered": ("Nothing covers {about}.", "Tidak ada yang mencakup {about}."),
    "dead-end": ("{about} leads nowhere.", "{about} tidak mengarah ke mana pun."),
    "prerequisite-circle": ("{about} and {others} require each other.", "{about} dan {others} saling mensyaratkan."),
    "stacking-circle": ("{about} and {others} are made of each other.", "{about} dan {others} saling menyusun."),
    "rule-inside-itself": ("{about} stands inside itself.", "{about} berada di dalam dirinya sendiri."),
    "counting-circle": (
        "{about} and {others} count towards each other.",
        "{about} dan {others} saling diperhitungkan.",
    ),
    "unreachable": (
        "{about} cannot be earned by anybody; it needs what nobody can have: {others}.",
        "{about} tidak dapat diraih siapa pun; yang diperlukannya tidak dapat dimiliki: {others}.",
    ),
    "short-of-credit": (
        "What counts towards {about} brings {brings} of {carries} [credit|credits].",
        "Yang diperhitungkan untuk {about} membawa {brings} dari {carries} kredit.",
    ),
    "bottleneck": (
        "Without {about}, {lost} [credential|credentials] could not be earned: {others}.",
        "Tanpa {about}, {lost} kredensial tidak dapat diraih: {others}.",
    ),
    "duplicate": (
        "{about} covers the same {units} [unit|units] as {others}, at {providers} [provider|providers].",
        "{about} mencakup {units} unit yang sama dengan {others}, pada {providers} penyelenggara.",
    ),
    "map-cell": (
        "{others}: {covered} of {required} covered; {whole} of {jobs} [job title|job titles] whole.",
        "{others}: {covered} dari {required} tercakup; {whole} dari {jobs} jabatan tercakup penuh.",
    ),
    "taught-not-required": (
        "{about} is taught and no job title requires it: {others}.",
        "{about} diajarkan tetapi tidak disyaratkan jabatan mana pun: {others}.",
    ),
    "required-not-taught": (
        "{about} is required and nothing covers it: {others}.",
        "{about} disyaratkan tetapi tidak tercakup: {others}.",
    ),
    "replaced-edition": (
        "{about} is of a replaced edition and still used: {others}.",
        "{about} berasal dari edisi yang sudah diganti dan masih digunakan: {others}.",
    ),
    "unverified": (" [rests on unverified facts]", " [berdasarkan fakta yang belum diverifikasi]"),
    "none": ("Nothing was found.", "Tidak ada yang ditemukan."),
    "not-whole": (
        "There is more than is told here, or a rule could not be decided.",
        "Masih ada yang tidak ditampilkan, atau ada aturan yang tidak dapat diputuskan.",
    ),
    "more": ("{names} and {count} more", "{names} dan {count} lainnya"),
}
MOST_NAMES = 8
"""How many names stand in one sentence; JSON and Turtle have all."""


def as_text(facts: Facts, found: Observations, language: str) -> str:
    lines = [sentence(facts, each, language) for each in found.found] or [_say("none", language)]
    if not found.whole:
        lines.append(_say("not-whole", language))
    lines += undeclared_terms.lines(facts, language)
    return "\n".join(lines) + "\n"


def sentence(facts: Facts, each: Observation, language: str) -> str:
    """One observation for reading."""
    names = {"about": name(facts, each.about, language), "others": _names(facts, each, language)}
    unsure = "" if each.sure else _say("unverified", language)
    numbers = {key: int(n) if n == int(n) else f"{n:f}" for key, n in each.numbers.items()}
    return _say(each.kind, language, **names, **numbers) + unsure


def _names(facts: Facts, each: Observation, language: str) -> str:
    names = ", ".join(place(facts, other, language) for other in each.others[:MOST_NAMES])
    left = len(each.others) - MOST_NAMES
    return _say("more", language, names=names, count=left) if left > 0 else names or "–"


def _say(kind: str, language: str, **values: object) -> str:
    return filled(WORDS[kind][language == "id"], values)


def as_json(facts: Facts, found: Observations, language: str) -> str:
    told = {
        "whole": found.whole,
        "found": [_as_object(facts, each, language) for each in found.found],
        "notUnderstood": undeclared_terms.as_objects(facts, language),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_object(facts: Facts, each: Observation, language: str) -> Mapping[str, object]:
    return {
        "kind": each.kind,
        "about": terms.lexical(each.about),
        "others": [terms.lexical(other) for other in each.others],
        "numbers": {
            name: int(number) if number == int(number) else str(number) for name, number in each.numbers.items()
        },
        "sure": each.sure,
        "text": sentence(facts, each, language),
        "statements": [list(triple) for triple in each.triples],
    }


def as_turtle(_: Facts, found: Observations, __: str) -> str:
    """The statements behind everything that was found, each once."""
    lines = dict.fromkeys(_lines(found))
    used = {prefix: name for prefix, name in PREFIXES.items() if any(f"<{name}" in line for line in lines)}
    parsed = ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES)
    return (ox.serialize(parsed, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()


def _lines(found: Observations) -> Iterator[str]:
    return (f"{s} {p} {o} .\n" for each in found.found for s, p, o in each.triples)


FORMATS: Mapping[str, Callable[[Facts, Observations, str], str]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "svg": lambda facts, found, language: pictures.as_svg(draw(facts, found, language), language),
    "html": lambda facts, found, language: pictures.as_html(
        draw(facts, found, language), as_text(facts, found, language), language
    ),
    "graphml": lambda facts, found, language: pictures.as_graphml(draw(facts, found, language)),
    "gexf": lambda facts, found, language: pictures.as_gexf(draw(facts, found, language)),
    "mermaid": lambda facts, found, language: pictures.as_mermaid(draw(facts, found, language), language),
}


def write(facts: Facts, found: Observations, format: str, language: str) -> str:
    """The observations in a form; raises `UnknownName` for one that there is not."""
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    return FORMATS[format](facts, found, language)
