// The answer to a question as bars: the first numbers of the rows over the first names. The table beside it says the same in words.
import { Chart } from "./vendor/chart.js";
import { colour, cut, font, given, isStill, onColours, showUndrawn } from "./drawing.js";

const SERIES = ["accent", "not-checked", "waived"];
const ROW = 26;

function columns(rows) {
  const places = (rows[0] ?? []).map((_, place) => place);
  const numbers = places.filter((place) => rows.some((row) => row[place].number !== null));
  return { numbers: numbers.slice(0, SERIES.length), texts: places.filter((place) => !numbers.includes(place)) };
}

function label(row, texts) {
  return texts.map((place) => row[place].text).filter(Boolean).slice(-2).join(" · ");
}

function pattern(name, position) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = colour(name);
  pen.fillRect(0, 0, 8, 8);
  if (position) {
    pen.strokeStyle = colour("card");
    pen.lineWidth = 2;
    pen.beginPath();
    pen.moveTo(0, position === 1 ? 8 : 4);
    pen.lineTo(8, position === 1 ? 0 : 4);
    pen.stroke();
  }
  return pen.createPattern(tile, "repeat");
}

function settings(rows, told, { numbers, texts }) {
  Chart.defaults.font.family = font();
  Chart.defaults.color = colour("ink");
  return {
    type: "bar",
    data: {
      labels: rows.map((row) => cut(label(row, texts), 48)),
      datasets: numbers.map((place, position) => ({
        label: told[place],
        data: rows.map((row) => row[place].number),
        backgroundColor: pattern(SERIES[position], position),
      })),
    },
    options: {
      indexAxis: "y",
      animation: isStill() ? false : { duration: 250 },
      maintainAspectRatio: false,
      scales: {
        x: { beginAtZero: true, grid: { color: colour("line") }, ticks: { precision: 0 } },
        y: { grid: { display: false }, ticks: { autoSkip: false } },
      },
      plugins: { legend: { position: "top", align: "start" } },
    },
  };
}

const { rows, columns: told } = given("rows");
const found = columns(rows);
const figure = document.getElementById("drawn");
if (found.numbers.length && found.texts.length) {
  figure.hidden = false;
  figure.style.height = `${Math.max(200, rows.length * ROW * Math.max(1, found.numbers.length * 0.7) + 90)}px`;
  const canvas = figure.appendChild(document.createElement("canvas"));
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", figure.getAttribute("aria-label"));
  let drawn = new Chart(canvas, settings(rows, told, found));
  onColours(() => {
    drawn.destroy();
    drawn = new Chart(canvas, settings(rows, told, found));
  });
} else {
  showUndrawn();
}
