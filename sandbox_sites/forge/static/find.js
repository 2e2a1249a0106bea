// Suggestions of the search box.
"use strict";
(() => {
  const box = document.getElementById("find");
  if (!box) return;
  const list = document.getElementById("found");
  let at = -1, asked = 0;
  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) box.setAttribute("aria-activedescendant", list.children[at].id);
  };
  box.addEventListener("input", async () => {
    const number = ++asked;
    const answer = await fetch(`/data/suggest?q=${encodeURIComponent(box.value)}`);
    const found = answer.ok ? await answer.json() : [];
    if (number !== asked) return;
    list.replaceChildren(...found.map((one, i) => {
      const item = document.createElement("li");
      item.id = `found-${i}`;
      item.setAttribute("role", "option");
      const kind = document.createElement("small");
      kind.textContent = one.kind;
      item.append(one.text, " ", kind);
      item.dataset.path = one.path;
      return item;
    }));
    at = -1;
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!!found.length));
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + list.children.length) % list.children.length;
      mark();
    }
    if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.href = list.children[at].dataset.path;
    }
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) location.href = item.dataset.path;
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".find")) close();
  });
})();
