// Nothing jumps: answers that change the panel of programs move neither the question that one is in, nor those above it.
"use strict";
const assert = require("node:assert");
const { test, before, after } = require("node:test");
const { startServer, newContext, signIn, closeAll } = require("./support.js");
const { startCase, panelStatuses, saved } = require("./intake.js");

let server;
before(async () => {
  server = await startServer();
  server.addUser("ada", "worker,nurse", "Ada Park");
});
after(closeAll);

// Where the questions down to one are, by their items; the field that has the focus; the panel's lines.
const places = (page, item) => page.evaluate((item) => {
  const list = {};
  for (const block of document.querySelectorAll("#questions [data-item]")) {
    const box = block.getBoundingClientRect();
    list[block.dataset.item] = [box.left, box.top, box.width];
    if (block.dataset.item === item) break;
  }
  const box = document.activeElement.getBoundingClientRect();
  list["the focus"] = [box.left, box.top, box.width];
  for (const line of document.querySelectorAll("#panel [data-status]")) list[line.id] = [line.getBoundingClientRect().left, 0, line.getBoundingClientRect().width];
  return list;
}, item);

const answers = {
  person: [["marital_status", "widowed"], ["student_status", "full_time"], ["residence_zip", "10453"], ["student_status", "none"]],
  housing: [["living_situation", "rent_lease"], ["eviction_stage", "notice"], ["rent_monthly", "1450"], ["rent_arrears", "4350"],
    ["heat_paid_separately", "false"], ["living_situation", "street"], ["moves_12mo", "3"], ["living_situation", "rent_lease"]],
  daily_life: [["adl_bathing", "limited"], ["adl_walking", "supervision"], ["iadl_meds", "cannot"], ["homebound", "true"]],
};

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  test(`nothing jumps at ${width} pixels`, async () => {
    const context = await newContext(server, { viewport: { width, height }, reducedMotion: "no-preference" });
    const page = await context.newPage();
    // Every shift that the browser counts, also those that follow an input: those are what we do.
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          window.shifts.push({ value: entry.value, of: entry.sources.map((source) => source.node && source.node.nodeType === 1
            ? `${source.node.nodeName}#${source.node.id}.${source.node.className} ${Math.round(source.previousRect.top)} to ${Math.round(source.currentRect.top)}` : "") });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    await signIn(page, "ada");
    const path = await startCase(page, { name: `Rosa ${width}` });
    let news = 0;
    for (const [section, list] of Object.entries(answers)) {
      await page.goto(`${path}/sections/${section}`);
      for (const [item, value] of list) {
        const typed = await page.locator(`input[type=text][name="${item}"], input:not([type])[name="${item}"]`).count() > 0;
        const field = page.locator(typed ? `[name="${item}"]` : `[name="${item}"][value="${value}"]`);
        await field.scrollIntoViewIfNeeded();
        await field.focus();
        const before = await places(page, item);
        const panel = await panelStatuses(page);
        const shifts = await page.evaluate(() => window.shifts.length);
        await Promise.all([page.waitForResponse("**/answers?**"), typed ? field.fill(value) : field.check()]);
        await saved(page);
        await page.waitForTimeout(100); // the shifts are told of after they were painted
        const now = await places(page, item);
        for (const [what, place] of Object.entries(before)) {
          assert.ok(now[what], `${what} is gone`);
          place.forEach((number, index) => assert.ok(what === "the focus" && index !== 1 || Math.abs(number - now[what][index]) <= 1,
            `${item}=${value}: ${what} was at ${place}, is at ${now[what]}`));
        }
        const moved = await page.evaluate((from) => window.shifts.slice(from).filter((shift) => shift.of.some((one) => one.includes("ask-p"))), shifts);
        assert.deepEqual(moved.filter((shift) => shift.value > 0.001), [], `${item}=${value}: nothing moves in the panel`);
        if (JSON.stringify(panel) !== JSON.stringify(await panelStatuses(page))) news++;
      }
    }
    assert.ok(news >= 4, `the panel changed ${news} times`);
    await context.close();
  });
}
