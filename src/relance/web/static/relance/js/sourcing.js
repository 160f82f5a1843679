// The speed of a session: Enter adds, Shift and Enter begins a line, N comes back to the line.
// Without it the same form shows what it read, then enters it.
const line = () => document.getElementById("ligne");

document.addEventListener("keydown", (event) => {
  const area = line();
  if (!area) return;
  if (event.target === area && event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing) {
    event.preventDefault();
    if (area.value.trim()) area.form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  let letters = true;
  try { letters = localStorage.getItem("relance-letters") !== "off"; } catch { /* kept on */ }
  if (letters && event.key.toLowerCase() === "n") {
    event.preventDefault();
    area.focus();
  }
});

// After somebody was added, sent or starred, the hand is back where it was: on the line.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "contenu") return;
  const asked = event.detail.requestConfig;
  const path = asked?.path ?? "";
  if (asked?.verb === "post" && /\/(ajouter|restes)\/$/.test(path) && !document.getElementById("probleme")) {
    line()?.focus();
  }
});
