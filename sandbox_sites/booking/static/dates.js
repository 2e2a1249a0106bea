"use strict";
// The date picker of forms, and the calendar of free nights.
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const iso = (year, month, day) => `${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

document.querySelectorAll("[data-datepicker]").forEach((field) => {
  const [input, open, pop] = ["input", ".cal-open", ".popcal"].map((selector) => field.querySelector(selector));
  let year = 0;
  let month = 0;
  const start = () => {
    const known = /^\d{4}-\d{2}-\d{2}$/.test(input.value) ? input.value : field.dataset.today;
    [year, month] = [Number(known.slice(0, 4)), Number(known.slice(5, 7)) - 1];
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  const turn = (step) => {
    const then = new Date(Date.UTC(year, month + step, 1));
    [year, month] = [then.getUTCFullYear(), then.getUTCMonth()];
    draw();
  };
  const close = () => { pop.hidden = true; open.focus(); };
  const draw = () => {
    const head = document.createElement("div");
    head.className = "popcal-head";
    const title = document.createElement("b");
    title.textContent = `${MONTHS[month]} ${year}`;
    head.append(button("‹", "Month before", () => turn(-1)), title, button("›", "Month after", () => turn(1)));
    const table = document.createElement("table");
    let row = table.insertRow();
    for (let i = 0; i < (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7; i += 1) row.insertCell();
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    for (let day = 1; day <= last; day += 1) {
      if (row.cells.length === 7) row = table.insertRow();
      const made = button(String(day), `${day} ${MONTHS[month]} ${year}`, () => {
        input.value = iso(year, month, day);
        close();
      });
      made.disabled = iso(year, month, day) < field.dataset.today;
      if (iso(year, month, day) === input.value) made.className = "on";
      row.insertCell().append(made);
    }
    pop.replaceChildren(head, table);
  };
  open.addEventListener("click", () => {
    if (!pop.hidden) { close(); return; }
    start();
    draw();
    pop.hidden = false;
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Escape" && !pop.hidden) close(); });
  document.addEventListener("click", (event) => {
    if (!event.composedPath().includes(field)) pop.hidden = true;
  });
});

document.querySelectorAll("[data-nights]").forEach((box) => {
  const month = box.querySelector(".month");
  let room = (box.querySelector(".seg.on") || box.querySelector(".seg")).dataset.room;
  let shown = "";
  const load = async () => {
    const answer = await fetch(`/data/month/${box.dataset.nights}?room=${room}&month=${shown}`);
    month.innerHTML = (await answer.json()).html;
  };
  box.addEventListener("click", (event) => {
    const link = event.target.closest("[data-month], [data-room]");
    if (!link) return;
    event.preventDefault();
    if (link.dataset.month) shown = link.dataset.month;
    if (link.dataset.room) {
      room = link.dataset.room;
      box.querySelectorAll(".seg").forEach((other) => other.classList.toggle("on", other === link));
    }
    load();
  });
});
