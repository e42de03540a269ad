// "I don't know", "Prefer not to say" and "None of these" stand for themselves: what else was said goes, and the other way round.
const typed = new WeakMap(); // a text that went, so that it comes back

/** field: what was just changed; question: its item. */
export function exclude(field, item) {
  const question = field.closest(".ask-question, .ask-grid__row") || item;
  const others = Array.from(question.querySelectorAll("input, textarea")).filter((other) => other !== field && other.type !== "hidden");
  const isNone = (other) => other.hasAttribute("data-none");
  if (isNone(field)) {
    for (const other of others) {
      if (other.type === "checkbox") {
        if (field.checked) other.checked = false;
      } else if (field.checked) {
        if (other.value) typed.set(other, other.value);
        other.value = "";
      } else if (!other.value && typed.has(other)) {
        other.value = typed.get(other);
      }
    }
  } else if (field.type === "checkbox" ? field.checked : field.value) {
    others.filter(isNone).forEach((other) => { other.checked = false; });
  }
}
