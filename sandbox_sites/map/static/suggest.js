"use strict";
// Suggestions under a text field: by keyboard (arrows, Enter, Escape) or by click.
document.querySelectorAll("[data-suggest]").forEach((box, index) => {
  const list = document.createElement("ul");
  let asked = 0;
  let current = -1;
  list.id = "suggestions-" + index;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
  box.parentElement.append(list);

  function close() {
    asked += 1;
    list.hidden = true;
    current = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function pick(option) {
    box.value = option.dataset.name;
    close();
    if ("go" in box.dataset && option.dataset.url) window.location.href = option.dataset.url;
  }

  function show(found) {
    list.replaceChildren(...found.map((one, number) => {
      const option = document.createElement("li");
      option.id = list.id + "-" + number;
      option.setAttribute("role", "option");
      option.dataset.name = one.name;
      option.dataset.url = one.url;
      option.innerHTML = "<b></b> <span></span>";
      option.firstChild.textContent = one.name;
      option.lastChild.textContent = one.detail;
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => pick(option));
      return option;
    }));
    list.hidden = found.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  box.addEventListener("input", async () => {
    const text = box.value.trim();
    const mine = ++asked;
    if (!text) return close();
    const answer = await fetch(box.dataset.suggest + "?q=" + encodeURIComponent(text));
    if (!answer.ok) return;
    const found = await answer.json();
    if (mine !== asked || document.activeElement !== box) return;
    const whole = !("go" in box.dataset) && found.some((one) => one.name.toLowerCase() === text.toLowerCase());
    if (whole) close(); else show(found);
  });
  box.addEventListener("keydown", (event) => {
    const options = [...list.children];
    if (event.key === "Escape") return close();
    if (list.hidden || !options.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      current = (current + (event.key === "ArrowDown" ? 1 : options.length - 1) + options.length) % options.length;
      options.forEach((option, number) => option.setAttribute("aria-selected", String(number === current)));
      box.setAttribute("aria-activedescendant", options[current].id);
    } else if (event.key === "Enter" && current >= 0) {
      event.preventDefault();
      pick(options[current]);
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150));
});
