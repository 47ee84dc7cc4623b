// The picture of a pathway as a file: SVG and PNG to look at, GraphML for programs.
import { HEIGHT, WIDTH } from "./pathway-layout.js";
import { colour, cut, font } from "./drawing.js";

const escaped = (text) => String(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function download(content, type, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function line(edge, shown, places) {
  const from = places.get(edge.source);
  const to = places.get(edge.target);
  const dash = { first: "8 5", substitutes: "2 4", "off-ramp": "10 4 2 4" }[edge.how];
  const middle = (from.x + to.x) / 2;
  const path = `M${from.x + WIDTH / 2} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x - WIDTH / 2} ${to.y}`;
  return `<path d="${path}" fill="none" stroke="${colour("edge")}" stroke-width="1.5"${dash ? ` stroke-dasharray="${dash}"` : ""} marker-end="url(#end)"><title>${escaped(shown.how[edge.how])}</title></path>`;
}

function box(node, shown, place) {
  const outline = { held: ["conformant", 3, ""], missing: ["nonconformant", 2, "6 4"], target: ["accent", 3, ""], learn: ["accent", 2, ""], stack: ["accent", 4, ""] };
  const [name, width, dash] = outline[node.state] ?? ["edge", 1, ""];
  const text = escaped(cut(`${shown.signs[node.state]} ${node.label}`, 32));
  return `<g><title>${escaped(`${node.label}, ${shown.states[node.state]}`)}</title><rect x="${place.x - WIDTH / 2}" y="${place.y - HEIGHT / 2}" width="${WIDTH}" height="${HEIGHT}" rx="${node.state === "target" ? 20 : 6}" fill="${colour("card")}" stroke="${colour(name)}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}/><text x="${place.x}" y="${place.y + 4}" text-anchor="middle">${text}</text></g>`;
}

export function svg(nodes, edges, shown, places, heads, headName) {
  const all = [...places.values(), ...heads];
  const left = Math.min(...all.map((p) => p.x)) - WIDTH;
  const top = Math.min(...all.map((p) => p.y)) - HEIGHT;
  const width = Math.max(...all.map((p) => p.x)) + WIDTH - left;
  const height = Math.max(...all.map((p) => p.y)) + HEIGHT - top;
  const titles = heads.map((head) => `<text x="${head.x}" y="${head.y}" text-anchor="middle" font-weight="bold">${escaped(headName(head.column))}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" font-family="${escaped(font())}" font-size="11" fill="${colour("ink")}"><defs><marker id="end" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" fill="${colour("edge")}"/></marker></defs><rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${colour("page")}"/>${titles.join("")}${edges.map((edge) => line(edge, shown, places)).join("")}${nodes.map((node) => box(node, shown, places.get(node.iri))).join("")}</svg>`;
}

export function graphml(nodes, edges) {
  const keys = ["label", "kind", "state", "column", "level", "provider", "hours", "credits"];
  const declared = [...keys.map((key) => `<key id="${key}" for="node" attr.name="${key}" attr.type="string"/>`), '<key id="how" for="edge" attr.name="how" attr.type="string"/>', '<key id="units" for="edge" attr.name="units" attr.type="int"/>'];
  const drawn = nodes.map((node) => `<node id="${escaped(node.iri)}">${keys.filter((key) => node[key]).map((key) => `<data key="${key}">${escaped(node[key])}</data>`).join("")}</node>`);
  const lines = edges.map((edge) => `<edge source="${escaped(edge.source)}" target="${escaped(edge.target)}"><data key="how">${escaped(edge.how)}</data>${edge.units ? `<data key="units">${edge.units}</data>` : ""}</edge>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${declared.join("\n")}\n<graph edgedefault="directed">\n${[...drawn, ...lines].join("\n")}\n</graph>\n</graphml>\n`;
}
