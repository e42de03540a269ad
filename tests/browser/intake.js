// What the tests that take an intake share: the examples' households, clients and cases, the fields of the questions, what the store
// holds, and what the command says of the same answers. Not a test itself.
"use strict";
const assert = require("node:assert");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const util = require("node:util");
const { tree, askonce, slow } = require("./support.js");

/** A household of examples/: { as_of, answers }. */
const example = (name) => JSON.parse(fs.readFileSync(path.join(tree, "examples", `${name}.json`), "utf8"));

/** What `askonce assess` says of answers: { program: status }. */
function assess(answers, words = []) {
  const run = spawnSync(askonce, ["assess", "-", "--json", "--detail", "status", ...words],
    { input: JSON.stringify({ answers }), env: { ...process.env, ASKONCE_DATA: tree }, maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(String(run.stderr));
  return Object.fromEntries(JSON.parse(run.stdout).determinations.map((one) => [one.program, one.status]));
}

/** Documents of a kind in the server's store, as they are written: list of { version, body }. */
function stored(server, kind) {
  const run = spawnSync("python3", ["-B", path.join(__dirname, "stored.py"), path.join(server.data, "askonce.db"), kind],
    { maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(String(run.stderr));
  return JSON.parse(run.stdout);
}

/** The one case of the server's store: { version, body }. */
function storedCase(server) {
  const cases = stored(server, "case");
  if (cases.length !== 1) throw new Error(`${cases.length} cases in the store`);
  return cases[0];
}

/** Adds a client by the pages and starts an intake. Gives the case's path. fields: { name, dob: [month, day, year], zip ... } */
async function startCase(page, fields) {
  await page.goto("/clients");
  await page.fill("#f-name", fields.name);
  await page.click("form[role=search] button");
  await page.click("text=Add a new client");
  for (const [index, id] of ["#f-dob", "#f-dob-day", "#f-dob-year"].entries()) {
    if (fields.dob) await page.fill(id, fields.dob[index]);
  }
  if (fields.zip) await page.fill("#f-address_zip", fields.zip);
  if (fields.phone) await page.fill("#f-phone", fields.phone);
  await page.click("main form[action='/clients'] button[type=submit]");
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  await page.click("text=Start a new intake");
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}\/sections\//);
  return new URL(page.url()).pathname.match(/^\/cases\/[0-9a-f-]+/)[0];
}

/**
 * The fields that an answer fills, in the order in which one meets them: list of { name, value, how }; how: "text", "choose" (radio,
 * select or box of this value). names: of the fields of the question on the page (a list question without entries has .state alone).
 */
function fieldsOf(name, value, names) {
  if (value && value.absent) {
    const list = names.includes(`${name}.state`);
    const typed = names.includes(`${name}.absent`);
    if (list) return [{ name: `${name}.state`, value: `:${value.absent}`, how: "choose" }];
    return [{ name: typed ? `${name}.absent` : name, value: typed ? value.absent : `:${value.absent}`, how: "choose" }];
  }
  if (Array.isArray(value)) {
    if (value.some((entry) => typeof entry === "object")) {
      return value.flatMap((entry, index) => Object.entries(entry).flatMap(([key, inner]) => fieldsOf(`${name}.${index}.${key}`, inner, names)));
    }
    if (names.includes(`${name}.state`)) return [{ name: `${name}.state`, value: ":none", how: "choose" }];
    if (value.length === 0) return [{ name, value: ":none", how: "choose" }];
    return value.map((word) => ({ name, value: word, how: "choose" }));
  }
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value)) {
    const [year, month, day] = value.split("-").map(Number);
    return [[`${name}.month`, month], [`${name}.day`, day], [`${name}.year`, year]].map(
      ([part, number]) => ({ name: part, value: String(number), how: "text" }));
  }
  if (typeof value === "boolean") return [{ name, value: String(value), how: "choose" }];
  if (typeof value === "number") return [{ name, value: Number.isInteger(value) ? String(value) : value.toFixed(2), how: "text" }];
  return [{ name, value, how: "either" }];
}

/** The questions on the page: { item: [names of its fields] }, in order. */
const itemsOn = (page) => page.evaluate(() => {
  const items = {};
  for (const block of document.querySelectorAll("#questions [data-item]")) {
    if (block.dataset.item.endsWith("-confirm")) continue;
    items[block.dataset.item] = [...new Set(Array.from(block.querySelectorAll("[name]"), (field) => field.name))];
  }
  return items;
});

/** What stands in the fields of the page's questions: list of "name=value", as the form would send it. */
const filledIn = (page) => page.evaluate(() => {
  const form = document.querySelector("form[data-autosave]");
  return Array.from(new FormData(form)).filter(([name, value]) => !/^(csrf|version|item)$|\.count$/.test(name) && value !== "")
    .map(([name, value]) => `${name}=${value}`);
});

/** Statuses in the live panel, or on the results page: { program: status }. */
const panelStatuses = (page) => page.$$eval("#panel [data-status]", (lines) =>
  Object.fromEntries(lines.map((line) => [line.id.slice(2), line.dataset.status])));
const resultStatuses = (page) => page.evaluate(() => {
  const found = {};
  for (const card of document.querySelectorAll("[id^=program-]")) {
    const status = card.querySelector("[class*=ask-status--]");
    found[card.id.slice(8)] = status && status.className.match(/ask-status--(\w+)/)[1];
  }
  return found;
});

// Words that were chosen, in whatever order.
const unordered = (value) => (Array.isArray(value) && value.every((one) => typeof one === "string") ? [...value].sort() : value);

/** Fails naming the members in which two objects differ, and no others. */
function same(actual, expected, what) {
  const different = [...new Set([...Object.keys(actual), ...Object.keys(expected)])].filter(
    (key) => !util.isDeepStrictEqual(unordered(actual[key]), unordered(expected[key])));
  assert.ok(!different.length, `${what}: ` + different.map((key) =>
    `${key} is ${JSON.stringify(actual[key])}, should be ${JSON.stringify(expected[key])}`).join("; "));
}

/** Waits until test(arg), evaluated in the page, is true. (playwright's waitForFunction needs a policy that takes eval.) */
async function until(page, test, arg, milliseconds = 5000 * slow) {
  const end = Date.now() + milliseconds;
  while (!await page.evaluate(test, arg)) {
    if (Date.now() > end) throw new Error(`waited in vain on ${page.url()} for ${test}`);
    await page.waitForTimeout(10);
  }
}

/** Waits until everything given is saved. */
const saved = (page) => until(page, () => {
  const line = document.getElementById("saved");
  return line && line.dataset.state === "saved" && document.querySelectorAll("[data-held]").length === 0;
});

module.exports = { example, assess, stored, storedCase, startCase, fieldsOf, itemsOn, filledIn, panelStatuses, resultStatuses, same, until, saved };
