// Footnotes: a mark in the text, and a note at the end with its words. Numbers follow the order of the marks.

import { Node, pm } from "django-prose-editor/editor";

const { Plugin, PluginKey, TextSelection } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const newName = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return [...bytes].map((byte) => (byte % 36).toString(36)).join("");
};

const ref = {
  default: null,
  parseHTML: (element) => element.getAttribute("data-note"),
  renderHTML: (attributes) => ({ "data-note": attributes.ref }),
};

function find(doc) {
  const marks = [];
  const notes = [];
  doc.descendants((node, position) => {
    if (node.type.name === "noteMark") marks.push({ node, position });
    if (node.type.name === "note") notes.push({ node, position });
  });
  return { marks, notes };
}

function number(doc) {
  const { marks, notes } = find(doc);
  const order = [...new Set(marks.map(({ node }) => node.attrs.ref))];
  const decorations = [...marks, ...notes].map(({ node, position }) => {
    const place = order.indexOf(node.attrs.ref) + 1;
    return Decoration.node(position, position + node.nodeSize, { "data-number": String(place || "?") });
  });
  return DecorationSet.create(doc, decorations);
}

export const NoteMark = Node.create({
  name: "noteMark",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({ ref }),
  parseHTML: () => [{ tag: "sup[data-note]", priority: 70 }],
  renderHTML: ({ HTMLAttributes }) => ["sup", HTMLAttributes],
  renderText: () => "",
});

export const Note = Node.create({
  name: "note",
  group: "block",
  content: "paragraph+",
  defining: true,
  isolating: true,
  addAttributes: () => ({ ref }),
  parseHTML: () => [{ tag: "aside[data-note]", priority: 70 }],
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return {
      Backspace: ({ editor }) => removeEmpty(editor),
      "Mod-Enter": ({ editor }) => backToMark(editor),
    };
  },
  addProseMirrorPlugins() {
    const key = new PluginKey("footnotes");
    return [
      new Plugin({
        key,
        state: {
          init: (_config, { doc }) => number(doc),
          apply: (tr, numbers) => (tr.docChanged ? number(tr.doc) : numbers),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ];
  },
});

function noteAround(editor) {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === "note") return { node: $from.node(depth), position: $from.before(depth) };
  }
  return null;
}

// An empty note goes, and its mark with it.
function removeEmpty(editor) {
  const note = noteAround(editor);
  if (!note || note.node.textContent || note.node.childCount > 1) return false;
  const tr = editor.state.tr.delete(note.position, note.position + note.node.nodeSize);
  for (const mark of find(tr.doc).marks.reverse()) {
    if (mark.node.attrs.ref === note.node.attrs.ref) tr.delete(mark.position, mark.position + 1);
  }
  editor.view.dispatch(tr);
  return true;
}

function backToMark(editor) {
  const note = noteAround(editor);
  const mark = note && find(editor.state.doc).marks.find(({ node }) => node.attrs.ref === note.node.attrs.ref);
  if (!mark) return false;
  return editor.commands.focus(mark.position + 1, { scrollIntoView: true });
}

// A mark at the cursor, an empty note in its order at the end, and the cursor in it.
export function addNote(editor) {
  const { state, view } = editor;
  if (noteAround(editor) || !state.selection.$to.parent.inlineContent) return;
  const name = newName();
  const tr = state.tr.insert(state.selection.to, state.schema.nodes.noteMark.create({ ref: name }));
  const { marks, notes } = find(tr.doc);
  const before = marks.findIndex(({ node }) => node.attrs.ref === name);
  const place = notes[before]?.position ?? tr.doc.content.size;
  tr.insert(place, state.schema.nodes.note.create({ ref: name }, state.schema.nodes.paragraph.create()));
  tr.setSelection(TextSelection.near(tr.doc.resolve(place + 1))).scrollIntoView();
  view.dispatch(tr);
  view.focus();
}
