// The session ends in the middle of an intake, by signing out in another tab: one signs in again where one is, and nothing is lost.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, axe, closeAll, password } = require("./support.js");
const { storedCase, startCase, saved, until } = require("./intake.js");

let server, path;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker", "Ada Park");
  server.addUser("bo", "worker", "Bo Lind");
  const context = await newContext(server);
  const page = await context.newPage();
  await signIn(page, "ada");
  path = await startCase(page, { name: "Rosa Diaz" });
  await context.close();
});
after(closeAll);

// A page of the case, and its session ended in another tab.
async function ended(section, options) {
  const context = await newContext(server, options);
  const page = await context.newPage();
  await signIn(page, "ada");
  await page.goto(`${path}/sections/${section}`);
  const other = await context.newPage();
  await other.goto("/account");
  await Promise.all([other.waitForURL("**/sign-in**"), other.click("form[action='/sign-out'] button")]);
  await other.close();
  return page;
}

test("with script: a dialog where one is, and what was given meanwhile arrives", async () => {
  const page = await ended("housing");
  await page.check("[name=living_situation][value=rent_lease]");
  await page.waitForSelector("#sign-in-again[open]");
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => document.activeElement.closest("dialog").id), "sign-in-again");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(100);
  assert.ok(await page.locator("#sign-in-again[open]").count(), "nobody loses an answer by Escape");
  assert.equal(storedCase(server).body.answers.living_situation, undefined);
  await page.fill("#sign-in-again input[name=name]", "ada");
  await page.fill("#sign-in-again input[name=password]", "not the password");
  await page.keyboard.press("Enter");
  await until(page, () => !document.getElementById("sign-in-error").hidden && document.activeElement.name === "password");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector("dialog[open]"));
  await saved(page);
  assert.equal(storedCase(server).body.answers.living_situation, "rent_lease");
  assert.ok(await page.isChecked("[name=living_situation][value=rent_lease]"));
  assert.equal(await page.evaluate(() => document.activeElement.name), "living_situation", "the focus is where it was");
  // It goes on as before: the next answer, and the form itself.
  await page.fill("[name=moves_12mo]", "4");
  await Promise.all([page.waitForURL("**/sections/income"), page.click(".ask-bar button[value=next]")]);
  assert.equal(storedCase(server).body.answers.moves_12mo, 4);
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});

test("without script: the form that was sent comes back after signing in, and is sent", async () => {
  const page = await ended("person", { javaScriptEnabled: false });
  await page.check("[name=marital_status][value=widowed]");
  await page.fill("[name='dob.month']", "3");
  await page.fill("[name='dob.day']", "2");
  await page.fill("[name='dob.year']", "1944");
  await page.click(".ask-bar button[value=next]");
  await page.waitForSelector("#f-password");
  assert.equal(storedCase(server).body.answers.dob, undefined);
  await page.fill("#f-name", "ada");
  await page.fill("#f-password", password);
  await page.click("main form button");
  await page.waitForURL("**/cases/**");
  await page.waitForLoadState("load");
  // Somebody may have to press once more; what was typed is there.
  if (storedCase(server).body.answers.dob === undefined) {
    assert.equal(await page.inputValue("[name='dob.year']"), "1944");
    await page.click(".ask-bar button[value=next]");
    await page.waitForURL("**/sections/household");
  }
  const { dob, marital_status } = storedCase(server).body.answers;
  assert.deepEqual({ dob, marital_status }, { dob: "1944-03-02", marital_status: "widowed" });
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});

// A page with a clock of its own. To it a session ends after half an hour; the server's clock goes on as ever.
async function timed(section) {
  const context = await newContext(server);
  const page = await context.newPage();
  await signIn(page, "ada");
  await page.clock.install();
  await page.goto(`${path}/sections/${section}`);
  return page;
}
const signOutElsewhere = async (page) => {
  const other = await page.context().newPage();
  await other.goto("/account");
  await Promise.all([other.waitForURL("**/sign-in**"), other.click("form[action='/sign-out'] button")]);
  await other.close();
};
const shown = (page, selector) => page.evaluate((one) => getComputedStyle(document.querySelector(one)).visibility, selector);

test("before a session ends it is said, and one key keeps it", async () => {
  const page = await timed("housing");
  await page.clock.fastForward("25:00");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.focus("[name=moves_12mo]");
  await page.clock.fastForward("03:10");
  await page.waitForSelector("#session-ending[open]");
  assert.match(await page.innerText("#session-ending"), /signed out in 2 minutes/);
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Stay signed in");
  await page.context().setOffline(true);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#ending-error:not([hidden])");
  await page.context().setOffline(false);
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector("dialog[open]"));
  assert.equal(await page.evaluate(() => document.activeElement.name), "moves_12mo", "the focus is where it was");
  await page.clock.fastForward("25:00");
  assert.equal(await page.locator("dialog[open]").count(), 0, "half an hour begins anew");
  // So it does with an answer, and in another window.
  await page.fill("[name=moves_12mo]", "1");
  await page.clock.fastForward("00:01");
  await saved(page);
  await page.clock.fastForward("20:00");
  const other = await page.context().newPage();
  await other.goto("/programs");
  await other.close();
  await page.clock.fastForward("20:00");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});

test("when it has ended the page is covered, and shows what it showed after signing in", async () => {
  const page = await timed("housing");
  await page.fill("[name=moves_12mo]", "7");
  await page.clock.fastForward("00:01");
  await saved(page);
  await signOutElsewhere(page);
  await page.clock.fastForward("31:00");
  await page.waitForSelector("#sign-in-again[open]");
  assert.equal(await page.locator("dialog[open]").count(), 1);
  assert.equal(await shown(page, "main"), "hidden");
  assert.equal(await shown(page, "header"), "hidden");
  assert.deepEqual(await axe(page), []);
  await page.fill("#sign-in-again input[name=name]", "bo");
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await until(page, () => /somebody else typed/.test(document.getElementById("sign-in-error").textContent));
  assert.equal(await shown(page, "main"), "hidden");
  await page.fill("#sign-in-again input[name=name]", "ada");
  await page.fill("#sign-in-again input[name=password]", password);
  await page.keyboard.press("Enter");
  await until(page, () => !document.querySelector("dialog[open]"));
  assert.equal(await shown(page, "main"), "visible");
  await page.fill("[name=moves_12mo]", "8");
  await page.clock.fastForward("00:01");
  await saved(page);
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});
