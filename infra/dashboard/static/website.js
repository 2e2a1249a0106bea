// One website: its success curve, its skills, its tasks, what is attempted now, and what was attempted last.

import { get, picture, post } from "/static/api.js";
import { successCurve } from "/static/charts.js";
import { h, section } from "/static/dom.js";
import { OUTCOMES, ago, path, percent, plural } from "/static/format.js";
import { skillsPart } from "/static/skills.js";
import { figure, status } from "/static/websites.js";

// What is inside a section beside its picture, as in the style sheet.
const PADDING = 42;
const ENDED = ["completed", "unscored", "blocked", "stopped", "dead_lettered"].map((state) => `state=${state}`).join("&");
const POOLS = { fresh: "New", learning: "Learning", mastered: "Mastered", parked: "Parked" };

export function websiteView(view, id, say) {
  const parts = Object.fromEntries(["head", "curve", "live", "skills", "tasks", "latest", "map"].map((name) =>
    [name, h("section", { class: name, id: name })]));
  view.replaceChildren(parts.head, h("div", { class: "columns" },
    h("div", {}, parts.curve, parts.skills), h("div", {}, parts.live, parts.tasks, parts.latest, parts.map)));
  let everySkill = false;
  let last = {};
  const drawSkills = section(parts.skills, ({ skills, all }) => skillsPart(skills, all, () => {
    everySkill = !everySkill;
    drawSkills({ skills: last.skills, all: everySkill });
  }));
  const draw = {
    head: section(parts.head, (data) => headPart(data, async (deed) => {
      try {
        await post(`/v1/websites/${id}/${deed}`);
        say("");
        await load();
      } catch (error) {
        say(error.message);
      }
    })),
    curve: section(parts.curve, ({ curve, width }) => curvePart(curve, width)),
    live: section(parts.live, livePart),
    tasks: section(parts.tasks, tasksPart),
    latest: section(parts.latest, latestPart),
    map: section(parts.map, mapPart),
  };
  let map = null;
  async function load() {
    const [website, curriculum, live, latest] = await Promise.all([
      get(`/v1/websites/${id}`), get(`/v1/websites/${id}/curriculum`), get(`/v1/websites/${id}/live`),
      get(`/v1/trajectories?website_id=${id}&limit=12&${ENDED}`),
    ]);
    if (!map && website.tasks) map = await get(`/v1/websites/${id}/sitemap`).catch(() => null);
    document.title = `${website.website.name} · pae`;
    last = curriculum;
    draw.head(website);
    draw.curve({ curve: curriculum.curve, width: parts.curve.parentElement.clientWidth - PADDING });
    drawSkills({ skills: curriculum.skills, all: everySkill });
    draw.live({ id, live });
    draw.tasks(curriculum.report);
    draw.latest(latest.items);
    draw.map(map);
  }
  return { load };
}

function headPart({ website, attempts, running, tasks, recent_success: recent, spending }, act) {
  const deeds = {
    submitted: ["pause", "stop"], surveying: ["pause", "stop"], practising: ["pause", "stop"],
    paused: ["resume", "stop"], stopped: ["resume"], finished: ["resume"], failed: ["resume"],
  }[website.status];
  const names = { pause: "Pause", resume: "Resume", stop: "Stop" };
  return [
    h("div", { class: "title" }, h("h1", {}, website.name), status(website),
      h("span", { class: "buttons" }, deeds.map((deed) => h("button", { class: "quiet", onclick: () => act(deed) }, names[deed])))),
    h("p", { class: "faint" }, website.url, website.status_reason && ` · ${website.status_reason}`),
    website.description && h("p", {}, website.description),
    h("dl", { class: "figures" },
      figure("Recent success", percent(recent), "big"), figure("Attempts", attempts.toLocaleString("en")),
      figure("Tasks", tasks.toLocaleString("en")), figure("Running", running),
      spending.length > 0 && figure("Model tokens", spending.reduce((sum, { tokens: used }) => sum + used, 0).toLocaleString("en"))),
  ];
}

