// The shell: which view a path shows, what goes on everywhere, and the key.

import { get, onLogin, put, remember, remove } from "/static/api.js";
import { attemptView } from "/static/attempt.js";
import { h } from "/static/dom.js";
import { plural } from "/static/format.js";
import { learningView } from "/static/learning.js";
import { websiteView } from "/static/website.js";
import { websitesView } from "/static/websites.js";

const LOOK_MS = 2000;
const view = document.getElementById("view");
const banner = document.getElementById("banner");
const pulse = document.getElementById("pulse");
const stopper = document.getElementById("switch");

const ROUTES = [
  [/^\/$/, websitesView],
  [/^\/websites\/([^/]+)$/, websiteView],
  [/^\/attempts\/([^/]+)$/, attemptView],
  [/^\/learning$/, learningView],
];

let current = null;

function say(text) {
  banner.hidden = !text;
  banner.textContent = text || "";
}

function open(path) {
  current?.close?.();
  say("");
  const [, make, id] = ROUTES.map(([pattern, make]) => [path.match(pattern), make])
    .filter(([match]) => match).map(([match, make]) => [match, make, match[1]])[0] || [];
  if (!make) {
    view.replaceChildren(missing("There is no such page."));
    return;
  }
  current = { id, ...make(view, id && decodeURIComponent(id), say) };
  look();
}

export function missing(words) {
  return h("section", { class: "empty" }, h("h1", {}, "Not found"), h("p", {}, words),
    h("p", {}, h("a", { href: "/" }, "All websites")));
}

let timer = 0;
async function look() {
  clearTimeout(timer);
  const mine = current;
  try {
    await Promise.all([mine?.load(), everywhere()]);
    if (banner.dataset.kind === "outage") say("");
    banner.dataset.kind = "";
  } catch (error) {
    if (mine !== current) return;
    if (error.status === 404) {
      view.replaceChildren(missing(error.message));
      return;
    }
    if (error.status !== 401) {
      banner.dataset.kind = "outage";
      say(error.message);
    }
    if (error.status === 401) return;
  }
  if (mine === current && !(mine?.done?.())) timer = setTimeout(look, LOOK_MS);
}

async function everywhere() {
  const [workers, policies, control] = await Promise.all([
    get("/v1/workers"), get("/v1/policies?limit=1"), get("/v1/control"),
  ]);
  const agents = Object.values(workers).filter((worker) => worker.kind === "agent");
  const newest = policies.items[0];
  pulse.replaceChildren(
    h("span", { class: agents.length ? "dot on" : "dot" }),
    plural(agents.length, "agent"), ...(newest ? [" · ", h("a", { href: "/learning" }, `policy ${newest.policy.version}`)] : []));
  stopper.hidden = false;
  stopper.textContent = control.stopped ? "Let everything go on" : "Stop everything";
  stopper.classList.toggle("alarm", control.stopped);
  stopper.onclick = async () => {
    await (control.stopped ? remove("/v1/control/stop") : put("/v1/control/stop"));
    await look();
  };
}

onLogin((wrong) => {
  const field = h("input", { type: "password", name: "key", autocomplete: "current-password", required: true, id: "key" });
  view.replaceChildren(h("form", {
    class: "login",
    onsubmit: (event) => { event.preventDefault(); remember(field.value.trim()); open(location.pathname); },
  },
  h("h1", {}, "API key"),
  h("p", {}, wrong ? "That key is not known here. Enter another one." : "This installation asks for a key."),
  h("label", { for: "key" }, "Key"), field, h("button", {}, "Enter")));
  field.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='/']");
  if (!link || event.metaKey || event.ctrlKey || link.target || link.pathname.startsWith("/docs")) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  window.scrollTo(0, 0);
  open(location.pathname);
});
window.addEventListener("popstate", () => open(location.pathname));
document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
open(location.pathname);
