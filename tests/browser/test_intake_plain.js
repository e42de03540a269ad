// A whole intake without any script: a homeless young mother with two small children and wages. Every page is filled in, gone back to
// and loaded again; what was saved is there each time. At the end the store and the results say what the command says.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, closeAll } = require("./support.js");
const { example, assess, storedCase, startCase, fieldsOf, itemsOn, filledIn, resultStatuses, panelStatuses, same } = require("./intake.js");

let server;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,nurse", "Ada Park");
});
after(closeAll);

// Puts one value into its field.
async function put(page, field) {
  const named = page.locator(`#questions [name="${field.name}"]`);
  const kind = await named.first().evaluate((element) => `${element.nodeName} ${element.type}`);
  if (kind.startsWith("SELECT")) await named.selectOption(field.value);
  else if (/ (radio|checkbox)$/.test(kind)) await page.locator(`#questions [name="${field.name}"][value="${field.value}"]`).check();
  else await named.fill(field.value);
}

// Makes the entries that a list needs, by its buttons; every press is a page of its own.
async function addEntries(page, name, entries) {
  for (let index = 0; index < entries.length; index++) {
    const there = page.locator(`#questions [name="${name}.count"]`);
    if (Number(await there.count() ? await there.inputValue() : 0) <= index) {
      await page.click(`#questions button[name="add"][value="${name}"]`);
      assert.equal(await page.inputValue(`#questions [name="${name}.count"]`), String(index + 1));
    }
    for (const [key, inner] of Object.entries(entries[index])) {
      if (Array.isArray(inner) && inner.some((one) => typeof one === "object")) await addEntries(page, `${name}.${index}.${key}`, inner);
    }
  }
}

// Fills in all that the page asks and answers has. Gives the items.
async function fillPage(page, answers) {
  const items = await itemsOn(page);
  const given = [];
  for (const item of Object.keys(items)) {
    const answer = answers[item];
    if (answer === undefined) continue;
    if (Array.isArray(answer)) await addEntries(page, item, answer.filter((one) => typeof one === "object"));
    const names = (await itemsOn(page))[item];
    for (const field of fieldsOf(item, answer, names)) await put(page, field);
    given.push(item);
  }
  return given;
}

// Where one is, whatever the place on the page.
const at = (page) => page.url().replace(/#.*/, "");
const save = async (page) => {
  const here = at(page);
  await Promise.all([page.waitForURL((url) => url.href.replace(/#.*/, "") !== here), page.click(".ask-bar button[name=go][value=next]")]);
  await page.waitForLoadState("load");
};

test("an intake without script", async () => {
  const { answers } = example("family-in-shelter");
  delete answers.rent_arrears; // not asked of somebody in a shelter
  const context = await newContext(server, { javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, "ada");
  await startCase(page, { name: "Jasmine Rivera", dob: ["6", "14", "2001"], zip: "10456" });
  const open = new Set(Object.keys(answers));
  for (let step = 0; step < 60 && !page.url().endsWith("/check"); step++) {
    const here = at(page);
    // Questions that depend on others are there once these are saved: the page is gone back to until nothing new is asked.
    for (let round = 0; round < 4; round++) {
      const before = Object.keys(await itemsOn(page)).join();
      const given = await fillPage(page, answers);
      if (given.length === 0) break;
      for (const item of given) open.delete(item);
      const typed = await filledIn(page);
      await save(page);
      await page.goBack();
      assert.equal(at(page), here);
      assert.deepEqual(await filledIn(page), typed, `Back to ${here}`);
      await page.reload();
      const now = await filledIn(page);
      assert.deepEqual(typed.filter((one) => !now.includes(one)), [], `${here} after a reload`);
      if (Object.keys(await itemsOn(page)).join() === before) break;
    }
    await save(page);
  }
  assert.deepEqual([...open], [], "answers that no page asked for");
  assert.ok(page.url().endsWith("/check"));
  await page.reload();

  const whole = { ...answers, legal_name: "Jasmine Rivera" };
  same(storedCase(server).body.answers, whole, "the store");
  const checked = page.url();
  await page.goto(checked.replace("check", "sections/start"));
  same(await panelStatuses(page), assess(whole), "the panel");
  await page.goto(checked);
  await Promise.all([page.waitForURL("**/results?kept=1"), page.click("form[action$='/submit'] button")]);
  same(await resultStatuses(page), assess(whole), "the results");
  const { version } = storedCase(server);
  await page.reload();
  await page.goBack();
  assert.ok(page.url().endsWith("/check"));
  await page.goForward();
  same(await resultStatuses(page), assess(whole), "the results once more");
  assert.equal(storedCase(server).version, version, "looking changes nothing");
  assert.deepEqual(context.complaints, []);
  await context.close();
});
