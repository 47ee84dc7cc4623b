// The rows of an answer as a table that is sorted, filtered and turned page by page; everything is made here, nothing is asked again.
import { made } from "./drawing.js";

const HOME = "https://w3id.org/mcqms/";
const ON_A_PAGE = [50, 200, 1000];
const NUMBERS = /#(integer|decimal|double|float|int|long|short|byte|(non)?(negative|positive)Integer)$/i;

function shortened(iri, prefixes) {
  for (const [prefix, space] of Object.entries(prefixes)) {
    const rest = iri.slice(space.length);
    if (iri.startsWith(space) && rest && !/[/#]/.test(rest)) return `${prefix}:${rest}`;
  }
  return iri;
}

function pageOf(iri) {
  if (iri.startsWith(`${HOME}ns#`)) return `/ns/${iri.slice(HOME.length + 3)}`;
  if (iri.startsWith(HOME) && !iri.includes("#")) return `/${iri.slice(HOME.length)}`;
  return `/thing?${new URLSearchParams({ of: iri })}`;
}

const isNumber = (value) => value?.type === "literal" && NUMBERS.test(value.datatype ?? "") && !Number.isNaN(Number(value.value));

function cell(value, prefixes) {
  if (!value) return made("td");
  if (value.type === "uri") {
    const box = made("td");
    box.append(made("a", shortened(value.value, prefixes), { href: pageOf(value.value), title: value.value }));
    return box;
  }
  const box = made("td", value.type === "bnode" ? `_:${value.value}` : value.value, isNumber(value) ? { class: "right" } : {});
  if (value["xml:lang"]) box.lang = value["xml:lang"];
  return box;
}

function compared(one, other) {
  if (!one || !other) return (one ? 0 : 1) - (other ? 0 : 1);
  if (isNumber(one) && isNumber(other)) return Number(one.value) - Number(other.value);
  return one.value < other.value ? -1 : one.value > other.value ? 1 : 0;
}

class Rows {
  constructor({ head, results }, words, prefixes) {
    this.names = head.vars;
    this.every = results.bindings;
    this.words = words;
    this.prefixes = prefixes;
    this.order = { name: "", down: false };
    this.filter = "";
    this.size = ON_A_PAGE[0];
    this.page = 0;
    this.body = made("tbody");
    this.told = made("span", "", { role: "status" });
  }

  fitting() {
    const wanted = this.filter.toLowerCase();
    const text = (row) => this.names.map((name) => row[name] && `${row[name].value} ${shortened(row[name].value, this.prefixes)}`).join(" ").toLowerCase();
    const found = wanted ? this.every.filter((row) => text(row).includes(wanted)) : [...this.every];
    const { name, down } = this.order;
    return name ? found.sort((one, other) => compared(one[name], other[name]) * (down && one[name] && other[name] ? -1 : 1)) : found;
  }

  show() {
    const found = this.fitting();
    const pages = Math.max(1, Math.ceil(found.length / this.size));
    this.page = Math.min(this.page, pages - 1);
    const first = this.page * this.size;
    const part = found.slice(first, first + this.size);
    this.body.replaceChildren(...part.map((row) => this.line(row)));
    const [from, to] = [part.length ? first + 1 : 0, first + part.length];
    this.told.textContent = this.words.range.replace("{first}", from).replace("{last}", to).replace("{total}", found.length);
    this.before.disabled = this.page === 0;
    this.after.disabled = this.page >= pages - 1;
  }

  line(row) {
    const found = made("tr");
    found.append(...this.names.map((name) => cell(row[name], this.prefixes)));
    return found;
  }

  heading(name) {
    const head = made("th", "", { scope: "col", "aria-sort": "none" });
    const box = made("div", "", { class: "wide-as-drawn" });
    const button = made("button", name, { type: "button", class: "sorts" });
    button.addEventListener("click", () => {
      this.order = { name, down: this.order.name === name && !this.order.down };
      for (const other of head.parentElement.children) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", this.order.down ? "descending" : "ascending");
      this.show();
    });
    box.append(button);
    head.append(box);
    return head;
  }

  tools() {
    const line = made("div", "", { class: "filters rows-tools" });
    const filter = made("label", this.words.filter);
    const field = filter.appendChild(made("input", "", { type: "search" }));
    field.addEventListener("input", () => this.turn({ filter: field.value, page: 0 }));
    const size = made("label", this.words.size);
    const choice = size.appendChild(made("select"));
    choice.append(...ON_A_PAGE.map((one) => made("option", one, { value: one })));
    choice.addEventListener("change", () => this.turn({ size: Number(choice.value), page: 0 }));
    this.before = made("button", this.words.previous, { type: "button", class: "quiet" });
    this.after = made("button", this.words.next, { type: "button", class: "quiet" });
    this.before.addEventListener("click", () => this.turn({ page: this.page - 1 }));
    this.after.addEventListener("click", () => this.turn({ page: this.page + 1 }));
    line.append(filter, size, this.before, this.after, this.told);
    return line;
  }

  turn(changed) {
    Object.assign(this, changed);
    this.show();
  }
}

export function rowsTable(answer, words, prefixes) {
  const rows = new Rows(answer, words, prefixes);
  const table = made("table", "", { class: "results sorted" });
  table.createTHead().insertRow().append(...rows.names.map((name) => rows.heading(name)));
  table.append(rows.body);
  const box = made("div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": words.answer });
  box.append(table);
  const tools = rows.tools();
  rows.show();
  return [tools, box];
}
