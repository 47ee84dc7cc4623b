"""The plans of a shapes graph, each made when its shape first meets a focus node."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.planner import Reported, reports
from mcqms_kg.shacl.sets.alike import Alike
from mcqms_kg.shacl.shapes import Shape, Shapes, Target
from mcqms_kg.shacl.targets import focus_nodes

Groups = tuple[tuple[Reported, ...], ...]
"""What each reporting shape below a target shape reports."""


@dataclass
class Planned:
    """The plans made so far."""

    model: Shapes
    alike: Alike = field(default_factory=Alike)
    _focus: dict[tuple[Target, ...], p.Named | Unsupported] = field(default_factory=dict)
    _groups: dict[Term, Groups | Unsupported] = field(default_factory=dict)

    def focus(self, shape: Shape) -> p.Named | Unsupported:
        """The focus nodes, the same for all shapes with these targets."""
        if shape.targets not in self._focus:
            try:
                self._focus[shape.targets] = focus = p.Named("focus", focus_nodes(shape), stored=True)
                self.alike.number(focus)
            except Unsupported as problem:
                self._focus[shape.targets] = problem
        return self._focus[shape.targets]

    def groups(self, shape: Shape) -> Groups | Unsupported:
        """The plans of what is reported, or why there are none."""
        if shape.name not in self._groups:
            try:
                focus = self.focus(shape)
                self._groups[shape.name] = found = tuple(reports(self.model, shape, focus))  # type: ignore[arg-type]  # it met nodes
                for group in found:
                    for one in group:
                        self.alike.number(one.plan)
            except Unsupported as problem:
                self._groups[shape.name] = problem
        return self._groups[shape.name]
