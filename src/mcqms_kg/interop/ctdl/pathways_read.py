"""Pathways and transfer values of CTDL in our terms: stacking rules and agreements, where they say what these need."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import is_date
from mcqms_kg.interop.ctdl.names import Names, kinds_of
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL
from mcqms_kg.interop.json_object import Given, is_iri
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import XSD

_STANDS_FOR = ("ceterms:CredentialComponent", "ceterms:CompetencyComponent")
"""Components that stand for what may count in a rule of ours."""
_OPERATORS = {"And": "all", "AndOperator": "all", "Or": "one", "OrOperator": "one"}
_UNKNOWN: Texts = {
    "en": "The condition does not say how many of which credentials or competencies are needed, so no rule is made of it.",
    "id": "Syarat ini tidak menyebut berapa dan kredensial atau kompetensi mana yang diperlukan, sehingga tidak dijadikan aturan.",
}
_NO_TARGET: Texts = {
    "en": "The pathway names no credential that it leads to.",
    "id": "Jalur ini tidak menyebut kredensial yang dituju.",
}
_OWNER: Texts = {
    "en": "Who owns a transfer value need not be who honours it.",
    "id": "Pemilik nilai alih belum tentu pihak yang menghormatinya.",
}


def is_component(node: Given) -> bool:
    """Whether it is a part of a pathway, which is read where a condition names it."""
    return any(kind.startswith("ceterms:") and kind.endswith("Component") for kind in kinds_of(node))


def read_pathway(node: Given, names: Names) -> None:
    """The rules stand with the components; of the pathway itself there is nothing in our terms, but that it must lead somewhere."""
    found = False
    for at, iri in node.refs("ceterms:hasDestinationComponent"):
        component = names.node(iri)
        target = _stands_for(component, names) if component else None
        if component and target:
            found = True
        else:
            node.reading.lose(at, iri, _NO_TARGET)
    if not found and "ceterms:hasDestinationComponent" not in node.value:
        node.reading.lose(node.at, node.value.get("@id"), _NO_TARGET)
    node.drop("ceterms:hasPart", "ceterms:lifeCycleStatusType", "@context", "@id", "@type", "ceterms:ctid")
    node.finish()


def read_component(node: Given, names: Names) -> None:
    """The rule by which what the component stands for is stacked, and its name where nothing else in the file has it."""
    target = _stands_for(node, names)
    if target is not None:
        _rules(node, target, names)
    if target is not None and not any(names.node(iri) for _, iri in _refs(node, "ceterms:proxyFor")):
        for at, text in node.texts("ceterms:name"):
            node.reading.say(target, LABEL, text, at)
        node.drop("ceterms:proxyFor")
    elif target is not None:
        node.drop("ceterms:name", "ceterms:proxyFor")
    node.drop("ceterms:isPartOf", "@context", "@id", "@type", "ceterms:ctid")
    node.finish()


def read_transfer_value(node: Given, term: Term, names: Names) -> None:
    """An agreement on what the value is transferred from; whose word counts, and how much, CTDL says in words of its own."""
    say = node.reading.say
    for key, predicate in (("ceterms:name", LABEL), ("ceterms:description", DESCRIPTION)):
        for at, text in node.texts(key):
            say(term, predicate, text, at)
    for at, page in node.refs("ceterms:subjectWebpage"):
        say(term, mc("publicPage"), terms.literal(page, datatype=XSD + "anyURI"), at)
    for at, value in node.all("ceterms:transferValueFrom"):
        iri = value.get("@id") if isinstance(value, dict) else value
        if isinstance(iri, str) and is_iri(iri):
            say(term, mc("coversCredential"), names.named(iri), at)
        else:
            node.reading.lose(at, value)
    for key, name in (("ceterms:startDate", "effectiveDate"), ("ceterms:endDate", "expiryDate")):
        for at, day in node.strings(key):
            if is_date(day[:10]):
                say(term, mc(name), terms.literal(day[:10], datatype=XSD + "date"), at)
            else:
                node.reading.lose(at, day)
    for at, iri in node.refs("ceterms:ownedBy"):
        node.reading.lose(at, iri, _OWNER)
    node.drop("ceterms:identifier" if names.is_ours(term) else "@id")


def _rules(component: Given, target: Term, names: Names) -> None:
    """One condition is one rule; several must all be met, and are parts of one."""
    conditions = list(component.objects("ceterms:hasCondition"))
    rules = [rule for one in conditions if (rule := _rule(one, names))]
    if not rules or len(rules) < len(conditions):
        return  # what could not be understood was told; a rule without it would ask for less
    reading, at = component.reading, conditions[0].at
    rule = rules[0]
    if len(rules) > 1:
        rule = reading.name(f"{component.at}/ceterms:hasCondition")
        reading.say(rule, TYPE, mc("StackingRule"), at)
        _count(conditions[0], rule, len(rules))
        for one in rules:
            reading.say(rule, mc("hasOption"), one, at)
    reading.say(target, mc("isStackedBy"), rule, at)


def _rule(condition: Given, names: Names) -> Term | None:
    """The rule that a condition is, with the conditions inside of it as options."""
    reading = condition.reading
    components = [(iri, names.node(iri)) for _, iri in _refs(condition, "ceterms:targetComponent")]
    options = [_stands_for(node, names) if node else None for _, node in components]
    inner = [_rule(one, names) for one in condition.objects("ceterms:hasCondition")]
    count = _needed(condition, len(options) + len(inner))
    if None in options or None in inner or not (options or inner) or count is None:
        reading.lose(condition.at, condition.value, _UNKNOWN)
        return None
    named = condition.value.get("@id")
    rule = terms.iri(named) if isinstance(named, str) and is_iri(named) else reading.name(condition.at)
    reading.say(rule, TYPE, mc("StackingRule"), condition.at)
    for key, predicate in (("ceterms:name", LABEL), ("ceterms:description", DESCRIPTION)):
        for at, text in condition.texts(key):
            reading.say(rule, predicate, text, at)
    _count(condition, rule, count)
    for option in (*options, *inner):
        if option:
            reading.say(rule, mc("hasOption"), option, f"{condition.at}/ceterms:targetComponent")
    condition.drop("@id", "@type", "ceterms:targetComponent", "ceterms:hasCondition", "ceterms:logicalOperator")
    condition.drop("ceterms:requiredNumber")
    condition.finish()
    return rule


def _needed(condition: Given, of: int) -> int | None:
    """How many are needed: a number, or all or one of them by the operator; nothing where it is not said."""
    numbers = [number for _, number in condition.numbers("ceterms:requiredNumber")]
    if numbers:
        return int(numbers[0]) if numbers[0] == int(numbers[0]) and 0 < numbers[0] <= of else None
    said = str(condition.value.get("ceterms:logicalOperator", "")).rpartition(":")[2].rpartition("/")[2]
    return {"all": of, "one": 1}.get(_OPERATORS.get(said, ""), 1 if of == 1 else None)


def _count(condition: Given, rule: Term, count: int) -> None:
    number = terms.literal(str(count), datatype=XSD + "integer")
    condition.reading.say(rule, mc("minimumCount"), number, condition.at)


def _stands_for(component: Given, names: Names) -> Term | None:
    """What a component stands for, where it is one thing that may count."""
    if not set(kinds_of(component)) & set(_STANDS_FOR):
        return None
    found = list(_refs(component, "ceterms:proxyFor"))
    return names.named(found[0][1]) if len(found) == 1 else None


def _refs(node: Given, key: str) -> Iterator[tuple[str, str]]:
    """References, looked at without saying that they were read."""
    value = node.value.get(key)
    for found in value if isinstance(value, list) else [value]:
        iri = found.get("@id") if isinstance(found, dict) else found
        if isinstance(iri, str) and is_iri(iri):
            yield node.at, iri
