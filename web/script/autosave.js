// Saves each answer as it is given, and shows what the server says to it: the panel, the questions that come and go, what is wrong.
//
// The form: <form data-autosave data-save="/cases/ID/answers" data-version="3" data-previous="..." data-next="...">, as ui.form makes
// it; each question in a block with data-item. A POST to data-save has
//   change=UUID      of this change: the same when it is sent again, so that the server takes it once
//   version=3        of the case, as it was when the change was first sent
//   item=ID          (one or more) what is in it; then all fields of these blocks by their names. An item without fields has no answer
//   clear=NAME, add=NAME, remove=NAME   the button with data-live that was pressed, if one was
// with the headers X-Askonce-Script and X-Askonce-Csrf. The reply is JSON, every member optional:
//   version, saved_at ("14:05"), say (a text for the polite live region), parts: [{ id, html }] (put in place of the elements of
//   these ids), errors: [{ field, message }], focus (id of an element), merge (path: two people changed one answer), go (path: first
//   somewhere else), sign_in (true, or status 401, with csrf for the sign-in form)
// 408, 429 and 5xx are tried again. 403: somebody else's session by now; signs in again, once.
import { Queue } from "./queue.js";
import { replaceParts } from "./parts.js";
import { showErrors, watchErrors } from "./errors.js";
import { exclude } from "./exclude.js";
import { leaving } from "./quick_exit.js";
import { alive, began } from "./session.js";
import { signInAgain } from "./sign_in.js";
import { say, text } from "./say.js";

// So long after the last key a field that is typed into counts as given.
const pause = 150;

