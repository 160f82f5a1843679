// A message begun is kept in this tab until it is sent: another person, a star or a reload does not lose it.
const PREFIX = "relance-draft-";

function keep(key, value) {
  try {
    if (value) sessionStorage.setItem(key, JSON.stringify(value));
    else sessionStorage.removeItem(key);
  } catch { /* A browser that keeps nothing: the page works without. */ }
}

function kept(key) {
  try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
}

function parts() {
  const form = document.getElementById("composer");
  const text = form?.querySelector("#texte");
  if (!text || !form.dataset.draft) return null;
  return { form, text, subject: form.querySelector("#objet"), key: `${PREFIX}${form.dataset.draft}#${form.dataset.moment}` };
}

const plain = (text) => text.replaceAll("\r\n", "\n").trim();

// Called whenever a composer is shown: what was typed comes back in place of an untouched template.
export function restore() {
  const shown = parts();
  if (!shown) return;
  const { form, text, subject, key } = shown;
  const untouched = plain(text.value) === plain(form.elements.depart.value);
  const draft = kept(key);
  if (!untouched) return note();
  if (!draft || draft.channel !== form.elements.canal_actuel.value) return;
  text.value = draft.text;
  if (subject && draft.subject !== undefined) subject.value = draft.subject;
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function note() {
  const shown = parts();
  if (!shown) return;
  const { form, text, subject, key } = shown;
  const untouched = plain(text.value) === plain(form.elements.depart.value);
  const channel = form.elements.canal_actuel.value;
  keep(key, untouched ? null : { text: text.value, subject: subject?.value, channel });
}

// What is kept for one person, or without one for everybody.
export function forget(draft = "") {
  try {
    const drafts = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX + draft));
    for (const key of drafts) sessionStorage.removeItem(key);
  } catch { /* Nothing was kept. */ }
}

document.addEventListener("input", (event) => {
  if (event.target.id === "texte" || event.target.id === "objet") note();
});
// Another template asked for, or sent: what was typed before is not wanted back (a refusal brings it back itself).
const ENDS = new Set(["retrame", "envoyer"]);
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  const draft = button?.form?.dataset.draft;
  if (draft && (ENDS.has(button.name) || (button.name === "issue" && button.value === "envoye"))) forget(draft);
}, { capture: true });
