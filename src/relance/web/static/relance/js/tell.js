// An angle is put in at the caret, in place of what is selected; pressed again, it is taken out.
// Without this the button asks the desk, which puts it where words are missing.
function put(area, text) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const before = value.slice(0, start);
  const after = value.slice(end);
  const lead = before && !/\s$/.test(before) ? " " : "";
  const trail = after && !/^[\s.,;:?!]/.test(after) ? " " : "";
  // The sentence that was begun around it has its own full stop.
  const said = after.startsWith(".") ? text.replace(/\.$/, "") : text;
  area.setRangeText(lead + said + trail, start, end, "end");
  if (trail) area.setSelectionRange(area.selectionEnd - 1, area.selectionEnd - 1);
}

function take(area, text) {
  const bare = text.replace(/\.$/, "");
  const said = area.value.includes(text) ? text : bare;
  const at = area.value.indexOf(said);
  if (at >= 0) area.setRangeText("", at, at + said.length, "start");
}

function toggle(button, area) {
  const { form, value } = button;
  const pressed = button.getAttribute("aria-pressed") === "true";
  for (const kept of form.querySelectorAll('input[name="dit"]')) {
    if (kept.value === value) kept.remove();
  }
  if (pressed) {
    take(area, button.dataset.tell);
  } else {
    put(area, button.dataset.tell);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "dit", value }));
  }
  button.setAttribute("aria-pressed", String(!pressed));
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("#angles")) {
    document.querySelector("button[data-tell]")?.focus();
    return;
  }
  const button = event.target.closest?.("button[data-tell]");
  const area = button?.form?.querySelector("textarea#texte");
  if (!area) return;
  event.preventDefault();
  event.stopPropagation();
  toggle(button, area);
}, { capture: true });
