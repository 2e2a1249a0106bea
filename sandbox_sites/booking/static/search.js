"use strict";
// Suggestions of places, the order drop-down, and more cards.
document.querySelectorAll("[data-suggest]").forEach((box) => {
  const [input, list] = [box.querySelector("input"), box.querySelector("ul")];
  let active = -1;
  const show = (open) => { list.hidden = !open; input.setAttribute("aria-expanded", open); };
  const pick = (text) => { input.value = text; show(false); input.focus(); };
  const mark = (step) => {
    const items = [...list.children];
    if (!items.length) return;
    active = (active + step + items.length) % items.length;
    items.forEach((item, i) => item.setAttribute("aria-selected", i === active));
  };
  input.addEventListener("input", async () => {
    const typed = input.value;
    const answer = await fetch(`/data/places?q=${encodeURIComponent(typed)}`);
    const places = await answer.json();
    if (input.value !== typed) return;
    active = -1;
    list.replaceChildren(...places.map((place) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      const what = document.createElement("small");
      what.textContent = place.what;
      item.append(`${place.name} `, what);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => pick(place.name));
      item.dataset.name = place.name;
      return item;
    }));
    show(places.length > 0 && document.activeElement === input);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(1);
    else if (event.key === "ArrowUp") mark(-1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      pick(list.children[active].dataset.name);
    }
  });
  input.addEventListener("blur", () => show(false));
});

document.querySelectorAll("[data-drop]").forEach((box) => {
  const [button, list, hidden] = ["button", "ul", "input"].map((selector) => box.querySelector(selector));
  const show = (open) => { list.hidden = !open; button.setAttribute("aria-expanded", open); };
  const pick = (item) => {
    hidden.value = item.dataset.value;
    show(false);
    hidden.form.requestSubmit();
  };
  button.addEventListener("click", () => show(list.hidden));
  list.querySelectorAll("li").forEach((item, i, items) => {
    item.addEventListener("click", () => pick(item));
    item.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") pick(item);
      else if (event.key === "ArrowDown") items[(i + 1) % items.length].focus();
      else if (event.key === "ArrowUp") items[(i + items.length - 1) % items.length].focus();
      else if (event.key === "Escape") { show(false); button.focus(); }
      else return;
      event.preventDefault();
    });
  });
  document.addEventListener("click", (event) => { if (!box.contains(event.target)) show(false); });
});

document.querySelectorAll("[data-more]").forEach((link) => {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    const query = new URL(link.href).search;
    const answer = await (await fetch(`/data/more${query}`)).json();
    document.getElementById("cards").insertAdjacentHTML("beforeend", answer.html);
    if (answer.more) link.href = `/search?${answer.more}`;
    else link.parentElement.remove();
  });
});
