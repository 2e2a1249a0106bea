// Small parts of pages: folds, tabs, dialogs, sliders, toasts, tables that sort.
"use strict";
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const plays = (node, act) => {
  node.addEventListener("click", act);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); act(event); }
  });
};

for (const fold of all("[data-fold]")) {
  const word = fold.querySelector(".word");
  const show = (open) => { fold.classList.toggle("open", open); word.setAttribute("aria-expanded", open); };
  if (word.tagName !== "BUTTON") word.tabIndex = 0;
  fold.classList.add("live");
  show("open" in fold.dataset);
  if (word.tagName === "BUTTON") word.addEventListener("click", () => show(!fold.classList.contains("open")));
  else plays(word, () => show(!fold.classList.contains("open")));
}

for (const flip of all("[data-flip]")) {
  flip.tabIndex = 0;
  plays(flip, () => { flip.textContent = flip.closest(".toc").classList.toggle("shut") ? "show" : "hide"; });
}

for (const unfold of all("[data-unfold]")) {
  unfold.tabIndex = 0;
  plays(unfold, () => document.querySelector(unfold.dataset.unfold).classList.toggle("out"));
}

for (const box of all("[data-tabs]")) {
  const panels = all(":scope > [data-tab]", box);
  const row = document.createElement("div");
  row.className = "tabrow";
  row.setAttribute("role", "tablist");
  const choose = (number, focus) => panels.forEach((panel, i) => {
    panel.hidden = i !== number;
    row.children[i].setAttribute("aria-selected", i === number);
    row.children[i].tabIndex = i === number ? 0 : -1;
    if (focus && i === number) row.children[i].focus();
  });
  panels.forEach((panel, i) => {
    const tab = document.createElement("button");
    Object.assign(tab, { type: "button", textContent: panel.dataset.tab });
    tab.setAttribute("role", "tab");
    tab.addEventListener("click", () => choose(i));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose((i + step + panels.length) % panels.length, true);
    });
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-label", panel.dataset.tab);
    row.append(tab);
  });
  box.prepend(row);
  box.classList.add("live");
  choose(Math.max(0, panels.findIndex((panel) => panel.querySelector(".wrong"))));
}

for (const opener of all("[data-opens]")) {
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
}
for (const shut of all("[data-shuts]")) shut.addEventListener("click", () => shut.closest("dialog").close());
for (const dialog of all("dialog[data-now]")) dialog.showModal();

for (const slider of all("[data-shows]")) {
  slider.addEventListener("input", () => {
    document.querySelector(slider.dataset.shows).textContent = slider.value;
    document.body.style.setProperty("--size", `${slider.value}px`);
  });
}

for (const toast of all(".toast")) setTimeout(() => toast.classList.add("gone"), 7000);

const keyOf = (row, column) => {
  const cell = row.cells[column];
  return cell.dataset.key || cell.innerText.trim();
};
const numberOf = (text) => {
  const plain = text.replace(/,/g, "").replace("±", "").replace("−", "-");
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
};
for (const table of all("[data-sortable]")) {
  const heads = all("thead th", table);
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((one, two) => {
      const [a, b] = [keyOf(one, column), keyOf(two, column)];
      const [x, y] = [numberOf(a), numberOf(b)];
      const order = x !== null && y !== null ? x - y : a.localeCompare(b);
      return down ? -order : order;
    });
    body.append(...rows);
  }));
}
