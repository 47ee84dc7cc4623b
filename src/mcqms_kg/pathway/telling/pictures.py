"""Drawings as SVG and HTML that stand alone, and as GraphML, GEXF and Mermaid for other tools."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

import networkx as nx

from mcqms_kg.graph import network, terms
from mcqms_kg.pathway.projection.shown import shown
from mcqms_kg.pathway.telling.drawing import STATES, Drawing, Edge, Node
from mcqms_kg.pathway.telling.phrases import LANGUAGES

WIDTH, HEIGHT, GAP_X, GAP_Y, TOP, LEFT = 190, 74, 64, 30, 96, 20
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1b1b1b }
.title { font-size: 15px; font-weight: 600 } .band { font-size: 12px; fill: #444 } .state { font-size: 11px; fill: #333 }
.node { stroke: #1b1b1b; stroke-width: 1.5; fill: #fff }
.held { fill: #e3f0e3; stroke-width: 3 } .learn { fill: #e5eefb } .stack { fill: #fff8e0; stroke-dasharray: 9 3 }
.missing, .lost { fill: #fbe9e7; stroke-dasharray: 3 4; stroke-width: 2 } .found { stroke-width: 3 } .target { fill: #fff; stroke-width: 3 }
.edge { fill: none; stroke: #444; stroke-width: 1.4 } .first { stroke-dasharray: 6 4 } .lacking { stroke-dasharray: 2 4 }
.stripe { fill: #00000009 }
"""


def as_svg(drawings: Sequence[Drawing], language: str) -> str:
    """Every drawing, one below the other."""
    parts, y = [], 0.0
    width = max((_width(d) for d in drawings), default=200)
    for number, drawing in enumerate(drawings):
        parts.append(f'<g transform="translate(0 {y:g})">{"".join(_drawing(drawing, number, language))}</g>')
        y += _height(drawing)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {y:g}" width="{width}" height="{y:g}">'
        f"<title>{escape(' '.join(d.title for d in drawings))}</title><style>{STYLE}</style>"
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path d="M0 0L8 4L0 8z" fill="#444"/></marker></defs>{"".join(parts)}</svg>\n'
    )


def _width(drawing: Drawing) -> int:
    columns = 1 + max(n.column for n in drawing.nodes)
    return max(2 * LEFT + columns * (WIDTH + GAP_X) - GAP_X, 2 * LEFT + 9 * len(drawing.title))


def _height(drawing: Drawing) -> int:
    return TOP + (1 + max(n.row for n in drawing.nodes)) * (HEIGHT + GAP_Y) + 10


def _x(column: int) -> int:
    return LEFT + column * (WIDTH + GAP_X)


def _y(row: int) -> int:
    return TOP + row * (HEIGHT + GAP_Y)


def _drawing(drawing: Drawing, number: int, language: str) -> Iterator[str]:
    yield f'<text class="title" x="{LEFT}" y="24">{escape(drawing.title)}</text>'
    for position, (name, first, last) in enumerate(drawing.bands):
        x, end = _x(first) - 10, _x(last) + WIDTH + 10
        if position % 2 == 0:
            yield f'<rect class="stripe" x="{x}" y="36" width="{end - x}" height="{_height(drawing) - 44}"/>'
        yield f'<text class="band" x="{_x(first)}" y="54">{escape(name)}</text>'
    at = {n.term: n for n in drawing.nodes}
    for edge in drawing.edges:
        if edge.source in at and edge.target in at:
            yield _edge(edge, at[edge.source], at[edge.target])
    for node in drawing.nodes:
        yield f'<g id="node-{number}-{node.column}-{node.row}">{"".join(_node(node, language))}</g>'


def _edge(edge: Edge, source: Node, target: Node) -> str:
    y1, y2 = (_y(n.row) + HEIGHT / 2 for n in (source, target))
    if source.column < target.column:
        x1, x2 = _x(source.column) + WIDTH, _x(target.column) - 2
        bend, over = (x1 + x2) / 2, (target.column - source.column - 1) and HEIGHT
        y1, y2 = (y1 - over / 4, y2 - over / 4)
        path = f"M{x1} {y1:g}C{bend:g} {y1 - over:g} {bend:g} {y2 - over:g} {x2} {y2:g}"
    else:  # back to a lower level: round below
        left, right = _x(source.column) + WIDTH / 2, _x(target.column) + WIDTH / 2
        low = max(y1, y2) + HEIGHT / 2 + GAP_Y - 4
        path = f"M{left:g} {y1 + HEIGHT / 2:g}C{left:g} {low:g} {right:g} {low:g} {right:g} {y2 + HEIGHT / 2 + 2:g}"
    return f'<path class="edge {edge.kind}" marker-end="url(#tip)" d="{path}"/>'


