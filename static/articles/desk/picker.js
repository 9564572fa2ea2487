// Choosing a picture in a form: the number of the field becomes the picture it stands for, and a dialog with the
// library. The field stays the one place that says what is chosen, so that drafts and autosave carry it.

const PAUSE = 250;
const ARROWS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

async function ask(url, query) {
  const address = new URL(url, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  const type = answer.headers.get("content-type") ?? "";
  if (!answer.ok || !type.includes("json")) throw new Error("no list");
  return (await answer.json()).items;
}

function card(item, take) {
  const button = document.createElement("button");
  const image = Object.assign(document.createElement("img"), { src: item.image, alt: "", loading: "lazy" });
  const parts = ["title", "beside", "warning"].filter((name) => item[name]).map((name) =>
    Object.assign(document.createElement("span"), { className: `picker-${name}`, textContent: item[name] }),
  );
  button.type = "button";
  button.append(image, ...parts);
  button.addEventListener("click", () => take(item));
  const row = document.createElement("li");
  row.append(button);
  return row;
}

class Picker {
  constructor(box) {
    this.box = box;
    this.words = box.dataset;
    this.field = box.querySelector("[data-picker-number] input");
    this.dialog = box.querySelector("dialog");
    this.search = this.part("picker-search");
    this.shown = this.field.value;
    this.asked = 0;
    this.part("picker-number").classList.add("visually-hidden");
    this.part("picker-buttons").hidden = false;
    this.field.tabIndex = -1;
    // Its label, and a finding of the gate that leads here, arrive at the button instead.
    this.field.addEventListener("focus", () => this.part("picker-open").focus());
    for (const kind of ["input", "change"]) this.field.addEventListener(kind, () => this.follow());
    document.addEventListener("story:filled", () => this.follow());
    this.part("picker-open").addEventListener("click", () => this.open());
    this.part("picker-close").addEventListener("click", () => this.dialog.close());
    this.part("picker-clear").addEventListener("click", () => this.choose(null));
    this.search.addEventListener("input", () => this.later());
    this.dialog.addEventListener("keydown", (event) => this.walk(event));
    this.part("picker-clear").hidden = !this.field.value;
  }

  part(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  open() {
    this.dialog.showModal();
    this.search.focus();
    this.load();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), PAUSE);
  }

  async load() {
    const mine = ++this.asked;
    const say = this.part("picker-say");
    try {
      const items = await ask(this.words.url, { q: this.search.value });
      if (mine !== this.asked) return;
      this.part("picker-grid").replaceChildren(...items.map((item) => card(item, (taken) => this.choose(taken))));
      say.textContent = items.length ? "" : this.search.value ? this.words.none : this.words.empty;
    } catch {
      if (mine === this.asked) say.textContent = this.words.offline;
    }
  }

  // The arrow keys go from the search to the pictures and through them; Enter in the search takes the first.
  walk(event) {
    if (event.key === "Enter" && event.target === this.search) {
      event.preventDefault();
      this.part("picker-grid").querySelector("button")?.click();
      return;
    }
    const way = ARROWS[event.key];
    if (!way || (event.target === this.search && event.key !== "ArrowDown")) return;
    const stops = [this.search, ...this.part("picker-grid").querySelectorAll("button")];
    const to = stops[stops.indexOf(document.activeElement) + way];
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  choose(item) {
    if (this.dialog.open) this.dialog.close();
    this.field.value = item?.ref ?? "";
    this.show(item);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.part("picker-open").focus();
  }

  show(item) {
    this.shown = this.field.value;
    this.part("picked").hidden = !item;
    this.part("picker-clear").hidden = !this.field.value;
    if (!item) return;
    this.part("picked-image").src = item.image;
    this.part("picked-title").textContent = item.title;
    this.part("picked-beside").textContent = item.beside;
    this.part("picked-warning").textContent = item.warning;
    this.part("picked-warning").hidden = !item.warning;
  }

  // Something else wrote into the field: a draft that was restored, say.
  async follow() {
    const ref = this.field.value;
    if (ref === this.shown) return;
    this.shown = ref;
    if (!ref) return this.show(null);
    try {
      const [item] = await ask(this.words.url, { ref });
      const gone = { image: "", title: ref, beside: "", warning: this.words.gone };
      if (this.field.value === ref) this.show(item ?? gone);
    } catch {
      this.shown = "";
    }
  }
}

for (const box of document.querySelectorAll("[data-picker]")) new Picker(box);
