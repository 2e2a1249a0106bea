// Dialogs, panels that fold away, tabs, messages that can be closed.
for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => {
    const dialog = document.getElementById(button.dataset.opens);
    if (button.dataset.value) {
      dialog.querySelector("input[name=name]").value = button.dataset.value;
      dialog.querySelector("[data-shows]").textContent = button.dataset.value;
    }
    dialog.showModal();
  });
}
for (const button of document.querySelectorAll("[data-closes]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
for (const dialog of document.querySelectorAll("dialog[data-open]")) dialog.showModal();
for (const button of document.querySelectorAll("[data-toggles]")) {
  button.addEventListener("click", () => {
    const panel = document.getElementById(button.dataset.toggles);
    if (panel.tagName === "NAV") panel.classList.toggle("open");
    else panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(panel.tagName === "NAV" ? panel.classList.contains("open") : !panel.hidden));
  });
}
for (const button of document.querySelectorAll("[data-hides]")) {
  button.addEventListener("click", () => button.parentElement.remove());
}
for (const box of document.querySelectorAll("[data-tabs]")) {
  const tabs = [...box.querySelectorAll("[role=tab]")];
  const show = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab !== chosen;
    }
  };
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      show(next);
      next.focus();
    });
  });
  show(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") || tabs[0]);
}
