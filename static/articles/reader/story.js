/** Copying and sharing where the browser can, and the reader's own time beside the paper's. Nothing needs it. */

for (const button of document.querySelectorAll("[data-copies]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const status = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
      status.textContent = button.dataset.done;
    } catch {
      status.textContent = button.dataset.failed;
    }
  });
}

for (const button of document.querySelectorAll("[data-shares]")) {
  if (!navigator.share) break;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Somebody who closes the list of places to share with changed their mind: that is no failure.
    navigator.share({ title: button.dataset.title, url: button.dataset.shares }).catch(() => {});
  });
}

// A title moves nothing on the page.
const own = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "long" });
for (const time of document.querySelectorAll(".story-meta time[datetime*=T]")) {
  time.title = own.format(new Date(time.dateTime));
}
