// Hostile texts in every field that takes text, and in the texts of a plugin: they are shown as texts, and nothing of them runs.
"use strict";
const assert = require("node:assert");
const fs = require("node:fs");
const os = require("node:os");
const nodepath = require("node:path");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, closeAll, tree } = require("./support.js");
const { startCase, storedCase } = require("./intake.js");
const { keep } = require("./case_pages.js");

const probes = ["<script>window.hit=1</script>", "\"'><img src=x onerror=window.hit=1>", "javascript:window.hit=1",
  "{{1234*5678}} ${1234*5678} <%=1234*5678%>", "</title></textarea><svg onload=window.hit=1>", "\u202Egnp.exe\u2066 &lt;b&gt;"];

let server, context, page, path, plugins;
before(async () => {
  plugins = fs.mkdtempSync(nodepath.join(os.tmpdir(), "askonce-hostile-"));
  fs.cpSync(nodepath.join(tree, "plugins"), plugins, { recursive: true });
  // One program whose texts are all hostile: long strings of Lua, so that nothing in them needs escaping.
  const file = nodepath.join(plugins, "nyc/hdm/plugin.lua");
  const hostile = (text) => `[==[${text}]==]`;
  let lua = fs.readFileSync(file, "utf8");
  const put = (from, text) => {
    assert.ok(lua.includes(from), `the plugin has ${from}`);
    lua = lua.replace(from, () => text);
  };
  put("\"Meals brought to your home\"", hostile(`Meals ${probes[0]}`));
  put("\"NYC Aging\"", hostile(`Agency ${probes[1]}`));
  put("\"People of 60 and older who cannot make their own meals and have nobody to do it.\"", hostile(`Helps ${probes[4]}`));
  put("\"212-244-6469\"", hostile("212-244-6469<script>window.hit=1</script>"));
  put("\"is 60 or older\"", hostile(`Rule ${probes[1]}`));
  put("\"There is no income test.\"", hostile(`Note ${probes[0]}`));
  put("documents = {},", `documents = { document { ${hostile(`Paper ${probes[1]}`)}, cite = ${hostile(`Cite ${probes[0]}`)} } },`);
  put("\"Call Aging Connect, 212-244-6469. A case management agency comes and decides; you need no papers.\"", hostile(`Step ${probes[0]} ${probes[3]}`));
  put("\"give home care (not verified)\"", hostile(`Cannot ${probes[4]}`));
  fs.writeFileSync(file, lua);
  server = await startServer({ words: ["--plugins", plugins] });
  server.addUser("ada", "worker,supervisor,nurse,administrator", `Ada ${probes[0]}`);
  context = await newContext(server);
  page = await context.newPage();
  page.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") context.complaints.push(`dialog: ${dialog.message()}`);
    dialog.accept();
  });
  await signIn(page, "ada");
});
after(async () => {
  await closeAll();
  fs.rmSync(plugins, { recursive: true, force: true });
});

// Nothing of a probe became an element or an attribute, and none ran. Bidirectional controls stay in their own room.
async function clean(where) {
  const found = await page.evaluate(() => {
    const bad = [];
    if (window.hit) bad.push("it ran");
    for (const node of document.querySelectorAll("body img, body script:not([src]), body iframe, body object, [onerror], [onload], [onclick], base")) {
      bad.push(node.outerHTML.slice(0, 200));
    }
    for (const node of document.querySelectorAll("[href], [action], [src], [formaction]")) {
      for (const name of ["href", "action", "src", "formaction"]) {
        if (/^\s*(javascript|data|vbscript):/i.test(node.getAttribute(name) || "")) bad.push(node.outerHTML.slice(0, 200));
      }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (/[\u202A-\u202E\u2066-\u2069]/.test(text.data) && !text.parentElement.closest("bdi, [dir=auto]")) {
        bad.push(`a control of direction in the open: ${text.parentElement.outerHTML.slice(0, 200)}`);
      }
      if (text.data.includes("7006652")) bad.push(`counted: ${text.data}`);
    }
    return bad;
  });
  assert.deepEqual(found, [], where);
  assert.deepEqual(context.complaints, [], where);
}

