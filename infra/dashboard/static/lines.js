// Several figures over attempts, as lines of one picture.

import { niceTicks } from "/static/charts.js";
import { h, s } from "/static/dom.js";

const HEIGHT = 170, LEFT = 44, RIGHT = 14, TOP = 10, BOTTOM = 30;

// rows: [{x, values: [number or null, one per name]}], oldest first. Where a value is null its line breaks off.
// ticks: values on the vertical axis, its ends among them; say: value → words; stepped: hold a value until the next one.
export function lines({ names, rows, ticks, say, width, stepped = false, between = false }) {
  const low = Math.min(...ticks), high = Math.max(...ticks), first = rows[0].x, last = rows.at(-1).x;
  const x = (value) => LEFT + ((width - LEFT - RIGHT) * (value - first)) / Math.max(last - first, 1);
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low));
  const latest = names.map((name, i) => `${name} ${rows.at(-1).values[i] === null ? "–" : say(rows.at(-1).values[i])}`);
  const marks = niceTicks(last, width < 420 ? 3 : 5).filter((tick) => tick >= first);
  return [
    h("ul", { class: "legend keys" }, names.map((name, i) => h("li", {},
      h("span", { class: `key line-${i}` }), name, " ", h("b", {}, rows.at(-1).values[i] === null ? "–" : say(rows.at(-1).values[i]))))),
    s("svg", { class: "lines", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": latest.join(", ") },
      ticks.map((tick) => [
        s("line", { class: "grid", x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
        s("text", { class: "tick", x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, say(tick)),
      ]),
      marks.map((tick) => s("text", { class: "tick", x: x(tick), y: HEIGHT - 8, "text-anchor": "middle" }, tick.toLocaleString("en"))),
      between && s("polygon", { class: "band", points: band(rows, x, y) }),
      names.map((_, i) => pieces(rows, i).map((piece) => piece.length === 1
        ? s("circle", { class: `dot-${i}`, cx: x(piece[0].x), cy: y(piece[0].values[i]), r: 3 })
        : s("polyline", { class: `line-${i}`, points: path(piece, i, x, y, stepped) }))),
      rows.map((row) => s("line", { class: "hit", x1: x(row.x), x2: x(row.x), y1: TOP, y2: HEIGHT - BOTTOM },
        s("title", {}, [`${row.x.toLocaleString("en")} attempts`, ...names.map((name, i) =>
          `${name}: ${row.values[i] === null ? "–" : say(row.values[i])}`)].join("\n"))))),
  ];
}

function pieces(rows, i) {
  const found = [[]];
  for (const row of rows) {
    if (row.values[i] === null) found.push([]);
    else found.at(-1).push(row);
  }
  return found.filter((piece) => piece.length);
}

function path(piece, i, x, y, stepped) {
  const spots = [];
  piece.forEach((row, at) => {
    if (stepped && at > 0) spots.push([row.x, piece[at - 1].values[i]]);
    spots.push([row.x, row.values[i]]);
  });
  return spots.map(([across, up]) => `${x(across).toFixed(1)},${y(up).toFixed(1)}`).join(" ");
}

// The area between the first two lines, where both are known.
function band(rows, x, y) {
  const both = rows.filter(({ values }) => values[0] !== null && values[1] !== null);
  const at = (row, i) => `${x(row.x).toFixed(1)},${y(row.values[i]).toFixed(1)}`;
  return [...both.map((row) => at(row, 0)), ...[...both].reverse().map((row) => at(row, 1))].join(" ");
}
