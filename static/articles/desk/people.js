// The list of people that opens after an @ in a field with data-mentions. Typing the name of a log-in works
// without it. The names are asked for once, when the first @ is typed.

let people = null;
let list = null;
let field = null;

const shown = () => [...(list?.children ?? [])];
const chosen = () => shown().find((item) => item.ariaSelected === "true");

function close() {
  for (const name of ["aria-activedescendant", "aria-controls"]) field?.removeAttribute(name);
  list?.remove();
  list = null;
}

function choose(item) {
  for (const each of shown()) each.ariaSelected = String(each === item);
  item.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", item.id);
}

function take(item) {
  const at = field.selectionStart;
  const before = field.value.slice(0, at).replace(/@[\w.+-]*$/, `@${item.dataset.name} `);
  field.value = before + field.value.slice(at);
  field.setSelectionRange(before.length, before.length);
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function open(matching) {
  close();
  list = Object.assign(document.createElement("ul"), { className: "people", id: "people-list" });
  list.setAttribute("role", "listbox");
  matching.forEach((person, number) => {
    const item = Object.assign(document.createElement("li"), { id: `person-${number}` });
    item.textContent = `${person.full} @${person.name}`;
    item.setAttribute("role", "option");
    item.dataset.name = person.name;
    item.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(item);
    });
    list.append(item);
  });
  field.after(list);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  choose(list.firstElementChild);
}

async function look(url, target) {
  const typed = target.value.slice(0, target.selectionStart).match(/(?:^|[^\w@.+-])@([\w.+-]*)$/);
  if (!typed) return close();
  people ??= fetch(url, { headers: { Accept: "application/json" } })
    .then((answer) => answer.json())
    .then((answer) => answer.people)
    .catch(() => []);
  const known = await people;
  if (target !== document.activeElement) return undefined;
  field = target;
  const wanted = typed[1].toLowerCase();
  const fits = ({ name, full }) => `${name} ${full}`.toLowerCase().split(/\s/).some((word) => word.startsWith(wanted));
  const matching = known.filter(fits).slice(0, 8);
  return matching.length ? open(matching) : close();
}

function move(event) {
  if (!list || event.target !== field) return;
  const items = shown();
  const at = items.indexOf(chosen());
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(items[(at + step + items.length) % items.length]);
  else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(items[at]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

document.addEventListener("input", ({ target }) => {
  const url = document.getElementById("comments")?.dataset.people;
  if (url && target.matches?.("[data-mentions]")) look(url, target);
});
document.addEventListener("keydown", move);
document.addEventListener("focusout", ({ target }) => {
  if (target === field) close();
});
