// How long it takes from the key that answers a question until the panel of programs is painted, in a real browser.
// usage: bench/app/run.sh [ANSWERS]      (200 answers for each row unless told; ASKONCE names the command)
//
// A key is pressed on a question; the clock starts at the event's own time. It stops in the second animation frame after the reply was
// put into the page: the first is where the browser lays out and paints what changed. Rows take turns in rounds, so that a busy machine
// is busy for all. The floor is a server of a few lines of Node that gives one kept reply of the same size without computing anything:
// what the browser, the script and the network take for themselves.
"use strict";
const http = require("node:http");
const support = require("../../tests/browser/support.js");
const { startCase, until } = require("../../tests/browser/intake.js");

const wanted = Number(process.argv[2] || 200);
const rounds = 4;
const sections = ["housing", "daily_life", "health", "programs", "person"];

// Passes everything on to askonce, but gives one and the same reply to every change.
function floor(server, kept) {
  const proxy = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      if (request.method === "POST" && request.url.includes("/answers")) {
        kept.version++;
        const body = JSON.stringify(kept);
        response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store", "Content-Length": Buffer.byteLength(body) });
        return response.end(body);
      }
      const headers = { ...request.headers, host: `localhost:${server.port}` };
      if (headers.origin) headers.origin = server.url;
      const on = http.request({ port: server.port, host: "127.0.0.1", path: request.url, method: request.method, headers }, (reply) => {
        response.writeHead(reply.statusCode, reply.headers);
        reply.pipe(response);
      });
      on.end(Buffer.concat(parts));
    });
  });
  return new Promise((resolve) => {
    proxy.listen(0, "127.0.0.1", () => resolve({ url: `http://localhost:${proxy.address().port}`, close: () => proxy.close() }));
  });
}

// In the page: from each key to the second frame after the reply was put in.
function watch() {
  window.samples = [];
  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  const form = document.querySelector("form[data-autosave]");
  new MutationObserver(() => {
    const from = pressed;
    requestAnimationFrame(() => requestAnimationFrame(() => window.samples.push(performance.now() - from)));
  }).observe(form, { attributes: true, attributeFilter: ["data-version"] });
}

// Answers questions of a page with keys. Gives milliseconds.
async function measure(page, path, count) {
  const all = [];
  for (let turn = 0; all.length < count; turn++) {
    await page.goto(`${path}/sections/${sections[turn % sections.length]}`);
    await page.evaluate(watch);
    const items = await page.$$eval("#questions .ask-question, #questions .ask-grid__row", (list) => list.filter((one) =>
      !one.querySelector(".ask-question, .ask-grid__row") && one.querySelectorAll("input[type=radio]").length > 2 && one.dataset.item)
      .map((one) => one.dataset.item));
    for (const item of items) {
      if (all.length >= count) break;
      const field = page.locator(`[data-item="${item}"] input[type=radio]`).first();
      if (!await field.isVisible()) continue;
      await field.focus();
      const key = await page.evaluate(() => { // an answer that is not given yet
        const list = Array.from(document.activeElement.closest("[data-item]").querySelectorAll("input[type=radio]"));
        return list[0].checked ? "2" : "1";
      });
      const before = await page.evaluate(() => window.samples.length);
      await page.keyboard.press(key);
      await until(page, (count) => window.samples.length > count, before);
      all.push(...(await page.evaluate((from) => window.samples.slice(from), before)));
      await page.waitForTimeout(60); // nobody answers faster
    }
  }
  return all;
}

async function start(name, packs) {
  const server = await support.startServer({ environment: { ASKONCE_DEFAULT_PACKS: packs } });
  server.addUser("ada", "worker,nurse", "Ada Park");
  const context = await support.newContext(server);
  const page = await context.newPage();
  await support.signIn(page, "ada");
  const path = await startCase(page, { name: "Rosa Diaz", dob: ["6", "14", "1981"], zip: "10456" });
  return { name, server, page, path, samples: [], programs: await page.locator("#panel [data-status]").count() };
}

async function main() {
  const every = await start("every pack", "all");
  const nyc = await start("nyc", "nyc");
  let kept;
  every.page.on("response", async (response) => {
    if (response.url().includes("/answers")) kept = await response.json().catch(() => kept);
  });
  await measure(every.page, every.path, 3); // the first ones are not counted
  await measure(nyc.page, nyc.path, 3);
  const still = await floor(every.server, kept);
  const context = await support.newContext({ url: still.url });
  const page = await context.newPage();
  await support.signIn(page, "ada");
  const static_ = { name: "a kept reply", page, path: await startCase(page, { name: "Static Reply" }), samples: [], programs: every.programs };
  await measure(page, static_.path, 3);
  const rows = [every, nyc, static_];
  for (let round = 0; round < rounds; round++) {
    for (const row of rows) row.samples.push(...await measure(row.page, row.path, Math.ceil(wanted / rounds)));
  }
  console.log("| | programs | answers | p50 ms | p95 ms | most ms |\n|---|--:|--:|--:|--:|--:|");
  for (const row of rows) {
    const sorted = row.samples.sort((one, other) => one - other);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(0);
    console.log(`| ${row.name} | ${row.programs} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${sorted[sorted.length - 1].toFixed(0)} |`);
  }
  console.log(`\nA reply: ${JSON.stringify(kept).length} bytes.`);
  still.close();
  await support.closeAll();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
  return support.closeAll();
});
