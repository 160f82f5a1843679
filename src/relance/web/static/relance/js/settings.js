import { forget } from "./drafts.js";

// A link that is shown once: a button copies it.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    button.querySelector("span").textContent = button.dataset.done;
  });
}

// Whoever signs out leaves nothing that was being written in this tab.
document.getElementById("sortir")?.addEventListener("submit", () => forget());
