// What is pasted is cleaned by the server, as everything that is saved is: `articles.text.paste`.

import { Extension, pm } from "django-prose-editor/editor";

const { Plugin } = pm.state;

export async function send(url, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(url, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !type.includes("json")) throw new Error("no answer");
  return (await answer.json()).html;
}

export const Cleaning = Extension.create({
  name: "cleaning",
  addOptions: () => ({ url: "" }),
  addProseMirrorPlugins() {
    const { url } = this.options;
    const { editor } = this;
    // A paragraph goes on in the one with the cursor; a list, a table or a subhead stays what it is.
    const paste = (view, html) => {
      if (/^\s*<(?:ul|ol|table|h2|h3|blockquote|figure)\b/.test(html)) {
        editor.chain().focus().insertContent(html).run();
        return;
      }
      view.pasteHTML(html);
    };
    return [
      new Plugin({
        props: {
          // Before the editor reads it: its styles would be refused by the content security policy, aloud.
          handleDOMEvents: {
            paste(view, event) {
              const html = event.clipboardData?.getData("text/html");
              // What was copied in this editor is clean, and keeps how it was cut.
              if (!html || html.includes("data-pm-slice")) return false;
              event.preventDefault();
              const words = event.clipboardData.getData("text/plain");
              send(url, { html }).then(
                (clean) => paste(view, clean),
                () => view.pasteText(words), // no answer: the words alone
              );
              return true;
            },
          },
        },
      }),
    ];
  },
});
