// What is wrong with an answer, shown at its field once one has left it: nobody is told off while typing.

const held = new Map(); // question -> message

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
    prefix.textContent = (document.getElementById("texts").dataset.error || "") + " ";
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

/** items: those that were sent; errors: list of { field, message }. Items without an error are right now. */
export function showErrors(form, items, errors) {
  const wrong = new Map();
  for (const { field, message } of errors) {
    const element = document.getElementById(id(field)) || form.querySelector(`[data-item="${CSS.escape(field)}"]`);
    const question = element && element.closest(".ask-question, .ask-grid__row");
    if (question) wrong.set(question, message);
  }
  for (const item of items) {
    const block = form.querySelector(`[data-item="${CSS.escape(item)}"]`);
    if (!block) continue;
    for (const question of [block, ...block.querySelectorAll(".ask-question")]) {
      if (question.querySelector(".ask-question")) continue;
      held.delete(question);
      if (!wrong.has(question)) put(question, "");
    }
  }
  for (const [question, message] of wrong) {
    if (question.contains(document.activeElement)) held.set(question, message); else put(question, message);
  }
}

/** Shows what was held back, when one leaves the question. */
export function watchErrors(form) {
  form.addEventListener("focusout", (event) => {
    for (const [question, message] of held) {
      if (question.contains(event.target) && !question.contains(event.relatedTarget)) {
        held.delete(question);
        put(question, message);
      }
    }
  });
}
