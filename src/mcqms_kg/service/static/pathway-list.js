// The list below the picture of a pathway: marks what is chosen, and takes in what is added.
const body = document.getElementById("things");

function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

export function markRow(iri) {
  body.querySelector("tr.chosen")?.classList.remove("chosen");
  const row = body.querySelector(`tr[data-iri="${CSS.escape(iri)}"]`);
  row?.classList.add("chosen");
  return row;
}

function section(column, columnName) {
  const known = body.querySelector(`tbody[data-column="${CSS.escape(column)}"]`);
  if (known) return known;
  const order = (name) => (name === "start" ? -1 : name === "occupation" ? 1e6 : Number(name.replace("level-", "")));
  const added = made("tbody", "", { "data-column": column });
  const head = made("tr", "", { class: "column" });
  head.append(made("th", columnName(column), { colspan: "7", scope: "rowgroup" }));
  added.append(head);
  const after = [...body.tBodies].find((one) => order(one.dataset.column) > order(column));
  body.insertBefore(added, after ?? null);
  return added;
}

export function addRow(node, words, kinds, columnName) {
  const row = made("tr", "", { "data-iri": node.iri, class: `state ${node.state}` });
  const headings = [...body.tHead.rows[0].cells].map((one) => one.textContent);
  const state = made("td");
  state.append(made("span", words.signs[node.state], { class: "sign", "aria-hidden": "true" }), ` ${words.states[node.state]}`);
  const name = made("td");
  name.append(made("a", node.label, { href: node.to, title: node.iri }));
  const more = made("td");
  const here = new URL(location.href);
  here.searchParams.append("grow", node.iri);
  more.append(made("a", words.grow, { class: "grow", href: here.pathname + here.search }));
  row.append(state, name, made("td", kinds[node.kind] ?? ""), made("td", node.provider, { class: "wide-only" }), made("td", node.hours, { class: "right", "data-label": headings[4] }), made("td", node.credits, { class: "right", "data-label": headings[5] }), more);
  section(node.column, columnName).append(row);
}
