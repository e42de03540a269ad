// A whole intake without a mouse: an 82-year-old tenant with an eviction notice. Sign-in, client, every section, check, results; each
// key pressed on what has the focus, as a person would. At the end the store and the results say what the command says.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, closeAll, password } = require("./support.js");
const { example, assess, storedCase, fieldsOf, itemsOn, panelStatuses, resultStatuses, same, until } = require("./intake.js");
const { focus, visibleFocus, tabTo, watchFocus } = require("./focus.js");

let server;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,nurse", "Ada Park");
});
after(closeAll);

// Presses Enter and waits until the focus is somewhere else.
async function enter(page, from) {
  await page.keyboard.press("Enter");
  for (let wait = 0; wait < 300; wait++) {
    const now = await focus(page);
    if (now.key !== from.key) return now;
    await page.waitForTimeout(10);
  }
  throw new Error(`Enter does nothing on ${from.key}`);
}

// Gives a field that has the focus its value, by keys.
async function fill(page, now, wanted) {
  const field = wanted.filter((one) => one.name === now.name);
  if (!field.length) return;
  if (now.tag === "SELECT") {
    for (let step = 0; step < 60 && (await focus(page)).value !== field[0].value; step++) await page.keyboard.press("ArrowDown");
  } else if (now.type === "radio" || now.type === "checkbox") {
    for (const { value } of field) {
      const [place, checked] = await page.evaluate((value) => {
        const question = document.activeElement.closest(".ask-grid__row, .ask-question");
        const list = Array.from(question.querySelectorAll("input[type=radio], input[type=checkbox]"));
        const index = list.findIndex((one) => one.value === value);
        return [index, index >= 0 && list[index].checked];
      }, value);
      assert.ok(place >= 0, `${now.name} has no ${value}`);
      if (checked) continue;
      if (place < 9) await page.keyboard.press(String(place + 1));
      else if (now.type === "radio") {
        for (let step = 0; step < 40 && (await focus(page)).value !== value; step++) await page.keyboard.press("ArrowDown");
      } else {
        await tabTo(page, (one) => one.name === now.name && one.value === value);
        await page.keyboard.press("Space");
      }
      assert.equal((await focus(page)).value, value, `${now.name}: the key chooses the option and goes there`);
    }
  } else {
    await page.keyboard.type(field[0].value);
  }
}

// One page of the intake: all that it asks and answers has. Gives the items answered.
async function section(page, answers) {
  const given = new Set();
  const where = page.url();
  await page.keyboard.press("Enter"); // from the page's start into its first question
  await until(page, () => document.activeElement !== document.body);
  let now = await visibleFocus(page, `on ${where}`);
  let highest = -1;
  for (let step = 0; step < 300; step++) {
    if (now.bar) break;
    assert.ok(now.item, `Enter leaves the questions: ${now.key}`);
    assert.ok(now.top >= highest - 1, `Enter goes up the page, to ${now.key}`);
    highest = now.type === "radio" || now.type === "checkbox" || /\.(day|year)$/.test(now.name) || /\.\d+\./.test(now.name) ? highest : now.top;
    const names = (await itemsOn(page))[now.item];
    const answer = answers[now.item];
    const wanted = answer === undefined ? [] : fieldsOf(now.item, answer, names);
    const entries = wanted.filter((one) => /\.\d+\./.test(one.name));
    if (answer !== undefined) given.add(now.item);
    const count = () => page.evaluate((item) =>
      Number((document.getElementsByName(`${item}.count`)[0] || { value: 0 }).value), now.item);
    const add = async () => {
      const before = await count();
      const item = now.item;
      await tabTo(page, (one) => one.id === `f-${item}-add`);
      await page.keyboard.press("Enter");
      await until(page, ([item, before]) =>
        Number((document.getElementsByName(`${item}.count`)[0] || { value: 0 }).value) > before &&
        document.activeElement.name && document.activeElement.name.startsWith(`${item}.${before}.`), [item, before]);
      now = await visibleFocus(page, "in a new entry");
    };
    if (entries.length && names.includes(`${now.item}.state`)) {
      await add();
      continue;
    }
    await fill(page, now, wanted);
    // A total, of a list that nobody wrote: behind a summary, which Enter opens.
    const hidden = await page.evaluate((item) => {
      const details = document.querySelector(`#q-${item} + input ~ details:not([open]), #q-${item} + details:not([open])`);
      return details ? Array.from(details.querySelectorAll("[data-item]"), (one) => one.dataset.item) : [];
    }, now.item);
    if (answer === undefined && hidden.some((item) => answers[item] !== undefined)) {
      await tabTo(page, (one) => one.tag === "SUMMARY" && !/Who/.test(one.text));
      await page.keyboard.press("Enter");
      now = await tabTo(page, (one) => hidden.includes(one.item));
      continue;
    }
    const last = entries.length && entries[entries.length - 1];
    const ofEntry = entries.filter((one) => now.name && one.name.split(".")[1] === now.name.split(".")[1]);
    if (entries.length && ofEntry.length && ofEntry[ofEntry.length - 1].name === now.name && last.name !== now.name) {
      await add();
      continue;
    }
    now = await enter(page, await focus(page));
    now = await visibleFocus(page, `on ${where}`);
  }
  assert.ok(now.bar, `Enter comes to the end of ${where}`);
  return given;
}

