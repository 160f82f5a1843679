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
