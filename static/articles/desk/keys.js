// Keys of the desk. Anything on the page with data-key="v" is pressed by that key, so that each key has a
// visible button; "?" lists them. Keys are ignored while somebody types, and nothing here is needed to work.

const PRESSED = "[type=checkbox], [type=radio], [type=button], [type=submit]";
const typing = (target) =>
  target.isContentEditable ||
  (/^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !target.matches(PRESSED));

const named = (key) =>
  [...document.querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === key && element.offsetParent !== null && !element.disabled,
  );

// Keys can be turned off, for people whose voice or switch types for them. "?" always answers.
const OFF = "desk:keys-off";
const turnedOff = () => localStorage.getItem(OFF) === "1";
const choice = document.getElementById("keys-on");
if (choice) {
  choice.checked = !turnedOff();
  choice.addEventListener("change", () => localStorage.setItem(OFF, choice.checked ? "0" : "1"));
}

function showHelp() {
  const dialog = document.getElementById("keys-help");
  if (!dialog || dialog.open) return;
  const list = dialog.querySelector("dl");
  list.replaceChildren();
  const seen = new Set();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (seen.has(element.dataset.key) || element.offsetParent === null) continue;
    seen.add(element.dataset.key);
    const key = document.createElement("dt");
    key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset.key }));
    const words = document.createElement("dd");
    words.textContent = element.dataset.keyWords || element.textContent.trim().replace(/\s+/g, " ");
    list.append(key, words);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    const save = document.querySelector("[data-save]");
    if (save) {
      event.preventDefault();
      save.click();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    showHelp();
    return;
  }
  if (turnedOff()) return;
  const element = named(event.key);
  if (!element) return;
  event.preventDefault();
  if (element.matches("details, summary")) {
    const details = element.closest("details");
    details.open = !details.open;
    // A field that offers what one types hides its list and stands beside it.
    const fields = "input:not([type=hidden]), select:not(.select2-hidden-accessible), .select2-selection, textarea";
    details.querySelector(fields)?.focus();
  } else if (/^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName)) {
    element.focus();
  } else {
    element.click();
  }
});

// A menu closes when somebody looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu-more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".menu-more[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Following a link into a closed part of the page opens that part.
function openTarget() {
  if (!/^#[\w:-]+$/.test(location.hash)) return;
  const target = document.getElementById(location.hash.slice(1));
  for (let part = target; part; part = part.parentElement) {
    if (part.tagName === "DETAILS") part.open = true;
  }
  target?.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openTarget);
openTarget();
