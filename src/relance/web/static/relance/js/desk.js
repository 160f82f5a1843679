// The desk's keyboard and its small movements. Without it every gesture is a link or a form.
import { copyAndOpen } from "./handoff.js";
import { restore } from "./drafts.js";
import { mirror } from "./mirror.js";

const desk = () => document.getElementById("contenu");
const inField = (target) => target instanceof Element && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const lettersAct = () => {
  try { return localStorage.getItem("relance-letters") !== "off"; } catch { return true; }
};

function closeWindows() {
  for (const part of document.querySelectorAll(".window")) part.dataset.window = "";
}

function openWindow(id) {
  closeWindows();
  const part = document.getElementById(id);
  if (!part) return;
  delete part.dataset.window;
  part.scrollIntoView({ block: "nearest" });
  // Answers to pick from come first: in a field their digits would be text.
  const answers = part.querySelector(".picks > button");
  const fields = [...part.querySelectorAll("input:not([type=hidden]), textarea, select, button")];
  (answers ?? fields.find((field) => field.checkVisibility?.() ?? true))?.focus();
}

function write() {
  const area = document.getElementById("texte");
  if (!area) return;
  area.focus();
  const slot = /\[[^\]]*\]|\{[^}]*\}/.exec(area.value);
  if (slot) area.setSelectionRange(slot.index, slot.index + slot[0].length);
}

function pick(number) {
  const open = document.querySelector(".window:not([data-window])");
  const scope = open ?? document.getElementById("issue");
  if (!scope) document.querySelector(`[data-digit="${number}"]`)?.click();
  scope?.querySelectorAll(".picks > button, :scope > button")[number - 1]?.click();
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.getElementById("find")?.focus();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const send = document.querySelector("[data-send]");
    if (send) { event.preventDefault(); send.click(); }
    return;
  }
  if (event.key === "Escape") {
    if (inField(event.target)) event.target.blur();
    closeWindows();
    document.getElementById("nom")?.focus();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || !lettersAct()) return;
  if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
    event.preventDefault();
    write();
  } else if (/^(Digit|Numpad)[1-9]$/.test(event.code)) {
    // By position: the digits of an AZERTY keyboard need no Shift.
    event.preventDefault();
    pick(Number(event.code.slice(-1)));
  } else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  } else if (event.key === "?") {
    location.assign(document.querySelector(".actions__help, a[href$='/touches/']")?.href ?? "/touches/");
  } else {
    const key = { ArrowDown: "j", ArrowUp: "k" }[event.key] ?? event.key.toLowerCase();
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (target) { event.preventDefault(); target.click(); }
  }
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    event.preventDefault();
    openWindow(opener.dataset.opens);
  }
});

// A message with something left to write does not leave: the caret goes there instead.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id !== "composer" || event.submitter?.formAction.includes("/texte/")) return;
  const area = form.querySelector("#texte");
  if (!/\[[^\]]*\]|\{[^}]*\}/.test(area.value)) return;
  event.preventDefault();
  event.stopPropagation();
  write();
  announce(form.dataset.slotSaid);
}, { capture: true });

function announce(text) {
  const live = document.getElementById("announce");
  if (live) live.textContent = text;
}

function arrange(moved) {
  restore();
  for (const area of document.querySelectorAll(".mirror > textarea")) mirror(area);
  const select = document.querySelector("[data-submits]");
  if (select) {
    const button = select.form.elements[select.dataset.submits];
    button.hidden = true;
    // Pressed, not asked for: the address of a button that was not pressed is not taken.
    select.addEventListener("change", () => button.click());
  }
  document.querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" });
  if (!moved) return;
  const said = document.querySelector("[data-toast] > span")?.textContent ?? "";
  announce([said.trim().replace(/\.$/, ""), desk()?.dataset.place].filter(Boolean).join(". "));
  const problem = document.getElementById("probleme");
  (problem ?? document.getElementById("nom") ?? desk())?.focus({ preventScroll: !problem });
}

let listTop = 0;
let handed = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  // A refusal is a page too: it says why, and keeps what was typed.
  if ([404, 409, 410, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
  listTop = document.querySelector(".spread__list")?.scrollTop ?? 0;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "contenu") return;
  const list = document.querySelector(".spread__list");
  if (list) list.scrollTop = listTop;
  arrange(true);
  const handoff = document.querySelector("[data-handoff]");
  if (handoff && event.detail.requestConfig?.verb === "post" && handoff.dataset.permit !== handed) {
    handed = handoff.dataset.permit;
    copyAndOpen(handoff);
  }
});

document.addEventListener("DOMContentLoaded", () => arrange(false));
if (document.readyState !== "loading") arrange(false);
