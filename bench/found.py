"""What an engine reports, in a form that can be compared: focus node, source shape and component of every result."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

SH = "http://www.w3.org/ns/shacl#"
Key = tuple[str, str, str]
Found = Counter[Key]
_PARTS = ("focusNode", "sourceShape", "sourceConstraintComponent")


def read(report: Path) -> Found:
    """The results that hang on the report by `sh:result`; those nested in others by `sh:detail` do not count."""
    return _from_json(report) if report.suffix == ".json" else _from_graph(report)


def _from_json(report: Path) -> Found:
    results = json.loads(report.read_text("utf-8"))["results"]
    return Counter((r[_PARTS[0]], r[_PARTS[1]], r[_PARTS[2]]) for r in results)


def _from_graph(report: Path) -> Found:
    own: set[object] = set()
    parts: dict[object, dict[str, str]] = {}
    wanted = {ox.NamedNode(SH + name): name for name in _PARTS}
    for quad in ox.parse(path=report, format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == f"{SH}result":
            own.add(quad.object)
        elif name := wanted.get(quad.predicate):
            parts.setdefault(quad.subject, {})[name] = str(quad.object)
    return Counter(
        (p.get(_PARTS[0], ""), p.get(_PARTS[1], ""), p.get(_PARTS[2], "")) for p in map(parts.__getitem__, own)
    )


def right(by_engine: Mapping[str, Found]) -> Found | None:
    """What at least two engines, and more than hold any other view, agree on; None where there is no such agreement."""
    views: list[tuple[int, Found]] = []
    for one in by_engine.values():
        if all(one != known for _, known in views):
            views.append((sum(one == other for other in by_engine.values()), one))
    views.sort(key=lambda view: -view[0])
    if not views or views[0][0] < 2 or (len(views) > 1 and views[1][0] == views[0][0]):
        return None
    return views[0][1]


def difference(found: Found, agreed: Found) -> str:
    """How a view differs from the agreed one, with an example; empty where it does not."""
    more, less = found - agreed, agreed - found
    said = [f"{n.total()} {word}, e.g. {_short(min(n))}" for n, word in ((more, "too many"), (less, "missing")) if n]
    return "; ".join(said)


def _short(key: Key) -> str:
    focus, shape, component = (part.strip("<>") for part in key)
    return f"{shape.rpartition('/')[2]} {component.rpartition('#')[2].removesuffix('ConstraintComponent')} at …{focus[-40:]}"
