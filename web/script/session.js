// Before a session ends it is said, and one request keeps it; when it has ended the page is covered, and whoever signs in again goes
// on where they were. What happens in other windows of the session counts.
import { signInAgain } from "./sign_in.js";

const warning = 120 * 1000, grace = 5 * 1000, step = 5 * 1000; // milliseconds
const dialog = document.getElementById("session-ending");
const others = dialog && "BroadcastChannel" in window ? new BroadcastChannel("askonce-session") : null;
let idle = 0, end = 0, until = 0, warned = 0, asking = false;

// The server heard of this session just now, or at most a minute ago, which is why `idle` is what the page said and not the limit.
function heard() {
  until = Math.min(Date.now() + idle, end);
  if (dialog.open && until < end) dialog.close();
}

/** A request of this window was answered. */
export function alive() {
  if (!dialog) return;
  heard();
  if (others) others.postMessage("alive");
}

function warn() {
  if (warned === until) return; // once
  warned = until;
  const when = until < end ? "idle" : "end";
  dialog.querySelectorAll("[data-when]").forEach((node) => { node.hidden = node.dataset.when !== when; });
  document.querySelectorAll("dialog[open]").forEach((other) => other.close());
  dialog.showModal();
}

// One request: the session goes on, or is over.
async function ask() {
  if (asking) return;
  asking = true;
  const error = document.getElementById("ending-error");
  const { csrf } = dialog.querySelector("form[method=post]").elements;
  try {
    const response = await fetch("/session", { method: "POST", body: new URLSearchParams([["csrf", csrf.value]]), credentials: "same-origin",
      redirect: "manual", cache: "no-store", headers: { "X-Askonce-Script": "1", "X-Askonce-Csrf": csrf.value } });
    error.hidden = true;
    if (response.ok) alive();
    else if (response.status === 401 || response.status === 403) over((await response.json()).csrf);
    else error.hidden = false;
  } catch (failure) {
    error.hidden = false;
  }
  asking = false;
}

function over(csrf) {
  if (dialog.open) dialog.close();
  signInAgain(csrf).then(began);
}

/** Somebody signed in again: when that session has to end is not known here, but that it is not soon. */
export function began() {
  end = Infinity;
  alive();
}

function tick() {
  const left = until - Date.now();
  if (document.querySelector("#sign-in-again[open]")) return;
  if (left < -grace) ask();
  else if (left < Math.min(warning, idle / 2)) warn();
}

export function startSession() {
  if (!dialog) return;
  idle = dialog.dataset.idle * 1000;
  end = Date.now() + dialog.dataset.end * 1000;
  alive();
  if (others) others.addEventListener("message", heard);
  dialog.querySelector("form[method=post]").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  setInterval(tick, step);
}
