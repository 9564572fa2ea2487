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
    let cleaned = false;
    const paste = (view, html) => {
      cleaned = true;
      view.pasteHTML(html);
      cleaned = false;
    };
    return [
      new Plugin({
        props: {
          handlePaste(view, event) {
            const html = event.clipboardData?.getData("text/html");
            // What was copied in this editor is clean, and keeps how it was cut.
            if (cleaned || !html || html.includes("data-pm-slice")) return false;
            send(url, { html }).then(
              (clean) => paste(view, clean),
              () => paste(view, html), // no answer: the editor keeps what the body may hold
            );
            return true;
          },
        },
      }),
    ];
  },
});
