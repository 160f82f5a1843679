// A gesture that htmx could not bring to its end is told on the page: htmx itself leaves all as it was.
function tell(name, event) {
  const said = (what) => document.querySelector(`meta[name="trouble-${what}"]`)?.content;
  const text = said(name);
  const place = document.getElementById("toasts");
  if (!text || !place) return;
  let told = document.getElementById("trouble");
  if (told?.dataset.name === name) return;
  told?.remove();
  told = Object.assign(document.createElement("p"), { id: "trouble", className: "toast" });
  told.dataset.name = name;
  told.dataset.gesture = event.detail.requestConfig.path;
  told.setAttribute("role", "alert");
  const away = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: said("seen") });
  away.addEventListener("click", () => told.remove());
  told.append(Object.assign(document.createElement("span"), { textContent: text }), away);
  place.append(told);
}

document.addEventListener("htmx:sendError", (event) => tell("unreached", event));
document.addEventListener("htmx:timeout", (event) => tell("unreached", event));
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 403) tell("refused", event);
  else if (status >= 500) tell("stumbled", event);
});
// Gone once that same gesture succeeds: others, as the checks that follow typing, say nothing of it.
document.addEventListener("htmx:afterOnLoad", (event) => {
  const told = document.getElementById("trouble");
  if (event.detail.successful && told?.dataset.gesture === event.detail.requestConfig.path) told.remove();
});
