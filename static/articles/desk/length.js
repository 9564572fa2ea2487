// The length of a story beside what was asked for: how much is over or still to go, while one types.

const shown = document.getElementById("length");
const count = document.getElementById("word-count");
const chip = Object.assign(document.createElement("span"), { className: "chip" });
const SLACK = 0.1; // a tenth more or less is as long as wanted

function compare() {
  const written = Number.parseInt(count.textContent.replace(/\D/g, ""), 10) || 0;
  const target = Number(shown.dataset.target);
  const over = written - target;
  const even = Math.abs(over) <= target * SLACK;
  const words = even ? shown.dataset.even : over > 0 ? shown.dataset.over : shown.dataset.under;
  chip.textContent = words.replace("%s", Math.abs(over));
  chip.dataset.state = even ? "verified" : over > 0 ? "work" : "draft";
}

if (shown && count) {
  shown.append(" ", chip);
  new MutationObserver(compare).observe(count, { childList: true, characterData: true, subtree: true });
  compare();
}
