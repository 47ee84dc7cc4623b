// Fields in which a thing is chosen by its name: the names that fit what was typed are offered as a list.
const WAIT = 200;
const SHORTEST = 2;

async function choices(field, text) {
  const answer = await fetch(`/thing/choices?${new URLSearchParams({ field, text })}`);
  return answer.ok ? answer.json() : [];
}

function offered(found) {
  const known = new Map();
  for (const one of found) {
    const shown = known.has(one.label) ? `${one.label} – ${one.notation || one.iri}` : one.label;
    known.set(shown, one);
  }
  return known;
}

function fill(list, known) {
  list.replaceChildren(
    ...[...known].map(([value, one]) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = one.kindName;
      return option;
    }),
  );
}

export function enhance(input) {
  const was = input.parentElement.querySelector(`[name="${CSS.escape(`${input.name}.was`)}"]`);
  const list = document.createElement("datalist");
  list.id = `${input.id}-list`;
  input.after(list);
  input.setAttribute("list", list.id);
  let known = new Map();
  let timer = 0;
  let asked = "";
  input.addEventListener("input", () => {
    const chosen = known.get(input.value);
    was.value = chosen ? chosen.iri : "";
    if (chosen) {
      input.value = chosen.label;
      input.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: chosen }));
      return;
    }
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < SHORTEST) return;
    timer = setTimeout(async () => {
      asked = text;
      const found = await choices(input.dataset.pick, text);
      if (asked !== text) return;
      known = offered(found);
      fill(list, known);
    }, WAIT);
  });
}

document.querySelectorAll("input[data-pick]").forEach(enhance);
