// Times in the zone of whoever reads them, beside the newsroom's, where the two differ.
//
// A <time data-zone> gets its moment in the zone of this browser after it; data-zone="hour" stands where the day
// is told by its place. A field for a moment says, while one chooses, when that is where one is.

const { newsroom, yours, chosen } = document.getElementById("zone").dataset;
const DATE = { day: "numeric", month: "short" };
const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const WHOLE = { year: "numeric", month: "2-digit", day: "2-digit", second: "2-digit", ...HOUR };

function told(moment, options, zone) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...options, timeZone: zone }).format(moment);
}

/** What a clock in `zone` shows at `moment`, as if that were UTC. */
function clock(moment, zone) {
  const parts = new Intl.DateTimeFormat("en", { ...WHOLE, timeZone: zone }).formatToParts(moment);
  const of = Object.fromEntries(parts.map((part) => [part.type, Number(part.value)]));
  return Date.UTC(of.year, of.month - 1, of.day, of.hour, of.minute, of.second);
}

/** The moment at which a clock of the newsroom shows `wall`, such as 2026-05-14T09:00; null for what is none. */
function momentOf(wall) {
  const shown = Date.parse(`${wall.slice(0, 16)}Z`);
  if (Number.isNaN(shown)) return null;
  const near = 2 * shown - clock(shown, newsroom);
  return new Date(near + shown - clock(near, newsroom)); // once more, for a change of the clocks between
}

function differs(moment) {
  return clock(moment, newsroom) !== clock(moment);
}

/** The moment here, with the name of the zone; without its day where `short` and it is the newsroom's. */
function here(moment, short) {
  const sameDay = told(moment, DATE) === told(moment, DATE, newsroom);
  return told(moment, { ...(short && sameDay ? {} : DATE), ...HOUR, timeZoneName: "short" });
}

for (const time of document.querySelectorAll("time[data-zone]")) {
  const moment = new Date(time.dateTime);
  if (differs(moment)) {
    const words = yours.replace("%s", here(moment, time.dataset.zone === "hour"));
    time.append(Object.assign(document.createElement("span"), { className: "your-time", textContent: ` (${words})` }));
  }
}

/** Say beside `field` when the moment that `wall` reads from the form is here. */
function follow(field, wall, others) {
  const say = document.createElement("output");
  say.className = "your-time help";
  if (field.id) say.htmlFor.add(field.id);
  const tell = () => {
    const moment = momentOf(wall());
    say.textContent = moment && differs(moment) ? chosen.replace("%s", here(moment)) : "";
  };
  (field.closest("label") ?? field).after(say);
  for (const each of [field, ...others]) each.addEventListener("input", tell);
  tell();
}

for (const field of document.querySelectorAll("input[type=datetime-local]")) {
  follow(field, () => field.value, []);
}
for (const field of document.querySelectorAll("input[type=time]")) {
  const day = field.form?.querySelector("input[type=date]");
  if (day) follow(field, () => `${day.value}T${field.value}`, [day]);
}
