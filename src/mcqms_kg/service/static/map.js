// Arrow keys move between the cells of the map, which then is one stop of the tab key. Without this every cell is a stop.
const map = document.getElementById("map");
const rows = map ? [...map.querySelectorAll("tbody tr:not(.together)")].map((row) => [...row.querySelectorAll("a")]) : [];
const places = new Map();
rows.forEach((row, y) => row.forEach((link, x) => places.set(link, [y, x])));

const stop = (link) => {
  for (const other of places.keys()) other.tabIndex = other === link ? 0 : -1;
};
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] };
const within = (wished, length) => Math.max(0, Math.min(length - 1, wished));

if (rows.length) {
  stop(rows[0][0]);
  map.addEventListener("keydown", (event) => {
    const place = places.get(event.target);
    const move = MOVES[event.key];
    if (!place || !move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = rows[within(place[0] + move[0], rows.length)];
    const link = row[within(place[1] + move[1], row.length)];
    stop(link);
    link.focus();
  });
  map.addEventListener("focusin", (event) => {
    if (places.has(event.target)) stop(event.target);
  });
}
