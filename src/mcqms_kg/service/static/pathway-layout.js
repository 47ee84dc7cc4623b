// Where each thing of a pathway stands: columns by level from left to right; within a column so that lines cross little.
import { Graph, layout } from "./vendor/dagre.js";

export const WIDTH = 190;
export const HEIGHT = 46;
const GAP_X = 90;
const GAP_Y = 14;
const FEW = 250;
const ROWS = 40;
const SWEEPS = 6;
const DEEP = 4;

function byDagre(nodes, edges) {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: GAP_Y, ranksep: GAP_X });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.iri, { width: WIDTH, height: HEIGHT });
  for (const edge of edges) graph.setEdge(edge.source, edge.target);
  layout(graph);
  return new Map(nodes.map((node) => [node.iri, graph.node(node.iri).y]));
}

// Dagre takes too long for very many; then each thing goes to the mean height of what it is joined to, some times over.
function byMeans(nodes, edges, columns) {
  const height = new Map();
  for (const column of columns) {
    nodes.filter((node) => node.column === column).forEach((node, n) => height.set(node.iri, n));
  }
  const joined = new Map(nodes.map((node) => [node.iri, []]));
  for (const { source, target } of edges) {
    joined.get(source)?.push(target);
    joined.get(target)?.push(source);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const [iri, others] of joined) {
      if (others.length) height.set(iri, others.reduce((sum, other) => sum + height.get(other), 0) / others.length);
    }
  }
  return height;
}

// What leads to another thing of the same level stands to its left: the longest way inside the column, for a few steps.
function steps(inside, edges) {
  const step = new Map(inside.map((node) => [node.iri, 0]));
  const within = edges.filter((edge) => step.has(edge.source) && step.has(edge.target));
  for (let round = 0; round < DEEP; round++) {
    for (const { source, target } of within) {
      if (step.get(target) <= step.get(source) && step.get(source) < DEEP) step.set(target, step.get(source) + 1);
    }
  }
  return step;
}

function strips(inside, edges, height) {
  const step = steps(inside, edges);
  const found = [];
  for (const at of [...new Set(step.values())].sort((a, b) => a - b)) {
    const here = inside.filter((node) => step.get(node.iri) === at).sort((a, b) => height.get(a.iri) - height.get(b.iri));
    const tall = Math.ceil(here.length / Math.ceil(here.length / ROWS));
    for (let first = 0; first < here.length; first += tall) found.push({ part: here.slice(first, first + tall), isNext: first > 0 });
  }
  return found;
}

export function places(nodes, edges, columns) {
  const height = nodes.length <= FEW ? byDagre(nodes, edges) : byMeans(nodes, edges, columns);
  const found = new Map();
  const heads = [];
  let x = 0;
  for (const column of columns) {
    const begin = x;
    let last = x;
    for (const { part, isNext } of strips(nodes.filter((node) => node.column === column), edges, height)) {
      if (isNext) x += GAP_Y - GAP_X / 2;
      const top = -(part.length * (HEIGHT + GAP_Y)) / 2;
      part.forEach((node, n) => found.set(node.iri, { x, y: top + n * (HEIGHT + GAP_Y) }));
      last = x;
      x += WIDTH + GAP_X / 2;
    }
    heads.push({ column, x: (begin + last) / 2 });
    x += GAP_X / 2;
  }
  const first = Math.min(0, ...[...found.values()].map((place) => place.y));
  return { found, heads: heads.map((head) => ({ ...head, y: first - HEIGHT * 1.4 })) };
}
