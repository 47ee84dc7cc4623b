// The SPARQL editor: completes terms of our ontology alone, asks `/sparql` here, and shows what comes back.
import Yasqe from "./vendor/yasqe.js";
import { fillAnswer } from "./answer.js";

const form = document.getElementById("asking");
const field = document.getElementById("query");
const known = fetch("/query/terms").then((answer) => (answer.ok ? answer.json() : { prefixes: {}, terms: [] }));

function fits(text, one) {
  const wanted = text.toLowerCase();
  return one.name.toLowerCase().includes(wanted) || one.iri.toLowerCase().startsWith(wanted) || one.label.toLowerCase().includes(wanted);
}

Yasqe.registerAutocompleter({
  name: "ontology",
  bulk: false,
  autoShow: false,
  isValidCompletionPosition: (editor) => !/^[?$"'#]/.test(editor.getCompleteToken().string),
  get: async (_, token) => {
    const { terms } = await known;
    const text = (token?.string ?? "").trim().replace(/^<|>$/g, "");
    return terms.filter((one) => fits(text, one)).map((one) => one.name).slice(0, 100);
  },
});
Yasqe.prototype.showNotification = () => {}; // its hint is in English only; ours stands below the editor
Yasqe.defaults.autocompleters = ["variables", "ontology"];

function begin() {
  const place = document.createElement("div");
  field.before(place);
  const editor = new Yasqe(place, {
    value: field.value,
    persistenceId: null,
    showQueryButton: false,
    createShareableLink: null,
    resizeable: false,
    editorHeight: "auto",
    consumeShareLink: null,
    requestConfig: { endpoint: "/sparql" },
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": ask, "Cmd-Enter": ask },
  });
  editor.setValue(field.value);
  editor.getInputField().setAttribute("aria-label", form.dataset.editor);
  editor.getInputField().setAttribute("aria-describedby", "keys");
  field.hidden = true;
  document.querySelector('label[for="query"]').hidden = true;
  document.getElementById("keys").hidden = false;
  return editor;
}

async function ask() {
  const progress = document.getElementById("progress");
  progress.textContent = form.dataset.running;
  const { prefixes } = await known;
  unmark();
  await fillAnswer(document.getElementById("answer"), editor.getValue(), form.dataset, prefixes, mark);
  progress.textContent = "";
}

let marked = null;

function unmark() {
  if (marked !== null) editor.removeLineClass(marked, "wrap", "wrong");
  marked = null;
}

function mark(line, column) {
  marked = editor.addLineClass(line - 1, "wrap", "wrong");
  editor.setCursor(line - 1, column - 1);
  editor.scrollIntoView({ line: line - 1, ch: column - 1 }, 60);
}

const editor = begin();
editor.on("change", unmark);
new MutationObserver(() => {
  document.querySelector(".CodeMirror-hints")?.setAttribute("aria-label", form.dataset.hints);
}).observe(document.body, { childList: true });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
