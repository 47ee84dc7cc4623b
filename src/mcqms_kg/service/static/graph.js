// The answer to a question as a graph: each row joins the things that stand in it. The table beside it says the same in words.
import cytoscape from "./vendor/cytoscape.js";
import { Graph, layout } from "./vendor/dagre.js";
import { colour, cut, font, given, onColours, showUndrawn } from "./drawing.js";

const WIDTH = 170;
const HEIGHT = 46;

function elements(rows, told) {
  const nodes = new Map();
  const edges = new Map();
  for (const row of rows) {
    const things = row.map((cell, place) => ({ ...cell, label: told[place] })).filter((cell) => cell.iri);
    for (const one of things) nodes.set(one.iri, { id: one.iri, label: cut(one.text, 52), to: one.to });
    things.slice(1).forEach((one, n) => {
      const source = things[n].iri;
      if (source !== one.iri) edges.set(`${source} ${one.iri}`, { source, target: one.iri, label: one.label });
    });
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

function placed({ nodes, edges }) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 14, ranksep: 70 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: WIDTH, height: HEIGHT });
  for (const edge of edges) graph.setEdge(edge.source, edge.target);
  layout(graph);
  return (id) => ({ x: graph.node(id).x, y: graph.node(id).y });
}

const look = () => [
  {
    selector: "node",
    style: {
      label: "data(label)", shape: "round-rectangle", width: WIDTH, height: HEIGHT, "text-wrap": "wrap",
      "text-max-width": WIDTH - 12, "text-valign": "center", "font-size": 11, "font-family": font(), color: colour("ink"),
      "background-color": colour("card"), "border-width": 1.5, "border-color": colour("accent"),
    },
  },
  {
    selector: "edge",
    style: {
      width: 1.5, "line-color": colour("edge"), "target-arrow-color": colour("edge"), "target-arrow-shape": "triangle",
      "curve-style": "bezier", label: "data(label)", "font-size": 9, color: colour("soft"), "text-background-color": colour("page"),
      "text-background-opacity": 1,
    },
  },
];

const { rows, columns } = given("rows");
const found = elements(rows, columns);
const figure = document.getElementById("drawn");
if (found.edges.length) {
  figure.hidden = false;
  const place = placed(found);
  const drawn = cytoscape({
    container: figure,
    elements: [...found.nodes, ...found.edges].map((data) => ({ data, position: data.source ? undefined : place(data.id) })),
    style: look(),
    layout: { name: "preset", fit: true, padding: 20 },
    maxZoom: 2,
  });
  drawn.on("tap", "node", (event) => location.assign(event.target.data("to")));
  onColours(() => drawn.style(look()));
} else {
  showUndrawn();
}
