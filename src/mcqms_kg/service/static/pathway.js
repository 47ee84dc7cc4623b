// The pathway explorer: draws what the list below it says, grows where it is asked to, and keeps picture, list and keyboard in step.
import cytoscape from "./vendor/cytoscape.js";
import { colour, cut, font, given, isStill, onColours } from "./drawing.js";
import { HEIGHT, WIDTH, places } from "./pathway-layout.js";
import { addRow, markRow } from "./pathway-list.js";
import { download, graphml, svg } from "./pathway-save.js";

const MANY = 500;
const LEGIBLE = 0.75;
const drawn = given("drawn");
const words = drawn.words;
const nodes = new Map(drawn.nodes.map((node) => [node.iri, node]));
const edges = new Map(drawn.edges.map((edge) => [`${edge.source} ${edge.target} ${edge.how}`, edge]));
const place = document.getElementById("picture-place");
const spoken = document.getElementById("spoken");
let laid;
let current = "";

const columnName = (column) => words[column] ?? words.level.replace("{number}", column.replace("level-", ""));
const columns = () => {
  const order = (column) => (column === "start" ? -1 : column === "occupation" ? 1e6 : Number(column.replace("level-", "")));
  return [...new Set([...nodes.values()].map((node) => node.column))].sort((a, b) => order(a) - order(b));
};

const counted = (forms, n) => (n === 1 ? forms.one : forms.more.replace("{n}", n));

function shownName(node) {
  if (node.group) return `${cut(node.label, 30)}\n${counted(words.group, node.group)}`;
  return drawn.isAsked ? `${words.signs[node.state]} ${cut(node.label, 44)}` : cut(node.label, 46);
}

const outline = (name, width, style = "solid") => ({ "border-color": colour(name), "border-width": width, "border-style": style });

// So many things stay smooth where they are plain boxes, and only the lines of the one that is chosen are drawn.
const SIMPLE = [
  { selector: "node", style: { shape: "rectangle" } },
  { selector: "edge", style: { display: "none", "curve-style": "straight" } },
];

function look() {
  const small = nodes.size > MANY;
  return [
    { selector: "node", style: { label: "data(name)", shape: "round-rectangle", width: WIDTH, height: HEIGHT, "text-wrap": "wrap", "text-max-width": WIDTH - 14, "text-valign": "center", "font-size": 11, "font-family": font(), color: colour("ink"), "background-color": colour("card"), "min-zoomed-font-size": 5, ...outline("edge", 1) } },
    { selector: ".held", style: outline("conformant", 3) },
    { selector: ".learn", style: outline("accent", 2) },
    { selector: ".stack", style: outline("accent", 5, "double") },
    { selector: ".missing", style: outline("nonconformant", 2, "dashed") },
    { selector: ".target", style: { ...outline("accent", 3), "border-style": "solid", shape: "round-rectangle", "corner-radius": 22 } },
    { selector: ".group", style: { ...outline("edge", 4, "double"), "background-color": colour("tint") } },
    { selector: ".head", style: { "background-opacity": 0, "border-width": 0, "font-size": 15, "font-weight": "bold", color: colour("soft"), events: "no" } },
    { selector: "edge", style: { width: 1.5, "line-color": colour("edge"), "target-arrow-color": colour("edge"), "target-arrow-shape": "triangle", "arrow-scale": 0.8, "curve-style": "taxi", "taxi-direction": "horizontal", "taxi-turn": "50%" } },
    ...(small ? SIMPLE : []),
    { selector: ".first", style: { "line-style": "dashed" } },
    { selector: ".substitutes, .off-ramp", style: { "line-style": "dotted" } },
    { selector: ".covers", style: { width: 2.5 } },
    { selector: ".chosen", style: { "background-color": colour("accent-soft"), "border-color": colour("accent"), "border-width": 4 } },
    { selector: "edge.near", style: { display: "element", "line-color": colour("accent"), "target-arrow-color": colour("accent"), width: 3, "z-index": 9 } },
  ];
}

function elements() {
  laid = places([...nodes.values()], [...edges.values()], columns());
  return [
    ...[...nodes.values()].map((node) => ({ data: { id: node.iri, name: shownName(node) }, position: laid.found.get(node.iri), classes: node.group ? "group" : node.state })),
    ...laid.heads.map(({ column, x, y }) => ({ data: { id: `head ${column}`, name: columnName(column) }, position: { x, y }, classes: "head", selectable: false, grabbable: false })),
    ...[...edges].filter(([, edge]) => nodes.has(edge.source) && nodes.has(edge.target)).map(([id, edge]) => ({ data: { id, source: edge.source, target: edge.target }, classes: edge.how })),
  ];
}

place.hidden = false;
document.getElementById("tools").hidden = false;
document.getElementById("keys").hidden = false;
document.getElementById("many").hidden = nodes.size <= MANY;
const big = nodes.size > MANY;
const picture = cytoscape({ container: place, elements: elements(), style: look(), layout: { name: "preset", fit: true, padding: 24 }, minZoom: 0.03, maxZoom: 2.5, boxSelectionEnabled: false, autoungrabify: true, textureOnViewport: big, pixelRatio: big ? 1 : "auto" });

// As high as it needs, and never so small that names cannot be read: then it begins at the left, or at what is chosen.
function settle() {
  const { h } = picture.elements().boundingBox();
  place.style.height = `${Math.min(innerHeight * 0.72, Math.max(260, h + 60))}px`;
  picture.resize();
  picture.fit(undefined, 24);
  if (picture.zoom() > 1) picture.zoom(1);
  if (picture.zoom() >= LEGIBLE || nodes.size > MANY) return picture.center();
  picture.zoom(LEGIBLE);
  const begin = picture.getElementById(current);
  const { x1, y1, h: tall } = picture.elements().boundingBox();
  if (begin.nonempty()) picture.center(begin);
  else picture.pan({ x: 24 - x1 * LEGIBLE, y: Math.max(24 - y1 * LEGIBLE, place.clientHeight / 2 - (y1 + tall / 2) * LEGIBLE) });
}

