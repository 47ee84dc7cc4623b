"""What the data holds that people must look after: what ends or is due, what is to be corrected, and what is shown by which document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import CorrectiveAction, Deadline, EvidenceRecord, Named, Registers, Term, Triple
from mcqms_kg.rules.days import day_of
from mcqms_kg.rules.findings import named
from mcqms_kg.rules.ownership import Ownership
from mcqms_kg.rules.vocabulary import RDF_TYPE

ENDS = tuple(mc(n) for n in ("expiryDate", "dueDate", "nextReviewDate", "supersessionDate", "withdrawalDate"))
"""Properties whose values are a last day or a day by which something is due."""
_DUE, _COMPLETED, _CLOSED, _EVENT = (mc(n) for n in ("dueDate", "completionDate", "closureDate", "eventDate"))
_ANSWERED_BY, _OWNED_BY, _HELD_BY = (mc(n) for n in ("hasCorrectiveAction", "isOwnedBy", "isHeldBy"))
_ACTION, _SHOWN_BY = mc("CorrectiveAction"), mc("isEvidencedBy")
_PROBLEMS = frozenset(mc(n) for n in ("ReportedProblem", "AuditFinding", "Complaint"))
_DATED = tuple(mc(n) for n in ("eventDate", "issueDate", "receiptDate", "signatureDate", "effectiveDate"))
_MOST_SHOWN = 5


@dataclass
class Noticed:
    """Things of the data that a register may hold, as they were met."""

    ends: dict[tuple[Term, Term, Term], None] = field(default_factory=dict)
    actions: dict[Term, None] = field(default_factory=dict)
    problems: dict[Term, None] = field(default_factory=dict)
    documents: dict[Term, None] = field(default_factory=dict)

    def nodes(self) -> Iterable[Term]:
        """Those of which it must be known whose they are."""
        return (*(s for s, _, _ in self.ends), *self.actions, *self.problems, *self.documents)


def notice(data: Iterable[Triple]) -> Noticed:
    """What registers may hold, whatever its type says: what marks a thing is enough."""
    found = Noticed()
    ends = frozenset(ENDS)
    for triple in data:
        s, p, o = triple
        if p in ends:
            found.ends[triple] = None
        elif p == RDF_TYPE:
            if o == _ACTION:
                found.actions[s] = None
            elif o in _PROBLEMS:
                found.problems[s] = None
            elif o == mc("Evidence"):
                found.documents[s] = None
        elif p == _ANSWERED_BY:
            found.problems[s] = None
            found.actions[o] = None
        elif p == _SHOWN_BY:
            found.documents[o] = None
    return found


def registers(noticed: Noticed, graph: GraphIndex, ownership: Ownership, as_of: dt.date) -> Registers:
    """The registers on a date: what has been completed or closed by then is in none."""
    names = _Names(graph, ownership)
    deadlines = (_deadline(triple, names, as_of) for triple in noticed.ends)
    actions = [entry for action in noticed.actions for entry in _actions(action, names, as_of)]
    actions += [entry for problem in noticed.problems for entry in _unanswered(problem, names, as_of)]
    documents = (_document(node, names) for node in noticed.documents)
    return Registers(
        tuple(sorted((d for d in deadlines if d), key=lambda d: (d.day, d.thing.term, d.property.term))),
        tuple(sorted(actions, key=lambda a: (a.due or dt.date.max, _first(a.action, a.problem), _first(a.problem)))),
        tuple(sorted(documents, key=lambda e: (e.day or dt.date.min, e.document.term), reverse=True)),
    )


def _first(*named: Named | None) -> Term:
    return next((n.term for n in named if n), Term(""))


class _Names:
    """The graph, the names of what was named before, and whose things are."""

    def __init__(self, graph: GraphIndex, ownership: Ownership) -> None:
        self.graph = graph
        self._ownership = ownership
        self._known: dict[Term, Named] = {}

    def name(self, term: Term) -> Named:
        if term not in self._known:
            self._known[term] = named(self.graph, term)
        return self._known[term]

    def value(self, subject: Term | None, predicate: Term) -> Named | None:
        found = self.graph.value(subject, predicate) if subject else None
        return self.name(found) if found else None

    def kind(self, term: Term) -> Named:
        types = self.graph.types(term)
        return self.name(types[0]) if types else Named(Term(""), {})

    def provider(self, term: Term) -> Term | None:
        """Whose it is, where it is one provider's alone."""
        found = self._ownership.of(term)
        return found[0] if len(found) == 1 else None

    def day(self, subject: Term | None, *predicates: Term) -> dt.date | None:
        values = (self.graph.value(subject, p) for p in predicates) if subject else iter(())
        return next((day for value in values if (day := day_of(value))), None)


def _deadline(triple: Triple, names: _Names, as_of: dt.date) -> Deadline | None:
    """Nothing where the day cannot be read, or what was due is done."""
    thing, property_, value = triple
    day = day_of(value)
    done = names.day(thing, _COMPLETED, _CLOSED) if property_ == _DUE else None
    if day is None or (done and done <= as_of):
        return None
    return Deadline(names.name(thing), names.kind(thing), names.provider(thing), names.name(property_), day)


def _actions(action: Term, names: _Names, as_of: dt.date) -> Iterable[CorrectiveAction]:
    """The action with each problem that it answers, unless it is completed."""
    completed = names.day(action, _COMPLETED)
    if completed and completed <= as_of:
        return ()
    problems: Sequence[Term | None] = names.graph.subjects(_ANSWERED_BY, action) or (None,)
    return tuple(map(partial(_entry, names, action), problems))


def _unanswered(problem: Term, names: _Names, as_of: dt.date) -> Iterable[CorrectiveAction]:
    """A problem that is open and that no action answers."""
    closed = names.day(problem, _CLOSED)
    if (closed and closed <= as_of) or names.graph.objects(problem, _ANSWERED_BY):
        return ()
    return (_entry(names, None, problem),)


def _entry(names: _Names, action: Term | None, problem: Term | None) -> CorrectiveAction:
    owner = names.value(action, _OWNED_BY)
    return CorrectiveAction(
        action=names.name(action) if action else None,
        problem=names.name(problem) if problem else None,
        provider=names.provider(action or problem or Term("")),
        owner=owner,
        holder=names.value(owner.term, _HELD_BY) if owner else None,
        reported=names.day(problem, _EVENT),
        due=names.day(action, _DUE),
        completed=names.day(action, _COMPLETED),
        concerns=names.graph.objects(problem, mc("concerns")) if problem else (),
    )


def _document(node: Term, names: _Names) -> EvidenceRecord:
    graph = names.graph
    digest, location = (graph.value(node, mc(name)) for name in ("sha256", "documentLocation"))
    return EvidenceRecord(
        document=names.name(node),
        provider=names.provider(node),
        issued_by=names.value(node, mc("isIssuedBy")),
        day=names.day(node, *_DATED),
        sha256=terms.lexical(digest) if digest else "",
        location=terms.lexical(location) if location else "",
        shows=tuple(names.name(s) for s in graph.subjects(_SHOWN_BY, node)[:_MOST_SHOWN]),
    )
