// The whole app in Spanish, without an English word left; and in the test language from right to left, mirrored.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const nodepath = require("node:path");
const { test, before, after } = require("node:test");
const { startServer, signedIn, axe, widthOver, closeAll, tree } = require("./support.js");
const { example } = require("./intake.js");
const { keptAndAgain } = require("./case_pages.js");

// English text -> Spanish, of a locale file: texts in double quotes, each followed by its translation; both may go on in the next line.
function textsOf(file) {
  const pair = /^\s+("(?:[^"\\]|\\.)*"):\s+("(?:[^"\\]|\\.)*")\s*$/gm;
  const text = (quoted) => JSON.parse(quoted.replace(/\s*\n\s*/g, " "));
  return Array.from(fs.readFileSync(file, "utf8").matchAll(pair), ([, english, translated]) => [text(english), text(translated)]);
}

function sources() {
  const files = [nodepath.join(tree, "web/locales/es.yaml"), nodepath.join(tree, "forms/locales/es.yaml")];
  for (const pack of ["nyc", "access_nyc"]) {
    for (const program of fs.readdirSync(nodepath.join(tree, "plugins", pack))) {
      const file = nodepath.join(tree, "plugins", pack, program, "locales/es.yaml");
      if (fs.existsSync(file)) files.push(file);
    }
  }
  const translated = new Map();
  const patterns = [];
  const all = files.flatMap(textsOf);
  const same = new Set(all.map(([, spanish]) => spanish)); // a word may be Spanish too, as SNAP is
  for (const [english, spanish] of all) {
    if (same.has(english) || english.length < 3) continue;
    translated.set(english, spanish);
    if (!/\{\w+\}/.test(english) || english.replace(/\{\w+\}/g, "").trim().length < 4) continue;
    patterns.push([`^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".+")}$`, spanish]);
  }
  return { translated, same, patterns: patterns.map(([pattern, spanish]) => [new RegExp(pattern), spanish]) };
}

let server, page, path, others;
before(async () => {
  server = await startServer({ environment: { ASKONCE_TEST_LANGUAGES: "true" } });
  server.addUser("ada", "worker,supervisor,nurse,administrator", "Ada Park");
  page = await signedIn(server, "ada");
  let again, client;
  ({ path, again, client } = await keptAndAgain(page, { name: "Margaret Okafor", dob: ["3", "2", "1944"], zip: "10453", phone: "212-555-0100" },
    example("eviction-at-82").answers));
  others = [`${path}/deciding`, `${again}/sections/person`, `${again}/changes`, `${path}/check`,
    `${path}/results`, `${path}/results/hcsp`, `${path}/results/scrie`, `${path}/results/snap`,
    `${path}/results/aps`, `${path}/results/homebase`, `${path}/print/client`, `${path}/print/worker`, "/clients",
    "/clients?name=okafor", "/clients?name=", client, `${client}/edit`, "/clients/new?name=Rosa", "/work", "/work/team", "/programs",
    "/programs/snap", "/programs/hcsp", "/programs/snap/sheet", "/programs/dvs/sheet", "/programs/opwdd/sheet", "/programs/S2R007/sheet",
    "/admin", "/admin/users", "/admin/users/new", "/admin/keys", "/admin/programs", "/account",
    "/account/password"];
});
after(closeAll);

async function speak(language) {
  await page.goto("/account");
  await page.check(`main input[name=language][value=${language}]`);
  await Promise.all([page.waitForURL("**/account?saved=1"), page.click("main form:has(input[name=language]) button[type=submit]")]);
  assert.equal(await page.getAttribute("html", "lang"), language);
}

// The texts of the page that are there to be read: each with the language that it says it is in, whether it is what somebody typed or
// chose, and whether it is a citation.
const texts = () => page.evaluate(() => {
  const found = [];
  const add = (element, text) => {
    const clean = text.replace(/\s+/g, " ").trim();
    if (clean.length > 2 && /\p{L}/u.test(clean)) {
      found.push([clean, element.closest("[lang]").lang, Boolean(element.closest("bdi, code, input, textarea, [name=language]") ||
        element.closest("label") && element.closest("label").control.name === "language"), Boolean(element.closest(".ask-cite, .ask-source"))]);
    }
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style")) add(parent, walker.currentNode.data);
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt], #texts")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) if (element.hasAttribute(name)) add(element, element.getAttribute(name));
    if (element.id === "texts") for (const word of Object.values(element.dataset)) add(element, word);
  }
  return found;
});

