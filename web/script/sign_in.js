// The session ended while somebody was working: they sign in where they are, and what waits is sent.
import { text } from "./say.js";

let open = null;

/** csrf: the token for the sign-in form, if the server gave one. A promise that is kept when the person is signed in again. */
export function signInAgain(csrf) {
  const dialog = document.getElementById("sign-in-again");
  const form = dialog.querySelector("form");
  if (csrf) form.elements.csrf.value = csrf;
  if (open) return open;
  const before = document.activeElement;
  open = new Promise((resolve) => {
    // Escape would leave changes behind that nobody sends.
    const stay = (event) => { if (event.type !== "keydown" || event.key === "Escape") event.preventDefault(); };
    const reopen = () => dialog.showModal();
    const submit = async (event) => {
      event.preventDefault();
      const error = document.getElementById("sign-in-error");
      const button = form.querySelector("button");
      button.disabled = true;
      error.hidden = true;
      let reply = {};
      try {
        const response = await fetch(form.action, {
          method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", cache: "no-store",
          headers: { "X-Askonce-Script": "1", "X-Askonce-Csrf": form.elements.csrf.value },
        });
        reply = await response.json();
      } catch (failure) {
        reply = { error: text("notSaved") };
      }
      button.disabled = false;
      form.elements.password.value = "";
      if (!reply.ok) {
        if (reply.csrf) form.elements.csrf.value = reply.csrf;
        error.textContent = reply.error || text("wrong");
        error.hidden = false;
        form.elements.password.focus();
        return;
      }
      document.querySelectorAll("input[name=csrf]").forEach((field) => { field.value = reply.csrf; });
      form.removeEventListener("submit", submit);
      dialog.removeEventListener("cancel", stay);
      dialog.removeEventListener("keydown", stay);
      dialog.removeEventListener("close", reopen);
      dialog.close();
      open = null;
      document.documentElement.classList.remove("ask-over");
      if (before && before.isConnected) before.focus();
      resolve();
    };
    form.addEventListener("submit", submit);
    dialog.addEventListener("cancel", stay);
    dialog.addEventListener("keydown", stay);
    dialog.addEventListener("close", reopen);
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    document.documentElement.classList.add("ask-over"); // whoever comes by reads nothing of a client
    dialog.showModal();
    (form.elements.name.value ? form.elements.password : form.elements.name).focus();
  });
  return open;
}
