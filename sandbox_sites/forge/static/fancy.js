// Drop-downs of our own over native ones, which stay what the form sends.
"use strict";
for (const select of document.querySelectorAll("select[data-fancy]")) {
  const hold = document.createElement("div");
  hold.className = "fancy";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fancy-button";
  const value = document.createElement("span");
  value.id = `${select.id}-value`;
  const list = document.createElement("ul");
  list.id = `${select.id}-list`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const set = (name, text) => button.setAttribute(name, text);
  set("role", "combobox");
  set("aria-haspopup", "listbox");
  set("aria-controls", list.id);
  set("aria-labelledby", `${select.id}-label ${value.id}`);
  button.append(value, " ▾");
  const items = [...select.options].map((option, i) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.textContent = option.textContent;
    item.addEventListener("click", () => choose(i));
    list.append(item);
    return item;
  });
  let at = select.selectedIndex;
  const show = (open) => {
    list.hidden = !open;
    set("aria-expanded", String(open));
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    if (open) items[at]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (i) => {
    at = i;
    select.selectedIndex = i;
    value.textContent = items[i].textContent;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    show(false);
    button.focus();
  };
  button.addEventListener("click", () => show(list.hidden));
  button.addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), items.length - 1);
      show(true);
    }
    if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(at);
    }
  });
  document.addEventListener("click", (event) => {
    if (!hold.contains(event.target)) show(false);
  });
  value.textContent = items[at]?.textContent ?? "";
  show(false);
  select.classList.add("behind");
  select.after(hold);
  hold.append(button, list);
}
