"""The plans of a shapes graph, each made when its shape first meets a focus node."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import RLock

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.planning.planner import Beyond, Group, reports
from mcqms_kg.shacl.planning.targets import focus_nodes
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.alike import Alike
from mcqms_kg.shacl.shapes import Shape, Shapes, Target

Groups = tuple[Group | Beyond, ...]
"""What a target shape and the shapes below it report."""


@dataclass
class Planned:
    """The plans made so far. A rulebook is shared by threads, so one at a time adds to them."""

    model: Shapes
    alike: Alike = field(default_factory=Alike)
    _focus: dict[tuple[Target, ...], p.Named | Unsupported] = field(default_factory=dict)
    _groups: dict[Term, Groups | Unsupported] = field(default_factory=dict)
    _lock: RLock = field(default_factory=RLock)

    def focus(self, shape: Shape) -> p.Named | Unsupported:
        """The focus nodes, the same for all shapes with these targets."""
        with self._lock:
            if shape.targets not in self._focus:
                self._focus[shape.targets] = self._focus_of(shape)
            return self._focus[shape.targets]

    def _focus_of(self, shape: Shape) -> p.Named | Unsupported:
        try:
            found = p.Named("focus", focus_nodes(shape), stored=True)
        except Unsupported as problem:
            return problem
        self.alike.number(found)
        return found

    def groups(self, shape: Shape) -> Groups | Unsupported:
        """The plans of what is reported, or why there are none."""
        with self._lock:
            if shape.name not in self._groups:
                self._groups[shape.name] = self._groups_of(shape)
            return self._groups[shape.name]

    def _groups_of(self, shape: Shape) -> Groups | Unsupported:
        focus = self.focus(shape)
        if isinstance(focus, Unsupported):
            return focus
        try:
            found = tuple(reports(self.model, shape, focus, computes=True))
        except Unsupported as problem:
            return problem
        for group in found:
            for one in () if isinstance(group, Beyond) else group:
                self.alike.number(one.plan)
        return found

    def mentioned(self) -> tuple[frozenset[Term], frozenset[Term], bool]:
        """The terms that the plans made so far name, the predicates of their patterns, and whether a pattern asks for any."""
        with self._lock:
            return frozenset(self.alike.terms), frozenset(self.alike.predicates), self.alike.asks_any