test("no English text is left in Spanish", async () => {
  const { translated, patterns, same } = sources();
  assert.ok(translated.size > 2500, `${translated.size} texts`);
  await speak("es");
  // Most texts stand on many pages.
  const known = new Map();
  const byPattern = (text) => {
    if (!known.has(text)) known.set(text, (patterns.find(([pattern]) => pattern.test(text)) || [])[1]);
    return known.get(text);
  };
  const english = new Map();
  const marked = new Set();
  let count = 0;
  const read = async (address) => {
    const reply = await page.goto(address);
    assert.equal(reply.status(), /name=$/.test(address) ? 422 : 200, address);
    assert.equal(await page.getAttribute("html", "lang"), "es");
    for (const [text, lang, data, cited] of await texts()) {
      count++;
      if (data) continue;
      const spanish = translated.get(text) || (lang === "es" && byPattern(text));
      if (spanish && !same.has(text)) english.set(text, `${address} (lang=${lang}): ${spanish}`);
      // What has no Spanish says that it is English, for those who have it read aloud: citations and sources, and nothing else but our
      // name. What a rule's author is told of its mistakes is for the administrator.
      if (lang === "en" && !cited && text !== "askonce" && !address.startsWith("/admin")) marked.add(`${address}: ${text}`);
    }
  };
  let sections = 0;
  for (let next = `${path}/sections/start`; !next.endsWith("/check"); next = await page.getAttribute("form[data-autosave]", "data-next")) {
    await read(next);
    assert.ok(++sections < 70, next);
  }
  assert.ok(sections > 15, `${sections} sections`);
  for (const address of others) await read(address);
  assert.deepEqual([...marked], []);
  assert.ok(count > 5000, `${count} texts read`);
  assert.deepEqual([...english].map((one) => one.join(" AT ")), []);
  assert.deepEqual(page.context().complaints, []);
});

test("Spanish words are longer: still nothing wider than a narrow screen, and nothing that axe-core finds", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const address of [`${path}/sections/housing`, `${path}/sections/daily_life`, `${path}/results`, `${path}/check`, "/work", "/clients"]) {
    await page.goto(address);
    assert.equal(await widthOver(page), 0, address);
  }
  assert.deepEqual(await axe(page), []);
  await page.setViewportSize({ width: 1440, height: 1000 });
});

test("from right to left: mirrored, and nothing wider than the screen", async () => {
  await speak("ar");
  for (const address of [`${path}/sections/housing`, `${path}/sections/daily_life`, `${path}/results`, `${path}/results/hcsp`, `${path}/check`,
    "/work", "/clients?name=okafor", "/admin"]) {
    await page.goto(address);
    assert.equal(await page.getAttribute("html", "dir"), "rtl");
    assert.equal(await widthOver(page), 0, address);
    const axes = await axe(page);
    assert.deepEqual(axes, [], address);
  }
  await page.goto(`${path}/sections/housing`);
  const [sections, questions, panel] = await page.evaluate(() => [".ask-intake__sections", "#questions", "#panel"].map((one) =>
    document.querySelector(one).getBoundingClientRect().left));
  assert.ok(sections > questions && questions > panel, `sections ${sections}, questions ${questions}, panel ${panel}`);
  // A label stands to the left of its circle now; amounts and phone numbers stay from left to right.
  const circle = await page.$eval("[name=living_situation] >> nth=0", (field) => {
    const label = field.labels[0].getBoundingClientRect();
    return field.getBoundingClientRect().left - label.left > label.width / 2;
  });
  assert.ok(circle, "the circle stands at the right");
  // Alt and the left arrow go on, as one reads.
  await page.focus("[name=living_situation] >> nth=0");
  await Promise.all([page.waitForURL("**/sections/income"), page.keyboard.press("Alt+ArrowLeft")]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${path}/results`);
  assert.equal(await widthOver(page), 0);
  await page.setViewportSize({ width: 1440, height: 1000 });
  assert.deepEqual(page.context().complaints, []);
});
