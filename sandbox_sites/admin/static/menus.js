// Menus and drop-downs of our own: open by click, Enter or arrow keys; Escape closes.
function closeMenus(except) {
  for (const menu of document.querySelectorAll(".menu")) {
    if (menu === except) continue;
    const list = menu.querySelector("[role=menu],[role=listbox]");
    list.hidden = true;
    menu.querySelector("button").setAttribute("aria-expanded", "false");
  }
}

for (const menu of document.querySelectorAll(".menu")) {
  const button = menu.querySelector("button");
  const list = menu.querySelector("[role=menu],[role=listbox]");
  const lines = [...list.querySelectorAll("[role=menuitem],[role=option]")];
  const open = () => {
    closeMenus(menu);
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
  };
  button.addEventListener("click", () => (list.hidden ? open() : closeMenus()));
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      closeMenus();
      button.focus();
    } else if (step) {
      event.preventDefault();
      if (list.hidden) open();
      const at = lines.indexOf(document.activeElement);
      lines[(at + step + lines.length) % lines.length].focus();
    } else if ((event.key === "Enter" || event.key === " ") && document.activeElement.getAttribute("role") === "option") {
      event.preventDefault();
      document.activeElement.click();
    }
  });
  if (list.getAttribute("role") !== "listbox") continue;
  for (const option of lines) {
    option.addEventListener("click", () => {
      for (const other of lines) other.setAttribute("aria-selected", String(other === option));
      menu.querySelector("input").value = option.dataset.value;
      menu.querySelector(".now").textContent = option.textContent;
      closeMenus();
      button.focus();
    });
  }
}
document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu")) closeMenus();
});
