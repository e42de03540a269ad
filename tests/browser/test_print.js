// What comes out of the printer, read back from the PDF: the client's paper tells nothing private unless it is asked to, the worker's has
// everything but private answers, and neither has buttons or menus.
"use strict";
const assert = require("node:assert");
const { spawnSync } = require("node:child_process");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, closeAll } = require("./support.js");
const { example, assess } = require("./intake.js");
const { caseOf, keep } = require("./case_pages.js");

// A person with HIV and no home who fled violence; and the same one without either.
const { answers: hiv } = example("hiv-and-homeless");
const hidden = { ...hiv, dv_fled_or_fleeing: true, emergency_cause: "dv", auditc_1: "four_week" };
const told = /\bhiv\b|\baids\b|hasa|violen|abus|alcohol|drink|drug|immigra|green card|citizen|psych|mental|foster|police/i;

let server, context, page, path;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,nurse", "Ada Park");
  context = await newContext(server);
  page = await context.newPage();
  await signIn(page, "ada");
  path = await caseOf(page, { name: "Luz Marín" }, hidden);
  await keep(page, path);
});
after(closeAll);

// The text of the page as it is printed, on Letter paper.
async function printed(address) {
  await page.goto(address);
  const pdf = await page.pdf({ format: "Letter" });
  const run = spawnSync("pdftotext", ["-layout", "-", "-"], { input: pdf, maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, String(run.stderr));
  const text = String(run.stdout);
  return { text, words: text.replace(/\s+/g, " "), pages: text.split("\f").length - 1 };
}

test("the client's paper is safe by default", async () => {
  const says = assess(hidden);
  assert.equal(says.hasa, "likely", "there is something to hide");
  const { words, pages } = await printed(`${path}/print/client`);
  assert.match(words, /Luz Marín/);
  assert.match(words, /SNAP/);
  assert.doesNotMatch(words, told);
  assert.doesNotMatch(words, /Sign out|Skip to|Print this|My work/);
  assert.ok(pages >= 1 && pages <= 3, `${pages} pages`);
});

test("the worker may ask for more, one subject at a time", async () => {
  const { words } = await printed(`${path}/print/client?show=hiv`);
  assert.match(words, /HASA|HIV/);
  assert.doesNotMatch(words, /violen|alcohol/i);
});

test("the worker's paper has every program, and private answers only when they are wanted", async () => {
  const { words } = await printed(`${path}/print/worker`);
  assert.match(words, /Confidential/);
  assert.match(words, /Where do you live|Where you live/);
  assert.match(words, /private answers? (is|are) not printed/);
  assert.doesNotMatch(words, /Sign out|Skip to|My work/);
  const names = await page.$$eval(".ask-paper--worker tbody tr", (rows) => rows.length);
  assert.equal(names, Object.keys(assess(hidden)).length, "a row for each program");
  const answers = words.slice(words.indexOf("Answers"), words.indexOf("With what it was computed"));
  assert.ok(answers.length > 200);
  assert.doesNotMatch(answers, /I have HIV|violence|fle(d|eing)|Four times a week/i);
  const whole = await printed(`${path}/print/worker?private=1`);
  assert.match(whole.words.slice(whole.words.lastIndexOf("Answers")), /I have HIV/);
});

test("nothing is cut off at the edge of the paper", async () => {
  for (const address of ["print/client", "print/worker"]) {
    await page.goto(`${path}/${address}`);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 720, height: 960 }); // Letter, less its margins
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), address);
    assert.equal(await page.evaluate(() => document.querySelectorAll("header.usa-header, nav, button").length &&
      Array.from(document.querySelectorAll("header.usa-header, nav, button")).filter((one) => one.getClientRects().length).length), 0, address);
    await page.emulateMedia({ media: null });
    await page.setViewportSize({ width: 1440, height: 1000 });
  }
});

test("in Spanish", async () => {
  const { words } = await printed(`${path}/print/client?language=es`);
  assert.match(words, /Luz Marín/);
  assert.match(words, /[áéíóúñ]/);
  assert.doesNotMatch(words, /\b(the|you|your|and|with|bring|call)\b/);
  assert.doesNotMatch(words, /\bvih\b|\bsida\b|hasa|violencia|abuso|alcohol|drogas|inmigra|ciudadan|policía/i);
  assert.deepEqual(context.complaints, []);
});
