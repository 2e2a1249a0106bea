// The shop's own drop-down in place of a native one, which goes on holding the value.
for (const select of document.querySelectorAll("select[data-picker]")) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  const holder = document.createElement("div");
  const button = document.createElement("button");
  const list = document.createElement("ul");
  holder.className = "picker";
  button.type = "button";
  button.id = `${select.id}-button`;
  button.setAttribute("aria-haspopup", "listbox");
  button.setAttribute("aria-labelledby", `${label.id} ${button.id}`);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-labelledby", label.id);
  list.hidden = true;

  const open = (shown) => {
    list.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  const items = [...select.options].filter((option) => option.value).map((option) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.tabIndex = -1;
    item.textContent = option.text;
    item.addEventListener("click", () => {
      select.value = option.value;
      tell();
      open(false);
      button.focus();
    });
    return item;
  });
  const tell = () => {
    button.textContent = select.selectedOptions[0].text;
    for (const item of items) item.setAttribute("aria-selected", String(item.textContent === select.value));
  };
  button.addEventListener("click", () => open(list.hidden));
  holder.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { open(false); button.focus(); }
    if (event.key === "Enter" && items.includes(document.activeElement)) {
      event.preventDefault();
      document.activeElement.click();
    }
    const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    open(true);
    const now = items.indexOf(document.activeElement);
    items[now < 0 ? 0 : (now + step) % items.length].focus();
  });
  document.addEventListener("pointerdown", (event) => { if (!holder.contains(event.target)) open(false); });
  label.removeAttribute("for");
  label.addEventListener("click", () => button.focus());
  list.append(...items);
  holder.append(button, list);
  select.after(holder);
  select.hidden = true;
  open(false);
  tell();
}
