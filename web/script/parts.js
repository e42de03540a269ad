// Puts the parts of a page that the server sent in place of the old ones, keeping the focus, the caret, what is being typed, what is
// open and how far things are scrolled.
import { Idiomorph } from "../vendor/idiomorph/idiomorph.esm.js";
import { questions, control } from "./questions.js";

const isField = (node) => /^(INPUT|SELECT|TEXTAREA)$/.test(node.nodeName);

/**
 * parts: list of { id, html }. keep(field): true for a field that must stay as it is: it has changes that the server has not seen.
 */
export function replaceParts(parts, keep) {
  const active = document.activeElement;
  const before = active && active.closest(".ask-question, .ask-grid__row") ? questions() : [];
  const place = before.findIndex((question) => question.contains(active));
  const statuses = new Map(Array.from(document.querySelectorAll("[data-status]"), (line) => [line.id, line.dataset.status]));

  for (const { id, html } of parts) {
    const old = document.getElementById(id);
    if (!old) continue;
    Idiomorph.morph(old, html, {
      callbacks: {
        beforeNodeMorphed: (node, fresh) => !(isField(node) && (node === active && isTyped(node) || keep(node))) && !isSame(node, fresh),
        // What somebody opened stays open.
        beforeAttributeUpdated: (name, node) => !(name === "open" && /^(DETAILS|DIALOG)$/.test(node.nodeName)),
      },
    });
  }

  for (const line of document.querySelectorAll("[data-status]")) {
    const status = statuses.get(line.id);
    if (status && status !== line.dataset.status) flash(line);
  }
  document.querySelectorAll(".is-open > * [data-fold]").forEach((fold) => fold.setAttribute("aria-expanded", "true"));
  // The question that had the focus is gone: the one before it has it now.
  if (active && !active.isConnected && document.activeElement === document.body) {
    const left = before.slice(0, place).reverse().find((question) => question.isConnected);
    const target = left ? control(left) : document.getElementById("main");
    if (target) target.focus({ preventScroll: true });
  }
}

// Most questions and lines are as they were: the browser sees that faster than a walk through them. What stands in the fields has
// to be what the page said, too.
const isSame = (node, fresh) => node.nodeType === 1 && node.matches("[data-item], li") && node.isEqualNode(fresh) &&
  !Array.from(node.querySelectorAll("input, textarea, option")).some((field) => (field.nodeName === "OPTION"
    ? field.selected !== field.defaultSelected : field.value !== field.defaultValue || field.checked !== field.defaultChecked));

const isTyped = (node) => node.nodeName !== "INPUT" || !/^(radio|checkbox)$/.test(node.type);

function flash(line) {
  line.classList.remove("is-changed");
  requestAnimationFrame(() => line.classList.add("is-changed"));
  line.addEventListener("animationend", () => line.classList.remove("is-changed"), { once: true });
}
