// The search box suggests records; the command list narrows as one types; more of a list is fetched on demand.
const box = document.querySelector(".find input");
const hits = document.getElementById("hits");
let asked = 0;
if (box) {
  const mark = (step) => {
    const lines = [...hits.children];
    const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
    lines.forEach((line) => line.setAttribute("aria-selected", "false"));
    const next = lines[(at + step + lines.length) % lines.length];
    if (next) next.setAttribute("aria-selected", "true");
  };
  const close = () => {
    hits.hidden = true;
    box.setAttribute("aria-expanded", "false");
  };
  box.addEventListener("input", async () => {
    const number = ++asked;
    const found = await (await fetch("/data/suggest?q=" + encodeURIComponent(box.value))).json();
    if (number !== asked) return;
    hits.replaceChildren(
      ...found.map((hit) => {
        const line = document.createElement("li");
        line.setAttribute("role", "option");
        line.setAttribute("aria-selected", "false");
        line.innerHTML = "<b></b> <small></small>";
        line.firstChild.textContent = hit.name;
        line.lastChild.textContent = hit.kind + " · " + hit.remark;
        line.addEventListener("click", () => location.assign(hit.path));
        return line;
      }),
    );
    hits.hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const marked = hits.querySelector("[aria-selected=true]");
    if (step) {
      event.preventDefault();
      mark(step);
    } else if (event.key === "Enter" && marked && !hits.hidden) {
      event.preventDefault();
      marked.click();
    } else if (event.key === "Escape") close();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".find")) close();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      document.getElementById("commands").showModal();
    } else if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      box.focus();
    }
  });
}

const palette = document.querySelector(".palette input");
if (palette) {
  palette.addEventListener("input", () => {
    for (const line of document.querySelectorAll(".palette li")) {
      line.hidden = !line.textContent.toLowerCase().includes(palette.value.trim().toLowerCase());
    }
  });
  palette.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = document.querySelector(".palette li:not([hidden]) a");
    if (first) first.click();
  });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-more]");
  if (!link) return;
  event.preventDefault();
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  const next = page.querySelector("[data-more]");
  document.querySelector(link.dataset.more).replaceWith(page.querySelector(link.dataset.more));
  if (next) link.href = next.getAttribute("href");
  else link.remove();
});
