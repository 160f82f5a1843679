// Hand a message over: copy its text, open its channel. The permit was taken before: the server answered.

async function copied(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    area.focus();
    area.select();
    try { return document.execCommand("copy"); } catch { return false; }
  }
}

export async function copyAndOpen(handoff) {
  const area = document.getElementById("a-copier");
  if (area) {
    const button = document.getElementById("copier");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => copied(area));
    }
    const line = handoff.querySelector("[data-copied]");
    if (await copied(area) && line) line.textContent = line.dataset.copied;
  }
  if (!matchMedia("(pointer: fine)").matches && handoff.dataset.handoff === "call") return;
  if (["linkedin", "inmail", "email"].includes(handoff.dataset.handoff)) document.getElementById("ouvrir")?.click();
}
