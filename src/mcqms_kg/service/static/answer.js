// The answer of `/sparql` as a page shows it: rows, yes or no, statements, or why there is none.
const MOST = 500;
const SHOWN = "application/sparql-results+json, text/turtle;q=0.9";
const FILES = { rows: { CSV: "text/csv", JSON: "application/sparql-results+json" }, statements: { Turtle: "text/turtle", "N-Triples": "application/n-triples" } };
const ENDINGS = { CSV: "csv", JSON: "json", Turtle: "ttl", "N-Triples": "nt" };

function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function asked(query, accept, token) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  if (token) headers["X-Form-Token"] = token;
  return fetch("/sparql", { method: "POST", headers, body: query });
}

function cell(value) {
  if (!value) return made("td");
  const box = made("td", value.type === "uri" ? "" : value.value);
  if (value["xml:lang"]) box.lang = value["xml:lang"];
  if (value.type === "uri") box.append(made("a", value.value, { href: `/thing?${new URLSearchParams({ of: value.value })}` }));
  return box;
}

function rowsTable({ head, results }, words) {
  const table = made("table", "", { class: "results" });
  const top = table.createTHead().insertRow();
  top.append(...head.vars.map((name) => made("th", name, { scope: "col" })));
  const body = table.createTBody();
  for (const row of results.bindings.slice(0, MOST)) body.insertRow().append(...head.vars.map((name) => cell(row[name])));
  const box = made("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.answer });
  box.append(table);
  return box;
}

function files(query, kind, words) {
  const line = made("p", `${words.download}: `, { class: "row" });
  for (const [name, accept] of Object.entries(FILES[kind])) {
    const button = made("button", name, { type: "button", class: "quiet" });
    button.addEventListener("click", async () => {
      const answer = await asked(query, accept, words.token);
      const link = made("a", "", { href: URL.createObjectURL(await answer.blob()), download: `answer.${ENDINGS[name]}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    line.append(button);
  }
  return line;
}

function heading(words, told) {
  const title = made("h2", `${words.answer} `);
  title.append(made("span", told, { class: "soft" }));
  return title;
}

function refusal(problem, words) {
  const box = made("div", "", { class: "notice bad", role: "alert" });
  const place = problem.line ? ` (${problem.line}${problem.column ? `:${problem.column}` : ""})` : "";
  box.append(made("h2", words.refused), made("p", `${problem.detail ?? problem.title ?? ""}${place}`, { lang: "en" }));
  return box;
}

async function parts(query, words) {
  const answer = await asked(query, SHOWN, words.token);
  const kind = answer.headers.get("content-type") ?? "";
  if (!answer.ok) return [refusal(kind.includes("json") ? await answer.json() : { title: answer.statusText }, words)];
  if (!kind.includes("json")) {
    const text = made("pre", "", { tabindex: "0" });
    text.append(made("code", await answer.text()));
    return [heading(words, ""), text, files(query, "statements", words)];
  }
  const found = await answer.json();
  if ("boolean" in found) return [heading(words, ""), made("p", found.boolean ? words.yes : words.no, { class: "big" })];
  const total = found.results.bindings.length;
  if (!total) return [heading(words, ""), made("p", words.empty)];
  const told = words.rows.replace("{shown}", Math.min(total, MOST)).replace("{total}", total);
  return [heading(words, told), rowsTable(found, words), files(query, "rows", words)];
}

export async function fillAnswer(place, query, words) {
  try {
    place.replaceChildren(...(await parts(query, words)));
  } catch (problem) {
    place.replaceChildren(refusal({ detail: problem.message }, words));
  }
}
