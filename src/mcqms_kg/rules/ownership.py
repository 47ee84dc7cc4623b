"""Whose a thing is: the providers that own it or, where nobody does, all whose things lead to it.

A provider's part does not depend on who else is in the data: each counts alone what it counts among others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.rules.vocabulary import RDF_TYPE

_PROVIDER = mc("Provider")
_OF_PROVIDER = (mc("belongsTo"), mc("isOfferedBy"))
"""Their values are providers, with or without a type: leaving one out hides nobody."""
_AWARDS, _ISSUED_BY = mc("awardsCredential"), mc("isIssuedBy")


def providers_in(data: Iterable[Triple]) -> tuple[Term, ...]:
    """The providers that the data speaks of, in order: those said to be one, and those that something belongs to or is offered by."""
    of = set(_OF_PROVIDER)
    found = {s for s, p, o in data if p == RDF_TYPE and o == _PROVIDER}
    found |= {o for _, p, o in data if p in of and not terms.is_literal(o)}
    return tuple(sorted(found))


class Ownership:
    """The providers of some nodes. Sets of providers are bits of a number, the first provider the lowest bit."""

    def __init__(self, graph: GraphIndex, providers: Sequence[Term], nodes: Iterable[Term]) -> None:
        self.providers = tuple(providers)
        self._bits = {provider: 1 << number for number, provider in enumerate(self.providers)}
        self._found = _spread(self._bits, _upward(graph, self._bits, nodes))

    def bits(self, node: Term) -> int:
        """The providers of a node as bits; 0 where it is of none, or was not asked for at the beginning."""
        return self._found.get(node, 0)

    def of(self, node: Term) -> tuple[Term, ...]:
        """The providers of a node, in order."""
        return tuple(self.providers[number] for number in numbers(self.bits(node)))


def numbers(bits: int) -> Iterator[int]:
    """Which bits are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _upward(graph: GraphIndex, providers: dict[Term, int], nodes: Iterable[Term]) -> dict[Term, list[Term]]:
    """For each node and all above it, what is directly above."""
    above: dict[Term, list[Term]] = {}
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        if node not in above:
            above[node] = [] if node in providers else _directly_above(graph, providers, node)
            waiting += above[node]
    return above


def _directly_above(graph: GraphIndex, providers: dict[Term, int], node: Term) -> list[Term]:
    """Its owners; where it has none, whatever points at it; and where nothing does, the providers that issued it.

    An award is its issuer's where that is a provider, else that of the credential.
    """
    said: dict[Term, list[Term]] = {}
    for p, o in graph.each_out(node):
        said.setdefault(p, []).append(o)
    owners = [o for p in _OF_PROVIDER for o in said.get(p, ()) if o in providers]
    issuers = [o for o in said.get(_ISSUED_BY, ()) if o in providers]
    if _AWARDS in said:
        owners = owners or issuers or said[_AWARDS]
    return owners or [s for p, s in graph.each_into(node) if p != RDF_TYPE] or issuers


def _spread(providers: dict[Term, int], above: dict[Term, list[Term]]) -> dict[Term, int]:
    """What providers there are above each node, however far; rings end."""
    below: dict[Term, list[Term]] = {}
    for node, uppers in above.items():
        for upper in uppers:
            below.setdefault(upper, []).append(node)
    found = {provider: bit for provider, bit in providers.items() if provider in above}
    waiting, listed = deque(found), set(found)
    while waiting:
        upper = waiting.popleft()
        listed.discard(upper)
        bits = found[upper]
        for node in below.get(upper, ()):
            known = found.get(node, 0)
            if bits | known != known:
                found[node] = known | bits
                if node not in listed:
                    listed.add(node)
                    waiting.append(node)
    return found
