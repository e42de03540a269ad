// The page's script against a server that does what this file tells it: answers are saved once and in order whatever the connection
// does, nothing typed is lost or overwritten, and an intake goes by keys alone.
"use strict";
const assert = require("node:assert");
const { test, before, after, beforeEach, afterEach } = require("node:test");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");
const { newContext, closeAll, tree } = require("./support.js");

const bundle = path.join(process.env.BINARY_DIR || path.join(tree, "build/release"), "web");
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; img-src 'self'; base-uri 'none'";
let server, html, context, page, requests, behave;

// What the server does with a change: a status, or a reply. requests: all that came, { path, fields, csrf }.
const saved = (fields) => ({ version: Number(fields.get("version")) + 1, saved_at: "14:06", say: "Saved", parts: [], errors: [] });

before(async () => {
  const made = spawnSync("lua5.4", [path.join(tree, "tests/web/intake_page.lua"), "/assets/app.css", "/assets/app.js"], { env: { ...process.env, SOURCE_DIR: tree } });
  assert.equal(made.status, 0, String(made.stderr));
  html = String(made.stdout);
  const files = { "/assets/app.css": ["text/css", fs.readFileSync(path.join(bundle, "app.css"))], "/assets/app.js": ["text/javascript", fs.readFileSync(path.join(bundle, "app.js"))] };
  const web = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => { body += part; });
    request.on("end", async () => {
      const name = request.url.split("?")[0];
      response.setHeader("Content-Security-Policy", policy);
      if (files[name]) {
        response.setHeader("Content-Type", files[name][0]);
        return response.end(files[name][1]);
      }
      if (request.method === "GET") {
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        return response.end(name === "/" ? html : "<!doctype html><title>Other</title><h1>Other</h1>");
      }
      const fields = new URLSearchParams(body);
      requests.push({ path: name, fields, csrf: request.headers["x-askonce-csrf"] });
      const given = await behave(name, fields);
      if (given === "cut") return request.socket.destroy();
      response.statusCode = given.status || 200;
      if (given.location) response.setHeader("Location", given.location);
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(given));
    });
  });
  await new Promise((resolve) => { web.listen(0, "127.0.0.1", resolve); });
  server = { url: `http://localhost:${web.address().port}`, web };
});
after(async () => {
  server.web.close();
  server.web.closeAllConnections();
  await closeAll();
});

beforeEach(async () => {
  requests = [];
  behave = (name, fields) => saved(fields);
  context = await newContext(server);
  page = await context.newPage();
  await page.goto("/");
});
afterEach(async () => {
  assert.deepEqual(context.complaints.filter((one) => !one.includes("weather.gov")), []);
  await context.close();
});

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const focused = () => page.evaluate(() => document.activeElement.id);
const items = (request) => request.fields.getAll("item");
// Until the condition holds; fails after some seconds.
async function until(condition, what) {
  for (let i = 0; i < 200; i++) {
    if (await condition()) return;
    await pause(25);
  }
  assert.fail(`it never happened: ${what}; requests: ${requests.map((one) => `${one.path} ${one.fields}`).join("\n")}`);
}
const arrived = (count) => until(() => requests.length >= count, `${count} requests`);
// A reply with the question of an item in other words.
const question = (id, value) => `<div class="usa-form-group ask-question" data-item="${id}" id="q-${id}"><label class="usa-label" for="f-${id}">${id}</label>` +
  `<div class="ask-line"><input class="usa-input" id="f-${id}" name="${id}" value="${value}"></div></div>`;

test("a choice is saved at once, with what the form has of that question alone", async () => {
  await page.click('label[for="f-danger"]');
  await arrived(1);
  const [{ path: name, fields, csrf }] = requests;
  assert.equal(name, "/answers");
  assert.match(fields.get("change"), /^[0-9a-f-]{36}$/);
  fields.delete("change");
  assert.equal(String(fields), "version=3&item=danger&danger=true");
  assert.equal(csrf, "old-token");
  await until(async () => /Saved 14:06/.test(await page.textContent("#saved")), "saved 14:06");
  // The next one goes on from the version that came back.
  await page.click('label[for="f-danger-1"]');
  await arrived(2);
  assert.equal(requests[1].fields.get("version"), "4");
});

