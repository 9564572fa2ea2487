// Find and replace in the body: Ctrl+F in the text, Enter for the next, one undo for all that is replaced.

import { crel, Extension, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey, TextSelection } = pm.state;
const { Decoration, DecorationSet } = pm.view;
const key = new PluginKey("replace");

// Typed marks find printed ones, and a space finds one that does not break.
const LIKE = { '"': '["“”„«»]', "'": "['‘’‚]", "-": "[-–—]", " ": "[ \u00a0\u202f]" };
const pattern = (words, sameCase) =>
  new RegExp(
    [...words].map((one) => LIKE[one] ?? one.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join(""),
    sameCase ? "gu" : "giu",
  );

function find(doc, { words, sameCase }) {
  const found = [];
  if (!words) return found;
  const wanted = pattern(words, sameCase);
  doc.descendants((node, position) => {
    if (!node.isTextblock) return;
    // One character a place: what is no text, such as the mark of a footnote, stands for itself.
    const text = node.textBetween(0, node.content.size, "\ufffc", "\ufffc");
    for (const match of text.matchAll(wanted)) {
      const from = position + 1 + match.index;
      found.push({ from, to: from + match[0].length });
    }
  });
  return found;
}

function draw(doc, state) {
  const decorations = state.found.map(({ from, to }, index) =>
    Decoration.inline(from, to, { class: index === state.place ? "looked-for looked-at" : "looked-for" }),
  );
  return DecorationSet.create(doc, decorations);
}

const EMPTY = { words: "", sameCase: false, found: [], place: -1 };

function plugin() {
  return new Plugin({
    key,
    state: {
      init: (_config, { doc }) => ({ ...EMPTY, drawn: draw(doc, EMPTY) }),
      apply: (tr, before) => {
        const asked = tr.getMeta(key);
        if (!asked && !tr.docChanged) return before;
        const now = { ...before, ...asked };
        now.found = find(tr.doc, now);
        now.place = Math.min(now.place, now.found.length - 1);
        return { ...now, drawn: draw(tr.doc, now) };
      },
    },
    props: { decorations: (state) => key.getState(state).drawn },
  });
}

class Panel {
  constructor(editor, words) {
    this.editor = editor;
    this.words = words;
    const button = (name, act) => {
      const made = crel("button", { type: "button", className: "btn btn-small", textContent: words[name] });
      made.addEventListener("click", act);
      return made;
    };
    const field = (name) => {
      const input = crel("input", { type: "text", autocomplete: "off" });
      return [input, crel("label", { className: "replace-field" }, [crel("span", { textContent: words[name] }), input])];
    };
    const [search, searchField] = field("find");
    const [other, otherField] = field("with");
    this.search = search;
    this.other = other;
    this.sameCase = crel("input", { type: "checkbox" });
    this.say = crel("output", { className: "replace-say", "aria-live": "polite" });
    this.dom = crel("div", { className: "replace-panel", role: "search", "aria-label": words.replaceTitle }, [
      searchField,
      otherField,
      crel("label", { className: "replace-case" }, [this.sameCase, crel("span", { textContent: words.case })]),
      this.say,
      button("previous", () => this.go(-1)),
      button("next", () => this.go(1)),
      button("one", () => this.replaceOne()),
      button("all", () => this.replaceAll()),
      button("close", () => this.close()),
    ]);
    for (const input of [search, this.sameCase]) input.addEventListener("input", (event) => this.look(event));
    other.addEventListener("input", (event) => event.stopPropagation());
    this.dom.addEventListener("keydown", (event) => this.press(event));
    this.dom.hidden = true;
    editor.view.dom.before(this.dom);
  }

  get state() {
    return key.getState(this.editor.state);
  }

  open() {
    const { from, to } = this.editor.state.selection;
    const chosen = this.editor.state.doc.textBetween(from, to, " ");
    if (chosen && chosen.length < 100) this.search.value = chosen;
    this.dom.hidden = false;
    this.look();
    this.search.select();
    this.search.focus();
  }

  close() {
    this.dom.hidden = true;
    this.tell({ ...EMPTY });
    this.editor.view.focus();
  }

  tell(meta) {
    this.editor.view.dispatch(this.editor.state.tr.setMeta(key, meta).setMeta("addToHistory", false));
  }

  look(event) {
    event?.stopPropagation(); // the fields are no part of the story
    this.tell({ words: this.search.value, sameCase: this.sameCase.checked, place: 0 });
    this.show();
  }

  show(words) {
    const { found, place } = this.state;
    const count = this.words.found.replace("{place}", place + 1).replace("{count}", found.length);
    this.say.textContent = words ?? (this.search.value ? (found.length ? count : this.words.notFound) : "");
    const now = found[place];
    if (!now || this.dom.hidden) return;
    const { state, view } = this.editor;
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, now.from, now.to)).scrollIntoView());
  }

  go(step) {
    const { found, place } = this.state;
    if (!found.length) return;
    this.tell({ place: (place + step + found.length) % found.length });
    this.show();
  }

  replaceOne() {
    const { found, place } = this.state;
    if (!found[place]) return;
    this.editor.view.dispatch(this.write(this.editor.state.tr, found[place]));
    this.show();
  }

  replaceAll() {
    const { found } = this.state;
    if (!found.length) return;
    const tr = this.editor.state.tr;
    for (const one of [...found].reverse()) this.write(tr, one);
    this.editor.view.dispatch(tr);
    this.show(this.words.replaced.replace("{count}", found.length));
  }

  write(tr, { from, to }) {
    return this.other.value ? tr.insertText(this.other.value, from, to) : tr.delete(from, to);
  }

  press(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.target === this.search) this.go(event.shiftKey ? -1 : 1);
    else if (event.key === "Enter" && event.target === this.other) this.replaceOne();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

export const Replace = Extension.create({
  name: "replace",
  addOptions: () => ({ words: {} }),
  addStorage: () => ({ panel: null }),
  addProseMirrorPlugins: () => [plugin()],
  onCreate() {
    this.storage.panel = new Panel(this.editor, this.options.words);
  },
  addMenuItems({ menu, buttons }) {
    const { words } = this.options;
    menu.defineItem({
      name: "replace",
      groups: "writing",
      button: buttons.text(words.replace, `${words.replaceTitle} (Ctrl+F)`),
      command: (editor) => editor.storage.replace.panel.open(),
    });
  },
  addKeyboardShortcuts() {
    return {
      "Mod-f": ({ editor }) => {
        editor.storage.replace.panel.open();
        return true;
      },
    };
  },
});
