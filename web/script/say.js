// What the script says by itself: texts in the page's language (#texts), the polite live region (#say).
const texts = document.getElementById("texts");
const region = document.getElementById("say");
let timer = 0;

/** A text of #texts, with {name} filled in: text("saved", { time: "14:05" }). */
export function text(key, values = {}) {
  return ((texts && texts.dataset[key]) || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

/** Said by screen readers when they have time. While somebody types, only the last of what there is to say. */
export function say(words) {
  if (!region || !words) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    // The same words again are news too: a reader hears them only if the region changes.
    region.textContent = region.textContent === words ? words + "\u00a0" : words;
  }, 500);
}
