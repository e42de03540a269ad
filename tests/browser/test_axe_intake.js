// Every page of a case, on a wide and on a narrow screen and at 400 %: nothing that axe-core finds, nothing wider than the screen, the
// focus in the order in which one reads and always to be seen; errors, what is said, and what is not asked twice.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, signedIn, axe, widthOver, closeAll } = require("./support.js");
const { example, startCase, until } = require("./intake.js");
const { keptAndAgain } = require("./case_pages.js");
const { focus, mustBeSeen } = require("./focus.js");

let server, page, path, again, pages;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,supervisor,nurse", "Ada Park");
  page = await signedIn(server, "ada");
  let client;
  ({ path, again, client } = await keptAndAgain(page, { name: "Margaret Okafor", dob: ["3", "2", "1944"], zip: "10453", phone: "212-555-0100" },
    example("eviction-at-82").answers));
  const links = await page.$$eval(".ask-intake__sections a[href*='/sections/']", (list) => list.map((link) => link.getAttribute("href")));
  pages = [...new Set(links), `${path}/sections/private-mind`, `${path}/sections/private-partner`, `${path}/deciding`, `${again}/changes`,
    `${path}/check`, `${path}/results`, `${path}/results/hcsp`, `${path}/results/cityfheps`, `${path}/print/client`, `${path}/print/worker`,
    "/clients", "/clients?name=okafor", client, `${client}/edit`, "/clients/new?name=Rosa", "/work", "/work/team"];
});
after(closeAll);

const wide = { width: 1440, height: 900 }, narrow = { width: 320, height: 640 };
const zoomed = { width: 320, height: 256 }; // a screen of 1280 x 1024 at 400 %

// Beside the questions of each section stand the same sections and programs: whole one of them is looked at.
const but = (address) => (/sections\/(?!income)/.test(address) ? [".ask-intake__sections", ".ask-intake__panel"] : []);

test("every page, from 1440 pixels to 320, and at 400 %", async () => {
  const page = await signedIn(server, "ada", { viewport: wide });
  for (const address of pages) {
    await page.setViewportSize(wide);
    const reply = await page.goto(address);
    assert.equal(reply.status(), 200, address);
    assert.deepEqual(await axe(page, but(address)), [], address);
    assert.equal(await page.locator("h1").count(), 1, `${address}: one h1`);
    assert.deepEqual(await page.evaluate(twice), [], `${address}: a question stands twice`);
    await page.setViewportSize(narrow);
    assert.equal(await widthOver(page), 0, address);
    if (/sections\/(income|daily_life)|private-mind|deciding|check|results|print\/client|clients\?|work$/.test(address)) {
      assert.deepEqual(await axe(page, but(address)), [], `${address} at 320 pixels`);
    }
    if (/sections\/(person|daily_life|income)|private-immigration|deciding|check|results$|print\/client|clients\?|work$/.test(address)) {
      await page.setViewportSize(wide);
      assert.ok(await walk(page, address, 120) > 8, address);
      // Read: the sections, the questions, the programs. In the middle one goes down, never up.
      const tops = await page.evaluate(() => Array.from(document.querySelectorAll("#questions [data-item]"),
        (question) => question.getBoundingClientRect().top));
      assert.deepEqual(tops, [...tops].sort((one, other) => one - other), address);
    }
    if (/sections\/(housing|daily_life)|private-mind|check|results$|clients\?|work$/.test(address)) {
      await page.setViewportSize(zoomed);
      await page.goto(address); // Tab goes from the beginning again
      assert.equal(await widthOver(page), 0, address);
      await walk(page, address, 60);
    }
  }
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});

// In the page: the questions that stand more than once.
function twice() {
  const all = Array.from(document.querySelectorAll("[data-item]"), (block) => block.dataset.item);
  return all.filter((item, index) => all.indexOf(item) !== index);
}

// Tab after Tab: in the order of the document, everything to be seen. Gives how many stops there were.
async function walk(page, address, most) {
  const order = await page.evaluate(() => {
    const stops = Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']"));
    stops.forEach((stop, index) => { stop.dataset.stop = index; });
    return stops.length;
  });
  let last = -1, stops = 0;
  for (; stops < most; stops++) {
    await page.keyboard.press("Tab");
    const now = await focus(page);
    if (now.nothing) break;
    mustBeSeen(now, `on ${address}`);
    // From the last one to the first: round. Of a group of circles Tab takes one, so the last is not always the last number.
    if (now.stop === 0 && last > order * 0.8) break;
    assert.ok(now.stop > last, `${address}: from stop ${last} of ${order} to ${now.key}`);
    last = now.stop;
  }
  return stops;
}

test("what is wrong is said above, has the focus, and leads to the field", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await signedIn(server, "ada", { javaScriptEnabled });
    const mine = await startCase(page, { name: `Wrong ${javaScriptEnabled}` });
    await page.goto(`${mine}/sections/person`);
    await page.fill("[name='dob.month']", "13");
    await page.fill("[name='dob.day']", "1");
    await page.fill("[name='dob.year']", "1990");
    await page.fill("[name=residence_zip]", "1");
    await page.click(".ask-bar button[value=next]");
    await page.waitForSelector("#error-summary");
    if (!javaScriptEnabled) await page.waitForLoadState("load");
    const links = await page.$$eval("#error-summary a", (list) => list.map((link) => link.getAttribute("href")));
    assert.deepEqual([...links].sort(), ["#f-dob", "#f-residence_zip"]);
    assert.equal(await page.inputValue("[name='dob.month']"), "13", "what was typed is still there");
    for (const link of links) {
      await page.click(`#error-summary a[href="${link}"]`);
      const now = await page.evaluate((id) => {
        const field = document.querySelector(id);
        const described = (element) => (element.getAttribute("aria-describedby") || "").split(" ").map((one) => document.getElementById(one))
          .filter(Boolean).map((one) => one.textContent).join(" ");
        return { focused: document.activeElement === field, invalid: field.getAttribute("aria-invalid"),
          words: described(field) + described(field.closest("fieldset") || field) };
      }, link);
      assert.ok(now.focused, `${link} has the focus`);
      assert.equal(now.invalid, "true");
      assert.match(now.words, /Error:/);
      mustBeSeen(await focus(page), `after ${link}`);
    }
    assert.match(await page.title(), /^Error/);
    await page.context().close();
  }
});

test("the panel's news are said politely, and only news", async () => {
  const mine = await startCase(page, { name: "Quiet Voice" });
  await page.goto(`${mine}/sections/housing`);
  const region = await page.$eval("#say", (element) => [element.getAttribute("aria-live") || element.getAttribute("role"), element.textContent.trim()]);
  assert.match(region[0], /polite|status/);
  assert.equal(region[1], "");
  await page.check("[name=living_situation][value=street]");
  await until(page, () => document.getElementById("say").textContent.trim() !== "");
  const said = await page.textContent("#say");
  const named = await page.$$eval("#panel .ask-program__name", (list) => list.map((one) => one.textContent.trim()));
  assert.ok(named.some((name) => said.includes(name)), said);
  assert.ok(said.length < 300, `short: ${said}`);
  assert.equal(await page.locator("#panel[aria-live], #panel [aria-live]").count(), 0, "the panel itself is not read out again and again");
});

test("what is known is not asked again", async () => {
  await page.goto(`${again}/sections/person`);
  assert.equal(await page.inputValue("[name='dob.year']"), "1944");
  assert.equal(await page.inputValue("[name=residence_zip]"), "10453");
  assert.ok(await page.isChecked("[name=marital_status][value=widowed]"));
});
