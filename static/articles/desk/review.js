// Brings the words that are looked at into view on both sides, without moving the page.

for (const pane of document.querySelectorAll(".review-text")) {
  const words = pane.querySelector("mark.current");
  if (words) pane.scrollTop += words.getBoundingClientRect().top - pane.getBoundingClientRect().top - 80;
}
