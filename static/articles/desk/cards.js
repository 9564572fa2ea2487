// Cards of underlined quotations: they open under the mouse, by Alt+Enter where the caret stands, or by the
// button that says what the caret is in. Their buttons belong to the form of the story, so nothing typed is lost.

const card = document.getElementById("quotation-card");
const form = document.getElementById("story-form");
const words = card.dataset;
const REST = 350; // milliseconds that the mouse rests before a card opens
const LEAVE = 250; // and that it may be away before it closes

let sightings = [];
let shown = null; // the sighting whose card is open
let asked = 0;
let timer = 0;
let holds = false; // opened by a key or a button: it stays until it is closed
let box = null;
const known = new Map();

const at = (node) => (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest(".tiptap .underlined");
const sightingOf = (element) => sightings[Number(element?.dataset.sighting)];

async function fetchCard(sighting) {
  const sent = JSON.stringify(sighting);
  if (known.has(sent)) return known.get(sent);
  const body = new URLSearchParams({ sighting: sent, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const answer = await fetch(words.url, { method: "POST", body });
  if (!answer.ok || answer.redirected) return "";
  const html = await answer.text();
  known.set(sent, html);
  return html;
}

// Below the words where there is room, else above them; a phone shows it at its lower edge (cards.css).
function place(element) {
  const [first] = element.getClientRects();
  const { width, height } = card.getBoundingClientRect();
  const below = first.bottom + 6;
  const top = below + height < innerHeight || first.top < height ? below : first.top - height - 6;
  card.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  card.style.left = `${Math.max(8, Math.min(first.left, innerWidth - width - 8))}px`;
}

async function open(element, byKey) {
  const sighting = sightingOf(element);
  clearTimeout(timer);
  if (!sighting || (shown === sighting && !byKey)) return;
  const number = ++asked;
  const html = await fetchCard(sighting).catch(() => "");
  if (!html || number !== asked || !element.isConnected) return;
  card.innerHTML = html;
  card.setAttribute("aria-labelledby", "quotation-card-title"); // which is there only now
  shown = sighting;
  holds = byKey;
  if (!card.matches(":popover-open")) card.showPopover();
  place(element);
  card.scrollTop = 0;
  if (byKey) (card.querySelector("button") ?? card.querySelector("a[href]") ?? card).focus();
}

function close(back) {
  asked += 1;
  clearTimeout(timer);
  if (!card.matches(":popover-open")) return;
  const inside = card.contains(document.activeElement);
  card.hidePopover();
  shown = null;
  holds = false;
  if (back && inside) box?.focus();
}

function later(task, pause) {
  clearTimeout(timer);
  timer = setTimeout(task, pause);
}

// --- The mouse ------------------------------------------------------------------------------------

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || holds) return;
  const element = at(event.target);
  if (element && !event.buttons) later(() => open(element, false), REST);
  else if (card.contains(event.target)) clearTimeout(timer);
  else later(() => close(false), LEAVE);
});

document.addEventListener("pointerdown", (event) => {
  if (!card.contains(event.target) && !event.target.closest?.(".caret-card")) close(false);
});

// --- The keyboard ---------------------------------------------------------------------------------

const atCaret = () => (box?.contains(getSelection().anchorNode) ? at(getSelection().anchorNode) : null);

function press(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
  const button = card.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && card.matches(":popover-open")) {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    } else if (event.key === "Enter" && event.altKey && box?.contains(event.target)) {
      event.preventDefault();
      event.stopPropagation();
      open(atCaret(), true);
    } else if (card.contains(event.target)) press(event);
    else if (box?.contains(event.target)) close(false);
  },
  true,
);

card.addEventListener("focusout", ({ relatedTarget }) => {
  if (holds && relatedTarget && !card.contains(relatedTarget)) close(false);
});

// --- Which quotation the caret is in --------------------------------------------------------------

const line = Object.assign(document.createElement("div"), { className: "caret-card" });
const told = document.createElement("span");
told.setAttribute("role", "status");
const button = Object.assign(document.createElement("button"), {
  type: "button", className: "btn btn-small", textContent: words.open, hidden: true,
});
line.append(told, button);
button.addEventListener("click", () => open(current, true));

let current = null;

function follow() {
  const element = atCaret();
  if (!element && document.activeElement === button) return; // the caret waits where it was
  current = element ?? null;
  const sighting = sightingOf(current);
  const name = sighting ? (sighting.speaker ? `${words.of} ${sighting.speaker}.` : words.nobody) : "";
  if (told.textContent !== name) told.textContent = name;
  button.hidden = !sighting;
}

document.addEventListener("selectionchange", follow);

document.addEventListener("prose-editor:ready", ({ detail }) => {
  if (detail.textarea.id !== "id_body") return;
  box = detail.editor.view.dom;
  box.closest(".prose-editor").after(line);
});

// --- What is on record ----------------------------------------------------------------------------

const panel = document.getElementById("on-record");
const [summary, list] = panel ? [panel.querySelector("[role=status]"), panel.querySelector("div")] : [];

document.addEventListener("quotations:read", ({ detail }) => {
  sightings = detail;
  known.clear();
  if (shown && !holds) close(false);
  follow();
});

document.addEventListener("quotations:on-record", ({ detail }) => {
  panel.hidden = !detail.html.trim();
  if (summary.textContent !== detail.summary) summary.textContent = detail.summary;
  if (list.dataset.shown !== detail.html) list.innerHTML = list.dataset.shown = detail.html;
});
