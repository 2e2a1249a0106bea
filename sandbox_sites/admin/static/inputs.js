// Tick boxes of tables, the slider, the calendar.
const boxes = [...document.querySelectorAll("input[name=ids]")];
const all = document.querySelector("input.all");
const picked = document.querySelector(".picked");
function count() {
  const ticked = boxes.filter((box) => box.checked).length;
  picked.textContent = ticked + " " + picked.dataset.text;
  document.getElementById("bulk").classList.toggle("busy", ticked > 0);
  boxes.forEach((box) => box.closest("tr").classList.toggle("ticked", box.checked));
}
if (all) {
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
}

for (const slide of document.querySelectorAll(".slide")) {
  const range = slide.querySelector("input");
  const show = () => (slide.querySelector("output").textContent = range.value + "%");
  range.addEventListener("input", show);
  for (const button of slide.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      range.value = Number(range.value) + Number(button.dataset.step);
      show();
    });
  }
}

for (const dated of document.querySelectorAll(".dated")) {
  const input = dated.querySelector("input");
  const month = dated.querySelector(".month");
  let shown = new Date(dated.dataset.today + "T12:00:00Z");
  const iso = (day) => day.toISOString().slice(0, 10);
  const draw = () => {
    const first = new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth(), 1, 12));
    const title = first.toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
    month.innerHTML =
      "<p><button type='button' aria-label='Previous month'>‹</button><b></b><button type='button' aria-label='Next month'>›</button></p><div></div>";
    month.querySelector("b").textContent = title;
    const [before, after] = month.querySelectorAll("button");
    const turn = (step) => {
      shown = new Date(Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + step, 1, 12));
      draw();
    };
    before.addEventListener("click", (event) => (event.stopPropagation(), turn(-1)));
    after.addEventListener("click", (event) => (event.stopPropagation(), turn(1)));
    const grid = month.querySelector("div");
    for (let i = 0; i < (first.getUTCDay() + 6) % 7; i++) grid.append(document.createElement("span"));
    for (const day = new Date(first); day.getUTCMonth() === first.getUTCMonth(); day.setUTCDate(day.getUTCDate() + 1)) {
      const cell = document.createElement("button");
      const value = iso(day);
      cell.type = "button";
      cell.textContent = day.getUTCDate();
      cell.disabled = value <= dated.dataset.today;
      if (value === input.value) cell.setAttribute("aria-pressed", "true");
      cell.addEventListener("click", () => {
        input.value = value;
        month.hidden = true;
      });
      grid.append(cell);
    }
  };
  dated.querySelector("button").addEventListener("click", () => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(input.value)) shown = new Date(input.value + "T12:00:00Z");
    draw();
    month.hidden = !month.hidden;
  });
  dated.addEventListener("keydown", (event) => {
    if (event.key === "Escape") month.hidden = true;
  });
}
