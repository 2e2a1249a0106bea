"use strict";
// Tabs, folds, dialogs, steppers, sliders, switches of fields, closing of notices.
document.querySelectorAll("[data-tabs]").forEach((box) => {
  const tabs = [...box.querySelectorAll("[role=tab]")];
  const show = (tab) => tabs.forEach((other) => {
    const on = other === tab;
    other.setAttribute("aria-selected", on);
    other.tabIndex = on ? 0 : -1;
    document.getElementById(other.getAttribute("aria-controls")).hidden = !on;
  });
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
  });
  const asked = new URLSearchParams(location.search);
  const nights = tabs.find((tab) => tab.getAttribute("aria-controls") === "pane-nights");
  show(nights && (asked.has("month") || asked.has("room")) ? nights : tabs[0]);
});

document.querySelectorAll(".fold > button").forEach((button, i) => {
  const body = document.getElementById(button.getAttribute("aria-controls"));
  const set = (open) => { button.setAttribute("aria-expanded", open); body.hidden = !open; };
  set(false);
  button.addEventListener("click", () => set(body.hidden));
});

document.querySelectorAll("[data-modal]").forEach((opener) => {
  const veil = document.getElementById(opener.dataset.modal);
  const close = () => { veil.hidden = true; opener.focus(); };
  opener.addEventListener("click", () => {
    veil.hidden = false;
    const first = veil.querySelector("select, button, a");
    if (first) first.focus();
  });
  veil.addEventListener("click", (event) => { if (event.target === veil) close(); });
  veil.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  veil.querySelectorAll("[data-close-modal]").forEach((button) => button.addEventListener("click", close));
});

document.querySelectorAll("[data-stepper]").forEach((box) => {
  const [fewer, more] = box.querySelectorAll("button");
  const input = box.querySelector("input");
  const move = (step) => {
    const now = parseInt(input.value, 10) || 1;
    input.value = Math.min(Math.max(now + step, 1), Number(box.dataset.most));
  };
  fewer.addEventListener("click", () => move(-1));
  more.addEventListener("click", () => move(1));
});

document.querySelectorAll("[data-slider]").forEach((box) => {
  const [range, number] = [box.querySelector("[type=range]"), box.querySelector("[type=number]")];
  const output = box.querySelector("output");
  range.addEventListener("input", () => {
    number.value = range.value === range.max ? "" : range.value;
    output.textContent = number.value || "any";
  });
  number.addEventListener("input", () => {
    range.value = number.value || range.max;
    output.textContent = number.value || "any";
  });
});

document.querySelectorAll("[data-when]").forEach((row) => {
  const radios = [...row.closest("form").querySelectorAll("[type=radio]")];
  const show = () => { row.hidden = !radios.some((radio) => radio.checked && radio.value === row.dataset.when); };
  radios.forEach((radio) => radio.addEventListener("change", show));
  show();
});

document.querySelectorAll("[data-close]").forEach((cross) => {
  cross.addEventListener("click", () => cross.parentElement.remove());
});

document.querySelectorAll("[data-cut]").forEach((list) => {
  const rest = [...list.children].slice(Number(list.dataset.cut));
  if (!rest.length) return;
  rest.forEach((item) => { item.hidden = true; });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pill ghost";
  button.textContent = `Show ${rest.length} more`;
  button.addEventListener("click", () => { rest.forEach((item) => { item.hidden = false; }); button.remove(); });
  list.after(button);
});
