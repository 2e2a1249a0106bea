// Older commits, the files of a commit, tables that sort by a click on a heading.
"use strict";
(() => {
  const log = document.getElementById("log");
  if (!log) return;
  const element = (name, text, cls) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };
  const row = (commit) => {
    const item = document.createElement("li"), words = document.createElement("div"), small = document.createElement("small");
    const author = element("a", commit.author, "person"), sha = element("button", commit.sha, "mono sha");
    author.href = `/${commit.handle}`;
    sha.type = "button";
    sha.dataset.sha = commit.sha;
    sha.setAttribute("aria-expanded", "false");
    small.append(author, ` · ${commit.when}`);
    words.append(element("b", commit.message), document.createElement("br"), small);
    item.append(words, sha);
    return item;
  };
  const older = document.getElementById("older");
  older?.addEventListener("click", async (event) => {
    event.preventDefault();
    const answer = await fetch(`/data/commits/${log.dataset.repo}?from=${log.children.length}`);
    const commits = answer.ok ? await answer.json() : [];
    log.append(...commits.map(row));
    if (commits.length < 7) older.parentElement.remove();
  });
  log.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-sha]");
    if (!button) return;
    const item = button.closest("li"), shown = item.querySelector(".touched");
    button.setAttribute("aria-expanded", String(!shown));
    if (shown) return shown.remove();
    const answer = await fetch(`/data/commit/${log.dataset.repo}/${button.dataset.sha}`);
    const list = element("ul", "", "touched");
    for (const file of answer.ok ? await answer.json() : []) {
      list.append(element("li", `${file.path}  +${file.added} −${file.removed}`));
    }
    item.append(list);
  });
})();
for (const table of document.querySelectorAll("[data-sortable]")) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((cell, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "heading";
    button.append(...cell.childNodes);
    cell.append(button);
    button.addEventListener("click", () => {
      const down = cell.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const rows = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), "en", { numeric: true }));
      body.append(...(down ? rows.reverse() : rows));
    });
  });
}
