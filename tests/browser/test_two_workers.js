// Two workers, two browsers, one case: what each changes is kept; where both changed one answer, a page shows both.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, axe, closeAll } = require("./support.js");
const { storedCase, startCase, saved, until } = require("./intake.js");

let server, path;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker", "Ada Park");
  server.addUser("bo", "worker,supervisor", "Bo Lind");
  const page = await worker("ada");
  path = await startCase(page, { name: "Rosa Diaz" });
  await page.context().close();
});
after(closeAll);

async function worker(name, options) {
  const context = await newContext(server, options);
  const page = await context.newPage();
  await signIn(page, name);
  return page;
}

async function leave(...pages) {
  for (const page of pages) {
    assert.deepEqual(page.context().complaints, []);
    await page.context().close();
  }
}

const answers = () => storedCase(server).body.answers;
const check = (page, item, value) => page.check(`[name="${item}"][value="${value}"]`);

test("different answers of two workers are both kept", async () => {
  const [ada, bo] = [await worker("ada"), await worker("bo")];
  for (const page of [ada, bo]) await page.goto(`${path}/sections/housing`);
  await check(ada, "living_situation", "rent_lease");
  await saved(ada);
  await check(bo, "eviction_stage", "notice"); // its page is older than the answer of the other
  await until(bo, () => document.querySelector("[name=living_situation][value=rent_lease]").checked);
  await saved(bo);
  assert.equal(await bo.locator("#notice").count(), 0, "nothing to decide");
  await ada.fill("[name=moves_12mo]", "2");
  await ada.press("[name=moves_12mo]", "Tab");
  await until(ada, () => document.querySelector("[name=eviction_stage][value=notice]").checked);
  await saved(ada);
  const { living_situation, eviction_stage, moves_12mo } = answers();
  assert.deepEqual({ living_situation, eviction_stage, moves_12mo },
    { living_situation: "rent_lease", eviction_stage: "notice", moves_12mo: 2 });
  await leave(ada, bo);
});

test("one answer changed by both: a page shows both, and what is chosen there stands", async () => {
  const [ada, bo] = [await worker("ada"), await worker("bo")];
  for (const page of [ada, bo]) await page.goto(`${path}/sections/person`);
  await check(ada, "marital_status", "widowed");
  await saved(ada);
  // Not check(): what stands may be back on the page before it looks whether the choice was taken.
  await bo.click("[name=marital_status][value=married]");
  await bo.waitForSelector("#notice a");
  assert.equal(answers().marital_status, "widowed", "the first one stands until somebody decides");
  await check(bo, "student_status", "none"); // and the rest goes on
  await until(bo, () => document.getElementById("saved").dataset.state === "saved");
  await Promise.all([bo.waitForURL("**/merge"), bo.click("#notice a")]);
  assert.equal(answers().student_status, "none");
  assert.match(await bo.locator("main").innerText(), /Widowed[^]*Ada Park[^]*Married[^]*you/);
  assert.deepEqual(await axe(bo), []);
  await bo.click(".ask-merge label:has-text('Married')");
  await Promise.all([bo.waitForURL("**/sections/person**"), bo.click("main form button[type=submit]")]);
  assert.equal(answers().marital_status, "married");
  assert.equal(storedCase(server).body.conflicts, undefined);
  await until(bo, () => document.activeElement.closest("#q-marital_status")); // back at the question
  // The other, whose page still says what she gave, learns of it with her next answer: it is no conflict, it was decided.
  await ada.fill("[name=residence_zip]", "10025");
  await until(ada, () => document.querySelector("[name=marital_status][value=married]").checked);
  assert.equal(answers().marital_status, "married");
  await leave(ada, bo);
});

test("the same without script", async () => {
  const [ada, bo] = [await worker("ada", { javaScriptEnabled: false }), await worker("bo", { javaScriptEnabled: false })];
  for (const page of [ada, bo]) await page.goto(`${path}/sections/household`);
  const send = (page, where) => Promise.all([page.waitForURL(where), page.click(".ask-bar button[name=go][value=next]")]);
  await check(ada, "pregnant_any", "true");
  await send(ada, "**/sections/housing");
  await check(bo, "pregnant_any", "false");
  await check(bo, "veteran_any", "true"); // a page as a whole is sent: what it did not touch is not a change
  await send(bo, "**/merge");
  assert.equal(answers().veteran_any, true);
  assert.equal(answers().pregnant_any, true);
  assert.match(await bo.locator("main").innerText(), /Ada Park/);
  await bo.check("main form input[value='1']");
  await Promise.all([bo.waitForURL("**/sections/household**"), bo.click("main form button[type=submit]")]);
  assert.equal(answers().pregnant_any, false);
  // One who sends an old page again takes nothing back that it never touched.
  await ada.goto(`${path}/sections/start`);
  await bo.goto(`${path}/sections/start`);
  await check(bo, "interpreter_needed", "true");
  await send(bo, "**/sections/person");
  const before = answers();
  await check(ada, "immediate_danger_now", "false");
  await send(ada, "**/sections/person");
  assert.deepEqual(answers(), { ...before, immediate_danger_now: false });
  await leave(ada, bo);
});
