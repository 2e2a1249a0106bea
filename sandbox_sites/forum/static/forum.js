"use strict";
/* Votes, quotes, longer lists, questions before something is deleted. */

const TOAST_MS = 8000;

function toast(text) {
  const note = make("p", { class: "toast" }, text);
  document.querySelector(".toasts").append(note);
  setTimeout(() => note.remove(), TOAST_MS);
}

document.querySelectorAll("[data-here]").forEach((field) => { field.value = location.pathname + location.search; });

document.querySelectorAll(".toasts .toast").forEach((note) => {
  const close = make("button", { type: "button", "aria-label": "Close" }, "×");
  close.addEventListener("click", () => note.remove());
  note.append(close);
});

document.querySelectorAll("[data-toggle]").forEach((button) => {
  const target = document.getElementById(button.dataset.toggle);
  button.addEventListener("click", () => {
    const open = target.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
});

document.querySelectorAll("form[data-vote]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ direction: event.submitter ? event.submitter.value : "up" });
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Wanted": "json" } });
    if (!(answer.headers.get("content-type") || "").includes("json")) { location.href = answer.url; return; }
    const { message, score, vote } = await answer.json();
    form.querySelector("output").textContent = score;
    form.querySelector(".up").classList.toggle("on", vote === 1);
    form.querySelector(".down").classList.toggle("on", vote === -1);
    toast(message);
  });
});

const reply = document.getElementById("reply");
if (reply) {
  const opener = document.querySelector('[data-open="reply"]');
  const shown = reply.querySelector("[data-quoted]");
  const open = () => {
    reply.hidden = false;
    opener.hidden = true;
    reply.querySelector("textarea").focus();
  };
  if (!("shown" in reply.dataset)) reply.hidden = true;
  opener.hidden = !reply.hidden;
  opener.addEventListener("click", open);
  document.querySelectorAll("[data-quote]").forEach((button) => {
    button.addEventListener("click", () => {
      const post = document.getElementById(button.dataset.quote);
      reply.elements.quoted.value = button.dataset.quote;
      shown.hidden = false;
      shown.textContent = `${post.querySelector(".pcol a").textContent}: ${post.querySelector(".text").textContent}`;
      open();
      reply.scrollIntoView({ block: "center" });
    });
  });
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-more]");
  if (!link) return;
  event.preventDefault();
  if (link.classList.contains("busy")) return;
  link.classList.add("busy");
  const answer = await fetch(link.dataset.more);
  if (!answer.ok) { location.href = link.href; return; }
  const { html, next } = await answer.json();
  const rows = make("template", {});
  rows.innerHTML = html;
  link.closest(".listing").querySelector("[data-rows]").append(rows.content);
  link.classList.remove("busy");
  if (next) link.dataset.more = next;
  else link.remove();
});

const dialog = document.getElementById("confirm");
document.querySelectorAll("form[data-confirm]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.querySelector("p").textContent = form.dataset.confirm;
    dialog.querySelector("[data-yes]").onclick = () => { dialog.close(); form.submit(); };
    dialog.querySelector("[data-no]").onclick = () => dialog.close();
    dialog.showModal();
  });
});

document.querySelectorAll("input[type=range]").forEach((slider) => {
  const value = slider.parentElement.querySelector("output");
  slider.addEventListener("input", () => { value.textContent = slider.value; });
});

/* What is empty is not worth a place in the address. */
document.querySelectorAll("form[data-lean]").forEach((form) => {
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      if (field.name && (field.value === "" || ("zero" in field.dataset && field.value === "0"))) field.disabled = true;
    }
  });
});

/* A page that comes back from the browser's memory has its fields again. */
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-lean] :disabled").forEach((field) => { field.disabled = false; });
});
