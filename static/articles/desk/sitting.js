// Carries what is typed to the server within seconds, and tells who else has the story open. Nothing of it is
// needed to work: without it `draft.js` keeps a copy in this browser, and a stale save is compared.

const form = document.getElementById("story-form");
const panel = document.getElementById("sitting");
const state = document.getElementById("save-state");
const [list, buttons] = [panel.querySelector("ul"), panel.querySelector(".buttons")];
const words = panel.dataset;
const EVERY = 15_000; // milliseconds between two signs of life
const AFTER_TYPING = 2_000;

let typed = null; // what the server does not have yet
let keptAt = 0;
let loggedOut = false;
let timer = 0;
let shown = "";

const value = (name) => form.elements.namedItem(name)?.value ?? "";

async function renewToken() {
  const response = await fetch(form.dataset.sitting, { headers: { Accept: "application/json" } });
  if (response.redirected || !response.ok) return false;
  const { token } = await response.json();
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  loggedOut = false;
  return true;
}

async function send(extra = {}) {
  if (loggedOut && !(await renewToken())) return null;
  const body = new URLSearchParams({
    key: value("window"), version: value("version"), csrfmiddlewaretoken: value("csrfmiddlewaretoken"), ...extra,
  });
  const response = await fetch(form.dataset.sitting, { method: "POST", body });
  if (response.redirected || response.status === 403) {
    loggedOut = true;
    return null;
  }
  return response.headers.get("Content-Type")?.includes("json") ? response.json() : {};
}

async function live(extra = {}) {
  clearTimeout(timer);
  const sending = typed;
  try {
    const answer = await send(sending ? { ...extra, typed: JSON.stringify(sending) } : extra);
    if (answer?.kept && sending) {
      keptAt = Date.now();
      if (typed === sending) typed = null;
      document.dispatchEvent(new CustomEvent("story:kept", { detail: sending }));
    }
    show(answer ?? {});
    if (answer?.said !== undefined) {
      document.dispatchEvent(new CustomEvent("story:said", { detail: answer.said }));
    }
  } catch {
    say([words.offline], []);
  }
  tick();
  clearTimeout(timer);
  timer = setTimeout(live, typed ? AFTER_TYPING : EVERY);
}

function show(answer) {
  if (loggedOut) {
    const link = Object.assign(document.createElement("a"), {
      href: location.pathname, target: "_blank", rel: "noopener", className: "btn", textContent: words.logIn,
    });
    return say([words.out], [link]);
  }
  form.inert = Boolean(answer.taken);
  const told = [answer.taken, answer.refused, answer.newer, ...(answer.others ?? [])].filter(Boolean);
  const label = answer.taken ? words.back : answer.others?.length ? words.take : "";
  return say(told, label ? [takeButton(label)] : []);
}

function takeButton(label) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: label });
  button.addEventListener("click", () => live({ take: "1" }));
  return button;
}

// The panel is written only when it says something else, so that a screen reader is not told it again.
function say(sentences, actions) {
  panel.classList.toggle("urgent", loggedOut);
  const now = sentences.join("\n") + actions.map((action) => action.textContent).join();
  if (now === shown) return;
  shown = now;
  list.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  buttons.replaceChildren(...actions);
  buttons.hidden = actions.length === 0;
  panel.hidden = sentences.length === 0;
}

function tick() {
  if (!keptAt || typed) return;
  const seconds = Math.round((keptAt - Date.now()) / 1000);
  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { style: "narrow", numeric: "auto" });
  const when = seconds > -60 ? ago.format(seconds, "second") : ago.format(Math.round(seconds / 60), "minute");
  if (state) state.textContent = `${words.kept} ${when}`;
}

document.addEventListener("story:typed", ({ detail }) => {
  typed = detail;
  clearTimeout(timer);
  timer = setTimeout(live, AFTER_TYPING);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") live();
});
addEventListener("online", () => live());
addEventListener("pagehide", () => {
  const body = new URLSearchParams({ key: value("window"), gone: "1", csrfmiddlewaretoken: value("csrfmiddlewaretoken") });
  fetch(form.dataset.sitting, { method: "POST", body, keepalive: true }).catch(() => {});
});
setInterval(tick, 4_000);
live();
