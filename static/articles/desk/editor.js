// The body editor, for who does not see it: its text box has the name of the field, its buttons have words.

document.addEventListener("prose-editor:ready", ({ detail }) => {
  const { editor, textarea } = detail;
  const box = editor.view.dom;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  box.setAttribute("aria-label", label?.textContent.trim().replace(/:$/, "") ?? "");
  box.setAttribute("aria-multiline", "true");
  const help = document.getElementById(`${textarea.id}_helptext`);
  if (help) box.setAttribute("aria-describedby", help.id);
  label?.addEventListener("click", () => editor.commands.focus());
  for (const button of box.closest(".prose-editor").querySelectorAll(".prose-menubar button")) {
    if (!button.getAttribute("aria-label")) button.setAttribute("aria-label", button.title || button.textContent);
    button.title ||= button.getAttribute("aria-label");
  }
});
