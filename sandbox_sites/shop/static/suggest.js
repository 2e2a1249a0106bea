// Suggestions below the search field: arrow keys or a click choose, Escape closes, Enter searches as ever.
for (const form of document.querySelectorAll("[data-suggest]")) {
  const box = form.querySelector("input");
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.hidden = true;
  form.append(list);
  let asked = 0;

  const links = () => [...list.querySelectorAll("a")];
  const close = () => { list.hidden = true; };

  box.addEventListener("input", async () => {
    const turn = ++asked;
    const words = box.value.trim();
    if (words.length < 2) { close(); return; }
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const found = await answer.json();
    list.replaceChildren(...found.map(({ name, path, price }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = path;
      link.textContent = name;
      const tag = document.createElement("span");
      tag.textContent = price;
      item.append(link, tag);
      return item;
    }));
    list.hidden = found.length === 0;
  });

  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); box.focus(); }
    if (list.hidden || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const stops = [box, ...links()];
    const step = event.key === "ArrowDown" ? 1 : stops.length - 1;
    stops[(stops.indexOf(document.activeElement) + step) % stops.length].focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!form.contains(event.target)) close(); });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
}
