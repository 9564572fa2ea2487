// Quoting from a source. On its own page, selecting words in the text fills the form. Beside the form of a story,
// “Quote this” (or dragging the selected words) puts a paragraph at the caret; saving the story records it.

const panel = document.getElementById("quote-from");
const story = document.getElementById("story-form");
const KIND = "application/x-newsroom-passage";

let editor = null;
let touched = false; // whether the caret was ever put anywhere

// The server counts characters, a text box counts halves of some.
const count = (text) => [...text].length;

function selected(text) {
  const { value, selectionStart, selectionEnd } = text;
  if (selectionStart === selectionEnd) return;
  const fields = text.form.elements;
  fields.words.value = value.slice(selectionStart, selectionEnd).replace(/\s+/g, " ").trim();
  fields.start.value = count(value.slice(0, selectionStart));
  fields.end.value = count(value.slice(0, selectionEnd));
}

for (const name of ["select", "keyup", "pointerup"]) {
  document.addEventListener(name, ({ target }) => {
    if (target.id === "passage-text") setTimeout(selected, 0, target);
  });
}

// Words that somebody types over are looked up by the server.
document.addEventListener("input", ({ target }) => {
  if (!target.matches(".take-passage [name=words]")) return;
  target.form.elements.start.value = "";
  target.form.elements.end.value = "";
});

// --- Beside the form ------------------------------------------------------------------------------

const holder = panel?.querySelector(".quote-from");
const done = panel?.querySelector("[role=status]");

async function load(url) {
  const wanted = new URL(url, location.href);
  wanted.searchParams.set("part", "1");
  const answer = await fetch(wanted);
  if (!answer.ok || answer.redirected) return;
  holder.innerHTML = await answer.text();
}

// After the block of the caret, in its place when it is empty, or at the end of the text.
function insert(html, position) {
  const { doc, selection } = editor.state;
  const place = position === undefined ? selection.$to : doc.resolve(position);
  let range = { from: doc.content.size, to: doc.content.size };
  if ((touched || position !== undefined) && place.depth) {
    const empty = place.node(1).isTextblock && place.node(1).content.size === 0;
    range = { from: empty ? place.before(1) : place.after(1), to: place.after(1) };
  }
  editor.chain().focus().insertContentAt(range, html).run();
}

async function take(form, position) {
  const body = new FormData(form);
  body.set("passage", "1");
  body.set("csrfmiddlewaretoken", story.elements.csrfmiddlewaretoken.value);
  const refused = form.querySelector("[data-refused]");
  const answer = await fetch(form.action, { method: "POST", body });
  const type = answer.headers.get("content-type") ?? "";
  const said = type.includes("json") ? await answer.json() : {};
  refused.hidden = !said.refused;
  refused.textContent = said.refused ?? "";
  if (!answer.ok || !said.html) return;
  story.elements.taken.value = `${story.elements.taken.value} ${said.taken}`.trim();
  insert(said.html, position);
  done.textContent = done.dataset.done;
}

if (panel && story) {
  panel.addEventListener("toggle", () => {
    if (panel.open && !holder.querySelector("form")) load(panel.dataset.url).catch(() => {});
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest(".source-choices a");
    if (!link) return;
    event.preventDefault();
    load(link.href).catch(() => {});
  });
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    done.textContent = "";
    if (event.target.matches(".take-passage")) take(event.target).catch(() => {});
    else load(`${panel.dataset.url}?${new URLSearchParams(new FormData(event.target))}`).catch(() => {});
  });
  panel.addEventListener("dragstart", ({ dataTransfer }) => {
    const text = document.activeElement;
    if (text?.id !== "passage-text") return;
    selected(text);
    dataTransfer.setData(KIND, "1");
  });
  document.addEventListener("prose-editor:ready", ({ detail }) => {
    if (detail.textarea.id !== "id_body") return;
    editor = detail.editor;
    const { dom } = editor.view;
    dom.addEventListener("focus", () => {
      touched = true;
    });
    dom.addEventListener(
      "drop",
      (event) => {
        if (!event.dataTransfer.types.includes(KIND)) return;
        event.preventDefault();
        event.stopPropagation();
        const found = editor.view.posAtCoords({ left: event.clientX, top: event.clientY });
        take(panel.querySelector(".take-passage"), found?.pos).catch(() => {});
      },
      true,
    );
  });
}
