// Keeps what is typed into the story form on this computer until the server has it, so that an expired
// log-in, a lost connection or a crash loses nothing; and warns before a page with unsaved words is left.
// `sitting.js` carries the same to the server, and says so with "story:kept": then the copy here can go.

const form = document.getElementById("story-form");
const offer = document.getElementById("draft-offer");
const name = `draft:${form.dataset.story}`;
const state = document.getElementById("save-state");
const SKIP = new Set(["csrfmiddlewaretoken", "version", "window"]);

const values = () =>
  Object.fromEntries([...new FormData(form)].filter(([field]) => !SKIP.has(field)));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function load() {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

// The server says in a cookie which draft it has taken, so that a copy is offered only when it is needed.
function forgetSaved() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("desk_saved="));
  const [story, version] = decodeURIComponent(cookie?.split("=")[1] ?? "").split(":");
  if (!story) return;
  const stored = JSON.parse(localStorage.getItem(`draft:${story}`) ?? "null");
  if (stored?.submitted && stored.version === version) localStorage.removeItem(`draft:${story}`);
}

try {
  forgetSaved();
} catch {
  // An unreadable copy is no copy.
}

let saved = values();
let dirty = "dirty" in form.dataset || form.querySelector(".form-refusal, .errornote") !== null;
let timer = 0;
let leaving = false;

function keep(submitted = false) {
  const now = values();
  dirty = dirty || !same(now, saved);
  if (!dirty) return;
  if (!submitted) document.dispatchEvent(new CustomEvent("story:typed", { detail: now }));
  try {
    const version = form.elements.namedItem("version").value;
    const copy = { at: new Date().toISOString(), values: now, version, submitted };
    localStorage.setItem(name, JSON.stringify(copy));
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    if (state) state.textContent = `${form.dataset.unsaved} ${time}`;
  } catch {
    // A full or forbidden store: the warning before leaving still stands.
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => keep(), 800);
}

function fill(draft) {
  for (const [field, value] of Object.entries(draft)) {
    const input = form.elements.namedItem(field);
    if (!input) continue;
    if (input.type === "checkbox") input.checked = true;
    else input.value = value;
  }
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    if (!(box.name in draft)) box.checked = false;
  }
  const body = document.getElementById("id_body");
  const editor = body?.closest(".prose-editor")?.querySelector(".tiptap")?.editor;
  editor?.commands.setContent(draft.body ?? "");
  document.dispatchEvent(new CustomEvent("story:filled"));
}

function propose(draft) {
  const at = new Date(draft.at);
  const time = offer.querySelector("time");
  time.dateTime = draft.at;
  time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  offer.hidden = false;
  offer.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-draft]")?.dataset.draft;
    if (!choice) return;
    if (choice === "restore") fill(draft.values);
    else localStorage.removeItem(name);
    offer.hidden = true;
    if (choice === "restore") keep();
  });
}

form.addEventListener("input", later);
form.addEventListener("change", later);
form.addEventListener("submit", () => {
  clearTimeout(timer);
  keep(true);
  leaving = true;
});
document.addEventListener("story:kept", ({ detail }) => {
  if (same(detail, values())) localStorage.removeItem(name);
});
addEventListener("beforeunload", (event) => {
  if (leaving) return;
  keep();
  if (dirty) event.preventDefault();
});

const draft = load();
const onServer = document.querySelector("#unsaved time")?.dateTime;
if (draft && !dirty) {
  if (same(draft.values, saved) || draft.at <= new Date(onServer ?? 0).toISOString()) localStorage.removeItem(name);
  else propose(draft);
}

// The editor writes the body in its own way (spacing, entities): what it starts from is no change.
document.addEventListener("prose-editor:ready", ({ detail }) => {
  saved = { ...values(), ...saved }; // what was typed before the editor was ready is no starting point
  const start = detail.editor.getHTML();
  detail.editor.on("update", () => {
    if (detail.editor.getHTML() !== start) later();
  });
});