test("typing is saved after a pause, once", async () => {
  await page.focus("#f-rent");
  // In the page itself: between keys that come from here a busy machine may take longer than the pause.
  await page.evaluate(async () => {
    const field = document.activeElement;
    field.value = "";
    for (const figure of "1500") {
      field.value += figure;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  });
  await arrived(1);
  await page.keyboard.press("Tab");
  await pause(400);
  assert.deepEqual(requests.map((one) => one.fields.get("rent")), ["1500"]);
});

test("half a date waits until one leaves it", async () => {
  await page.fill("#f-dob-year", "");
  await page.type("#f-dob-year", "19");
  await pause(400);
  assert.equal(requests.length, 0);
  await page.focus("#f-zip");
  await arrived(1);
  assert.equal(requests[0].fields.get("dob.year"), "19");
});

test("I don't know stands for itself, and can be taken back", async () => {
  await page.click('label[for="f-rent-unknown"]');
  await arrived(1);
  assert.equal(requests[0].fields.get("rent.absent"), "unknown");
  assert.equal(requests[0].fields.get("rent"), "");
  await page.click('label[for="f-rent-unknown"]');
  await arrived(2);
  assert.equal(requests[1].fields.get("rent"), "1450.00");
  await page.click('label[for="f-hazards-2"]');
  await arrived(3);
  assert.deepEqual(requests[2].fields.getAll("hazards"), [":none"]);
});

test("an answer in a grid leaves the \"None\" of another question of the same person", async () => {
  await page.click("#f-people-0-veteran");
  await arrived(1);
  assert.equal(requests[0].fields.get("people.0.veteran"), "true");
  assert.deepEqual(requests[0].fields.getAll("people.0.incomes.state"), [":none"]);
});

test("a connection that is cut: not saved yet, then in order, each once", async () => {
  behave = () => "cut";
  await page.click('label[for="f-living-1"]');
  await until(async () => /Not saved yet · 1 change waits/.test(await page.textContent("#saved")), "not saved yet");
  await page.fill("#f-rooms", "3");
  await page.click('label[for="f-hazards-1"]');
  await page.fill("#f-rooms", "4");
  await pause(300);
  await until(async () => /3 changes wait/.test(await page.textContent("#saved")), "three wait");
  await arrived(2);
  const lost = requests.map((one) => one.fields.get("change"));
  assert.equal(new Set(lost).size, 1, "a change that is sent again has the same id");
  const before = String(requests[0].fields);
  requests = [];
  behave = (name, fields) => saved(fields);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await arrived(2);
  await until(async () => /^Saved/.test((await page.textContent("#saved")).trim()), "saved");
  assert.equal(String(requests[0].fields), before);
  assert.deepEqual(items(requests[1]), ["rooms", "hazards"]);
  assert.equal(requests[1].fields.get("rooms"), "4");
  assert.equal(requests.length, 2);
});

test("a busy server is asked again by itself", async () => {
  let refused = 0;
  behave = (name, fields) => (refused++ < 2 ? { status: 503 } : saved(fields));
  await page.click('label[for="f-living-1"]');
  await arrived(3);
  assert.equal(new Set(requests.map((one) => one.fields.get("change"))).size, 1);
});

test("leaving with something unsaved is asked about; with everything saved it is not", async () => {
  behave = () => "cut";
  await page.click('label[for="f-living-1"]');
  await arrived(1);
  const asked = new Promise((resolve) => { page.once("dialog", (dialog) => { resolve(dialog.type()); dialog.accept(); }); });
  await page.reload();
  assert.equal(await asked, "beforeunload");
  await page.goto("/other");
});

test("a link waits for the last change", async () => {
  behave = async (name, fields) => { await pause(200); return saved(fields); };
  await page.focus("#f-rooms");
  await page.keyboard.type("2");
  await page.click(".ask-back");
  await page.waitForURL("**/other");
  assert.equal(requests[0].fields.get("rooms"), "2");
});

test("the session ends: sign in where one is, and go on", async () => {
  let inside = false;
  behave = (name, fields) => {
    if (name === "/sign-in") {
      inside = fields.get("password") === "right";
      return inside ? { ok: true, csrf: "new-token" } : { status: 401, ok: false, error: "Wrong." };
    }
    return inside ? saved(fields) : { status: 401, sign_in: true, csrf: "sign-in-token" };
  };
  await page.fill("#f-rooms", "4");
  await page.waitForSelector("#sign-in-again[open]");
  assert.equal(await focused(), "again-password");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.ok(await page.isVisible("#sign-in-again"));
  await page.fill("#again-password", "wrong");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#sign-in-error:not([hidden])");
  assert.equal(await page.textContent("#sign-in-error"), "Wrong.");
  await page.fill("#again-password", "right");
  await page.keyboard.press("Enter");
  await until(() => requests.filter((one) => one.path === "/answers").length === 2, "the change again");
  const [first, again] = requests.filter((one) => one.path === "/answers");
  assert.equal(first.fields.get("change"), again.fields.get("change"));
  assert.equal(again.csrf, "new-token");
  assert.equal(requests.find((one) => one.path === "/sign-in").fields.get("csrf"), "sign-in-token");
  await until(async () => (await focused()) === "f-rooms", "the focus is back");
  assert.equal(await page.inputValue("#f-rooms"), "4");
  assert.equal(await page.inputValue("#again-password"), "");
});

test("signed in again in another window: the dialog has the token of that session", async () => {
  let inside = false;
  behave = (name, fields) => {
    if (name === "/sign-in") {
      inside = fields.get("csrf") === "its-token";
      return inside ? { ok: true, csrf: "new-token" } : { status: 403, error: "This form is too old" };
    }
    return inside ? saved(fields) : { status: 403, error: "This form is too old", csrf: "its-token" };
  };
  await page.fill("#f-rooms", "4");
  await page.waitForSelector("#sign-in-again[open]");
  await page.fill("#again-password", "right");
  await page.keyboard.press("Enter");
  await until(() => requests.filter((one) => one.path === "/answers").length === 2, "the change again");
  await until(async () => /^Saved/.test((await page.textContent("#saved")).trim()), "saved");
  assert.equal(requests.at(-1).csrf, "new-token");
  assert.equal(await page.inputValue("#f-rooms"), "4");
});

test("what is being typed is not overwritten, nor what the server has not seen", async () => {
  behave = async (name, fields) => {
    await pause(250);
    return { ...saved(fields), parts: [{ id: "q-rooms", html: question("rooms", "1") }] };
  };
  await page.focus("#f-rooms");
  await page.keyboard.type("1");
  await arrived(1);
  await page.keyboard.type("2"); // while the first is on its way
  await page.focus("#f-zip");
  await arrived(2);
  assert.equal(await page.inputValue("#f-rooms"), "12");
  assert.equal(requests[1].fields.get("rooms"), "12");
});

test("questions come and go and the focus stays", async () => {
  const list = (names) => ({ id: "questions", html: `<div id="questions">${names.map((name) => question(name, "")).join("")}</div>` });
  behave = (name, fields) => ({ ...saved(fields), parts: [list(["one", "rent", "two"])] });
  await page.click('label[for="f-danger"]');
  await page.waitForSelector("#f-two");
  assert.notEqual(await focused(), "", "the question with the focus went, and the focus with it");
  behave = (name, fields) => ({ ...saved(fields), parts: [list(["one", "rent", "between", "two"])] });
  await page.focus("#f-two");
  await page.keyboard.type("x");
  await page.waitForSelector("#f-between");
  assert.equal(await focused(), "f-two");
  assert.equal(await page.inputValue("#f-two"), "x");
});

test("what is wrong is said when one has left it, and stands until it is mended", async () => {
  const part = { id: "questions", html: `<div id="questions">${question("rent", "1450.00")}${question("two", "")}</div>` };
  behave = (name, fields) => ({ ...saved(fields), parts: [part], errors: fields.get("rent") === "x" ? [{ field: "rent", message: "An amount." }] : [] });
  await page.fill("#f-rent", "x");
  await arrived(1);
  await pause(200);
  assert.equal(await page.locator("#f-rent-error").count(), 0, "told off while typing");
  await page.focus("#f-two");
  await page.waitForSelector("#f-rent-error");
  assert.match(await page.getAttribute("#f-rent", "aria-describedby"), /f-rent-error/);
  await page.keyboard.type("y");
  await arrived(2);
  await pause(200);
  assert.equal(await page.textContent("#f-rent-error"), "Error: An amount.");
  assert.equal(await page.inputValue("#f-rent"), "x", "the wrong text stays to be mended");
  await page.fill("#f-rent", "5");
  await arrived(3);
  await until(async () => (await page.locator("#f-rent-error").count()) === 0, "the error goes");
  assert.equal(await page.getAttribute("#f-rent", "aria-invalid"), null);
});

test("an entry is added as a change of its own, and nobody edits meanwhile", async () => {
  behave = async (name, fields) => { await pause(150); return { ...saved(fields), focus: "f-incomes-0-amount" }; };
  await page.fill("#f-incomes-0-amount", "6");
  await page.click("#q-incomes button");
  assert.ok(await page.evaluate(() => Boolean(document.getElementById("f-incomes-0-amount").closest("[inert]"))));
  assert.notEqual(await page.evaluate(() => document.activeElement.nodeName), "BODY", "the button keeps the focus meanwhile");
  await arrived(2);
  assert.equal(requests[0].fields.get("add"), null);
  assert.equal(requests[1].fields.get("add"), "incomes");
  assert.equal(requests[1].fields.get("incomes.0.amount"), "6");
  await until(() => page.evaluate(() => !document.querySelector("#q-incomes[data-held], #q-incomes [inert]")), "it can be used again");
  await until(async () => (await focused()) === "f-incomes-0-amount", "the focus that the server named");
});

test("an answer is taken back", async () => {
  await page.click("#q-living .ask-clear");
  await arrived(1);
  assert.equal(requests[0].fields.get("clear"), "living");
  assert.equal(requests[0].fields.get("living"), null);
  assert.equal(await page.locator("#q-living :checked").count(), 0);
});

test("two people, one answer: a link to both", async () => {
  behave = (name, fields) => ({ ...saved(fields), merge: "/other?merge" });
  await page.click('label[for="f-danger"]');
  await page.waitForSelector("#notice a");
  assert.equal(await page.getAttribute("#notice a", "href"), "/other?merge");
});

test("by keys alone: choose, go on, change the section", async () => {
  await page.focus("#f-danger-1");
  await page.keyboard.press("1");
  assert.ok(await page.isChecked("#f-danger"));
  await page.keyboard.press("n");
  assert.ok(await page.isChecked("#f-danger-1"));
  await page.keyboard.press("Enter");
  await until(async () => (await focused()) === "f-living", "the next question");
  await page.keyboard.press("3");
  await page.keyboard.press("Enter");
  await until(async () => (await focused()) === "f-rent", "the one after");
  await page.keyboard.type("20?"); // typed, not understood as keys
  assert.equal(await page.inputValue("#f-rent"), "20?");
  await page.keyboard.press("Enter");
  await until(async () => (await focused()) === "f-dob", "the date");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "f-dob-day");
  await page.keyboard.press("Alt+ArrowRight");
  await page.waitForURL("**/other?next");
  await page.goto("/");
  await page.focus("#f-rent");
  await page.keyboard.press("Alt+ArrowLeft");
  await page.waitForURL("**/other?previous");
});

