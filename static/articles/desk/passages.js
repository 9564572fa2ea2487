// Marks the words that threads are about in the editor, and offers selected words for a new comment. Threads
// are read from the panel (`comments.js` draws it); where they stand, once marked, follows every keystroke.

import { Extension, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("passages");
const PAUSE = 300;

const plain = (words) => words.replace(/\s+/g, " ").trim();
const read = (doc, from, to) => plain(doc.textBetween(from, to, "\n\n", "\n"));

// Where the words of a thread stand in the document: at the saved place, or else wherever they are.
function find(doc, places, { start, end, words }) {
  const wanted = plain(words);
  if (start !== undefined) {
    const [from, last] = [places[Number(start)], places[Number(end) - 1]];
    if (from !== undefined && last !== undefined && read(doc, from, last + 1) === wanted) return [from, last + 1];
  }
  let text = "";
  const at = [];
  doc.descendants((node, position) => {
    if (node.isTextblock) {
      text += " ";
      at.push(position);
    }
    if (!node.isText) return;
    for (let index = 0; index < node.text.length; index += 1) {
      if (/\s/.test(node.text[index]) && text.endsWith(" ")) continue;
      text += /\s/.test(node.text[index]) ? " " : node.text[index];
      at.push(position + index);
    }
  });
  const found = wanted ? text.indexOf(wanted) : -1;
  return found < 0 ? null : [at[found], at[found + wanted.length - 1] + 1];
}

function decorate(doc, places, before, pointed) {
  const decorations = [];
  for (const thread of document.querySelectorAll("#comments .thread:not([data-resolved])")) {
    const { dataset } = thread;
    if (!dataset.words) continue;
    const [known] = before.find(undefined, undefined, (spec) => spec.thread === dataset.thread);
    const place = known && known.from < known.to ? [known.from, known.to] : find(doc, places, dataset);
    // Words that are not saved yet are in the text all the same.
    thread.querySelector(".thread-show").hidden = !place;
    thread.querySelector(".thread-lost")?.toggleAttribute("hidden", Boolean(place));
    if (!place) continue;
    const name = dataset.thread === pointed ? "passage pointed-at" : "passage";
    const attributes = { class: name, "data-passage": dataset.thread };
    decorations.push(Decoration.inline(...place, attributes, { thread: dataset.thread, inclusiveEnd: false }));
  }
  return DecorationSet.create(doc, decorations);
}

const threadAt = (state, position) => key.getState(state).find(position, position)[0]?.spec.thread;

function show(view, thread) {
  const [place] = key.getState(view.state).find(undefined, undefined, (spec) => spec.thread === thread);
  if (!place) return;
  view.focus();
  const { TextSelection } = pm.state;
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place.to)));
  draw(view, thread);
  view.dom.querySelector(`[data-passage="${thread}"]`)?.scrollIntoView({ block: "center" });
  setTimeout(() => view.isDestroyed || draw(view), 1500);
}

// Marks all passages again; `pointed` is the thread whose words are to be seen.
function draw(view, pointed = "") {
  view.dispatch(view.state.tr.setMeta(key, { pointed }).setMeta("addToHistory", false));
}

// The selected words, for the form of a new comment; with `write`, it opens.
function offer(editor, write) {
  const { doc, selection } = editor.state;
  if (selection.empty) return false;
  const start = editor.storage.quotations.places(doc).findIndex((place) => place >= selection.from);
  const words = read(doc, selection.from, selection.to);
  if (words) document.dispatchEvent(new CustomEvent("passage:selected", { detail: { words, start, write } }));
  return Boolean(words);
}

export const Passages = Extension.create({
  name: "passages",
  addKeyboardShortcuts: () => ({
    "Mod-Alt-m": ({ editor }) => {
      if (offer(editor, true)) return true;
      const thread = threadAt(editor.state, editor.state.selection.from);
      if (thread) document.dispatchEvent(new CustomEvent("passage:opened", { detail: { thread, focus: true } }));
      return true;
    },
  }),
  onSelectionUpdate() {
    offer(this.editor, false);
  },
  addProseMirrorPlugins() {
    const places = (doc) => this.editor.storage.quotations.places(doc);
    return [
      new Plugin({
        key,
        state: {
          init: () => DecorationSet.empty,
          apply: (transaction, passages) => {
            const mapped = passages.map(transaction.mapping, transaction.doc);
            const asked = transaction.getMeta(key);
            if (!asked) return mapped;
            return decorate(transaction.doc, places(transaction.doc), mapped, asked.pointed);
          },
        },
        props: {
          decorations: (state) => key.getState(state),
          handleClick(_view, _position, event) {
            const thread = event.target.closest?.("[data-passage]")?.dataset.passage;
            if (thread) document.dispatchEvent(new CustomEvent("passage:opened", { detail: { thread } }));
            return false;
          },
        },
        view: (view) => {
          const redraw = () => draw(view);
          const jump = ({ detail }) => show(view, detail);
          let later = setTimeout(redraw);
          document.addEventListener("threads:drawn", redraw);
          document.addEventListener("thread:show", jump);
          return {
            // Words that were cut are marked again where they are put back.
            update(_view, before) {
              if (before.doc.eq(view.state.doc)) return;
              clearTimeout(later);
              later = setTimeout(redraw, PAUSE);
            },
            destroy() {
              clearTimeout(later);
              document.removeEventListener("threads:drawn", redraw);
              document.removeEventListener("thread:show", jump);
            },
          };
        },
      }),
    ];
  },
});
