// The skills of a website: how well each is mastered, where it is going, and what was forgotten.

import { sparkline } from "/static/charts.js";
import { h } from "/static/dom.js";
import { ago, percent, plural, points } from "/static/format.js";

const SHOWN = 12;
const ARROWS = { rising: "↗", level: "→", falling: "↘" };

export function skillsPart(skills, all, toggle) {
  if (!skills.length) return [h("h2", {}, "Skills"), h("p", { class: "empty" }, "The survey is not done yet.")];
  const tried = skills.filter((one) => one.skill.attempts).length;
  const shown = all ? skills : skills.slice(0, SHOWN);
  return [
    h("h2", {}, "Skills by mastery"),
    h("p", { class: "faint" }, `${plural(skills.length, "skill")}, ${tried} of them tried. The small line is success over time, `
      + "the bar the present mastery, the mark on it the best there was."),
    h("ol", { class: "skill-list" }, shown.map(row)),
    skills.length > SHOWN && h("button", { class: "quiet", onclick: toggle }, all ? "Show fewer" : `Show all ${skills.length}`),
  ];
}

function row({ skill, history }) {
  return h("li", { class: "skill" },
    h("span", { class: "skill-name" }, name(skill.skill)),
    sparkline(history),
    bar(skill),
    h("span", { class: "share" }, skill.tried ? percent(skill.mastery) : "–"),
    h("span", { class: "faint" }, `${skill.tried} of ${plural(skill.tasks, "task")} tried`,
      skill.attempts > 0 && ` · ${percent(skill.successes / skill.attempts)} of ${plural(skill.attempts, "attempt")} `
        + `(${Math.round(skill.low * 100)} to ${percent(skill.high)})`,
      skill.last_practised && ` · last ${ago(skill.last_practised)}`,
      skill.best_attempt && [" · ", h("a", { href: `/attempts/${skill.best_attempt}` }, "best")]),
    (skill.trend || skill.forgetting) && h("span", { class: "movement" }, trend(skill.trend), forgetting(skill.forgetting)));
}

function bar({ mastery, best_mastery: best }) {
  const words = `mastery ${percent(mastery)}${best === null ? "" : `, at best ${percent(best)}`}`;
  return h("span", { class: "bar best-bar", role: "img", "aria-label": words, title: words },
    h("i", { style: { width: `${Math.round(mastery * 100)}%` } }),
    best !== null && h("b", { style: { left: `${Math.round(best * 100)}%` } }));
}

function trend(known) {
  if (!known) return null;
  return h("span", { class: `trend ${known.direction}`,
    title: `the latest ${plural(known.recent_attempts, "attempt")} against the ${known.before_attempts} before; `
      + "level: no more than chance would bring" },
  `${ARROWS[known.direction]} ${known.direction} `, h("span", {}, `${percent(known.before)} → ${percent(known.recent)}`));
}

// A drop is only spoken of as forgetting where chance would not bring it.
function forgetting(known) {
  if (!known) return null;
  const title = `${plural(known.tasks, "task")} tried ${plural(known.attempts, "time")} since the best, ${ago(known.since)}: `
    + `${percent(known.best)} then, ${percent(known.now)} now`;
  return known.clear && known.lost > 0
    ? h("span", { class: "trend falling", title }, `forgot ${points(known.lost)} `, h("span", {}, `on ${plural(known.tasks, "task")}`))
    : h("span", { class: "trend", title }, "nothing forgotten");
}

// "find:/product/*" reads as a kind and where it is done.
function name(skill) {
  const cut = skill.indexOf(":");
  if (cut < 0) return skill;
  return [h("b", {}, skill.slice(0, cut)), " ", skill.slice(cut + 1)];
}