test("faster than the server: keys go to the question that they were meant for", async () => {
  behave = async (name, fields) => { await pause(150); return saved(fields); };
  await page.focus("#f-danger");
  for (const key of ["2", "Enter", "2", "Enter", "7", "7"]) await page.keyboard.press(key);
  await until(async () => (await page.inputValue("#f-rent")) === "77", "the last keys in the last field");
  assert.ok(await page.isChecked("#f-danger-1"));
  assert.ok(await page.isChecked("#f-living-1"));
});

test("the keys can be switched off, and Enter saves the form then", async () => {
  await page.focus("#f-danger");
  await page.keyboard.press("?");
  await page.waitForSelector("#keys[open]");
  await page.uncheck("#keys-on");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.focus("#f-danger-1");
  await page.keyboard.press("1");
  await page.keyboard.press("?");
  await pause(200);
  assert.ok(!(await page.isChecked("#f-danger")));
  assert.ok(!(await page.isVisible("#keys")));
  behave = (name) => ({ status: 303, location: `/other?${name.slice(1)}` });
  await page.focus("#f-rent");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/other?sections");
  assert.equal(requests.at(-1).fields.get("clear"), null, "Enter took an answer back");
  assert.equal(requests.at(-1).fields.get("rent"), "1450.00");
});

