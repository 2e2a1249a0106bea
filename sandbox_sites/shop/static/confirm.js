// A form with data-confirm asks in a dialog before it is sent.
const dialog = document.querySelector("dialog.sure");
let waiting = null;

for (const form of document.querySelectorAll("form[data-confirm]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    waiting = form;
    dialog.querySelector("p").textContent = form.dataset.confirm;
    dialog.showModal();
  });
}
dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
dialog.querySelector("[data-yes]").addEventListener("click", () => waiting.submit());
