// A form that changes something is sent once, however often its button is pressed on a slow line, and says that it is on its way.
const forms = [...document.querySelectorAll('form[method="post"]')];

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") {
      event.preventDefault();
      return;
    }
    form.ariaBusy = "true";
    if (form.classList.contains("out")) return;
    const told = document.createElement("p");
    told.className = "soft sending";
    told.setAttribute("role", "status");
    form.append(told);
    told.textContent = document.body.dataset.sending;
  });
}

// Who comes back to the page may send it again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of forms) {
    form.ariaBusy = null;
    form.querySelector(".sending")?.remove();
  }
});
