// Tabs: without scripts all panels are shown and there is no tab bar.
for (const block of document.querySelectorAll("[data-tabs]")) {
  const bar = block.querySelector('[role="tablist"]');
  const tabs = [...bar.querySelectorAll('[role="tab"]')];
  const panel = (tab) => document.getElementById(tab.getAttribute("aria-controls"));

  const show = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panel(tab).hidden = tab !== chosen;
    }
  };
  for (const tab of tabs) tab.addEventListener("click", () => show(tab));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: tabs.length - 1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step) % tabs.length];
    next.focus();
    show(next);
  });
  bar.hidden = false;
  show(tabs.find((tab) => panel(tab).hasAttribute("data-first")) ?? tabs[0]);
}
