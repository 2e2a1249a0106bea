"use strict";

function tabs(root) {
  const handles = [...root.querySelectorAll("[role=tab]")];
  function show(chosen) {
    handles.forEach((handle) => {
      const on = handle === chosen;
      handle.setAttribute("aria-selected", String(on));
      handle.tabIndex = on ? 0 : -1;
      document.getElementById(handle.getAttribute("aria-controls")).hidden = !on;
    });
  }
  handles.forEach((handle, number) => {
    handle.addEventListener("click", () => show(handle));
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = handles[(number + step + handles.length) % handles.length];
      next.focus();
      show(next);
    });
  });
  const wanted = window.location.hash.slice(1);
  show(handles.find((handle) => wanted && handle.getAttribute("aria-controls") === wanted) || handles[0]);
}

// A drop-down of our own over a native one, which keeps the value and serves pages without scripts.
function fancy(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const root = document.createElement("div");
  const button = document.createElement("button");
  const list = document.createElement("ul");
  root.className = "fancy";
  button.type = "button";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  label.id = label.id || select.id + "-label";
  button.id = select.id + "-button";
  button.setAttribute("aria-haspopup", "listbox");
  button.setAttribute("aria-labelledby", label.id + " " + button.id);
  button.textContent = select.selectedOptions[0].textContent;
  label.htmlFor = button.id;

  function open(on) {
    list.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
  }
  function choose(option) {
    select.value = option.dataset.value;
    button.textContent = option.textContent;
    open(false);
    button.focus();
  }
  [...select.options].forEach((one) => {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(one.selected));
    option.tabIndex = -1;
    option.dataset.value = one.value;
    option.textContent = one.textContent;
    option.addEventListener("click", () => choose(option));
    option.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(option); }
      if (event.key === "ArrowDown" && option.nextSibling) { event.preventDefault(); option.nextSibling.focus(); }
      if (event.key === "ArrowUp" && option.previousSibling) { event.preventDefault(); option.previousSibling.focus(); }
      if (event.key === "Escape") { open(false); button.focus(); }
    });
    list.append(option);
  });
  button.addEventListener("click", () => open(list.hidden));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    open(true);
    list.firstChild.focus();
  });
  document.addEventListener("click", (event) => { if (!root.contains(event.target)) open(false); });
  select.hidden = true;
  root.append(button, list);
  select.after(root);
  open(false);
}

function sortable(table) {
  const rows = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = document.createElement("button");
    button.textContent = cell.textContent;
    cell.replaceChildren(button);
    const value = (row) => row.cells[column].dataset.value || row.cells[column].textContent.trim();
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows.rows].sort((a, b) => value(a).localeCompare(value(b), "en", { numeric: true }));
      rows.append(...(down ? sorted.reverse() : sorted));
    });
  });
}

function stepwise(form) {
  const steps = [...form.querySelectorAll(".step")];
  const [back, next, send] = ["back", "next", "send"].map((name) => form.querySelector(`[data-${name}]`));
  let at = 0;
  function show(number) {
    at = number;
    steps.forEach((step, other) => { step.hidden = other !== at; });
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
  }
  function complaint() {
    const step = steps[at];
    const radios = [...step.querySelectorAll("[type=radio]")];
    if (radios.length && !radios.some((radio) => radio.checked)) return "Please choose one.";
    const text = step.querySelector("textarea");
    return text && text.value.trim().length < 10 ? "At least 10 characters, please." : "";
  }
  next.addEventListener("click", () => {
    const wrong = complaint();
    let place = steps[at].querySelector(".wrong.own");
    if (!place) {
      place = document.createElement("span");
      place.className = "wrong own";
      place.setAttribute("role", "alert");
      steps[at].append(place);
    }
    place.textContent = wrong;
    if (!wrong) show(at + 1);
  });
  back.addEventListener("click", () => show(at - 1));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input") && !next.hidden && !event.defaultPrevented) {
      event.preventDefault();
      next.click();
    }
  });
  show(Math.max(0, steps.findIndex((step) => step.querySelector(".wrong"))));
}

document.querySelectorAll("[data-tabs]").forEach(tabs);
document.querySelectorAll("select[data-fancy]").forEach(fancy);
document.querySelectorAll("table[data-sort]").forEach(sortable);
document.querySelectorAll("form[data-steps]").forEach(stepwise);

document.querySelectorAll("[data-twin]").forEach((slider) => {
  const box = document.getElementById(slider.dataset.twin);
  const told = document.querySelector(`[data-of="${box.id}"]`);
  const tell = () => { told.textContent = box.value + " m"; };
  slider.addEventListener("input", () => { box.value = slider.value; tell(); });
  box.addEventListener("input", () => { slider.value = box.value; tell(); });
});

document.querySelectorAll("[data-open]").forEach((button) => {
  button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
});
document.querySelectorAll("[data-close]").forEach((button) => {
  const close = () => button.closest("dialog").close();
  button.addEventListener("click", close);
  button.addEventListener("keydown", (event) => { if (event.key === "Enter" && button.tagName !== "BUTTON") close(); });
});
document.querySelectorAll("[data-shut]").forEach((cross) => {
  cross.addEventListener("click", () => cross.parentElement.remove());
});

// More of a list: the next part's entries go under those that are there.
document.querySelectorAll("a[data-more]").forEach((link) => {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(link.href);
    if (!answer.ok) { window.location.href = link.href; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = document.querySelector(link.dataset.more);
    const fresh = page.querySelector(link.dataset.more);
    if (link.pathname.startsWith("/place/")) list.replaceWith(fresh); else list.append(...fresh.children);
    const next = page.querySelector("a[data-more]");
    if (next) link.href = next.href; else link.remove();
  });
});
