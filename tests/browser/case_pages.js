// A case with many answers, made fast: they come in by the address that the script sends changes to. Not a test itself.
"use strict";
const { startCase, fieldsOf } = require("./intake.js");

// How many entries a list has, and the lists in them: as the fields say it.
function counts(name, value) {
  if (!Array.isArray(value) || !value.some((one) => typeof one === "object")) return [];
  return [[`${name}.count`, String(value.length)], ...value.flatMap((entry, index) =>
    Object.entries(entry).flatMap(([key, inner]) => counts(`${name}.${index}.${key}`, inner)))];
}

// In the page: reads one section after another and sends what answers has for it. Gives the answers that nobody asked for.
async function walk(path, answers) {
  const left = new Set(Object.keys(answers));
  let address = `${path}/sections/start`;
  for (let step = 0; step < 80; step++) {
    let form, before = "";
    for (let round = 0; round < 4; round++) {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      form = page.querySelector("form[data-autosave]");
      const blocks = Array.from(form.querySelectorAll("[data-item]")).filter((block) => answers[block.dataset.item] !== undefined);
      const items = blocks.map((block) => block.dataset.item);
      if (items.join() === before) break;
      before = items.join();
      const pairs = blocks.flatMap((block) => {
        const item = block.dataset.item;
        const entries = counts(item, answers[item]);
        const names = Array.from(block.querySelectorAll("[name]"), (field) => field.name).filter((name) => !entries.length || !name.endsWith(".state"));
        left.delete(item);
        return [["item", item], ...entries, ...fieldsOf(item, answers[item], names).map((field) => [field.name, field.value])];
      });
      const reply = await fetch(form.dataset.save, { method: "POST",
        body: new URLSearchParams([["change", crypto.randomUUID()], ["version", form.dataset.version], ...pairs]),
        headers: { "X-Askonce-Script": "1", "X-Askonce-Csrf": form.querySelector("[name=csrf]").value } });
      const said = await reply.json();
      if (!reply.ok || (said.errors && said.errors.length)) throw new Error(`${address}: ${reply.status} ${JSON.stringify(said.errors)}`);
    }
    if (form.dataset.next.endsWith("/check")) break;
    address = form.dataset.next;
  }
  return Array.from(left);
}

/** Answers a case. The page has to be signed in, and with script. Gives the answers that no page asks for. */
const answerAll = (page, path, answers) => page.evaluate(
  `(() => { ${fieldsOf}\n${counts}\n${walk}\nreturn walk(${JSON.stringify(path)}, ${JSON.stringify(answers)}); })()`);

/** A new client with a case that has these answers. Gives the case's path. */
async function caseOf(page, fields, answers) {
  const path = await startCase(page, fields);
  await answerAll(page, path, answers);
  return path;
}

/** Keeps the results of a case, by its check page. */
async function keep(page, path) {
  await page.goto(`${path}/check`);
  await Promise.all([page.waitForURL("**/results?kept=1"), page.click("form[action$='/submit'] button")]);
}

/**
 * A client whose case has these answers and is kept, and is looked at again since. Gives the paths of the case, of the next one, and of
 * the client.
 */
async function keptAndAgain(page, fields, answers) {
  const path = await caseOf(page, fields, answers);
  await keep(page, path);
  await Promise.all([page.waitForURL("**/cases/**/sections/**"), page.click("form[action$='/reassess'] button")]);
  const again = new URL(page.url()).pathname.match(/^\/cases\/[0-9a-f-]+/)[0];
  const client = await page.getAttribute("main a[href^='/clients/']", "href");
  return { path, again, client };
}

module.exports = { answerAll, caseOf, keep, keptAndAgain };