test("a client's fields", async () => {
  for (const [index, probe] of probes.entries()) {
    const name = `Rosa ${probe}`;
    await page.goto(`/clients?name=${encodeURIComponent(name)}&phone=${encodeURIComponent(probe)}&dob.month=${encodeURIComponent(probe)}`);
    await clean(`search for ${probe}`);
    await page.goto(`/clients/new?name=${encodeURIComponent(name)}&phone=${encodeURIComponent(probe)}&dob=${encodeURIComponent(probe)}`);
    await clean("new client");
    assert.equal(await page.inputValue("#f-name"), name);
    for (const field of ["also_known_as", "phone", "address_zip"]) await page.fill(`[name=${field}]`, probe);
    await page.click("main form[action='/clients'] button[type=submit]");
    await page.waitForSelector("#error-summary");
    assert.equal(await page.inputValue("[name=phone]"), probe.slice(0, 40));
    await clean("errors of a new client");
    await page.fill("[name=phone]", "");
    await page.fill("[name=address_zip]", "10025");
    await page.click("main form[action='/clients'] button[type=submit]");
    await page.waitForURL(/\/clients(\/[0-9a-f-]{36}|$)/);
    if (page.url().endsWith("/clients")) { // may be the same as the one before
      await clean("perhaps the same");
      await page.click("main form[action='/clients'] button[type=submit]");
      await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
    }
    await clean("the client");
    assert.ok((await page.textContent("main")).includes(probe), `text ${index} is shown as it is`);
  }
});

test("every text field of an intake, then every page of the case", async () => {
  path = await startCase(page, { name: `Ola ${probes[1]} ${probes[5]}` });
  let typed = 0;
  for (let step = 0; step < 70; step++) {
    for (const button of await page.$$("#questions button[name=add]")) {
      await button.click().catch(() => {}); // a list: one entry of each
      await page.waitForTimeout(150);
    }
    const names = await page.$$eval("#questions input[type=text], #questions input:not([type]), #questions textarea", (list) =>
      list.filter((field) => field.getClientRects().length).map((field) => field.name));
    for (const name of names) {
      const probe = probes[typed++ % probes.length];
      await page.evaluate(([name, value]) => {
        const element = document.getElementsByName(name)[0];
        if (!element || element.closest("[inert]")) return; // another answer made the question go
        element.removeAttribute("maxlength"); // whoever is hostile does
        element.value = value;
        element.dispatchEvent(new Event("input", { bubbles: true }));
        element.dispatchEvent(new Event("change", { bubbles: true }));
      }, [name, probe]);
    }
    const next = await page.getAttribute("form[data-autosave]", "data-next");
    if (names.length) {
      await page.waitForTimeout(250);
      await clean(`typed on ${page.url()}`);
      await page.goto(page.url().replace(/#.*/, ""));
      await clean(`loaded ${page.url()}`);
    }
    if (next.endsWith("/check")) break;
    await page.goto(next);
  }
  assert.ok(typed > 20, `${typed} fields`);
  const kept = JSON.stringify(storedCase(server).body);
  assert.ok(kept.includes("onerror=window.hit=1"), "the store has the texts");
  for (const address of ["check", "results", "results/hdm", "print/client", "print/worker", "deciding", "merge", "changes"]) {
    await page.goto(`${path}/${address}`);
    await clean(address);
  }
  await page.goto("/work");
  await clean("work");
  assert.ok((await page.textContent("body")).includes("Ola \"'><img src=x onerror=window.hit=1>"));
  await page.goto("/work/team");
  await clean("team");
});

test("a plugin's texts", async () => {
  for (const address of ["/programs", "/programs/hdm", "/programs/hdm/sheet", "/programs?q=meals", "/admin/programs", "/admin", "/admin/users"]) {
    await page.goto(address);
    await clean(address);
  }
  await page.goto("/programs/hdm");
  const text = await page.textContent("main");
  for (const probe of [`Meals ${probes[0]}`, `Agency ${probes[1]}`]) assert.ok(text.includes(probe), `${probe} in ${text.slice(0, 400)}`);
  const mine = await startCase(page, { name: "Plain Name", dob: ["3", "2", "1940"] });
  await page.goto(`${mine}/sections/health`);
  await Promise.all([page.waitForResponse("**/answers?**"), page.check("[name=impairment_physical][value=reported]")]);
  await page.goto(`${mine}/sections/daily_life`);
  for (const [item, value] of [["informal_helper", "none"], ["iadl_meals", "cannot"], ["homebound", "true"], ["home_care_hours_week", "0"]]) {
    const typed = await page.locator(`input[type=text][name=${item}]`).count() > 0;
    await Promise.all([page.waitForResponse("**/answers?**"), typed ? page.fill(`[name=${item}]`, value) : page.check(`[name=${item}][value=${value}]`)]);
  }
  await clean("the panel");
  assert.ok((await page.textContent("#p-hdm")).includes(`Meals ${probes[0]}`));
  await keep(page, mine);
  await clean("results");
  assert.ok((await page.textContent("#program-hdm")).includes(`Step ${probes[0]}`), await page.textContent("#program-hdm"));
  for (const address of ["results/hdm", "print/client", "print/worker"]) {
    await page.goto(`${mine}/${address}`);
    await clean(address);
  }
});
