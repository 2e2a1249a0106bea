// Pop-ups, dialogs, tabs, folders, steps, the slider, copying.
"use strict";
const closePops = (but) => {
  for (const pop of document.querySelectorAll(".pop.shown")) if (pop !== but) toggle(pop, false);
};
const toggle = (pop, shown) => {
  pop.classList.toggle("shown", shown);
  document.querySelector(`[data-pop="${pop.id}"]`).setAttribute("aria-expanded", String(shown));
};
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-pop]");
  if (opener) {
    const pop = document.getElementById(opener.dataset.pop);
    closePops(pop);
    toggle(pop, !pop.classList.contains("shown"));
    return;
  }
  if (!event.target.closest(".pop")) closePops();
  const dialogButton = event.target.closest("[data-dialog]");
  if (dialogButton) document.getElementById(dialogButton.dataset.dialog).showModal();
  const cancel = event.target.closest("[data-cancel]");
  if (cancel) cancel.closest("dialog").close();
  const copy = event.target.closest("[data-copy]");
  if (copy) toast("Copied");
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePops();
  if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    event.preventDefault();
    document.getElementById("find")?.focus();
  }
});
function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  box.textContent = text;
  document.body.append(box);
  setTimeout(() => box.remove(), 2500);
}
for (const sum of document.querySelectorAll("[data-sum]")) {
  const pop = document.getElementById(sum.dataset.sum);
  pop.addEventListener("change", () => {
    const chosen = [...pop.querySelectorAll("input:checked")].map((box) => box.value);
    sum.textContent = chosen.join(", ") || sum.dataset.none;
  });
}
for (const list of document.querySelectorAll("[role=tablist]")) {
  const tabs = [...list.querySelectorAll("[role=tab]")];
  const show = (tab) => {
    for (const other of tabs) {
      other.setAttribute("aria-selected", String(other === tab));
      document.getElementById(other.getAttribute("aria-controls")).hidden = other !== tab;
    }
  };
  tabs.forEach((tab) => tab.addEventListener("click", () => show(tab)));
  show(tabs[0]);
}
for (const folder of document.querySelectorAll("[data-folder]")) {
  const rows = document.querySelectorAll(`[data-in="${folder.dataset.folder}"]`);
  const turn = () => {
    rows.forEach((row) => row.classList.toggle("shown"));
    folder.textContent = `${rows[0].classList.contains("shown") ? "▾" : "▸"} ${folder.dataset.folder}`;
  };
  folder.addEventListener("click", turn);
  folder.addEventListener("keydown", (event) => event.key === "Enter" && turn());
}
for (const form of document.querySelectorAll("[data-steps]")) {
  const steps = [...form.querySelectorAll("[data-step]")];
  const show = (number) => steps.forEach((step, i) => (step.hidden = i !== number));
  form.querySelector("[data-next]").addEventListener("click", () => {
    const [source, target] = ["source", "target"].map((name) => form.elements[name].value);
    const wrong = !source || !target || source === target;
    form.querySelector("[data-wrong]").hidden = !wrong;
    if (!wrong) show(1);
  });
  form.querySelector("[data-back]").addEventListener("click", () => show(0));
  const failed = steps.findIndex((step) => step.querySelector(".oops:not([hidden])"));
  show(Math.max(failed, 0));
}
for (const slider of document.querySelectorAll("input[type=range]")) {
  const shown = document.querySelector(`output[for="${slider.id}"]`);
  slider.addEventListener("input", () => (shown.textContent = slider.value));
}
