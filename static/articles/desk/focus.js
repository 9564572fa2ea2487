// The focal point of a picture: a click on it or the arrow keys set the two numbers of the form, and every crop
// shows at once what would be left. Without this the numbers are typed.

const panel = document.querySelector("[data-focus]");
const fields = ["x", "y"].map((axis) => document.getElementById(`id_focus_${axis}`));
const STEP = 1;
const BIG_STEP = 10;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const inside = (value) => Math.min(100, Math.max(0, Math.round(value)));
const read = () => fields.map((field) => inside(Number(field.value === "" ? 50 : field.value)));

function show() {
  const [x, y] = read();
  const mark = panel.querySelector("[data-focus-mark]");
  mark.style.left = `${x}%`;
  mark.style.top = `${y}%`;
  for (const crop of panel.querySelectorAll(".crop img")) crop.style.objectPosition = `${x}% ${y}%`;
}

function move(x, y) {
  [x, y].forEach((value, axis) => {
    fields[axis].value = inside(value);
    fields[axis].dispatchEvent(new Event("input", { bubbles: true }));
  });
  show();
}

function follow(event, picture) {
  const box = picture.getBoundingClientRect();
  move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
}

function start() {
  const picture = panel.querySelector("[data-focus-picture]");
  const mark = panel.querySelector("[data-focus-mark]");
  for (const part of [mark, panel.querySelector("[data-focus-help]"), panel.querySelector("[data-crops]")]) {
    part.hidden = false;
  }
  picture.parentElement.classList.add("can-focus");
  picture.addEventListener("click", (event) => follow(event, picture));
  mark.addEventListener("pointerdown", (event) => mark.setPointerCapture(event.pointerId));
  mark.addEventListener("pointermove", (event) => {
    if (mark.hasPointerCapture(event.pointerId)) follow(event, picture);
  });
  mark.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const length = event.shiftKey ? BIG_STEP : STEP;
    const [x, y] = read();
    move(x + arrow[0] * length, y + arrow[1] * length);
  });
  for (const field of fields) field.addEventListener("input", show);
  show();
}

// What the file says goes into the form without losing what is typed there.
function offer(event) {
  const link = event.target.closest("[data-take]");
  const field = link && document.getElementById(`id_${link.dataset.take}`);
  if (!field) return;
  event.preventDefault();
  field.value = link.dataset.words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

if (panel && fields.every(Boolean)) start();
document.querySelector("[data-offers]")?.addEventListener("click", offer);
