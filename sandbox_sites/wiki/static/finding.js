// Finding things: suggestions, a sieve for long lists, a drop-down of our own, older changes.
"use strict";

for (const input of document.querySelectorAll("[data-suggest]")) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  let latest = 0;
  const shut = () => { list.hidden = true; input.setAttribute("aria-expanded", false); };
  shut();
  input.addEventListener("input", async () => {
    const mine = ++latest;
    const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
    const found = await answer.json();
    if (mine !== latest) return;
    list.replaceChildren(...found.map((one) => {
      const row = document.createElement("li");
      row.setAttribute("role", "option");
      row.dataset.path = one.path;
      row.append(one.title, Object.assign(document.createElement("small"), { textContent: one.kind }));
      row.addEventListener("click", () => { location.href = one.path; });
      return row;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", !list.hidden);
  });
  input.addEventListener("keydown", (event) => {
    const rows = [...list.children];
    const now = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") shut();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = (now + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
      rows.forEach((row, i) => row.setAttribute("aria-selected", i === next));
    }
    if (event.key === "Enter" && now >= 0) { event.preventDefault(); location.href = rows[now].dataset.path; }
  });
  document.addEventListener("click", (event) => { if (!input.parentElement.contains(event.target)) shut(); });
}

for (const sieve of document.querySelectorAll("[data-sieve]")) {
  sieve.addEventListener("input", () => {
    const typed = sieve.value.trim().toLowerCase();
    for (const row of document.querySelectorAll(sieve.dataset.sieve)) {
      row.hidden = !row.textContent.toLowerCase().includes(typed);
    }
    for (const group of document.querySelectorAll(".letter")) {
      group.hidden = ![...group.querySelectorAll("li")].some((row) => !row.hidden);
    }
  });
}

for (const pick of document.querySelectorAll("[data-pick]")) {
  const [button, list, field] = ["button", "ul", "input"].map((name) => pick.querySelector(name));
  const options = [...list.children];
  const open = (on) => {
    list.hidden = !on;
    button.setAttribute("aria-expanded", on);
    if (on) (options.find((one) => one.dataset.value === field.value) || options[0]).focus();
  };
  const choose = (option) => {
    field.value = option.dataset.value;
    button.firstElementChild.textContent = option.textContent;
    open(false);
    button.focus();
  };
  button.addEventListener("click", () => open(list.hidden));
  options.forEach((option, i) => {
    option.addEventListener("click", () => choose(option));
    option.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); options[(i + step + options.length) % options.length].focus(); }
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(option); }
      if (event.key === "Escape") { open(false); button.focus(); }
    });
  });
  document.addEventListener("click", (event) => { if (!pick.contains(event.target)) open(false); });
}

for (const more of document.querySelectorAll("[data-more]")) {
  more.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(more.dataset.more + new URL(more.href).search);
    const { rows, next } = await answer.json();
    document.querySelector(".log").insertAdjacentHTML("beforeend", rows);
    if (next) more.href = `/recent${next}`;
    else more.remove();
  });
}
