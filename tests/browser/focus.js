// Where the focus is, whether a person sees it, and going through a page with the Tab key. Not a test itself.
"use strict";
const assert = require("node:assert");

// In the page: what has the focus, and whether anybody can see that.
function look() {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return { nothing: true, key: "body" };
  const label = /^(radio|checkbox)$/.test(at.type) && at.labels[0];
  const ring = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none" && element === label;
  };
  const shown = label || at;
  const seen = [at, label, at.closest(".ask-person")].some((element) => element && ring(element));
  // Points of it that should lie open to the eye: not outside of the window, not below something that sticks there. A link that
  // wraps is as many boxes.
  const boxes = Array.from(shown.getClientRects()).filter((box) => box.width > 0);
  const box = boxes[0] || shown.getBoundingClientRect();
  const open = [[0.5, 0.5], [0.5, 0.1], [0.5, 0.9]].filter(([x, y]) => {
    const found = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return found && (shown.contains(found) || found.contains(shown) && !found.contains(document.querySelector("main")) || at.contains(found) ||
      found === at);
  }).length;
  const question = at.closest("[data-item]");
  return {
    key: `${at.tagName} ${at.id} ${at.name || ""} ${at.getAttribute("href") || ""} ${at.value || ""}`, id: at.id, tag: at.tagName, type: at.type,
    name: at.name, value: at.value, text: at.textContent.trim().slice(0, 60),
    item: question && question.dataset.item, bar: Boolean(at.closest(".ask-bar")), main: at.id === "main", stop: Number(at.dataset.stop),
    ring: seen, open: box.height > innerHeight ? 3 : open, top: box.top + scrollY, box: [box.left, box.top, box.width, box.height].map(Math.round),
  };
}

/** What has the focus now. */
const focus = (page) => page.evaluate(look);

/** The same; fails when it is on nothing, or when nobody can see where it is. */
const visibleFocus = async (page, where = "") => mustBeSeen(await focus(page), where);

function mustBeSeen(now, where) {
  assert.ok(!now.nothing, `the focus is on nothing ${where}`);
  if (!now.main) {
    assert.ok(now.ring, `no focus to be seen on ${now.key} ${where}`);
    assert.equal(now.open, 3, `the focus is hidden: ${now.key} at ${now.box} ${where}`);
  }
  return now;
}

/** Presses Tab until the focus is on something that wanted(focus) takes; every step has to be seen. */
async function tabTo(page, wanted, most = 300) {
  for (let step = 0; step < most; step++) {
    await page.keyboard.press("Tab");
    const now = await focus(page);
    if (now.nothing) continue; // around the end of the page: the browser's own controls
    mustBeSeen(now, "on the way by Tab");
    if (wanted(now)) return now;
  }
  throw new Error(`never came by Tab to what was looked for on ${page.url()}`);
}

/** Reports in `lost` whenever the focus falls on nothing while one is in a page. */
async function watchFocus(page, lost) {
  page.on("console", (message) => { if (message.text().startsWith("lost focus")) lost.push(message.text()); });
  await page.addInitScript(() => {
    let last = null;
    const frame = () => {
      const at = document.activeElement;
      if (at && at !== document.body) last = at;
      else if (last) {
        console.log(`lost focus after ${last.tagName} ${last.id} on ${location.pathname}`);
        last = null;
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

module.exports = { focus, mustBeSeen, visibleFocus, tabTo, watchFocus };
