// Loaded before the page is drawn, so that a chosen theme never flashes.
const stored = (() => {
  try { return localStorage.getItem("relance-theme"); } catch { return null; }
})();
if (stored === "light" || stored === "dark") document.documentElement.dataset.theme = stored;

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-theme-toggle]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = matchMedia("(prefers-color-scheme: dark)").matches;
      const now = document.documentElement.dataset.theme ?? (dark ? "dark" : "light");
      const next = now === "dark" ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      try { localStorage.setItem("relance-theme", next); } catch { /* private window: kept for this page */ }
    });
  }
});