function curvePart(curve, width) {
  const whole = curve.filter((point, i) => i < curve.length - 1 || curve.length === 1 || point.attempts >= curve[0].attempts / 2);
  return [
    h("h2", {}, "Success in practice"),
    whole.length
      ? [successCurve(whole, Math.max(280, width)), h("p", { class: "faint" },
        `Each point is ${curve[0].attempts} attempts; the band is the 95 % interval. Harder tasks come as easy ones are mastered, so the curve need not rise.`)]
      : h("p", { class: "empty" }, "No attempt has been judged yet."),
  ];
}

function livePart({ id, live }) {
  const running = Object.entries(live);
  return [
    h("h2", {}, "Now"),
    running.length
      ? h("div", { class: "live-list" }, running.sort().map(([attempt, info]) => liveCard(id, attempt, info)))
      : h("p", { class: "empty" }, "Nothing runs at this moment."),
  ];
}

function liveCard(id, attempt, info) {
  const frame = h("div", { class: "frame" });
  if (info.screenshot) {
    const image = h("img", { alt: `the page at step ${info.step}` });
    picture(`/v1/websites/${id}/live/${attempt}/screenshot?step=${info.step}`).then((url) => { image.src = url; frame.append(image); }, () => {});
  }
  return h("div", { class: "live-card" }, frame,
    h("p", {}, info.instruction), h("p", { class: "faint" }, `step ${info.step + 1} · ${path(info.url)}`));
}

function tasksPart(report) {
  const pools = Object.entries(POOLS).map(([key, name]) => [key, name, report.tasks_by_pool[key] || 0]);
  const total = pools.reduce((sum, [, , count]) => sum + count, 0);
  const dropped = Object.entries(report.dropped).filter(([, count]) => count);
  return [
    h("h2", {}, "Tasks"),
    h("div", { class: "pools", role: "img", "aria-label": pools.map(([, name, count]) => `${count} ${name}`).join(", ") },
      pools.map(([key, , count]) => count > 0 && h("i", { class: key, style: { "flex-grow": count } }))),
    h("ul", { class: "legend" }, pools.map(([key, name, count]) =>
      h("li", {}, h("span", { class: `swatch ${key}` }), `${name} `, h("b", {}, count.toLocaleString("en")),
        total > 0 && h("span", { class: "faint" }, ` ${percent(count / total)}`)))),
    dropped.length > 0 && h("details", {}, h("summary", {}, `${plural(dropped.reduce((sum, [, count]) => sum + count, 0), "task")} dropped`),
      h("ul", { class: "plain" }, dropped.sort((a, b) => b[1] - a[1]).map(([reason, count]) => h("li", {}, `${count} × ${reason}`)))),
  ];
}

function latestPart(items) {
  return [
    h("h2", {}, "Latest attempts"),
    items.length
      ? h("ul", { class: "attempt-list" }, items.map(({ attempt, instruction, verdict }) => h("li", {},
        h("a", { href: `/attempts/${attempt.id}` },
          h("span", { class: `outcome ${verdict ? verdict.outcome : "open"}` }, verdict ? OUTCOMES[verdict.outcome] : "Running"),
          h("span", { class: "words" }, instruction),
          h("span", { class: "faint" }, attempt.purpose === "practice" ? "" : `${attempt.purpose} · `,
            attempt.steps === null ? "" : `${plural(attempt.steps, "step")} · `, ago(attempt.ended_at || attempt.created_at))))))
      : h("p", { class: "empty" }, "None yet."),
  ];
}

function mapPart(map) {
  if (!map) return null;
  const templates = new Map();
  for (const page of map.pages) templates.set(page.template, (templates.get(page.template) || 0) + 1);
  const sorted = [...templates].sort((a, b) => b[1] - a[1]);
  return [
    h("h2", {}, "Site map"),
    h("p", { class: "faint" }, `${plural(map.pages.length, "page")}, ${plural(map.edges.length, "link")}, ${plural(templates.size, "template")}`
      + `${map.complete ? "" : "; the survey ended at one of its bounds"}`),
    h("details", {}, h("summary", {}, "Templates"),
      h("ul", { class: "plain" }, sorted.slice(0, 40).map(([template, count]) => h("li", {}, `${count} × ${template || "/"}`)))),
  ];
}
