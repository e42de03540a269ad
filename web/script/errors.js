// What is wrong with an answer, shown at its field once one has left it: nobody is told off while typing.

import { say, text } from "./say.js";

const standing = new Map(); // field -> message: what the server could not take and still stands in the field
const shown = new Set(); // those fields whose message has been shown

const id = (field) => "f-" + field.replace(/[^\w-]/g, "-");

function put(question, message) {
  const fieldset = question.querySelector("fieldset");
  const field = question.querySelector("input:not([type=hidden]), select, textarea");
  if (!field) return;
  const errorId = field.id + "-error";
  const fields = fieldset ? [fieldset] : [field];
  let line = document.getElementById(errorId);
  if (!message) {
    if (line) line.remove();
  } else {
    if (!line) {
      line = document.createElement("p");
      line.id = errorId;
      line.className = "usa-error-message";
      const place = question.querySelector(".ask-line, .ask-options, .usa-select, .ask-grid__cells") || field;
      place.before(line);
    }
    const prefix = document.createElement("span");
    prefix.className = "usa-sr-only";
    prefix.textContent = text("error") + " ";
    line.replaceChildren(prefix, message);
  }
  question.classList.toggle("usa-form-group--error", Boolean(message));
  for (const element of fields) {
    const ids = (element.getAttribute("aria-describedby") || "").split(" ").filter((word) => word && word !== errorId);
    if (message) ids.push(errorId);
    if (ids.length) element.setAttribute("aria-describedby", ids.join(" ")); else element.removeAttribute("aria-describedby");
  }
  question.querySelectorAll(".usa-input, .usa-select, .usa-textarea").forEach((element) => {
    element.classList.toggle("usa-input--error", Boolean(message));
    if (message) element.setAttribute("aria-invalid", "true"); else element.removeAttribute("aria-invalid");
  });
}

const find = (form, field) => {
  const element = document.getElementById(id(field)) || form.querySelector(`[data-item="${CSS.escape(field)}"]`);
  return element && element.closest(".ask-question, .ask-grid__row");
};

function reveal(field, question, message) {
  put(question, message);
  if (!shown.has(field)) say(`${text("error")} ${message}`);
  shown.add(field);
}

/**
 * After each reply, when its parts are in place. items: those that were sent; errors: list of { field, message }. Items without an
 * error are right now; errors of other items stand until they are sent again.
 */
export function showErrors(form, items, errors) {
  const of = (item) => (field) => field === item || field.startsWith(item + ".");
  for (const item of items) {
    for (const field of Array.from(standing.keys()).filter(of(item))) {
      standing.delete(field);
      if (!errors.some((error) => error.field === field)) shown.delete(field);
    }
    const block = form.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (!block) continue;
    const wrong = errors.map(({ field }) => find(form, field));
    for (const question of [block, ...block.querySelectorAll(".ask-question")]) {
      if (!question.querySelector(".ask-question") && !wrong.includes(question)) put(question, "");
    }
  }
  errors.forEach(({ field, message }) => standing.set(field, message));
  for (const [field, message] of standing) {
    const question = find(form, field);
    if (question && (shown.has(field) || !question.contains(document.activeElement))) reveal(field, question, message);
  }
}

/** Shows what was held back, when one leaves the question. */
export function watchErrors(form) {
  form.addEventListener("focusout", (event) => {
    for (const [field, message] of standing) {
      const question = find(form, field);
      if (question && question.contains(event.target) && !question.contains(event.relatedTarget)) reveal(field, question, message);
    }
  });
}
