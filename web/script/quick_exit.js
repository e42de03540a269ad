// Leaves at once for a page that tells nothing, and not by way of Back: by the link, or Escape three times.
let left = false;

/** True once somebody is on the way out: nothing may ask them anything. */
export const leaving = () => left;

export function startQuickExit() {
  const link = document.querySelector("[data-quick-exit]");
  if (!link) return;
  const leave = () => {
    left = true;
    document.body.hidden = true;
    document.title = "";
    location.replace(link.href);
  };
  let presses = [];
  link.addEventListener("click", (event) => { event.preventDefault(); leave(); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = []; return; }
    presses = presses.filter((time) => event.timeStamp - time < 2000).concat(event.timeStamp);
    if (presses.length >= 3) leave();
  }, true);
}
