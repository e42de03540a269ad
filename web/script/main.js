// The page's script. Every page works without it; with it an answer is saved as soon as it is given, the panel of programs is
// live, and an intake can be taken with the keys alone. Nothing a person typed is ever written to this computer.
import { startAutosave } from "./autosave.js";
import { startKeys } from "./keys.js";
import { startPage } from "./page.js";
import { startQuickExit } from "./quick_exit.js";
import { startSession } from "./session.js";

document.documentElement.classList.add("ask-script");
startQuickExit();
startPage();
startSession();
const form = document.querySelector("form[data-autosave]");
startKeys(form, form && startAutosave(form));
