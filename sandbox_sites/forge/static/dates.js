// A calendar beside a date field.
"use strict";
for (const button of document.querySelectorAll("[data-calendar]")) {
  const field = document.getElementById(button.dataset.calendar);
  const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const today = button.dataset.today;
  let [year, month] = today.split("-").map(Number);
  const sheet = document.createElement("div");
  sheet.className = "calendar";
  sheet.setAttribute("role", "group");
  sheet.hidden = true;
  field.closest(".row").append(sheet);
  const two = (number) => String(number).padStart(2, "0");
  const turner = (text, by) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", () => {
      month += by;
      if (month < 1) [year, month] = [year - 1, 12];
      if (month > 12) [year, month] = [year + 1, 1];
      draw();
      sheet.querySelector(by < 0 ? "button" : ".head button:last-child").focus();
    });
    return made;
  };
  const draw = () => {
    const head = document.createElement("div");
    head.className = "head";
    const name = document.createElement("b");
    name.setAttribute("aria-live", "polite");
    name.textContent = `${months[month - 1]} ${year}`;
    head.append(turner("‹", -1), name, turner("›", 1));
    const days = document.createElement("div");
    days.className = "days";
    for (const day of ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]) {
      const cell = document.createElement("i");
      cell.textContent = day;
      days.append(cell);
    }
    const blank = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7;
    for (let i = 0; i < blank; i += 1) days.append(document.createElement("span"));
    const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
    for (let day = 1; day <= count; day += 1) {
      const one = document.createElement("button"), iso = `${year}-${two(month)}-${two(day)}`;
      one.type = "button";
      one.textContent = day;
      one.setAttribute("aria-label", `${day} ${months[month - 1]} ${year}`);
      one.disabled = iso < today;
      one.addEventListener("click", () => {
        field.value = iso;
        sheet.hidden = true;
        button.focus();
      });
      days.append(one);
    }
    sheet.replaceChildren(head, days);
  };
  button.addEventListener("click", () => {
    sheet.hidden = !sheet.hidden;
    draw();
  });
  sheet.addEventListener("keydown", (event) => {
    if (event.key === "Escape") sheet.hidden = true;
  });
}
