// A case with everything in it, made fast: answers come in by the pages' own address for changes. Not a test itself.
"use strict";
const { startCase, fieldsOf, itemsOn } = require("./intake.js");

/** Goes through the sections and sends all answers of each at once, as the script would. Needs a page with script. */
async function answerAll(page, path, answers) {
  await page.goto(`${path}/sections/start`);
  for (let step = 0; step < 70; step++) {
    for (let round = 0; round < 3; round++) {
      const items = await itemsOn(page);
      const mine = Object.keys(items).filter((item) => answers[item] !== undefined);
      const pairs = [];
      for (const item of mine) {
        const list = Array.isArray(answers[item]) && answers[item].some((one) => typeof one === "object");
        pairs.push(["item", item], ...counts(item, answers[item]),
          ...fieldsOf(item, answers[item], list ? items[item].filter((name) => !name.endsWith(".state")) : items[item])
            .map(({ name, value }) => [name, value]));
      }
      if (!mine.length) break;
      const status = await page.evaluate(async (pairs) => {
        const form = document.querySelector("form[data-autosave]");
        const reply = await fetch(form.dataset.save, { method: "POST",
          body: new URLSearchParams([["change", crypto.randomUUID()], ["version", form.dataset.version], ...pairs]),
          headers: { "X-Askonce-Script": "1", "X-Askonce-Csrf": form.elements.csrf.value } });
        return `${reply.status} ${JSON.stringify((await reply.json()).errors || [])}`;
      }, pairs);
      if (status !== "200 []") throw new Error(`${page.url()}: ${status}`);
      await page.reload();
      const now = Object.keys(await itemsOn(page)).filter((item) => answers[item] !== undefined);
      if (now.length === mine.length) break;
    }
    const next = await page.getAttribute("form[data-autosave]", "data-next");
    if (next.endsWith("/check")) break;
    await page.goto(next);
  }
}

// How many entries a list has, and the lists in them.
function counts(name, value) {
  if (!Array.isArray(value) || !value.some((one) => typeof one === "object")) return [];
  return [[`${name}.count`, String(value.length)], ...value.flatMap((entry, index) =>
    Object.entries(entry).flatMap(([key, inner]) => counts(`${name}.${index}.${key}`, inner)))];
}

/** A new client with a case that has these answers. Gives the case's path. */
async function caseOf(page, fields, answers) {
  const path = await startCase(page, fields);
  await answerAll(page, path, answers);
  return path;
}

module.exports = { answerAll, caseOf };
