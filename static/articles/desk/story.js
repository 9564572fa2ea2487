// The story form: the word count, one-line fields, and jumps from the gate.

const words = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

document.addEventListener("prose-editor:ready", ({ detail }) => {
  const { editor } = detail;
  const count = document.getElementById("word-count");
  const pattern = count?.textContent.trim().replace(/\d+/, "%");
  const show = () => {
    const number = words(editor.getText({ blockSeparator: "\n" }));
    count.textContent = pattern.replace("%", number);
  };
  if (count) {
    editor.on("update", show);
    show();
  }
});

for (const field of document.querySelectorAll("textarea.one-line")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// A link of the gate to a field puts the cursor there; the body is not its textarea but the editor over it.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#id_"]');
  if (!link) return;
  event.preventDefault();
  const field = document.getElementById(link.hash.slice(1));
  const box = field?.closest(".field")?.querySelector(".tiptap") ?? field;
  box?.scrollIntoView({ block: "center" });
  box?.focus({ preventScroll: true });
});
