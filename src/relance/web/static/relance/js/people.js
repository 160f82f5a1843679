// The list: who is ticked, by name, and the slash that goes to its own search.
const form = document.getElementById("gens");

function told() {
  const picked = [...form.querySelectorAll("[name=qui]:checked")];
  const names = picked.map((box) => box.dataset.name);
  const language = document.documentElement.lang;
  const joined = new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  form.querySelector("[data-picked]").textContent = joined;
  const count = form.querySelector("[data-count]");
  count.textContent = `${picked.length} ${count.dataset.none}`;
}

if (form) {
  form.addEventListener("change", told);
  form.addEventListener("reset", () => setTimeout(told));
  told();
}

const filters = document.getElementById("filtres");
if (filters) {
  filters.querySelector("[data-apply]").hidden = true;
  filters.addEventListener("change", () => filters.requestSubmit());
}

// Before the desk's own keys: here the slash searches the list, and a letter of the bar needs someone ticked.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  const search = document.getElementById("q");
  if (event.key === "/" && search) {
    event.preventDefault();
    event.stopImmediatePropagation();
    search.focus();
    search.select();
  } else if (/^[irx]$/i.test(event.key) && form && !form.querySelector("[name=qui]:checked")) {
    event.stopImmediatePropagation();
  }
}, { capture: true });
