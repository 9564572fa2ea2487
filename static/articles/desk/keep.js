// What was typed into any form of the desk survives a log-in that expired meanwhile: it is kept for this tab
// when the form is sent, and put back if the same page comes back empty. The next other page forgets it.
// The form of a story has a keeper of its own, `draft.js`.

const KEPT = "desk:kept";
const here = location.pathname + location.search;
const FIELDS = "textarea[id], select[id], input[id]:not([type=hidden], [type=password], [type=file])";

function keep(form) {
  const fields = {};
  for (const field of form.querySelectorAll(FIELDS)) {
    fields[field.id] = /^(?:checkbox|radio)$/.test(field.type) ? field.checked : field.value;
  }
  const target = new URL(form.getAttribute("action") || "", location.href);
  sessionStorage.setItem(KEPT, JSON.stringify({ page: target.pathname + target.search, fields }));
}

function putBack(fields) {
  for (const [id, value] of Object.entries(fields)) {
    const field = document.getElementById(id);
    if (!field) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    if (value && typeof value === "string" && field.closest("details")) field.closest("details").open = true;
  }
}

// A page that shows errors came back with everything in it; only an empty one needs what was kept.
function isEmpty(fields) {
  const texts = Object.entries(fields).filter(([, value]) => typeof value === "string" && value.trim());
  return texts.some(([id, value]) => {
    const field = document.getElementById(id);
    return field && field.tagName !== "SELECT" && field.value !== value;
  });
}

function resume() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept?.page !== here || document.querySelector(".errorlist, .form-refusal, .messagelist .success")) return;
  if (isEmpty(kept.fields)) putBack(kept.fields);
}

if (!document.body.classList.contains("login")) {
  try {
    resume();
  } catch {
    // An unreadable copy, or a browser that keeps none: the page works without.
  }
  for (const form of document.querySelectorAll("main form[method=post]:not(#story-form)")) {
    form.addEventListener("submit", () => {
      try {
        keep(form);
      } catch {
        // The same.
      }
    });
  }
}
