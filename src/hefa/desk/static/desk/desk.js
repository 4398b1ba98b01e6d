// The desk's own script: the side sheet, the reason of a date, rows of parties, drafts. Everything works without it.
import { keepDrafts, forgetDrafts } from "./drafts.js";

document.documentElement.classList.add("js");
const wide = matchMedia("(min-width: 60rem)");
const dialogs = { sheet: document.getElementById("sheet"), why: document.getElementById("why") };
const trouble = document.getElementById("trouble");

// On a phone a step is a page of its own: its link is followed, not fetched.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sheet]");
  if (link && !wide.matches) event.stopImmediatePropagation();
}, true);

document.addEventListener("htmx:afterSwap", (event) => {
  for (const dialog of Object.values(dialogs)) {
    if (dialog && event.detail.target === dialog && !dialog.open) dialog.showModal();
  }
});

// A check as one types sends the one value, not the form around it.
document.addEventListener("htmx:configRequest", (event) => {
  const field = event.detail.elt;
  if (field.matches("[data-alone]")) event.detail.parameters = { value: field.value };
});

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => {
    trouble.textContent = document.body.dataset.failed;
    trouble.hidden = false;
    setTimeout(() => { trouble.hidden = true; }, 8000);
  });
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.nodeName === "DIALOG") return target.close();
  const close = target.closest("[data-close]");
  const dialog = close && close.closest("dialog");
  if (dialog) { event.preventDefault(); dialog.close(); }
  if (target.closest("[data-add-party]")) addParty(event);
  const remove = target.closest("[data-remove-party]");
  if (remove) { remove.closest(".party").remove(); remove.form?.dispatchEvent(new Event("input", { bubbles: true })); }
  if (target.closest("[data-logout]")) forgetDrafts();
  for (const menu of document.querySelectorAll("details.who[open], details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});

function addParty(event) {
  event.preventDefault();
  const box = event.target.closest("fieldset");
  const row = box.querySelector("template[data-party]").content.cloneNode(true);
  const list = box.querySelector("[data-parties]");
  list.append(row);
  window.htmx?.process(list.lastElementChild);
  list.lastElementChild.querySelector("input").focus();
}

document.addEventListener("change", (event) => {
  if (event.target.closest("form[data-auto]")) event.target.form.requestSubmit();
});

// The export takes what the list now shows, also after htmx has filtered it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-export]");
  if (link) link.search = location.search;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !confirm(form.dataset.confirm)) return event.preventDefault();
  const button = event.submitter;
  if (button && form.method === "post") {
    button.setAttribute("aria-busy", "true");
    if (form.dataset.busy) button.textContent = form.dataset.busy;
  }
});

function prepare(root) {
  const found = root.matches?.("[data-focus]") ? root : root.querySelector?.("[data-focus]");
  found?.focus();
  keepDrafts(root);
}

if (document.querySelector("form[data-forget-drafts]")) forgetDrafts();
prepare(document);
