// Follows a check while it is at work, and shows its report when it has ended. Without it the page asks again by itself.
const box = document.getElementById("progress");
const bar = box.querySelector("progress");
const told = document.getElementById("told");
const events = new EventSource(`/jobs/${encodeURIComponent(box.dataset.job)}/events`);

events.addEventListener("progress", (event) => {
  const { done, total } = JSON.parse(event.data);
  bar.max = total;
  bar.value = done;
  told.textContent = box.dataset.done.replace("{done}", done).replace("{total}", total);
});
for (const end of ["done", "failed", "cancelled"]) {
  events.addEventListener(end, () => {
    events.close();
    show();
  });
}
events.addEventListener("error", () => {
  told.textContent = box.dataset.lost;
  if (events.readyState === EventSource.CLOSED) setTimeout(show, 2000);
});

// A service that is stopping ends its checks too: the page waits for it to be back, and is not given up for the browser's own error.
async function show() {
  const answer = await fetch("/health/ready", { cache: "no-store" }).catch(() => undefined);
  if (answer?.ok) location.reload();
  else {
    told.textContent = box.dataset.lost;
    setTimeout(show, 2000);
  }
}
