// The preview beside the form follows the typing. Without this, the same preview is a page of its own.

const link = document.getElementById("preview-link");
const panel = document.querySelector(".preview-beside");
const grid = document.querySelector(".story-grid");
const form = document.getElementById("story-form");
const frame = panel?.querySelector("iframe");
const FIELDS = ["kicker", "headline", "dek", "dateline", "body"];
const PAUSE = 700; // milliseconds after the last key

let timer = 0;
let asked = 0;

async function render() {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  for (const name of FIELDS) body.set(name, form.elements.namedItem(name)?.value ?? "");
  const number = ++asked;
  try {
    const response = await fetch(link.dataset.preview, { method: "POST", body });
    if (!response.ok || response.redirected || number !== asked) return;
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    const shown = frame.contentDocument;
    // Only what reads differently is replaced, so that the page neither flickers nor jumps.
    shown.getElementById("main").replaceWith(shown.adoptNode(next.getElementById("main")));
  } catch {
    // No connection: the preview stays as it is; `sitting.js` says so.
  }
}

function later() {
  clearTimeout(timer);
  if (grid.classList.contains("previewing")) timer = setTimeout(render, PAUSE);
}

function toggle(event) {
  event.preventDefault();
  const open = grid.classList.toggle("previewing");
  link.setAttribute("aria-expanded", String(open));
  if (!open) return link.focus();
  if (frame.src) return render();
  frame.addEventListener("load", render, { once: true });
  frame.src = link.dataset.preview;
  return undefined;
}

if (link && panel && form) {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", toggle);
  link.addEventListener("keydown", (event) => {
    if (event.key === " ") toggle(event);
  });
  panel.querySelector("[data-close]").addEventListener("click", toggle);
  form.addEventListener("input", later);
  document.addEventListener("prose-editor:ready", ({ detail }) => detail.editor.on("update", later));
}
