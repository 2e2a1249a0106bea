// All websites.

import { get, post } from "/static/api.js";
import { h, section } from "/static/dom.js";
import { STATUS, ago, host, percent } from "/static/format.js";

const MOST = 50;

export function websitesView(view) {
  document.title = "Websites · pae";
  const list = h("div", { class: "cards" });
  const draw = section(list, cards);
  view.replaceChildren(h("div", { class: "title" }, h("h1", {}, "Websites")), submitForm(), list);
  return {
    async load() {
      const { items } = await get(`/v1/websites?limit=${MOST}`);
      draw(await Promise.all(items.map((website) => get(`/v1/websites/${website.id}`))));
    },
  };
}

function submitForm() {
  const url = h("input", { name: "url", id: "url", type: "text", inputmode: "url", placeholder: "https://shop.example.com/", required: true });
  const name = h("input", { name: "name", id: "name", type: "text", placeholder: "its host" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const button = h("button", {}, "Practise it");
  return h("form", {
    class: "submit",
    async onsubmit(event) {
      event.preventDefault();
      button.disabled = true;
      wrong.textContent = "";
      try {
        const website = await post("/v1/websites", { url: url.value.trim(), name: name.value });
        history.pushState({}, "", `/websites/${website.id}`);
        window.dispatchEvent(new PopStateEvent("popstate"));
      } catch (error) {
        wrong.textContent = error.message;
      } finally {
        button.disabled = false;
      }
    },
  },
  h("div", { class: "field grow" }, h("label", { for: "url" }, "Website"), url),
  h("div", { class: "field" }, h("label", { for: "name" }, "Name"), name),
  button, wrong);
}

function cards(views) {
  if (!views.length) {
    return h("p", { class: "empty" }, "Nothing is practised yet. Enter the address of a website above: it is surveyed, "
      + "tasks are invented, and practice begins at once.");
  }
  return views.map(({ website, attempts, running, tasks, recent_success: recent }) =>
    h("a", { class: "card", href: `/websites/${website.id}` },
      h("div", { class: "card-head" }, h("h2", {}, website.name), status(website)),
      h("p", { class: "faint" }, host(website.url), website.status_reason && ` · ${website.status_reason}`),
      h("dl", { class: "figures" },
        figure("Recent success", percent(recent), "big"),
        figure("Attempts", attempts.toLocaleString("en")),
        figure("Tasks", tasks.toLocaleString("en")),
        figure("Running", running)),
      h("div", { class: "bar", role: "img", "aria-label": `recent success ${percent(recent)}` },
        h("i", { style: { width: `${Math.round((recent || 0) * 100)}%` } })),
      h("p", { class: "faint" }, `submitted ${ago(website.created_at)}`)));
}

export const figure = (name, value, kind = "") =>
  h("div", { class: `figure ${kind}` }, h("dt", {}, name), h("dd", {}, value));

export const status = (website) => h("span", { class: `status ${website.status}` }, STATUS[website.status]);

