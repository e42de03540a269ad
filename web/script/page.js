// Small things on any page: print buttons, dialogs, folds, the error summary, links to questions.
import { enter } from "./questions.js";

export function startPage() {
  document.addEventListener("click", (event) => {
    const at = event.target.closest("[data-print], [data-open], [data-fold], a[href^='#q-']");
    if (!at) return;
    if (at.matches("[data-print]")) window.print();
    else if (at.matches("[data-open]")) document.getElementById(at.dataset.open).showModal();
    else if (at.matches("[data-fold]")) fold(at);
    else if (goTo(at.getAttribute("href"))) event.preventDefault();
  });
  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();
  else if (location.hash && goTo(location.hash)) {
    // Browsers go to the place on the page when it is loaded, and take the focus away from where it was.
    const again = () => requestAnimationFrame(() => { if (document.activeElement === document.body) goTo(location.hash); });
    if (document.readyState === "complete") again(); else addEventListener("load", again, { once: true });
  }
}

function fold(button) {
  const box = button.closest(".ask-intake__panel, .ask-intake__sections");
  if (box) button.setAttribute("aria-expanded", String(box.classList.toggle("is-open")));
}

// "#q-dob": the focus goes into the question, not only the view.
function goTo(hash) {
  const question = hash.startsWith("#q-") && document.getElementById(hash.slice(1));
  if (!question) return false;
  const panel = document.querySelector(".ask-intake__panel.is-open [data-fold]");
  if (panel) fold(panel);
  enter(question);
  return true;
}