function redraw(kept) {
  const before = kept && laid.found.get(kept);
  picture.batch(() => {
    picture.elements().remove();
    picture.add(elements());
  });
  const after = kept && laid.found.get(kept);
  if (before && after) picture.panBy({ x: (before.x - after.x) * picture.zoom(), y: (before.y - after.y) * picture.zoom() });
  document.getElementById("shown").textContent = counted(words.shown, nodes.size);
}

function told(node) {
  const out = [...edges.values()].filter((edge) => edge.source === node.iri && nodes.has(edge.target));
  const into = [...edges.values()].filter((edge) => edge.target === node.iri && nodes.has(edge.source));
  const named = (list, end) => list.slice(0, 5).map((edge) => `${words.how[edge.how]} ${nodes.get(edge[end]).label}`).join(", ");
  const parts = [node.label, node.group ? counted(words.group, node.group) : drawn.isAsked ? words.states[node.state] : "", columnName(node.column)].filter(Boolean);
  if (out.length) parts.push(named(out, "target"));
  if (into.length) parts.push(`${words.comes} ${into.slice(0, 5).map((edge) => nodes.get(edge.source).label).join(", ")}`);
  return parts.join("; ");
}

function choose(iri, { follow = true } = {}) {
  const node = nodes.get(iri);
  if (!node) return;
  current = iri;
  picture.batch(() => {
    picture.elements(".chosen, .near").removeClass("chosen near");
    const element = picture.getElementById(iri);
    element.addClass("chosen").connectedEdges().addClass("near");
  });
  if (follow) picture.animate({ center: { eles: picture.getElementById(iri) }, duration: isStill() ? 0 : 150 });
  markRow(iri);
  spoken.textContent = told(node);
}

function take(found) {
  let added = 0;
  for (const node of found.nodes) {
    if (nodes.has(node.iri)) continue;
    nodes.set(node.iri, node);
    addRow(node, words, found.kinds, columnName);
    added += 1;
  }
  for (const edge of found.edges) edges.set(`${edge.source} ${edge.target} ${edge.how}`, edge);
  return added;
}

async function grow(iri) {
  const node = nodes.get(iri);
  const [provider, level] = iri.split(" ");
  const address = node?.group ? `/pathway/members?${new URLSearchParams(level ? { provider, level } : { provider })}` : `/pathway/links?${new URLSearchParams({ of: iri })}`;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const added = take(await answer.json());
    if (node?.group) nodes.delete(iri);
    redraw(node?.group ? "" : iri);
    if (node?.group) settle();
    else choose(iri);
    spoken.textContent = added ? words.grown : words["none-more"];
  } catch {
    spoken.textContent = words.failed;
  }
}

function next(key) {
  const here = laid.found.get(current);
  if (!here) return nodes.keys().next().value;
  const across = key === "ArrowLeft" || key === "ArrowRight";
  const sign = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
  let best = "";
  let least = Infinity;
  for (const [iri, { x, y }] of laid.found) {
    const along = (across ? x - here.x : y - here.y) * sign;
    const aside = Math.abs(across ? y - here.y : x - here.x);
    if (along > 5 && along + aside * 3 < least) [best, least] = [iri, along + aside * 3];
  }
  return best || current;
}

const ACTIONS = {
  fit: () => picture.animate({ fit: { padding: 24 }, duration: isStill() ? 0 : 150 }),
  larger: () => picture.zoom({ level: picture.zoom() * 1.3, renderedPosition: { x: place.clientWidth / 2, y: place.clientHeight / 2 } }),
  smaller: () => picture.zoom({ level: picture.zoom() / 1.3, renderedPosition: { x: place.clientWidth / 2, y: place.clientHeight / 2 } }),
  png: async () => download(await picture.png({ full: true, scale: nodes.size > MANY ? 0.5 : 2, output: "blob-promise", bg: colour("page"), maxWidth: 8000, maxHeight: 8000 }), "image/png", "pathway.png"),
  svg: () => download(svg([...nodes.values()], known(), words, laid.found, laid.heads, columnName), "image/svg+xml", "pathway.svg"),
  graphml: () => download(graphml([...nodes.values()], known()), "application/graphml+xml", "pathway.graphml"),
};
const known = () => [...edges.values()].filter((edge) => nodes.has(edge.source) && nodes.has(edge.target));
const KEYS = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit" };

picture.on("tap", "node", (event) => choose(event.target.id(), { follow: false }));
picture.on("dbltap", "node", (event) => grow(event.target.id()));
place.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) choose(next(event.key));
  else if (event.key === "Enter" && current) grow(current);
  else if (KEYS[event.key]) ACTIONS[KEYS[event.key]]();
  else return;
  event.preventDefault();
});
document.getElementById("tools").addEventListener("click", (event) => ACTIONS[event.target.dataset.do]?.());
document.getElementById("things").addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-iri]");
  if (!row) return;
  if (event.target.closest(".grow")) {
    event.preventDefault();
    grow(row.dataset.iri);
  } else if (!event.target.closest("a")) choose(row.dataset.iri);
});
document.getElementById("things").addEventListener("focusin", (event) => {
  const row = event.target.closest("tr[data-iri]");
  if (row) choose(row.dataset.iri);
});
onColours(() => picture.style(look()));
const first = [...nodes.values()].find((node) => node.state === "target") ?? [...nodes.values()].find((node) => node.state === "held");
if (first) choose(first.iri, { follow: false });
settle();
window.pathway = picture;
