// What is learnt from: whether attempts explore, whether the filter keeps what is worth cloning, and what follows from it.

import { get } from "/static/api.js";
import { h, section } from "/static/dom.js";
import { ago, percent, plural } from "/static/format.js";
import { lines } from "/static/lines.js";
import { figure } from "/static/websites.js";

const MOST = 200;
// As in the style sheet: the least width of a panel, the gap between two, and what is inside a panel beside its picture.
const PANEL = 440, GAP = 16, PADDING = 42;
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const number = (value) => value.toFixed(2).replace(/0$/, "");

export function learningView(view) {
  document.title = "Learning · pae";
  const parts = Object.fromEntries(["head", "found", "differ", "filter", "warmth", "choices", "moves"].map((name) =>
    [name, h("section", { class: `panel ${name}`, id: name })]));
  const { head, ...others } = parts;
  view.replaceChildren(head, h("div", { class: "panels" }, Object.values(others)));
  head.append(h("h1", {}, "Exploration and exploitation"));
  const draw = {
    head: section(head, headPart), found: section(parts.found, foundPart), differ: section(parts.differ, differPart),
    filter: section(parts.filter, filterPart), warmth: section(parts.warmth, warmthPart),
    choices: section(parts.choices, choicesPart), moves: section(parts.moves, movesPart),
  };
  let shown = null;
  return {
    async load() {
      const [newest] = (await get("/v1/policies?limit=1")).items;
      const columns = Math.max(1, Math.floor((head.offsetWidth + GAP) / (PANEL + GAP)));
      const width = Math.max(250, (head.offsetWidth - GAP * (columns - 1)) / columns - PADDING);
      const now = `${newest?.policy.version} ${width}`;
      if (now === shown) return;
      const known = (await get(`/v1/policies?limit=${MOST}`)).items.map((item) => item.policy).reverse();
      const rows = known.filter((policy) => policy.balance);
      for (const [name, part] of Object.entries(draw)) part({ rows: name === "head" ? rows.slice(-1) : rows, width });
      shown = now;
    },
  };
}

function headPart({ rows }) {
  const title = h("div", { class: "title" }, h("h1", {}, "Exploration and exploitation"));
  if (!rows.length) {
    return [title, h("p", { class: "empty" }, "No group of attempts has been compared yet. Figures come with the first policy version that learnt from some.")];
  }
  const { balance, sampling, version } = rows[0];
  const present = balance.temperatures.find((score) => score.value === sampling.temperature);
  return [
    title,
    h("p", { class: "faint" }, `Over the latest ${plural(balance.groups, "group")} of attempts at one task each, up to policy ${version}. Pictures run over the attempts learnt from.`),
    h("dl", { class: "figures" },
      figure("Temperature", number(sampling.temperature), "big"),
      figure("Balance score", present && present.groups ? present.mean.toFixed(2) : "–", "big"),
      figure("pass@1", percent(balance.pass_at_1)),
      balance.k > 1 && figure(`pass@${balance.k}`, percent(balance.pass_at_k)),
      figure("Different ways", percent(balance.ways)),
      figure("Cloned per task", `${sampling.successes_per_task} at most`)),
  ];
}

const chart = (title, words, rows, drawing) => (rows.length ? [h("h2", {}, title), drawing, h("p", { class: "faint" }, words)] : null);
const over = (rows, ...reads) => rows.map((policy) => ({ x: policy.attempts, values: reads.map((read) => read(policy)) }));

function foundPart({ rows, width }) {
  const k = rows.at(-1)?.balance.k;
  return chart("Success of one attempt, and of several",
    "The share of attempts that succeed, and the chance that one of several does (unbiased, Chen et al. 2021). "
    + "The gap is what exploring still has in hand: where it closes, more tries find nothing new.",
    rows, rows.length && lines({ names: ["pass@1", `pass@${k}`], width, ticks: SHARES, say: percent, between: true,
      rows: over(rows, ({ balance }) => balance.pass_at_1, ({ balance }) => balance.pass_at_k) }));
}

function differPart({ rows, width }) {
  return chart("How much attempts differ",
    "Different ways, and different last pages and answers, per attempt of a group. At 100 % no two attempts did the same.",
    rows, rows.length && lines({ names: ["Ways", "Ends"], width, ticks: SHARES, say: percent,
      rows: over(rows, ({ balance }) => balance.ways, ({ balance }) => balance.ends) }));
}

function filterPart({ rows, width }) {
  return chart("What reward and filter tell apart",
    "Groups in which some attempts succeed and others fail; of what is cloned, the share that repeats no other way; "
    + "and of all different ways that succeeded, the share that is cloned.",
    rows, rows.length && lines({ names: ["Told apart", "Cloned: no repeats", "Found: cloned"], width, ticks: SHARES, say: percent,
      rows: over(rows, ({ balance }) => balance.separated, ({ balance }) => balance.kept_distinct, ({ balance }) => balance.distinct_kept) }));
}

function warmthPart({ rows, width }) {
  const tried = rows.flatMap(({ sampling }) => [sampling.temperature, ...sampling.probes]);
  const low = Math.min(0.6, ...tried), high = Math.max(1.4, ...tried);
  const ticks = [low, 1, high].filter((value, i, all) => all.indexOf(value) === i);
  return chart("Temperature", "That practice is sampled at. A share of the groups tries the neighbours, side by side.",
    rows, rows.length && lines({ names: ["In force"], width, ticks, say: number, stepped: true,
      rows: over(rows, ({ sampling }) => sampling.temperature) }));
}

function choicesPart({ rows }) {
  if (!rows.length) return null;
  const { balance, sampling } = rows.at(-1);
  return [
    h("h2", {}, "Balance score by choice"),
    h("p", { class: "faint" }, `min(n′ / ${balance.wanted}, 1) · n′ / n per group: n successes are cloned, n′ of them different `
      + `(B‑STaR, Zeng et al. 2025). Over ${plural(balance.unsettled, "group")} of tasks not mastered before.`),
    table("Temperature", balance.temperatures, sampling.temperature, number),
    table("Cloned per task", balance.quotas, sampling.successes_per_task, String),
  ];
}

function table(title, scores, now, say) {
  const most = Math.max(0.01, ...scores.map((score) => score.mean + (score.error || 0)));
  return h("table", { class: "scores" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, title), h("th", { scope: "col" }, "Score"), h("th", { scope: "col" }, "Groups"))),
    h("tbody", {}, scores.map((score) => h("tr", { class: score.value === now ? "now" : "" },
      h("th", { scope: "row" }, say(score.value), score.value === now && h("span", { class: "faint" }, " now")),
      h("td", {}, score.groups ? [
        h("span", { class: "bar" }, h("i", { style: { width: `${Math.round((100 * score.mean) / most)}%` } })),
        `${score.mean.toFixed(3)}${score.error === null ? "" : ` ± ${score.error.toFixed(3)}`}`,
      ] : h("span", { class: "faint" }, "not tried yet")),
      h("td", {}, score.groups.toLocaleString("en"))))));
}

function movesPart({ rows }) {
  if (!rows.length) return null;
  const moves = rows.filter(({ balance }) => balance.decision).reverse();
  return [
    h("h2", {}, "What was changed"),
    moves.length
      ? h("ul", { class: "moves-list" }, moves.slice(0, 8).map(({ version, balance, created_at: at }) =>
        h("li", {}, balance.decision, h("span", { class: "faint" }, ` · policy ${version}, ${ago(at)}`))))
      : h("p", { class: "empty" }, "Nothing yet. A change needs a gain beyond what chance would bring."),
  ];
}
