// A dialog to choose one of a few records: type a word, go down the list, press Enter.

import { crel } from "django-prose-editor/editor";

const PAUSE = 250;

export async function ask(url, query) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !type.includes("json")) throw new Error("no list");
  return (await answer.json()).items;
}

function row(item, choose) {
  const words = crel("span", { className: "chooser-words" }, [
    crel("span", { className: "chooser-title", textContent: item.title }),
    crel("span", { className: "chooser-beside", textContent: item.beside }),
  ]);
  const parts = item.image ? [crel("img", { src: item.image, alt: "", loading: "lazy" }), words] : [words];
  const button = crel("button", { type: "button", className: "chooser-item" }, parts);
  button.addEventListener("click", () => choose(item));
  return crel("li", {}, [button]);
}

// The arrow keys go from the search to the list and through it.
function walk(event, dialog) {
  if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const stops = [...dialog.querySelectorAll("input, .chooser-item")];
  const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// Fields are {name: {label, value, type}}; with fields, a button takes them as they stand.
function fieldset(fields) {
  return Object.entries(fields).map(([name, field]) =>
    crel("label", { className: "chooser-field" }, [
      crel("span", { textContent: field.label }),
      crel("input", { name, type: field.type ?? "text", value: field.value ?? "", required: !!field.required }),
    ]),
  );
}

// Resolves to what was chosen, {item} or {fields}, or to null when the dialog was left.
export function choose({ title, words, url = "", query = {}, fields = {}, empty = "" }) {
  return new Promise((resolve) => {
    const form = crel("form", { method: "dialog" });
    const dialog = crel("dialog", { className: "chooser", "aria-label": title }, [form]);
    const list = crel("ul", { className: "chooser-list" });
    const say = crel("p", { className: "chooser-say", role: "status" });
    const search = crel("input", { type: "search", autocomplete: "off", name: "q" });
    let chosen = null;
    const done = (value) => {
      chosen = value;
      dialog.close();
    };
    form.append(crel("h2", { textContent: title }), ...fieldset(fields));
    if (url) {
      form.append(
        crel("label", { className: "chooser-field" }, [crel("span", { textContent: words.search }), search]),
        list,
        say,
      );
    }
    const cancel = crel("button", { type: "button", className: "btn", textContent: words.cancel });
    cancel.addEventListener("click", () => done(null));
    const buttons = [cancel];
    if (Object.keys(fields).length) {
      buttons.unshift(crel("button", { type: "submit", className: "btn btn-primary", textContent: words.take }));
    }
    form.append(crel("p", { className: "buttons" }, buttons));

    let number = 0;
    const load = async () => {
      const mine = ++number;
      try {
        const items = await ask(url, { ...query, q: search.value });
        if (mine !== number) return;
        list.replaceChildren(...items.map((item) => row(item, (taken) => done({ item: taken }))));
        say.textContent = items.length ? "" : search.value ? words.none : empty;
      } catch {
        if (mine === number) say.textContent = words.offline;
      }
    };
    let timer = 0;
    let loading = null;
    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => (loading = load()), PAUSE);
    });
    search.addEventListener("keydown", async (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      clearTimeout(timer);
      await (search.value ? load() : loading); // the list belongs to what stands in the field
      list.querySelector("button")?.click();
    });
    dialog.addEventListener("keydown", (event) => walk(event, dialog));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      done({ fields: Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "q")) });
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
    if (url) loading = load();
    (dialog.querySelector("input") ?? cancel).focus();
  });
}
