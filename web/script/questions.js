// The questions of a page, as one goes through them.

const fields = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])";

/** Every question in order: the innermost blocks that hold fields. */
export function questions() {
  return Array.from(document.querySelectorAll("main .ask-question, main .ask-grid__row")).filter(
    (block) => !block.querySelector(".ask-question") && block.querySelector(fields) && block.getClientRects().length > 0);
}

/** The field of a question that gets the focus: what is chosen, else the first. */
export function control(question) {
  return question.querySelector("input[type=radio]:checked") || question.querySelector(fields);
}

/** What can be chosen in a question, in order. */
export function options(question) {
  return Array.from(question.querySelectorAll("input[type=radio], input[type=checkbox]")).filter((field) => !field.disabled);
}

/** Puts the focus into a question and shows all of it. */
export function enter(question) {
  const field = control(question);
  if (!field) return;
  field.focus({ preventScroll: true });
  if (field.select && !/^(radio|checkbox)$/.test(field.type)) field.select(); // as the Tab key does
  question.scrollIntoView({ block: question.offsetHeight < innerHeight / 2 ? "center" : "start" });
}
