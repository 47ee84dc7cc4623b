// Filters the page, and opens what a link points at. The page reads without it.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const count = form.querySelector(".count");
  const items = [...document.querySelectorAll("[data-item]")];
  const groups = [...document.querySelectorAll("[data-group]")].reverse();
  const openedByFilter = new Set();

  const textOf = (item) => {
    const head = item.closest(".requirement")?.querySelector(".group-head");
    return `${item.textContent} ${head ? head.textContent : ""}`.toLowerCase();
  };
  const texts = new Map();
  const says = (item, text) => {
    if (!texts.has(item)) texts.set(item, textOf(item));
    return text.split(/\s+/).every((word) => texts.get(item).includes(word));
  };
  const holds = (values, wanted) => !wanted || values.split(" ").includes(wanted);

  const asked = () => {
    const values = Object.fromEntries(new FormData(form));
    return { ...values, text: values.text.trim().toLowerCase() };
  };
  const matches = (item, wish) =>
    holds(item.dataset.state, wish.state) &&
    holds(item.dataset.grade, wish.grade) &&
    holds(item.dataset.clause, wish.clause) &&
    holds(item.dataset.provider, wish.provider) &&
    (!wish.text || says(item, wish.text));

  const apply = () => {
    const wish = asked();
    const isActive = Object.values(wish).some(Boolean);
    for (const item of items) item.hidden = isActive && !matches(item, wish);
    for (const group of groups) {
      const has = group.querySelector("[data-item]:not([hidden])") !== null;
      group.hidden = isActive && !has;
      if (group.tagName !== "DETAILS") continue;
      if (isActive && has && !group.open) {
        group.open = true;
        openedByFilter.add(group);
      }
    }
    if (!isActive) {
      for (const group of openedByFilter) group.open = false;
      openedByFilter.clear();
    }
    const shown = items.filter((item) => !item.hidden).length;
    count.textContent = shown
      ? count.dataset.template.replace("{shown}", shown).replace("{total}", items.length)
      : count.dataset.none;
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      apply();
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", reveal);

  const closed = new Set();
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.open = true;
      closed.add(details);
    }
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
    closed.clear();
  });

  form.hidden = false;
  apply();
  if (location.hash) reveal();
})();