def _node(node: Node, language: str) -> Iterator[str]:
    """Held things are rounded with a thick line, what follows is dashed, what is missing is an octagon with a dotted line."""
    x, y = _x(node.column), _y(node.row)
    sign, *words = STATES[node.state]
    yield f"<title>{escape(node.label)} {escape(shown(terms.lexical(node.term)))}</title>"
    if node.state in ("missing", "lost"):
        c, r, b = 14, x + WIDTH, y + HEIGHT
        points = ((x + c, y), (r - c, y), (r, y + c), (r, b - c), (r - c, b), (x + c, b), (x, b - c), (x, y + c))
        yield f'<polygon class="node missing" points="{" ".join(f"{px},{py}" for px, py in points)}"/>'
    else:
        round_ = 22 if node.state == "held" else 3
        yield f'<rect class="node {node.state}" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="{round_}"/>'
    if node.is_target:
        yield f'<rect class="node" fill-opacity="0" x="{x - 5}" y="{y - 5}" width="{WIDTH + 10}" height="{HEIGHT + 10}" rx="6"/>'
    for line, text in enumerate(textwrap.wrap(node.label, 24, max_lines=2, placeholder="…")):
        yield f'<text x="{x + 14}" y="{y + 24 + 17 * line}">{escape(text)}</text>'
    star = f"{STATES['target'][0]} " if node.is_target and node.state != "target" else ""
    yield f'<text class="state" x="{x + 14}" y="{y + HEIGHT - 9}">{star}{sign} {words[LANGUAGES.index(language)]}</text>'


def as_html(drawings: Sequence[Drawing], text: str, language: str) -> str:
    """One page: the pictures, and everything that is said, with no scripts and nothing from outside."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(text.split(chr(10), 1)[0])}</title>'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width"><style>body{font:16px system-ui,sans-serif;margin:2rem}'
        "pre{white-space:pre-wrap;overflow-wrap:anywhere} figure{margin:0;overflow-x:auto}</style></head>"
        f"<body><figure>{as_svg(drawings, language)}</figure><pre>{escape(text)}</pre></body></html>\n"
    )


def _network(drawings: Sequence[Drawing]) -> nx.MultiDiGraph[str]:
    """All drawings in one network; a thing keeps the first state that it has."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for drawing in drawings:
        for node in drawing.nodes:
            name, level = terms.lexical(node.term), shown(node.band)
            if name not in graph:
                graph.add_node(name, label=shown(node.label), state=node.state, level=level, target=node.is_target)
        for edge in drawing.edges:
            graph.add_edge(terms.lexical(edge.source), terms.lexical(edge.target), edge.kind, kind=edge.kind)
    return graph


def as_graphml(drawings: Sequence[Drawing]) -> str:
    return network.as_graphml(_network(drawings))


def as_gexf(drawings: Sequence[Drawing]) -> str:
    return network.as_gexf(_network(drawings))


def as_mermaid(drawings: Sequence[Drawing], language: str) -> str:
    """A flowchart; shapes tell the states as in the other pictures."""
    lines = ["flowchart LR"]
    for number, drawing in enumerate(drawings):
        names = {n.term: f"n{number}_{position}" for position, n in enumerate(drawing.nodes)}
        for node in drawing.nodes:
            lines.append(f"  {names[node.term]}{_box(node, language)}")
        for edge in drawing.edges:
            if edge.source in names and edge.target in names:
                arrow = "-->" if edge.kind == "counts" else "-.->"
                lines.append(f"  {names[edge.source]} {arrow} {names[edge.target]}")
    return "\n".join(lines) + "\n"


def _box(node: Node, language: str) -> str:
    sign, *words = STATES[node.state]
    text = f"{sign} {_entities(node.label)}<br/>{words[LANGUAGES.index(language)]}"
    opening, closing = {"held": ("([", "])"), "missing": ("{{", "}}"), "stack": ("[[", "]]")}.get(
        node.state, ("[", "]")
    )
    return f'{opening}"{text}"{closing}'


def _entities(text: str) -> str:
    """Nothing in a label may end it or be read as markup."""
    return "".join(c if c.isalnum() or c in " .,:;-–()/…" else f"#{ord(c)};" for c in text)
