// What is being typed is kept in this tab until it is submitted, so that a closed sheet or a lost line costs nothing.
const PREFIX = "draft:";
const SENT = "draft-sent";

export function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX) || key === SENT) sessionStorage.removeItem(key);
}

export function keepDrafts(root) {
  if (document.querySelector("[data-done]")) {
    const sent = sessionStorage.getItem(SENT);
    if (sent) sessionStorage.removeItem(sent);
    sessionStorage.removeItem(SENT);
  }
  for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) keep(form);
}

function keep(form) {
  if (form.dataset.kept) return;
  form.dataset.kept = "yes";
  const key = PREFIX + form.dataset.draft;
  const stored = sessionStorage.getItem(key);
  const refused = form.querySelector("[role=alert]");
  if (stored && !refused) restore(form, JSON.parse(stored), key);
  form.addEventListener("input", () => sessionStorage.setItem(key, JSON.stringify(read(form))));
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
}

function read(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "seen");
}

function restore(form, pairs, key) {
  const parties = pairs.filter(([name]) => name === "party.name").length;
  const list = form.querySelector("[data-parties]");
  const template = form.querySelector("template[data-party]");
  while (list && list.children.length < parties) list.append(template.content.cloneNode(true));
  const places = {};
  for (const [name, value] of pairs) {
    const fields = form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
    if (fields[0]?.type === "radio") {
      for (const field of fields) field.checked = field.value === value;
    } else {
      const field = fields[places[name] ?? 0];
      places[name] = (places[name] ?? 0) + 1;
      if (field && field.type !== "hidden") field.value = value;
    }
  }
  const note = document.createElement("p");
  note.className = "draft";
  note.setAttribute("role", "status");
  note.append(form.dataset.restored);
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "plain";
  clear.textContent = form.dataset.forget;
  clear.addEventListener("click", () => { sessionStorage.removeItem(key); form.reset(); note.remove(); });
  note.append(clear);
  form.prepend(note);
  window.htmx?.process(form);
}