test("an intake by keys alone", async () => {
  const { answers } = example("eviction-at-82");
  const context = await newContext(server);
  const page = await context.newPage();
  const lost = [];
  await watchFocus(page, lost);

  await page.goto("/sign-in");
  if ((await focus(page)).id !== "f-name") await tabTo(page, (one) => one.id === "f-name");
  await page.keyboard.type("ada");
  await tabTo(page, (one) => one.id === "f-password");
  await page.keyboard.type(password);
  await Promise.all([page.waitForURL("**/work"), page.keyboard.press("Enter")]);

  await tabTo(page, (one) => one.tag === "A" && one.key.includes(" /clients "));
  await Promise.all([page.waitForURL("**/clients"), page.keyboard.press("Enter")]);
  await tabTo(page, (one) => one.id === "f-name");
  await page.keyboard.type("Margaret Okafor");
  await Promise.all([page.waitForURL("**/clients?**"), page.keyboard.press("Enter")]);
  await tabTo(page, (one) => one.key.includes("/clients/new"));
  await Promise.all([page.waitForURL("**/clients/new?**"), page.keyboard.press("Enter")]);
  for (const [id, text] of [["f-dob", "3"], ["f-dob-day", "2"], ["f-dob-year", "1944"], ["f-address_zip", "10453"]]) {
    await tabTo(page, (one) => one.id === id);
    await page.keyboard.type(text);
  }
  await tabTo(page, (one) => one.tag === "BUTTON" && /Add this client/.test(one.text));
  await Promise.all([page.waitForURL("**/clients/*-*"), page.keyboard.press("Enter")]);
  await tabTo(page, (one) => one.tag === "BUTTON" && /Start a new intake/.test(one.text));
  await Promise.all([page.waitForURL("**/cases/**"), page.keyboard.press("Enter")]);

  const known = ["dob", "residence_zip"];
  const open = new Set(Object.keys(answers));
  for (let step = 0; step < 60 && !page.url().endsWith("/check"); step++) {
    for (const item of await section(page, answers)) open.delete(item);
    const here = page.url();
    const last = (await page.getAttribute("form[data-autosave]", "data-next")).endsWith("/check");
    if (last) {
      const expected = assess({ ...answers, legal_name: "Margaret Okafor" });
      await until(page, (expected) => {
        const lines = Array.from(document.querySelectorAll("#panel [data-status]"));
        return lines.length > 0 && lines.every((line) => line.dataset.status === expected[line.id.slice(2)]);
      }, expected).catch(() => {});
      same(await panelStatuses(page), expected, "the panel");
    }
    await Promise.all([page.waitForURL((url) => url.href !== here), page.keyboard.press("Enter")]);
  }
  assert.deepEqual([...open], [], "answers that no page asked for");

  assert.ok(page.url().endsWith("/check"));
  for (const item of known) assert.ok(storedCase(server).body.answers[item], `${item} was not asked again`);
  same(storedCase(server).body.answers, { ...answers, legal_name: "Margaret Okafor" }, "the store");
  await tabTo(page, (one) => one.tag === "BUTTON" && /Show results and keep/.test(one.text));
  await Promise.all([page.waitForURL("**/results?kept=1"), page.keyboard.press("Enter")]);
  same(await resultStatuses(page), assess({ ...answers, legal_name: "Margaret Okafor" }), "the results");
  assert.equal(storedCase(server).body.state, "submitted");
  await tabTo(page, (one) => one.key.includes("/print/client"));
  assert.deepEqual(lost, []);
  assert.deepEqual(context.complaints, []);
  await context.close();
});
