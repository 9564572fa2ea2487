// Pictures, pull quotes, link cards and footnotes in the body. Each is kept as `articles.text.elements`
// describes: a reference, whose words come from the record.

import { Extension, Link as BaseLink, Node, Table as BaseTable, TableHeader as BaseHeader, pm } from "django-prose-editor/editor";
import { ask, choose } from "./chooser.js";
import { NoteMark, Note, addNote } from "./footnotes.js";

const { NodeSelection } = pm.state;

const storyNumber = () => document.getElementById("story-form")?.dataset.story.match(/^\d+/)?.[0] ?? "";

// One block without words of its own; `show` fills it with what the record says.
function reference(name, tag, attributes, show) {
  return Node.create({
    name,
    group: "block",
    atom: true,
    draggable: true,
    addOptions: () => ({ url: "", words: {} }),
    addAttributes: () =>
      Object.fromEntries(
        Object.entries(attributes).map(([key, html]) => [
          key,
          {
            default: null,
            parseHTML: (element) => element.getAttribute(html),
            renderHTML: (values) => (values[key] ? { [html]: values[key] } : {}),
          },
        ]),
      ),
    parseHTML: () => [{ tag: `${tag}[${Object.values(attributes)[0]}]`, priority: 70 }],
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes],
    addNodeView() {
      const { words, url } = this.options;
      return ({ node }) => {
        const dom = document.createElement("div");
        dom.className = `element element-${name}`;
        const kind = document.createElement("span");
        kind.className = "element-kind";
        kind.textContent = words[name];
        const body = document.createElement("div");
        dom.append(kind, body);
        show(body, node.attrs, { url, words });
        return { dom };
      };
    },
  });
}

async function describe(body, kind, ref, { url, words }) {
  body.textContent = "…";
  try {
    const [item] = await ask(url, { kind, ref, story: storyNumber() });
    body.textContent = "";
    if (!item) {
      body.textContent = words[`${kind}Gone`];
      body.parentElement.classList.add("element-broken");
      return;
    }
    if (item.image) {
      const image = document.createElement("img");
      image.src = item.image;
      image.alt = item.title;
      body.append(image);
    }
    const title = document.createElement("p");
    title.textContent = item.title;
    const beside = document.createElement("p");
    beside.className = "element-beside";
    beside.textContent = item.beside;
    body.append(title, beside);
  } catch {
    body.textContent = words.offline;
  }
}

const Picture = reference("picture", "figure", { ref: "data-picture" }, (body, { ref }, options) =>
  describe(body, "picture", ref, options),
);
const Pull = reference("pull", "aside", { ref: "data-pull" }, (body, { ref }, options) =>
  describe(body, "pull", ref, options),
);
const Card = reference("card", "figure", { ref: "data-card", title: "title" }, (body, { ref, title }) => {
  const words = document.createElement("p");
  words.textContent = title || ref;
  const address = document.createElement("p");
  address.className = "element-beside";
  address.textContent = ref;
  body.append(words, address);
});

// A block goes after the paragraph with the cursor, at the top level, and the cursor after it.
function insertBlock(editor, type, attrs) {
  const { $to } = editor.state.selection;
  const place = editor.state.selection instanceof NodeSelection ? $to.pos : $to.depth ? $to.after(1) : $to.pos;
  editor
    .chain()
    .focus()
    .insertContentAt(place, { type, attrs })
    .command(({ tr, dispatch, state }) => {
      const after = place + 1;
      if (dispatch && after >= tr.doc.content.size) tr.insert(after, state.schema.nodes.paragraph.create());
      if (dispatch) tr.setSelection(pm.state.Selection.near(tr.doc.resolve(after), 1));
      return true;
    })
    .run();
}

const ACTIONS = {
  async picture(editor, { url, words }) {
    const query = { kind: "picture" };
    const chosen = await choose({ title: words.pictureTitle, words, url, query, empty: words.pictureEmpty });
    if (chosen) insertBlock(editor, "picture", { ref: chosen.item.ref });
  },
  async pull(editor, { url, words }) {
    const query = { kind: "pull", story: storyNumber() };
    const chosen = await choose({ title: words.pullTitle, words, url, query, empty: words.pullEmpty });
    if (chosen) insertBlock(editor, "pull", { ref: chosen.item.ref });
  },
  async card(editor, { words }) {
    const fields = {
      ref: { label: words.cardAddress, type: "url", required: true },
      title: { label: words.cardWords, required: true },
    };
    const chosen = await choose({ title: words.cardTitle, words, fields });
    if (chosen) insertBlock(editor, "card", chosen.fields);
  },
  note: (editor) => addNote(editor),
};
const KEYS = { picture: "Mod-Alt-p", pull: "Mod-Alt-q", card: "Mod-Alt-l", note: "Mod-Alt-f" };

export const Elements = Extension.create({
  name: "elements",
  addOptions: () => ({ url: "", words: {} }),
  addExtensions() {
    const { url, words } = this.options;
    return [...[Picture, Pull, Card].map((node) => node.configure({ url, words })), NoteMark, Note];
  },
  addMenuItems({ menu, buttons }) {
    const { words } = this.options;
    for (const [name, act] of Object.entries(ACTIONS)) {
      menu.defineItem({
        name,
        groups: "insert",
        button: buttons.text(words[name], `${words[`${name}Title`]} (${KEYS[name].replace("Mod", "Ctrl").replaceAll("-", "+")})`),
        command: (editor) => act(editor, this.options),
      });
    }
  },
  addKeyboardShortcuts() {
    return Object.fromEntries(
      Object.entries(KEYS).map(([name, keys]) => [
        keys,
        ({ editor }) => {
          ACTIONS[name](editor, this.options);
          return true;
        },
      ]),
    );
  },
});

// Without the view that writes widths into style attributes, which the content security policy refuses.
export const Table = BaseTable.extend({ addNodeView: null });

export const TableHeader = BaseHeader.extend({
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null, parseHTML: (cell) => cell.getAttribute("scope") } };
  },
});

// A link leads to an address that is typed, or to a story or speaker that is looked for.
export const Link = BaseLink.extend({
  addOptions() {
    return { ...this.parent?.(), url: "", words: {} };
  },
  // "end.In" is no address, in what is pasted neither: only an editor makes a link.
  addPasteRules: () => [],
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const { url, words } = this.options;
          const before = editor.getAttributes(this.name);
          const fields = { href: { label: words.linkAddress, value: before.href ?? "", required: true } };
          choose({ title: words.linkTitle, words, url, query: { kind: "link" }, fields, empty: words.linkEmpty }).then(
            (chosen) => {
              if (!chosen) return;
              const attrs = { href: chosen.item?.ref ?? chosen.fields.href.trim(), title: before.title ?? null };
              const chain = editor.chain().focus();
              if (editor.isActive(this.name)) chain.extendMarkRange(this.name).updateAttributes(this.name, attrs).run();
              else chain.setMark(this.name, attrs).run();
            },
          );
          return true;
        },
    };
  },
});
