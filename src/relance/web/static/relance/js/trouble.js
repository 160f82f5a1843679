// A gesture that htmx could not bring to its end is told on the page: htmx itself leaves all as it was.
function tell(name) {
  const text = document.querySelector(`meta[name="trouble-${name}"]`)?.content;
  const place = document.getElementById("toasts");
  if (!text || !place) return;
  let told = document.getElementById("trouble");
  if (told?.textContent === text) return;
  told?.remove();
  told = Object.assign(document.createElement("p"), { id: "trouble", className: "toast", textContent: text });
  told.setAttribute("role", "alert");
  place.append(told);
}

document.addEventListener("htmx:sendError", () => tell("unreached"));
document.addEventListener("htmx:timeout", () => tell("unreached"));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 403) tell("refused");
  else if (status >= 500) tell("stumbled");
});
document.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.successful) document.getElementById("trouble")?.remove();
});
