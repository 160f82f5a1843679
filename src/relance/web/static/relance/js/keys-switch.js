// Letters may be switched off (WCAG 2.1.4); kept on this device.
const box = document.getElementById("letters");
try { box.checked = localStorage.getItem("relance-letters") !== "off"; } catch { /* kept nowhere */ }
box.addEventListener("change", () => {
  try { localStorage.setItem("relance-letters", box.checked ? "on" : "off"); } catch { /* kept nowhere */ }
});
