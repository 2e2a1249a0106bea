// One attempt, step by step: what was seen, what was done, what else was considered, and what it was judged.

import { get, picture, put } from "/static/api.js";
import { marks } from "/static/charts.js";
import { h, section } from "/static/dom.js";
import { OUTCOMES, actionWords, ago, path, percent, plural } from "/static/format.js";

export function attemptView(view, id, say) {
  const head = h("section", { class: "head" });
  const player = h("section", { class: "player" });
  const side = h("section", { class: "verdict" });
  view.replaceChildren(head, h("div", { class: "columns wide-left" }, player, side));
  let data = null;
  let step = 0;

  const drawHead = section(head, headPart);
  const drawSide = section(side, (shown) => sidePart(shown, async (outcome) => {
    try {
      await put(`/v1/trajectories/${id}/label`, { outcome });
      await load();
    } catch (error) {
      say(error.message);
    }
  }));
  const drawPlayer = section(player, () => playerPart(id, data.trajectory, step, go));

  function go(to) {
    const most = data?.trajectory ? data.trajectory.steps.length : 0;
    step = Math.max(0, Math.min(most, to));
    drawPlayer({ step, state: data.attempt.state });
  }

  function keys(event) {
    if (event.target.matches?.("input, textarea")) return;
    if (event.key === "ArrowRight") go(step + 1);
    if (event.key === "ArrowLeft") go(step - 1);
  }
  document.addEventListener("keydown", keys);

  async function load() {
    data = await get(`/v1/trajectories/${id}`);
    document.title = `${data.instruction} · pae`;
    drawHead({ task: data.task, attempt: data.attempt });
    drawSide({ verdict: data.verdict, label: data.label, task: data.task, attempt: data.attempt, answer: data.trajectory?.answer });
    drawPlayer({ step, state: data.attempt.state });
  }
  return { load, close: () => document.removeEventListener("keydown", keys) };
}

function headPart({ task, attempt }) {
  return [
    h("p", { class: "faint" }, h("a", { href: `/websites/${attempt.website_id}` }, "← the website")),
    h("h1", { class: "instruction" }, task.instruction),
    h("p", { class: "faint" }, [task.kind, `from ${path(task.start_url)}`, attempt.purpose,
      attempt.policy_version === null ? null : `policy ${attempt.policy_version}`,
      attempt.steps === null ? null : plural(attempt.steps, "step"),
      attempt.seconds === null ? null : `${attempt.seconds.toFixed(1)} s`,
      ago(attempt.ended_at || attempt.created_at)].filter(Boolean).join(" · ")),
  ];
}

function playerPart(id, trajectory, step, go) {
  if (!trajectory) return h("p", { class: "empty" }, "It runs now, or ended before anything was seen.");
  const most = trajectory.steps.length;
  const at = trajectory.steps[step];
  const observation = at ? at.observation : trajectory.final;
  const bar = h("input", { type: "range", min: 0, max: most, value: step, "aria-label": "step", oninput: (event) => go(Number(event.target.value)) });
  return [
    h("div", { class: "controls" },
      h("button", { class: "quiet", disabled: step === 0, onclick: () => go(step - 1), "aria-label": "previous step" }, "←"),
      bar,
      h("button", { class: "quiet", disabled: step === most, onclick: () => go(step + 1), "aria-label": "next step" }, "→"),
      h("span", { class: "count" }, at ? `Step ${step + 1} of ${most}` : "The end")),
    h("p", { class: "deed" }, at ? actionWords(at.action, observation) : "What was seen after the last action"),
    observation ? screen(id, step, observation, at?.action.mark) : h("p", { class: "empty" }, "Nothing was seen."),
    observation && h("p", { class: "faint url" }, observation.title && `${observation.title} · `, path(observation.url)),
    observation?.error && h("p", { class: "wrong" }, observation.error),
    (observation?.notices || []).map((notice) => h("p", { class: "notice" }, notice)),
    at && considered(at),
  ];
}

function screen(id, step, observation, acted) {
  const [width, height] = observation.viewport;
  const frame = h("div", { class: "screen", style: { "aspect-ratio": `${width} / ${height}` } });
  if (!observation.screenshot) {
    frame.append(marks(observation, acted, { schematic: true }));
    return [frame, h("p", { class: "faint" }, "No picture was taken here; these are the elements that the policy saw.")];
  }
  const image = h("img", { alt: `the page at step ${step + 1}` });
  frame.append(image, marks(observation, acted, { schematic: false }));
  picture(`/v1/trajectories/${id}/screenshots/${step}`).then((url) => { image.src = url; }, (error) => { image.alt = error.message; });
  return frame;
}

function considered(step) {
  const spent = Object.entries(step.timings).filter(([, seconds]) => seconds > 0);
  return [
    step.thought && h("blockquote", {}, step.thought),
    step.top.length > 0 && [
      h("h2", {}, "What the policy considered"),
      h("ol", { class: "candidates" }, step.top.map(({ action, probability }) => h("li", {},
        h("span", { class: "words" }, actionWords(action, step.observation)),
        h("span", { class: "bar" }, h("i", { style: { width: `${Math.round(probability * 100)}%` } })),
        h("span", { class: "share" }, percent(probability))))),
    ],
    step.requests.length > 0 && h("p", { class: "faint" }, `Sent: ${step.requests.join(", ")}`),
    spent.length > 0 && h("p", { class: "faint" }, spent.map(([part, seconds]) => `${part} ${Math.round(seconds * 1000)} ms`).join(" · ")),
  ];
}

function sidePart({ verdict, label, task, attempt, answer }, say) {
  return [
    h("h2", {}, "Verdict"),
    verdict
      ? [h("p", {}, h("span", { class: `outcome ${verdict.outcome}` }, OUTCOMES[verdict.outcome]), h("span", { class: "faint" }, ` by ${verdict.evaluator}`)),
        h("p", { class: "reason" }, verdict.reason),
        h("ul", { class: "criteria" }, verdict.criteria.map(([words, held]) => h("li", { class: held ? "held" : "missed" }, words)))]
      : h("p", { class: "empty" }, `Not judged yet: ${attempt.state}.`),
    answer && [h("h2", {}, "Answer"), h("p", { class: "answer" }, answer)],
    task.evidence && evidencePart(task.evidence),
    task.rubric.length > 0 && h("details", {}, h("summary", {}, "Criteria (the agent never sees these)"),
      h("ul", { class: "plain" }, task.rubric.map((words) => h("li", {}, words)))),
    h("h2", {}, "What do you say?"),
    h("p", { class: "faint" }, label ? `You said: ${label.outcome}.` : "A person's word is kept beside the verdict."),
    h("span", { class: "buttons" },
      h("button", { class: label?.outcome === "success" ? "" : "quiet", onclick: () => say("success") }, "It worked"),
      h("button", { class: label?.outcome === "failure" ? "" : "quiet", onclick: () => say("failure") }, "It did not")),
  ];
}

function evidencePart(evidence) {
  const rows = [
    ["Last page", evidence.heading || (evidence.url && path(evidence.url))], ["Answer", evidence.answer],
    ["Passed", evidence.visited.join(" → ")], ["Shown", evidence.lines.join("; ")],
    ["Stated", evidence.facts.map(([name, value]) => `${name}: ${value}`).join("; ")],
    ["Entered", evidence.fields.map(([name, value]) => `${name}: ${value}`).join("; ")],
  ].filter(([, value]) => value);
  return h("details", {}, h("summary", {}, "What would show it done (the agent never sees this)"),
    h("dl", { class: "rows" }, rows.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])));
}
