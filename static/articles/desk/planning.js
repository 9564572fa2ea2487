// Dragging on the calendar and on the board. Whatever is dropped sends the form that its own card holds, so
// that the keyboard and the mouse do the same; without a script the forms are there.

let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[draggable=true]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a")?.textContent ?? "");
  dragged.classList.add("is-dragged");
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  for (const place of document.querySelectorAll(".is-target")) place.classList.remove("is-target");
  dragged = null;
});

const placeOf = (event) => event.target.closest?.("[data-day], [data-column]");

document.addEventListener("dragover", (event) => {
  const place = dragged && placeOf(event);
  if (!place || place.contains(dragged)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (place.classList.contains("is-target")) return;
  for (const other of document.querySelectorAll(".is-target")) other.classList.remove("is-target");
  place.classList.add("is-target");
});

document.addEventListener("drop", (event) => {
  const place = dragged && placeOf(event);
  const form = dragged?.querySelector("form");
  if (!place || !form || place.contains(dragged)) return;
  event.preventDefault();
  if (place.dataset.day) {
    form.elements.day.value = place.dataset.day;
    form.requestSubmit();
  } else {
    const query = new URLSearchParams(new FormData(form));
    query.set("to", place.dataset.column);
    location.assign(`${form.action}?${query}`);
  }
});

document.querySelector("[data-print]")?.addEventListener("click", () => print());
