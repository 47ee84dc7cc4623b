// A form that changes something is sent once, however often its button is pressed on a slow line, and says that it is on its way.
// A form that asks says so as well, where the answer takes its time.
const forms = [...document.querySelectorAll("form")];
const PATIENCE = 500;

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if (form.method === "get") {
      const told = form.dataset.waiting ?? document.body.dataset.waiting;
      setTimeout(() => event.defaultPrevented || tell(form, told), PATIENCE);
      return;
    }
    if (form.ariaBusy === "true") {
      event.preventDefault();
      return;
    }
    form.ariaBusy = "true";
    if (!form.classList.contains("out")) tell(form, document.body.dataset.sending);
  });
}

function tell(form, text) {
  form.querySelector(".sending")?.remove();
  const told = document.createElement("p");
  told.className = "soft sending";
  told.setAttribute("role", "status");
  form.append(told);
  told.textContent = text;
}

// Who comes back to the page may send it again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of forms) {
    form.ariaBusy = null;
    form.querySelector(".sending")?.remove();
  }
});
