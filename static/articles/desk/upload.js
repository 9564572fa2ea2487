// Uploads the chosen pictures one after the other, two at a time, each with its own progress and result. A file that
// fails stays in the list and can be tried again. Without this the form sends all of them at once.

const form = document.getElementById("upload-form");
const input = document.getElementById("id_pictures");
const section = document.getElementById("upload-results");
const rows = section.querySelector(".upload-rows");
const count = section.querySelector("[data-upload-count]");
const AT_ONCE = 2;
const words = form.dataset;
const waiting = [];
let running = 0;
let done = 0;
let all = 0;

const make = (tag, props = {}, children = []) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
};

function tell() {
  count.textContent = words.done.replace("{done}", done).replace("{all}", all);
}

function rowFor(file) {
  const say = make("p", { className: "quiet", textContent: words.waiting });
  const bar = make("progress", { max: 100, value: 0, ariaLabel: file.name });
  const name = make("p", {}, [make("strong", { textContent: file.name })]);
  return { file, say, bar, row: make("li", { className: "upload-row" }, [make("div", {}, [name, bar, say])]) };
}

function fail(item, why) {
  const again = make("button", { type: "button", className: "btn", textContent: words.again });
  item.say.className = "refused";
  item.say.replaceChildren(`${why} `, again);
  item.bar.hidden = true;
  again.addEventListener("click", () => {
    item.say.className = "quiet";
    item.say.textContent = words.waiting;
    item.bar.hidden = false;
    item.bar.value = 0;
    done -= 1;
    waiting.push(item);
    next();
  });
}

function answered(item, request) {
  const found = make("template", { innerHTML: request.responseText }).content.querySelectorAll(".upload-row");
  if (request.status === 200 && found.length) item.row.replaceWith(...found);
  else if (request.status === 403 || request.responseURL.includes("/login/")) fail(item, words.expired);
  else fail(item, words.failed);
}

function send(item) {
  running += 1;
  // The shared words as they are now, and this picture only. A log-in in another tab renews the token.
  const data = new FormData(form);
  data.delete("pictures");
  data.append("pictures", item.file);
  const request = new XMLHttpRequest();
  request.open("POST", form.action || location.href);
  request.setRequestHeader("Accept", "text/x-rows");
  const token = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  if (token) {
    data.delete("csrfmiddlewaretoken");
    request.setRequestHeader("X-CSRFToken", token.split("=")[1]);
  }
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) item.bar.value = (event.loaded / event.total) * 100;
    item.say.textContent = `${Math.round(item.bar.value)} %`;
  });
  request.addEventListener("load", () => answered(item, request));
  request.addEventListener("error", () => fail(item, words.lost));
  request.addEventListener("loadend", () => {
    running -= 1;
    done += 1;
    next();
  });
  request.send(data);
}

function next() {
  while (running < AT_ONCE && waiting.length) send(waiting.shift());
  tell();
}

form.addEventListener("submit", (event) => {
  const files = [...input.files];
  if (!files.length) return; // the server says what is missing
  event.preventDefault();
  section.hidden = false;
  for (const file of files) {
    const item = rowFor(file);
    rows.append(item.row);
    waiting.push(item);
  }
  all += files.length;
  input.value = "";
  next();
});
addEventListener("beforeunload", (event) => {
  if (running || waiting.length) event.preventDefault();
});
