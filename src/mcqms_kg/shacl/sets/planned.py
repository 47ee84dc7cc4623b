"""The plans of a shapes graph, each made when its shape first meets a focus node, and what they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, is_dataclass

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.planner import Reported, reports
from mcqms_kg.shacl.shapes import Shape, Shapes, Target
from mcqms_kg.shacl.targets import focus_nodes
from mcqms_kg.shacl.vocabulary import SUBCLASS

Groups = tuple[tuple[Reported, ...], ...]
"""What each reporting shape below a target shape reports."""


@dataclass
class Planned:
    """The plans made so far."""

    model: Shapes
    _focus: dict[tuple[Target, ...], p.Named | Unsupported] = field(default_factory=dict)
    _groups: dict[Term, Groups | Unsupported] = field(default_factory=dict)

    def focus(self, shape: Shape) -> p.Named | Unsupported:
        """The focus nodes, the same for all shapes with these targets."""
        if shape.targets not in self._focus:
            try:
                self._focus[shape.targets] = p.Named("focus", focus_nodes(shape), stored=True)
            except Unsupported as problem:
                self._focus[shape.targets] = problem
        return self._focus[shape.targets]

    def groups(self, shape: Shape) -> Groups | Unsupported:
        """The plans of what is reported, or why there are none."""
        if shape.name not in self._groups:
            try:
                focus = self.focus(shape)
                self._groups[shape.name] = tuple(reports(self.model, shape, focus))  # type: ignore[arg-type]  # it met nodes
            except Unsupported as problem:
                self._groups[shape.name] = problem
        return self._groups[shape.name]


@dataclass
class Mentioned:
    """The terms that plans name, and the predicates of their patterns; no predicates where a pattern asks for any."""

    terms: set[Term] = field(default_factory=lambda: {SUBCLASS})
    predicates: set[Term] | None = field(default_factory=lambda: {SUBCLASS})
    seen: set[int] = field(default_factory=set)

    def see(self, plans: Iterable[object]) -> None:
        waiting = list(plans)
        while waiting:
            part = waiting.pop()
            if isinstance(part, p.Const):
                self.terms.add(part.term)
            elif isinstance(part, tuple):
                waiting += part
            elif is_dataclass(part) and id(part) not in self.seen:
                self.seen.add(id(part))
                self._see(part)
                waiting += (getattr(part, one.name) for one in fields(part))

    def _see(self, part: object) -> None:
        if isinstance(part, p.Terms):
            self.terms |= set(part.terms)
        elif isinstance(part, p.Subclasses):
            self.terms.add(part.class_)
        elif isinstance(part, p.Triples) and part.graph == "triple":
            if not isinstance(part.predicate, p.Const):
                self.predicates = None
            elif self.predicates is not None:
                self.predicates.add(part.predicate.term)
