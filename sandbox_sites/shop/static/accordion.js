// Questions fold their answers away; without scripts every answer is shown.
for (const button of document.querySelectorAll("[data-folds] button")) {
  const answer = document.getElementById(button.getAttribute("aria-controls"));
  const show = (open) => {
    button.setAttribute("aria-expanded", String(open));
    answer.hidden = !open;
  };
  button.addEventListener("click", () => show(answer.hidden));
  show(false);
}
