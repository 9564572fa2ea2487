// Quotation marks, dashes and ellipses as they are typed, by the language of the paper; and all of the text
// at once by a button, which asks `articles.text.typography`. Undo (Ctrl+Z) brings back what was typed.

import { Extension, InputRule } from "django-prose-editor/editor";
import { send } from "./cleaning.js";

const BEFORE_OPENING = /[\s([{–—\-/“‘„‚«‹¿¡]$/;

const outsideLinks = (state, range) => !state.doc.rangeHasMark(range.from, range.to, state.schema.marks.link);

function rule(find, write) {
  return new InputRule({
    find,
    handler: ({ state, range, match }) => {
      if (!outsideLinks(state, range)) return null;
      const kept = match[1] ?? "";
      const words = write(match);
      if (words === null) return null;
      state.tr.insertText(words, range.from + kept.length, range.to);
      return undefined;
    },
  });
}

// `mark` is typed; what stands before it says whether it opens.
function markRule(mark, open, close, inside) {
  return rule(new RegExp(`(^|[^])${mark}$`), (match) => {
    const before = match[1];
    if (/\d/.test(before)) return mark === "'" ? "’" : null;
    return !before || BEFORE_OPENING.test(before) ? open + inside : inside + close;
  });
}

export const Typography = Extension.create({
  name: "typography",
  addOptions: () => ({ url: "", marks: null, words: {} }),
  addInputRules() {
    const { marks } = this.options;
    return [
      markRule('"', marks.open, marks.close, marks.inside),
      markRule("'", marks.inner_open, "’", ""),
      rule(/(\S)(?: |\u00a0)--? $/, () => "\u00a0– "),
      rule(/([^\W_])--([^\W_])$/, (match) => `—${match[2]}`),
      rule(/((?:^|[^.]))\.\.\.$/, () => "…"),
    ];
  },
  addMenuItems({ menu, buttons }) {
    const { url, words } = this.options;
    menu.defineItem({
      name: "typography",
      groups: "writing",
      button: buttons.text(words.typography, words.typographyTitle),
      command: (editor) => tidy(editor, url),
    });
  },
});

async function tidy(editor, url) {
  const before = editor.getHTML();
  const at = editor.state.selection.from;
  const html = await send(url, { html: before }).catch(() => before);
  if (html === before || editor.getHTML() !== before) return; // typed on meanwhile: nothing is taken back
  editor.chain().setContent(html).setTextSelection(at).run();
}
