// What a machine can measure of WCAG 2.2 beyond axe, on every page with a household in it: what is pressed is large enough or far enough from
// its neighbours (2.5.8), the focus is seen and not covered wherever Tab goes (2.4.7, 2.4.11), and text may be spaced out (1.4.12).
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, signedIn, widthOver, closeAll } = require("./support.js");
const { example } = require("./intake.js");
const { keptAndAgain } = require("./case_pages.js");

let server, pages;

before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,supervisor,nurse,administrator", "Ada Park");
  const page = await signedIn(server, "ada");
  const { path, again, client } = await keptAndAgain(page, { name: "Keisha Brown", phone: "212-555-0119" },
    { ...example("family-in-shelter").answers, impairment_physical: "reported" });
  await page.goto(`${path}/sections/start`);
  const private_part = await page.getAttribute("nav#sections li:last-child a", "href");
  const sections = ["start", "household", "housing", "income", "daily_life"];
  pages = ["/work", "/work/team", "/clients", "/clients?name=keisha", "/clients/new?name=Keisha+Brown", client, `${client}/edit`,
    ...sections.map((section) => `${path}/sections/${section}`), private_part, `${again}/sections/household`, `${again}/deciding`,
    `${again}/check`, `${again}/changes`, `${path}/results`, `${path}/results/snap`, `${path}/print/client`, `${path}/print/worker`,
    "/programs", "/programs/snap", "/programs/aps/sheet", "/admin", "/admin/users", "/admin/users/new", "/admin/keys",
    "/admin/programs", "/account", "/account/password"];
  await page.context().close();
});
after(closeAll);

// In the page: what is pressed and has neither 24 pixels nor room around it, with everything unfolded.
function tooSmall() {
  const folded = Array.from(document.querySelectorAll("details:not([open])"));
  folded.forEach((one) => { one.open = true; });
  const seen = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== "hidden" && !one.closest(".usa-sr-only");
  const all = Array.from(document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")).filter(seen);
  // A circle counts together with its label.
  const boxes = all.map((one) => {
    const own = one.getBoundingClientRect();
    const label = /radio|checkbox/.test(one.type) && one.labels[0] && seen(one.labels[0]) ? one.labels[0].getBoundingClientRect() : own;
    return { left: Math.min(own.left, label.left), right: Math.max(own.right, label.right), top: Math.min(own.top, label.top),
      bottom: Math.max(own.bottom, label.bottom) };
  });
  const small = all.filter((one, index) => {
    const box = boxes[index];
    if (box.right - box.left >= 23.9 && box.bottom - box.top >= 23.9) return false;
    // A link within a sentence.
    if (getComputedStyle(one).display === "inline" && one.parentElement.textContent.trim().length > one.textContent.trim().length + 2) return false;
    // No other target within the circle of 24 pixels around its middle.
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    return boxes.some((other, number) => number !== index && !all[number].contains(one) && !one.contains(all[number])
      && Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)) < 12);
  });
  folded.forEach((one) => { one.open = false; });
  return small.map((one) => one.outerHTML.slice(0, 120));
}

// What has the focus, wherever Tab goes, and is not seen or is covered.
async function unseen(page) {
  const found = [];
  for (let i = 0; i < 100; i++) {
    await page.keyboard.press("Tab");
    const problem = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body || at.dataset.visited) return at && at.dataset.visited ? "round" : "";
      at.dataset.visited = "1";
      const ring = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
      // A tile or a card shows it for what is in it.
      const shows = [at, at.labels && at.labels[0], at.closest(".ask-person")].some(ring);
      // By line: a link may be broken in two.
      const free = Array.from(at.getClientRects()).some((box) => [.1, .5, .9].some((across) => [.1, .5, .9].some((down) => {
        const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
        return top && (at.contains(top) || Array.from(at.labels || []).some((label) => label.contains(top)));
      })));
      return shows && free ? "" : `${shows ? "covered" : "not seen"}: ${at.outerHTML.slice(0, 120)}`;
    });
    if (problem === "round") break;
    if (problem) found.push(`the focus is ${problem}`);
  }
  return found;
}

// What does not fit when text is spaced out as 1.4.12 says. The page's policy takes no style of ours as an element.
async function spacedOut(page) {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
  const over = await widthOver(page);
  const cut = await page.evaluate(() => Array.from(document.querySelectorAll("body *")).filter((one) => {
    if (!one.getClientRects().length || one.clientWidth <= 1 || one.closest(".usa-sr-only, svg, select, .ask-script dialog")) return false;
    const style = getComputedStyle(one);
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return one.nodeName !== "INPUT" && (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1
      || hides(style.overflowY) && one.scrollHeight > one.clientHeight + 1);
  }).map((one) => `cut off: ${one.outerHTML.slice(0, 120)}`));
  return over > 0 ? [`wider by ${over}`, ...cut] : cut;
}

for (const viewport of [{ width: 1440, height: 900 }, { width: 390, height: 844 }]) {
  test(`every page at ${viewport.width} pixels`, async () => {
    const page = await signedIn(server, "ada", { viewport });
    const found = new Set();
    for (const path of pages) {
      await page.goto(path);
      const lines = [...await page.evaluate(tooSmall), ...viewport.width < 1440 ? await unseen(page) : [], // 1440: test_axe_intake.js
        ...await spacedOut(page)];
      for (const line of lines) found.add(`${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "ID")}: ${line}`);
    }
    assert.deepEqual([...found], []);
    await page.context().close();
  });
}
