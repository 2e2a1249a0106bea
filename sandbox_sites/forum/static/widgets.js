"use strict";
/* Drop-downs, suggestions, tabs, folds and sortable tables. Pages work without them. */

function make(tag, attributes, text) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/* A drop-down of our own in place of a native one, which keeps the value. */
function upgradePicker(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const name = label ? label.textContent.trim() : "";
  const box = make("div", { class: "picker" });
  const button = make("button", { type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", id: select.id + "-pick" });
  const list = make("ul", { role: "listbox", "aria-label": name, hidden: "" });
  const options = [...select.options].map((option) => {
    const item = make("li", { role: "option", tabindex: "-1" }, option.textContent);
    item.addEventListener("click", () => choose(option, item));
    list.append(item);
    return item;
  });
  function show() {
    const at = select.selectedIndex;
    button.textContent = select.options[at].textContent;
    button.setAttribute("aria-label", `${name}: ${button.textContent}`);
    options.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
  }
  function open(wanted) {
    list.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) options[Math.max(select.selectedIndex, 0)].focus();
  }
  function choose(option) {
    option.selected = true;
    show();
    open(false);
    button.focus();
    if ("submit" in select.dataset) select.form.requestSubmit();
  }
  button.addEventListener("click", () => open(list.hidden));
  list.addEventListener("keydown", (event) => {
    const at = options.indexOf(document.activeElement);
    if (event.key === "ArrowDown") options[Math.min(at + 1, options.length - 1)].focus();
    else if (event.key === "ArrowUp") options[Math.max(at - 1, 0)].focus();
    else if (event.key === "Enter" || event.key === " ") options[at].click();
    else if (event.key === "Escape") { open(false); button.focus(); }
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) open(false); });
  select.hidden = true;
  if (label) label.htmlFor = button.id;
  select.after(box);
  box.append(button, list);
  show();
}

/* Suggestions under a field: links, or words to be put in. */
function addSuggestions(input) {
  const box = make("ul", { class: "hints", role: "listbox", hidden: "" });
  const many = "many" in input.dataset;
  let asked = 0;
  input.after(box);
  input.parentElement.classList.add("anchor");
  const part = () => (many ? input.value.split(/[\s,]+/).pop() : input.value).trim();
  function take(hint) {
    if (hint.link) { location.href = hint.link; return; }
    input.value = many ? [...input.value.split(/[\s,]+/).slice(0, -1), hint.text].join(" ") + " " : hint.text;
    box.hidden = true;
    input.focus();
  }
  input.addEventListener("input", async () => {
    const number = ++asked;
    if (!part()) { box.hidden = true; return; }
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(part())}`);
    const found = answer.ok ? await answer.json() : [];
    if (number !== asked) return;
    const hints = found.filter((hint) => hint.link || hint.text !== part());
    box.replaceChildren(...hints.map((hint) => {
      const item = make("li", { role: "option", tabindex: "-1" }, hint.text);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => take(hint));
      item.addEventListener("keydown", (event) => { if (event.key === "Enter") take(hint); });
      return item;
    }));
    box.hidden = !hints.length;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !box.hidden) { event.preventDefault(); box.firstChild.focus(); }
    if (event.key === "Escape") box.hidden = true;
  });
  box.addEventListener("keydown", (event) => {
    const next = event.key === "ArrowDown" ? "nextSibling" : event.key === "ArrowUp" ? "previousSibling" : null;
    if (next) { event.preventDefault(); (document.activeElement[next] || input).focus(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target !== input && !box.contains(event.target)) box.hidden = true;
  });
}

function makeTabs(holder) {
  const bar = make("div", { class: "tabs", role: "tablist" });
  const panels = [...holder.querySelectorAll("[data-tab]")];
  const tabs = panels.map((panel) => {
    const tab = make("button", { type: "button", role: "tab", "aria-controls": panel.id }, panel.dataset.tab);
    panel.setAttribute("role", "tabpanel");
    panel.querySelector("h2").hidden = true;
    tab.addEventListener("click", () => show(panel));
    bar.append(tab);
    return tab;
  });
  function show(wanted) {
    panels.forEach((panel, i) => {
      panel.hidden = panel !== wanted;
      tabs[i].setAttribute("aria-selected", String(panel === wanted));
    });
  }
  holder.prepend(bar);
  const wrong = panels.find((panel) => panel.querySelector(".wrong"));
  show(wrong || panels.find((panel) => "#" + panel.id === location.hash) || panels[0]);
}

function makeFolds(holder) {
  for (const head of holder.querySelectorAll(".fold")) {
    const body = head.nextElementSibling;
    const turn = () => { body.hidden = !body.hidden; head.classList.toggle("open", !body.hidden); };
    body.hidden = true;
    head.addEventListener("click", turn);
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); turn(); }
    });
  }
}

function makeSortable(table) {
  const heads = [...table.querySelectorAll("th")];
  heads.forEach((head, column) => {
    const button = make("button", { type: "button" }, head.textContent);
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value || row.cells[column].textContent.trim();
      const numeric = head.dataset.kind === "number";
      const order = (a, b) => (numeric ? value(a) - value(b) : value(a).localeCompare(value(b)));
      const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
      table.tBodies[0].append(...rows);
    });
  });
}

document.querySelectorAll("select[data-picker]").forEach(upgradePicker);
document.querySelectorAll("input[data-suggest]").forEach(addSuggestions);
document.querySelectorAll("[data-tabs]").forEach(makeTabs);
document.querySelectorAll("[data-folds]").forEach(makeFolds);
document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
