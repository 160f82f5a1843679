// Dropping or choosing the archive is enough: the form goes by itself.
const form = document.getElementById("give");
if (form) {
  const input = form.querySelector("input[type=file]");
  const zone = form.querySelector(".drop");
  const go = form.querySelector(".drop__go");
  go.hidden = true;
  const send = () => {
    if (!input.files.length) return;
    form.querySelector("[data-chosen]").textContent = input.files[0].name;
    form.setAttribute("aria-busy", "true");
    form.requestSubmit();
  };
  input.addEventListener("change", send);
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.dataset.over = ""; });
  }
  zone.addEventListener("dragleave", () => { delete zone.dataset.over; });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    input.files = event.dataTransfer.files;
    send();
  });
}

// After a gesture the page is drawn anew: the focus goes back to the same star, or to what comes in its stead.
let back = [];
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt;
  back = [];
  if (!(form instanceof HTMLFormElement) || !("choosing" in form.dataset)) return;
  const stars = [...form.querySelectorAll(".star[id]")].map((star) => star.id);
  const pressed = event.detail.requestConfig.triggeringEvent?.submitter?.id;
  const at = stars.indexOf(pressed);
  if (at >= 0) back = [...stars.slice(at), ...stars.slice(0, at).reverse()];
  const heads = [...document.querySelectorAll("h2[id^='g-']")].map((head) => head.id);
  const own = heads.indexOf(`g-${form.elements.groupe.value}`);
  back.push("personne", ...heads.slice(own), "titre");
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "contenu") return;
  back.map((id) => document.getElementById(id)).find(Boolean)?.focus();
  back = [];
});