test("a link of the panel puts the focus into the question", async () => {
  await page.click('#panel a[href="#q-dob"]');
  assert.equal(await focused(), "f-dob");
});

test("an address that was cut or made up stops nothing", async () => {
  for (const hash of ["#q-%", "#q-%E0%A4%A", "#q-nothing", "#"]) {
    await page.goto("about:blank");
    await page.goto(`/${hash}`);
    requests = [];
    await page.click('label[for="f-danger"]');
    await arrived(1);
  }
});

test("the focus is never under what stays in sight", async () => {
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.focus("#f-danger");
  for (let i = 0; i < 25; i++) {
    const hidden = await page.evaluate(() => {
      const at = document.activeElement;
      if (!at.closest("#questions")) return false;
      const box = (at.labels && at.labels[0] && at.matches("[type=radio], [type=checkbox]") ? at.labels[0] : at).getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !(top && top.closest(".ask-question") === at.closest(".ask-question")) && at.id;
    });
    assert.equal(hidden, false);
    await page.keyboard.press("Tab");
  }
});

test("out at once: Escape three times, with nothing asked", async () => {
  behave = () => "cut";
  await page.click('label[for="f-living-1"]');
  await arrived(1);
  let asked = false;
  page.on("dialog", (dialog) => { asked = true; dialog.accept(); });
  await page.route("https://www.weather.gov/**", (route) => route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" }));
  for (let i = 0; i < 3; i++) await page.keyboard.press("Escape");
  await page.waitForURL("https://www.weather.gov/**");
  assert.equal(asked, false);
});