/** Starts saving. Gives { drained(milliseconds), leave(go) }. */
export function startAutosave(form) {
  const timers = new Map(); // item -> timer of its pause; 0: a date that is not whole yet
  const sent = new Map(); // item -> its fields as they were sent last
  const wrong = new Set(); // items of which the server could not take what stands in the fields
  let slow = 0;
  let said = ""; // of what is not saved
  let leaves = null; // what is done when all is saved
  const queue = new Queue(send, show);

  const block = (element) => element.closest && element.closest("[data-item]");
  const pairsOf = (item, data = new FormData(form)) => {
    return Array.from(item.querySelectorAll("[name]")).reduce((pairs, field) => {
      if (field.nodeName === "BUTTON" || pairs.some(([name]) => name === field.name)) return pairs;
      return pairs.concat(data.getAll(field.name).map((value) => [field.name, value]));
    }, []);
  };
  // What stands in the fields, but for those with a change on its way, is what the server has.
  const remember = (pending) => {
    const data = new FormData(form);
    for (const item of form.querySelectorAll("[data-item]")) {
      if (!pending(item.dataset.item)) sent.set(item.dataset.item, JSON.stringify(pairsOf(item, data)));
    }
  };
  remember(() => false);

  function commit(item, button) {
    const name = item.dataset.item;
    clearTimeout(timers.get(name));
    timers.delete(name);
    const pairs = pairsOf(item);
    const image = JSON.stringify(pairs);
    if (!button && sent.get(name) === image) return;
    sent.set(name, image);
    queue.add(name, pairs, button);
  }
  // All that is being typed.
  function commitAll() {
    for (const name of Array.from(timers.keys())) {
      const item = form.querySelector(`[data-item="${CSS.escape(name)}"]`);
      if (item) commit(item); else timers.delete(name);
    }
  }

  form.addEventListener("input", (event) => {
    const item = block(event.target);
    if (!item) return;
    leaves = null;
    exclude(event.target, item);
    const name = item.dataset.item;
    clearTimeout(timers.get(name));
    if (/^(radio|checkbox)$/.test(event.target.type) || event.target.nodeName === "SELECT") return commit(item);
    timers.set(name, unfinished(event.target) ? 0 : setTimeout(() => commit(item), pause));
  });
  form.addEventListener("change", (event) => {
    const item = block(event.target);
    // A part of a date changes before it is known where one goes: it is given when one leaves the date (focusout).
    if (item && !event.target.closest(".usa-memorable-date")) commit(item);
  });
  form.addEventListener("focusout", (event) => {
    const item = block(event.target);
    if (item && timers.has(item.dataset.item) && !(event.relatedTarget && sameDate(event.target, event.relatedTarget))) commit(item);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-live]");
    const item = button && block(button);
    if (!item) return;
    event.preventDefault();
    leaves = null;
    if (item.dataset.held) return;
    commitAll();
    if (button.name === "clear") {
      const of = (field) => field.name === button.value || field.name.startsWith(button.value + ".");
      Array.from(item.querySelectorAll("input, select, textarea")).filter(of).forEach(empty);
    } else {
      // Entries come and go by their number: nobody changes one until the numbers are right again.
      hold(item, button);
    }
    commit(item, [button.name, button.value]);
  });

  watchErrors(form);
  addEventListener("beforeunload", (event) => {
    if (leaving()) return;
    commitAll();
    if (queue.empty) return;
    event.preventDefault();
    event.returnValue = "";
  });
  addEventListener("pagehide", commitAll);
  // Come back to by Back, out of the browser's memory: what it shows may be old.
  addEventListener("pageshow", (event) => { if (event.persisted && queue.empty) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) commitAll(); });

  const drained = (milliseconds) => { commitAll(); return queue.drained(milliseconds); };
  // Whoever leaves by a link, a button or a key does so when the last change has arrived, and stays until then: nothing typed is lost.
  // Who goes on answering instead has thought better of it.
  function leave(go) {
    commitAll();
    leaves = go;
    show();
    queue.drained().then(() => {
      if (leaves !== go) return;
      leaves = null;
      go();
    });
  }
  form.addEventListener("submit", (event) => {
    if (event.submitter && event.submitter.matches("[data-live]")) return;
    commitAll();
    if (queue.empty) return;
    event.preventDefault();
    leave(() => form.requestSubmit(event.submitter));
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    if (link.origin !== location.origin || link.getAttribute("href").startsWith("#") || link.matches("[data-quick-exit]")) return;
    commitAll();
    if (queue.empty) return;
    event.preventDefault();
    leave(() => location.assign(link.href));
  });

  async function send(batch) {
    const body = batch.body || (batch.body = new URLSearchParams([["change", batch.id], ["version", form.dataset.version]]));
    if (!batch.filled) {
      batch.filled = true;
      for (const [item, pairs] of batch.items) {
        body.append("item", item);
        pairs.forEach(([name, value]) => body.append(name, value));
      }
      if (batch.button) body.append(...batch.button);
    }
    let response, reply;
    try {
      response = await fetch(form.dataset.save, {
        method: "POST", body, credentials: "same-origin", redirect: "manual", cache: "no-store",
        keepalive: body.toString().length < 60000,
        headers: { "X-Askonce-Script": "1", "X-Askonce-Csrf": form.elements.csrf.value },
      });
      if (response.type === "opaqueredirect") return signIn();
      if (response.status >= 500 || response.status === 429 || response.status === 408) return "again";
      reply = await response.json();
    } catch (error) {
      // No connection, or the reply was cut: whether it arrived is not known, and the id of the change says so.
      return response && response.status >= 400 && response.status < 500 ? refused() : "again";
    }
    // 403: the session is another one by now, such as after signing in in a second window. Twice: it is not to be.
    if (response.status === 401 || reply.sign_in || (response.status === 403 && !batch.forbidden)) {
      batch.forbidden = response.status === 403;
      return signIn(reply.csrf);
    }
    if (reply.go) { // somewhere else first, such as choosing a new password
      location.assign(reply.go);
      return "done";
    }
    if (!response.ok && !reply.errors) return refused();
    alive();
    apply(reply, batch);
    return "done";
  }

  function signIn(csrf) {
    signInAgain(csrf).then(() => { began(); queue.release(); });
    return "sign-in";
  }

  function refused() {
    leaves = null; // the message has to be read
    form.querySelectorAll("[data-held]").forEach(release);
    say(text("refused"));
    alert_(text("refused"), location.href);
    return "done";
  }

  function apply(reply, batch) {
    if (reply.version !== undefined) {
      form.dataset.version = reply.version;
      if (form.elements.version) form.elements.version.value = reply.version;
    }
    const pending = (name) => timers.has(name) || queue.batches.some((other) => other !== batch && other.items.has(name));
    form.querySelectorAll("[data-held]").forEach((item) => { if (!pending(item.dataset.item)) release(item); });
    for (const name of batch.items.keys()) wrong.delete(name);
    for (const { field } of reply.errors || []) {
      const item = Array.from(batch.items.keys()).find((name) => field === name || field.startsWith(name + "."));
      if (item) wrong.add(item);
    }
    replaceParts(reply.parts || [], (field) => {
      const item = block(field);
      return Boolean(item) && form.contains(item) && (pending(item.dataset.item) || wrong.has(item.dataset.item));
    });
    remember(pending);
    if (reply.saved_at) form.dataset.savedAt = reply.saved_at;
    if (reply.merge) alert_(text("merge"), reply.merge);
    say(reply.say);
    showErrors(form, Array.from(batch.items.keys()), reply.errors || []);
    if (reply.focus) {
      const target = document.getElementById(reply.focus);
      if (target) target.focus();
    }
  }

  // One message above the questions, with a link.
  function alert_(words, address) {
    let box = document.getElementById("notice");
    if (!box) {
      box = document.createElement("div");
      box.id = "notice";
      box.className = "usa-alert usa-alert--warning";
      box.setAttribute("role", "alert");
      form.prepend(box);
    }
    const link = document.createElement("a");
    link.href = address;
    link.textContent = words;
    box.replaceChildren(link);
  }

  // #saved: quiet while all is well, plain when it is not.
  function show() {
    const line = document.getElementById("saved");
    if (!line) return;
    const put = (state, words) => {
      line.dataset.state = state;
      (line.querySelector(".ask-saved__text") || line).textContent = words;
    };
    const { count, failing } = queue;
    clearTimeout(slow);
    if (count === 0) {
      if (form.dataset.savedAt) put("saved", text("saved", { time: form.dataset.savedAt }));
      if (said) say(text("again"));
      said = "";
    } else if (failing) {
      const words = [text("notSaved"), count === 1 ? text("changesOne") : text("changesMany", { count }), leaves && text("goesOn")];
      put("waiting", words.filter(Boolean).join(" · "));
      // Said once, and again when a button or a link was pressed that waits: not with each change that is added.
      const news = leaves ? "goes on" : "not saved";
      if (said !== news) say(words.filter(Boolean).join(" · "));
      said = news;
    } else {
      // Only if it takes long enough to be noticed.
      slow = setTimeout(() => put("saving", text("saving")), 400);
    }
  }
  return { drained, leave };
}

function empty(field) {
  if (/^(radio|checkbox)$/.test(field.type)) field.checked = false;
  else if (field.type !== "hidden") field.value = "";
}

const sameDate = (one, other) => {
  const date = one.closest(".usa-memorable-date");
  return Boolean(date) && date === other.closest(".usa-memorable-date");
};

// A date of which something is written and something is missing: it is given when one leaves it.
function unfinished(field) {
  const date = field.closest(".usa-memorable-date");
  if (!date || !date.contains(document.activeElement)) return false;
  const values = Array.from(date.querySelectorAll("input"), (input) => input.value.trim());
  return values.some((value) => value) && (values.some((value) => !value) || values[2].length < 4);
}

// All of a question but one button of it, which keeps the focus, stands still.
function hold(item, button) {
  item.dataset.held = "true";
  for (let node = button; node !== item; node = node.parentElement) {
    for (const other of node.parentElement.children) if (other !== node) other.inert = true;
  }
}

function release(item) {
  delete item.dataset.held;
  item.querySelectorAll("[inert]").forEach((node) => { node.inert = false; });
}
