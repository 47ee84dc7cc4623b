"""What most resources of CTDL say of themselves: their names and texts, their page, their languages."""

from __future__ import annotations

import re

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL, LANGUAGE
from mcqms_kg.interop.json_object import Given
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def say_texts(node: Given, term: Term, **keys: Term) -> None:
    """The texts of these keys, each with the property of ours."""
    for key, predicate in keys.items():
        for at, text in node.texts(key.replace("_", ":", 1)):
            node.reading.say(term, predicate, text, at)


def described(node: Given, term: Term) -> None:
    """Its name, its description and its page."""
    say_texts(node, term, ceterms_name=LABEL, ceterms_description=DESCRIPTION)
    pages = list(node.refs("ceterms:subjectWebpage"))
    for at, page in pages:
        node.reading.say(term, mc("publicPage"), terms.literal(page, datatype=XSD + "anyURI"), at)


def languages(node: Given, term: Term, key: str) -> None:
    """Languages that are no more than those of the names say nothing of their own; what is no tag of a language is lost."""
    texts = node.value.get(key.replace("inLanguage", "name"))
    named = set(texts) if isinstance(texts, dict) else set()
    found = list(node.strings(key))
    if {text for _, text in found} != named:
        for at, text in found:
            if _TAG.fullmatch(text):
                node.reading.say(term, LANGUAGE, terms.literal(text), at)
            else:
                node.reading.lose(at, text)
