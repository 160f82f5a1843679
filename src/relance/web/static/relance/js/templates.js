// Writing a template: what is inserted goes where the caret is, and Ctrl S keeps it.
const area = document.getElementById("texte");
const bar = document.querySelector("[data-inserts]");

if (bar && area) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const text = event.target.closest("[data-insert]")?.dataset.insert;
    if (!text) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    document.querySelector("[data-save]")?.click();
  }
});
