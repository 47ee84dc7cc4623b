// What drawings have in common: the colours of the page, and how text is cut.
const style = () => getComputedStyle(document.documentElement);

export const colour = (name) => style().getPropertyValue(`--${name}`).trim();
export const font = () => getComputedStyle(document.body).fontFamily;
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
export const given = (id) => JSON.parse(document.getElementById(id).textContent);

export function showUndrawn() {
  document.getElementById("undrawn").hidden = false;
}

export function onColours(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

export function made(name, text = "", attributes = {}) {
  const element = document.createElement(name);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
