// Claims the words of this page for whoever opened it, so that two people do not check the same.

const form = document.getElementById("claim");

async function claim() {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
  // Somebody was faster: the page, asked for again, says who.
  if (answer.ok && (await answer.json()).held) location.reload();
}

// Without an answer the page works on: whoever decides claims the words as well.
if (form) claim().catch(() => {});
