// The connection goes and comes in the middle of an intake: it is said, one goes on, and everything arrives in order and once.
"use strict";
const assert = require("node:assert");
const { test, before, beforeEach, afterEach, after } = require("node:test");
const { startServer, newContext, signIn, closeAll, slow } = require("./support.js");
const { storedCase, startCase, saved, until } = require("./intake.js");

let server, context, page, path;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker", "Ada Park");
  server.addUser("bo", "worker", "Bo Lind");
  context = await newContext(server);
  page = await context.newPage();
  await signIn(page, "ada");
  path = await startCase(page, { name: "Rosa Diaz" });
});
beforeEach(() => page.goto(`${path}/sections/housing`));
afterEach(async () => {
  await page.unroute("**/answers**");
  assert.deepEqual(context.complaints, []);
});
after(closeAll);

const check = (item, value) => page.check(`[name="${item}"][value="${value}"]`);
const state = () => page.getAttribute("#saved", "data-state");
const words = () => page.textContent("#saved");
// The first change arrives, and what the server says to it does not. Gives how many were sent by now.
async function loseFirstReply() {
  let sent = 0;
  await page.route("**/answers**", async (route) => {
    if (sent++ > 0) return route.continue();
    await route.fetch();
    await route.abort("connectionreset");
  });
  return () => sent;
}

test("offline: not saved yet, go on typing; back: all of it, in order", async () => {
  const sent = [];
  page.on("request", (request) => { if (request.url().includes("/answers")) sent.push(new URLSearchParams(request.postData())); });
  await check("living_situation", "rent_lease");
  await saved(page);
  await context.setOffline(true);
  await check("eviction_stage", "notice");
  await until(page, () => document.getElementById("saved").dataset.state === "waiting");
  assert.match(await words(), /[Nn]ot saved yet/);
  await page.fill("[name=moves_12mo]", "3");
  await check("has_section8_or_nycha", "false");
  await check("prior_shelter_as_adult", "true");
  await check("prior_shelter_as_adult", "false"); // another mind
  await page.waitForTimeout(300);
  assert.equal(await state(), "waiting");
  assert.equal(storedCase(server).body.answers.eviction_stage, undefined);
  // A link does not take one away from what is not saved; who goes on answering has thought better of it.
  await page.click("a[href$='/sections/costs']");
  await until(page, () => /Goes on when it is saved/.test(document.getElementById("saved").textContent));
  await page.check("[name=on_lease][value=true]");
  await page.click(".ask-bar button[value=next]");
  await until(page, () => /Goes on when it is saved/.test(document.getElementById("say").textContent));
  await page.waitForTimeout(4500); // however long it takes
  assert.ok(page.url().endsWith("/sections/housing"));
  const before = storedCase(server).version;
  sent.length = 0;
  await Promise.all([page.waitForURL("**/sections/income"), context.setOffline(false)]); // saved, and then on
  const { version, body } = storedCase(server);
  const { living_situation, on_lease, eviction_stage, moves_12mo, has_section8_or_nycha, prior_shelter_as_adult } = body.answers;
  assert.deepEqual({ living_situation, on_lease, eviction_stage, moves_12mo, has_section8_or_nycha, prior_shelter_as_adult }, {
    living_situation: "rent_lease", on_lease: true, eviction_stage: "notice", moves_12mo: 3, has_section8_or_nycha: false, prior_shelter_as_adult: false });
  const changes = sent.map((fields) => fields.get("change"));
  assert.equal(new Set(changes).size, changes.length, "each change went once");
  assert.equal(sent[0].get("eviction_stage"), "notice", "the first goes first");
  assert.equal(version, before + changes.length + 1, "each change is one version, and the section that is done");
  await page.goto(`${path}/sections/housing`);
  assert.ok(await page.isChecked("[name=eviction_stage][value=notice]"));
  assert.equal(await page.inputValue("[name=moves_12mo]"), "3");
});

test("the reply is lost after the server had taken the change: it is sent again and counts once", async () => {
  const sent = await loseFirstReply();
  const before = storedCase(server).version;
  await check("applied_shelter_3mo", "true");
  await until(page, () => document.getElementById("saved").dataset.state === "waiting");
  assert.equal(storedCase(server).version, before + 1, "the server has it");
  await check("reintegrating_from_institution", "false");
  await saved(page);
  assert.ok(sent() >= 3, "sent again");
  const { version, body } = storedCase(server);
  assert.equal(version, before + 2, "two changes, two versions");
  assert.equal(body.answers.applied_shelter_3mo, true);
  assert.equal(body.answers.reintegrating_from_institution, false);
  assert.equal(body.conflicts, undefined);
});

test("a change whose reply was lost does not come a second time over what somebody else gave since", async () => {
  const other = await newContext(server);
  const bo = await other.newPage();
  await signIn(bo, "bo");
  let lost = 0;
  await page.route("**/answers**", async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch();
    await bo.goto(`${path}/sections/housing`);
    await bo.check("[name=other_place_tonight][value=false]");
    await until(bo, () => document.getElementById("saved").dataset.state === "saved");
    for (let wait = 0; wait < 100 && storedCase(server).body.answers.other_place_tonight !== false; wait++) await bo.waitForTimeout(50);
    await route.abort("connectionreset");
  });
  await check("other_place_tonight", "true");
  await until(page, () => document.querySelector("[name=other_place_tonight][value=false]").checked, null, 10000 * slow);
  const { body } = storedCase(server);
  assert.equal(body.answers.other_place_tonight, false);
  assert.equal(body.conflicts, undefined, "there is nothing to decide");
  await other.close();
});

test("an entry of a list is added once, though its reply was lost", async () => {
  await page.goto(`${path}/sections/income`);
  await loseFirstReply();
  await page.click("#f-incomes-add");
  await until(page, () => document.activeElement.name && document.activeElement.name.startsWith("incomes.0."), null, 8000 * slow);
  assert.equal(storedCase(server).body.answers.incomes.length, 1);
  assert.equal(await page.inputValue("[name='incomes.count']"), "1");
});

test("the server is stopped and started in the middle", async () => {
  await server.stop();
  await page.fill("[name=rent_arrears]", "250");
  await until(page, () => document.getElementById("saved").dataset.state === "waiting");
  await server.start();
  await until(page, () => document.getElementById("saved").dataset.state === "saved", null, 20000);
  assert.equal(storedCase(server).body.answers.rent_arrears, 250);
});
