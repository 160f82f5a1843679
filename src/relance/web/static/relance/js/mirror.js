// Behind the composer's textarea, the same text with what is left to write highlighted.
const MARKS = /(\[[^\]]*\]|\{[^}]*\})/;

function draw(area) {
  const back = area.previousElementSibling;
  back.textContent = "";
  for (const bit of `${area.value}\n`.split(MARKS)) {
    if (bit.startsWith("[") && bit.endsWith("]")) {
      back.append(Object.assign(document.createElement("mark"), { textContent: bit }));
    } else if (bit.startsWith("{") && bit.endsWith("}")) {
      back.append(Object.assign(document.createElement("span"), { className: "var", textContent: bit }));
    } else {
      back.append(bit);
    }
  }
  const end = area.form?.querySelector("[data-words]");
  if (end) {
    const count = area.value.replace(MARKS, " ").split(/\s+/).filter(Boolean).length;
    end.textContent = `${count} ${end.dataset.words}`;
  }
}

export function mirror(area) {
  if (!area.dataset.mirrored) {
    area.dataset.mirrored = "1";
    area.rows = 1;
    area.addEventListener("input", () => draw(area));
  }
  draw(area);
}
