// The answer of `/sparql` as a page shows it: rows, yes or no, statements, or why there is none; and the answer as it was sent.
import { made } from "./drawing.js";
import { rowsTable } from "./rows.js";

const SHOWN = "application/sparql-results+json, text/turtle;q=0.9";
const LONGEST = 20_000;
const FILES = {
  rows: { CSV: ["text/csv", "csv"], TSV: ["text/tab-separated-values", "tsv"], JSON: ["application/sparql-results+json", "json"], XML: ["application/sparql-results+xml", "xml"] },
  statements: { Turtle: ["text/turtle", "ttl"], "N-Triples": ["application/n-triples", "nt"], "JSON-LD": ["application/ld+json", "jsonld"], "RDF/XML": ["application/rdf+xml", "rdf"] },
};

function asked(query, accept, token) {
  const headers = { "Content-Type": "application/sparql-query", Accept: accept };
  if (token) headers["X-Form-Token"] = token;
  return fetch("/sparql", { method: "POST", headers, body: query });
}

function files(query, kind, words) {
  const line = made("p", `${words.download}: `, { class: "row" });
  for (const [name, [accept, ending]] of Object.entries(FILES[kind])) {
    const button = made("button", name, { type: "button", class: "quiet" });
    button.addEventListener("click", async () => {
      const answer = await asked(query, accept, words.token);
      const link = made("a", "", { href: URL.createObjectURL(await answer.blob()), download: `answer.${ending}` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
    line.append(button);
  }
  return line;
}

function written(text) {
  const box = made("pre", "", { tabindex: "0" });
  box.append(made("code", text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text));
  return box;
}

function raw(text, words) {
  const box = made("details");
  box.append(made("summary", words.raw), written(text));
  return box;
}

function heading(words, told) {
  const title = made("h2", `${words.answer} `);
  title.append(made("span", told, { class: "soft" }));
  return title;
}

function refusal(problem, words) {
  const box = made("div", "", { class: "notice bad", role: "alert" });
  const place = problem.line ? ` (${problem.line}${problem.column ? `:${problem.column}` : ""})` : "";
  box.append(made("h2", words.refused), made("p", `${problem.detail ?? problem.title ?? ""}${place}`, { lang: problem.language ?? "en" }));
  return box;
}

async function parts(query, words, prefixes, wrong) {
  const answer = await asked(query, SHOWN, words.token);
  const kind = answer.headers.get("content-type") ?? "";
  const text = await answer.text();
  if (!answer.ok) {
    const problem = kind.includes("json") ? JSON.parse(text) : { title: answer.statusText };
    if (problem.line) wrong(problem.line, problem.column ?? 1);
    return [refusal(problem, words)];
  }
  if (!kind.includes("json")) return [heading(words, ""), written(text), files(query, "statements", words)];
  const found = JSON.parse(text);
  if ("boolean" in found) return [heading(words, ""), made("p", found.boolean ? words.yes : words.no, { class: "big" }), raw(text, words)];
  const total = found.results.bindings.length;
  if (!total) return [heading(words, ""), made("p", words.empty), raw(text, words)];
  return [heading(words, words.rows.replace("{total}", total)), ...rowsTable(found, words, prefixes), files(query, "rows", words), raw(text, words)];
}

export async function fillAnswer(place, query, words, prefixes, wrong) {
  try {
    place.replaceChildren(...(await parts(query, words, prefixes, wrong)));
  } catch (problem) {
    place.replaceChildren(refusal({ detail: problem.message }, words));
  }
}
