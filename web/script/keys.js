// An intake by keys: digits and letters choose, Enter goes on, Alt with an arrow changes the section, ? lists them. They can be
// switched off (WCAG 2.1.4), and single characters never act while somebody types.
import { questions, options, enter } from "./questions.js";

const stored = "askonce-keys";

export function startKeys(form, autosave) {
  const dialog = document.getElementById("keys");
  if (!form || !dialog) return;
  const box = document.getElementById("keys-on");
  const root = document.documentElement;
  const on = () => root.classList.contains("ask-keys-on");
  const set = (value) => {
    root.classList.toggle("ask-keys-on", value);
    box.checked = value;
  };
  set(remembered() !== "off");
  box.addEventListener("change", () => { set(box.checked); remember(box.checked ? "on" : "off"); });

  let moving = null; // keys pressed while the next question is on its way

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]") || !on()) return;
    const { key } = event;
    const at = event.target;
    if (event.altKey && !event.ctrlKey && !event.metaKey && (key === "ArrowLeft" || key === "ArrowRight")) {
      if (isText(at) && /Mac/.test(navigator.platform)) return; // there it goes from word to word
      const forward = (key === "ArrowRight") === (document.dir !== "rtl");
      const address = forward ? form.dataset.next : form.dataset.previous;
      event.preventDefault(); // in most browsers it would be Back
      if (address) autosave.leave(() => location.assign(address));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moving) {
      if (key.length === 1 || key === "Enter") { event.preventDefault(); moving.push(key); }
      return;
    }
    const question = at.closest ? questions().find((one) => one.contains(at)) : null;
    if (key === "Enter" && (at === document.body || (question && /^(INPUT|SELECT)$/.test(at.nodeName)) || at.id === "main")) {
      event.preventDefault();
      go(question, at);
    } else if (key === "?" && !isText(at)) {
      event.preventDefault();
      dialog.showModal();
    } else if (key.length === 1 && question && !isText(at) && at.nodeName !== "SELECT" && choose(question, key)) {
      event.preventDefault();
    }
  });

  // A question that depends on the answer just given may still be on its way: it is waited for, but not for long.
  async function go(question, at) {
    const next = question && Array.from(question.querySelectorAll(".usa-memorable-date input")).find(
      (field, index, all) => all[index - 1] === at);
    if (next) {
      next.focus();
      return next.select(); // as the Tab key does
    }
    moving = [];
    await autosave.drained(300); // what was typed counts as given
    const list = questions();
    const index = question && question.isConnected ? list.indexOf(question) : list.findIndex((one) => one.contains(document.activeElement));
    const target = list[index + 1];
    if (target) enter(target);
    else (form.querySelector(".ask-bar .usa-button:not(.usa-button--outline)") || at).focus();
    const pressed = moving;
    moving = null;
    for (const key of pressed) type(key);
  }

  // What was pressed in between belongs to the question that one went to.
  function type(key) {
    const at = document.activeElement;
    const question = questions().find((one) => one.contains(at));
    if (!question) return;
    if (key === "Enter") go(question, at);
    else if (isText(at)) {
      at.setRangeText(key, at.selectionStart, at.selectionEnd, "end");
      at.dispatchEvent(new Event("input", { bubbles: true }));
    } else choose(question, key);
  }
}

// True if the key means one of the options.
function choose(question, key) {
  const list = options(question);
  if (!list.length) return false;
  let field = /^[1-9]$/.test(key) ? list[key - 1] : null;
  if (!field && /^\p{L}$/u.test(key)) {
    const letter = fold(key);
    const fits = list.filter((one) => one.labels[0] && fold(one.labels[0].textContent.trim()).startsWith(letter));
    field = fits[(fits.findIndex((one) => one.checked) + 1) % fits.length];
  }
  if (!field) return false;
  field.focus();
  field.click();
  return true;
}

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
const isText = (field) => field.nodeName === "TEXTAREA" || field.isContentEditable
  || (field.nodeName === "INPUT" && !/^(radio|checkbox|button|submit|reset)$/.test(field.type));

// Whether the keys are on is all that is kept on this computer.
function remembered() { try { return localStorage.getItem(stored); } catch (error) { return null; } }
function remember(value) { try { localStorage.setItem(stored, value); } catch (error) { /* a private window */ } }
