// Underlines the quotations of a body while somebody types. The server finds them and knows their records;
// this module turns its spans (characters of the plain text) into places in the document.

import { Extension, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("quotations");
const PAUSE = 700;

// The plain text as `articles.text.markup.plain_text` reads it, one entry a character: blocks are parted by a
// blank line, a line break is a line end, white space is one space and never stands at the end of a line.
function readPlainText(doc) {
  const places = [];
  let fresh = true;
  let breaks = 0;
  let space = -1;
  const write = (count, place) => {
    for (let index = 0; index < count; index += 1) places.push(place);
  };
  const readText = (text, start) => {
    let offset = 0;
    for (const character of text) {
      const place = start + offset;
      offset += character.length;
      if (/[ \t\r\n\f]/.test(character)) {
        if (space < 0) space = place;
        continue;
      }
      if (fresh) write(places.length ? 2 : 0, place);
      else if (breaks) write(breaks, place);
      else if (space >= 0) write(1, space);
      fresh = false;
      breaks = 0;
      space = -1;
      places.push(place);
    }
  };
  doc.descendants((node, position) => {
    if (node.isTextblock) {
      fresh = true;
      breaks = 0;
      space = -1;
    } else if (node.isText) {
      readText(node.text, position);
    } else if (node.type.name === "hardBreak") {
      breaks += 1;
      space = -1;
    }
  });
  return places;
}

// What matters most about a quotation: its state in the text, or how far its record is checked.
function shown(quotation) {
  if (quotation.state === "matched") return quotation.verification;
  if (quotation.state === "new") return quotation.speaker ? "unverified" : "unattributed";
  return quotation.state || "unattributed";
}

function decorate(doc, quotations) {
  const places = readPlainText(doc);
  const decorations = [];
  for (const [number, quotation] of quotations.entries()) {
    if (!["direct", "partial"].includes(quotation.kind) && !quotation.state) continue;
    const state = shown(quotation);
    for (const [start, end, text] of quotation.segments) {
      const from = places[start];
      const last = places[end - 1];
      if (from === undefined || last === undefined) continue;
      const to = last + 1;
      // The text may have moved on since the server was asked; then this span waits for the next answer.
      const words = doc.textBetween(from, to, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : ""));
      if (words.replace(/\s+/g, " ") !== text.replace(/\s+/g, " ")) continue;
      const attributes = { class: "underlined", "data-state": state, "data-sighting": String(number) };
      if (quotation.quotation) attributes["data-quotation"] = String(quotation.quotation);
      decorations.push(Decoration.inline(from, to, attributes));
    }
  }
  return DecorationSet.create(doc, decorations);
}

async function ask(url, view, signal) {
  const form = new FormData();
  form.append("body", document.getElementById("id_body").value);
  form.append("headline", document.getElementById("id_headline")?.value ?? "");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, { method: "POST", body: form, headers: { "X-CSRFToken": token }, signal });
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !type.includes("json")) return;
  const { quotations, speaking, about, on_record: html, on_record_summary: summary } = await answer.json();
  const line = document.getElementById("about-text");
  if (line) line.textContent = about;
  const voices = document.getElementById("voices");
  if (voices) voices.innerHTML = speaking;
  view.dispatch(view.state.tr.setMeta(key, quotations).setMeta("addToHistory", false));
  view.dom.dispatchEvent(new CustomEvent("quotations:read", { detail: quotations, bubbles: true }));
  document.dispatchEvent(new CustomEvent("quotations:on-record", { detail: { html, summary } }));
}

function follow(url) {
  return (view) => {
    let timer = 0;
    let pending = new AbortController();
    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        pending.abort();
        pending = new AbortController();
        ask(url, view, pending.signal).catch(() => {}); // typing goes on when the server does not answer
      }, pause);
    };
    later(0);
    const leaveSwitch = followSwitch(() => later(0));
    return {
      update: (_view, before) => {
        if (!before.doc.eq(view.state.doc)) later(PAUSE);
      },
      destroy: () => {
        leaveSwitch();
        clearTimeout(timer);
        pending.abort();
      },
    };
  };
}

// The switch for reported speech works without this too; here the page stays, and what is typed with it.
function followSwitch(readAgain) {
  const form = document.getElementById("reported-switch");
  const turn = async (event) => {
    event.preventDefault();
    const button = form.querySelector("[role=switch]");
    const on = button.getAttribute("aria-checked") !== "true";
    const answer = await fetch(`${form.action}?reported=${on ? "on" : "off"}`);
    if (!answer.ok || new URL(answer.url).pathname !== new URL(form.action).pathname) return; // logged out
    button.setAttribute("aria-checked", String(on));
    button.value = on ? "off" : "on";
    readAgain();
  };
  form?.addEventListener("submit", turn);
  return () => form?.removeEventListener("submit", turn);
}

// Brings a card into view in its own column; the text under the pointer stays where it is.
function showCard(card) {
  const column = card.closest(".story-side");
  if (column && column.scrollHeight > column.clientHeight) {
    column.scrollTop += card.getBoundingClientRect().top - column.getBoundingClientRect().top - 12;
  }
}

export const Quotations = Extension.create({
  name: "quotations",
  addOptions: () => ({ url: "" }),
  addStorage: () => ({ places: readPlainText }), // for other modules that know places of the plain text
  onBeforeCreate() {
    // The desk's own stylesheet has these rules; the content security policy refuses an injected one.
    this.editor.options.injectCSS = false;
  },
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (transaction, decorations) => {
            const quotations = transaction.getMeta(key);
            if (quotations) return decorate(transaction.doc, quotations);
            return decorations.map(transaction.mapping, transaction.doc);
          },
        },
        props: {
          decorations(state) {
            return key.getState(state);
          },
          handleClick(_view, _position, event) {
            const id = event.target.closest?.("[data-quotation]")?.dataset.quotation;
            const card = id && document.getElementById(`quotation-${id}`);
            if (!card) return false;
            showCard(card);
            card.classList.add("pointed-at");
            setTimeout(() => card.classList.remove("pointed-at"), 1500);
            return false;
          },
        },
        view: follow(this.options.url),
      }),
    ];
  },
});
