// Comments beside the story. Without this script each form leads to a page; with it the page stays, with what
// is typed in the story, and the panel is drawn again. `passages.js` marks the words in the editor.

const panel = () => document.getElementById("comments");
const kept = (field) => `comment:${location.pathname}:${field.id}`;

function tell(words) {
  const place = document.getElementById("comments-refused");
  place.textContent = words;
  place.hidden = !words;
}

function flash(element) {
  const column = element.closest(".story-side");
  if (column && column.scrollHeight > column.clientHeight) {
    column.scrollTop += element.getBoundingClientRect().top - column.getBoundingClientRect().top - 12;
  } else {
    element.scrollIntoView({ block: "nearest" });
  }
  element.classList.add("pointed-at");
  setTimeout(() => element.classList.remove("pointed-at"), 1500);
}

// What is typed here stays in this tab until it is said, also when the story is saved meanwhile.
function remember(field) {
  if (field.value.trim() && field.value !== field.defaultValue) sessionStorage.setItem(kept(field), field.value);
  else sessionStorage.removeItem(kept(field));
}

function begin() {
  const putBack = (field) => {
    const before = field && sessionStorage.getItem(kept(field));
    if (!before || field.value === before) return;
    field.value = before;
    field.closest("details").open = true;
  };
  for (const field of panel().querySelectorAll("textarea")) putBack(field);
  // Words alone are only a selection: they come back with the comment that was begun on them.
  if (document.getElementById("comment-text")?.value) putBack(document.getElementById("comment-words"));
  document.dispatchEvent(new CustomEvent("threads:drawn"));
}

function draw(html, keepFocus) {
  const open = [...panel().querySelectorAll("details[open]")].map((part) => part.querySelector("textarea")?.id);
  const focused = keepFocus && document.activeElement?.id;
  const resolved = panel().querySelector(".comments-resolved")?.open;
  const page = new DOMParser().parseFromString(html, "text/html");
  panel().replaceChildren(...page.getElementById("comments").childNodes);
  for (const id of open) {
    const part = id && document.getElementById(id)?.closest("details");
    if (part && id !== "comment-text") part.open = keepFocus;
  }
  if (resolved) panel().querySelector(".comments-resolved")?.setAttribute("open", "");
  begin();
  if (focused) document.getElementById(focused)?.focus();
}

async function ask(body, query = "") {
  const answer = await fetch(panel().dataset.url + query, {
    method: body ? "POST" : "GET", body, headers: { Accept: "application/json" },
  });
  if (!answer.headers.get("content-type")?.includes("json")) throw new Error("no answer");
  return answer.json();
}

async function send(form, button) {
  const body = new FormData(form, button);
  const fields = form.querySelectorAll("textarea, #comment-words");
  const buttons = form.querySelectorAll("button");
  for (const each of buttons) each.disabled = true;
  try {
    const { html, refused, told, thread } = await ask(body);
    if (refused) return tell(refused);
    for (const field of fields) sessionStorage.removeItem(kept(field));
    draw(html, false);
    tell(told ?? "");
    const said = document.getElementById(`thread-${thread}`);
    if (said) {
      said.tabIndex = -1;
      said.focus({ preventScroll: true });
      flash(said);
    }
  } catch {
    tell(panel().dataset.offline);
  } finally {
    for (const each of buttons) each.disabled = false;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("#comments .comment-form")) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("input", ({ target }) => {
  if (target.matches?.("#comments textarea, #comment-words")) remember(target);
});

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter" || !field.matches?.("#comments textarea")) return;
  event.preventDefault();
  field.form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const thread = event.target.closest?.(".thread-show")?.closest(".thread");
  if (thread) document.dispatchEvent(new CustomEvent("thread:show", { detail: thread.dataset.thread }));
});

// Words were selected in the editor, or in the story as somebody reads it who cannot change it.
document.addEventListener("passage:selected", ({ detail }) => {
  const words = document.getElementById("comment-words");
  if (!words) return;
  words.value = detail.words;
  words.form.elements.near.value = String(detail.start ?? 0);
  remember(words);
  if (!detail.write) return;
  const part = words.closest("details");
  part.open = true;
  flash(part);
  document.getElementById("comment-text").focus({ preventScroll: true });
});

document.addEventListener("passage:opened", ({ detail }) => {
  const thread = document.getElementById(`thread-${detail.thread}`);
  if (!thread) return;
  flash(thread);
  if (detail.focus) {
    thread.tabIndex = -1;
    thread.focus({ preventScroll: true });
  }
});

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.anchorNode?.parentElement?.closest(".reading")) return;
  const detail = { words: selection.toString().trim() };
  document.dispatchEvent(new CustomEvent("passage:selected", { detail }));
});

// What others say appears while one looks, unless one is in the middle of a word: then when one leaves it.
// Beside the form `sitting.js` tells that something was said; elsewhere it is asked for now and then.
const EVERY = 15_000; // milliseconds
let drawn = null; // the number of what is shown, as the server counts
let waiting = false;

async function look(said) {
  if (document.visibilityState !== "visible" || !panel() || said === drawn) return;
  waiting = panel().contains(document.activeElement);
  if (waiting) return;
  try {
    const { html, said: now } = await ask(null, drawn === null ? "" : `?since=${drawn}`);
    waiting = Boolean(html) && panel().contains(document.activeElement);
    if (waiting) return;
    drawn = now;
    if (html) draw(html, true);
  } catch {
    // Logged out, or no connection: the form of the story says so.
  }
}

document.addEventListener("story:said", ({ detail }) => {
  if (drawn === null) drawn = detail; // the page is younger than this first sign of life
  else look(detail);
});
document.addEventListener("visibilitychange", () => look());
document.addEventListener("focusout", () => {
  if (waiting) setTimeout(look);
});

if (panel()) {
  begin();
  if (!document.getElementById("sitting")) setInterval(look, EVERY);
}
