// Pages around the intake, one after another, each loaded once and made narrower: no violation for axe-core (at two widths), nothing wider
// than the screen, no error of script, nothing from another site, and small enough.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, signedIn, axe, widthOver, closeAll } = require("./support.js");

const pages = ["/account", "/account/password", "/programs", "/programs?q=nothing+has+this", "/programs/snap", "/programs/aps/sheet",
  "/admin", "/admin/programs", "/admin/users", "/admin/users/new", "/admin/keys", "/no/such/page"];
let server;

before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,supervisor,nurse,administrator", "Ada Park");
});
after(closeAll);

test("the first page is smaller than 100 kB, all told", async () => {
  const context = await newContext(server);
  const page = await context.newPage();
  let bytes = 0;
  page.on("response", async (response) => { bytes += (await response.body().catch(() => "")).length; });
  await page.goto("/", { waitUntil: "networkidle" });
  assert.ok(bytes > 5000 && bytes < 100000, `${bytes} bytes`);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(context.complaints, []);
  await context.close();
});

test("every page, from 1440 pixels to 320", async () => {
  const page = await signedIn(server, "ada");
  for (const path of pages) {
    await page.setViewportSize({ width: 1440, height: 1000 });
    await page.goto(path);
    assert.equal(await page.locator("h1").count(), 1, `${path}: one h1`);
    for (const [width, height] of [[1440, 1000], [1024, 768], [390, 844], [320, 640]]) {
      await page.setViewportSize({ width, height });
      assert.equal(await widthOver(page), 0, `${path} is wider than ${width} pixels`);
      if (width === 1440 || width === 390) assert.deepEqual(await axe(page), [], `${path} at ${width} pixels`);
    }
  }
  assert.deepEqual(page.context().complaints, []);
  await page.context().close();
});
