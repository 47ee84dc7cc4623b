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
    location.reload();
  });
}
events.addEventListener("error", () => {
  if (events.readyState !== EventSource.CLOSED) return;
  told.textContent = box.dataset.lost;
  setTimeout(() => location.reload(), 2000);
});
