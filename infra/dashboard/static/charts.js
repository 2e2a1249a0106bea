// Pictures of figures, as SVG that fits the width it is given.

import { s } from "/static/dom.js";
import { percent } from "/static/format.js";

// Success over attempts: the line, its 95 % band, and where a new policy version began to act.
export function successCurve(curve, width) {
  const height = 240, left = 44, right = 12, top = 12, bottom = 34;
  const ends = [];
  let total = 0;
  for (const point of curve) ends.push((total += point.attempts));
  const x = (attempts) => left + ((width - left - right) * attempts) / Math.max(total, 1);
  const y = (share) => top + (height - top - bottom) * (1 - share);
  const at = (value) => curve.map((point, i) => `${x(ends[i]).toFixed(1)},${y(value(point)).toFixed(1)}`);
  const band = [...at((point) => point.high), ...at((point) => point.low).reverse()].join(" ");
  const last = curve.at(-1);
  const ticks = niceTicks(total, width < 500 ? 3 : 6);
  return s("svg", { class: "success", viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
    "aria-label": `Success in practice: ${percent(last.success)} at ${total} attempts` },
  [0, 0.25, 0.5, 0.75, 1].map((share) => [
    s("line", { class: "grid", x1: left, x2: width - right, y1: y(share), y2: y(share) }),
    s("text", { class: "tick", x: left - 8, y: y(share) + 4, "text-anchor": "end" }, percent(share)),
  ]),
  ticks.map((tick) => s("text", { class: "tick", x: x(tick), y: height - 12, "text-anchor": "middle" },
    tick.toLocaleString("en"))),
  s("polygon", { class: "band", points: band }),
  s("polyline", { class: "line", points: at((point) => point.success).join(" ") }),
  curve.map((point, i) => s("circle", { class: "point", cx: x(ends[i]), cy: y(point.success), r: 3 },
    s("title", {}, `${ends[i] - point.attempts + 1} to ${ends[i]}: ${percent(point.success)} `
      + `(${percent(point.low)} to ${percent(point.high)}), policy ${point.policy_version ?? "–"}`))));
}

export function niceTicks(total, most) {
  const rough = total / most || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) || 1;
  const ticks = [];
  for (let tick = 0; tick <= total; tick += step) ticks.push(Math.round(tick));
  return ticks;
}

export function sparkline(values) {
  const width = 72, height = 20;
  if (values.length < 2) return s("svg", { class: "spark", width, height, "aria-hidden": "true" });
  const points = values.map((value, i) =>
    `${(2 + ((width - 4) * i) / (values.length - 1)).toFixed(1)},${(height - 3 - (height - 6) * value).toFixed(1)}`);
  return s("svg", { class: "spark", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    s("polyline", { points: points.join(" ") }));
}

// The viewport as it was seen: numbered boxes of its elements, over the picture or instead of it.
export function marks(observation, acted, { schematic }) {
  const [width, height] = observation.viewport;
  const seen = observation.elements.filter((one) => one.in_viewport);
  return s("svg", { class: schematic ? "marks schematic" : "marks", viewBox: `0 0 ${width} ${height}` },
    seen.map(({ box, mark, name, label, role }) => {
      const chosen = mark === acted;
      const text = name || label || role;
      const room = Math.floor(box.width / 8.2);
      return s("g", { class: chosen ? "mark acted" : "mark" },
        s("rect", { x: box.x, y: box.y, width: box.width, height: box.height, rx: 3 }, s("title", {}, text)),
        schematic && room > 2 && s("text", { class: "name", x: box.x + 5, y: box.y + box.height / 2 + 5 },
          text.length > room ? `${text.slice(0, room - 1)}…` : text),
        (chosen || !schematic) && [
          s("rect", { class: "badge", x: box.x, y: box.y - 14, width: 9 + 8 * String(mark).length, height: 14, rx: 2 }),
          s("text", { class: "number", x: box.x + 4, y: box.y - 3 }, mark),
        ]);
    }));
}
