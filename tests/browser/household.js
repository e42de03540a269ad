// Takes an intake in a browser as a worker does: the answers of a household, as examples/*.json have them, are put into the fields of
// the pages, one section after another. Not a test itself.
"use strict";

const field = (name, value) => `[name=${JSON.stringify(name)}]` + (value === undefined ? "" : `[value=${JSON.stringify(String(value))}]`);

// Does something that the script saves, and waits until the server has said so and the page shows it.
async function saved(page, act) {
  const before = await page.locator("form[data-autosave]").getAttribute("data-version");
  await act();
  await page.waitForSelector(`form[data-autosave]:not([data-version="${before}"])`);
}

async function choose(page, name, value) {
  const input = page.locator(`input${field(name, value)}`).first();
  if (await input.isChecked()) return;
  // By its label or, in a grid, by the circle itself: either way what is clicked is the input.
  await saved(page, () => input.evaluate((one) => one.click()));
}

async function write(page, name, text) {
  const input = page.locator(field(name));
  if (await input.inputValue() === text) return;
  await saved(page, () => input.fill(text));
}

async function writeDate(page, name, day) {
  const [year, month, date] = day.split("-").map((part) => String(Number(part)));
  const parts = [[`${name}.month`, month], [`${name}.day`, date], [`${name}.year`, year]];
  const now = await Promise.all(parts.map(([part]) => page.inputValue(field(part))));
  if (parts.every(([, text], index) => text === now[index])) return;
  await saved(page, async () => {
    for (const [part, text] of parts) await page.fill(field(part), text);
  });
}

// One answer: true when the page has a field for it.
async function answer(page, name, value) {
  const has = async (selector) => await page.locator(selector).count() > 0;
  if (Array.isArray(value) && value.length && typeof value[0] === "object") {
    const add = `button[name="add"][value=${JSON.stringify(name)}]`;
    if (!await has(add) && !await has(field(`${name}.0.${Object.keys(value[0])[0]}`))) return false;
    for (const [index, entry] of value.entries()) {
      if (!await has(`[id="f-${name.replace(/[^\w-]/g, "-")}-${index}"]`)) await saved(page, () => page.click(add));
      for (const [key, one] of Object.entries(entry)) await answer(page, `${name}.${index}.${key}`, one);
    }
    return true;
  }
  if (Array.isArray(value)) {
    const list = await has(field(`${name}.state`, ":none"));
    const own = list ? `${name}.state` : name;
    const words = value.length ? value : [await has(field(own, ":none")) ? ":none" : "none"];
    if (!await has(field(own, words[0]))) return false;
    for (const word of words) await choose(page, own, word);
    return true;
  }
  if (await has(field(`${name}.month`))) {
    await writeDate(page, name, value);
  } else if (await has(`select${field(name)}`)) {
    const select = page.locator(`select${field(name)}`);
    if (await select.inputValue() !== String(value)) await saved(page, () => select.selectOption(String(value)));
  } else if (await has(`input[type="radio"]${field(name, value)}`)) {
    await choose(page, name, value);
  } else if (await has(`${field(name)}:not([type="radio"]):not([type="checkbox"])`)) {
    await write(page, name, typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value));
  } else {
    return false;
  }
  return true;
}

// All that this page asks of the household, also what is only asked because of an answer just given. left: answers not given yet; those
// that are given are taken out of it.
async function answerPage(page, left) {
  for (let found = true; found;) {
    found = false;
    const items = await page.locator("[data-item]").evaluateAll((list) => list.map((one) => one.dataset.item));
    for (const item of items) {
      // "If you only know totals" is closed.
      await page.locator(`[data-item="${item}"]`).evaluateAll((list) => list.forEach((one) => {
        if (one.closest("details")) one.closest("details").open = true;
      }));
      if (item in left && await answer(page, item, left[item])) {
        delete left[item];
        found = true;
      }
    }
  }
}

// From the first section to Check answers. Gives the answers that no page asked for.
async function takeIntake(page, answers) {
  const left = { ...answers };
  for (let i = 0; i < 60 && !/\/check$/.test(new URL(page.url()).pathname); i++) {
    await answerPage(page, left);
    const before = page.url();
    await page.click(".ask-bar .usa-button:not(.usa-button--outline)");
    await page.waitForURL((url) => url.href !== before);
  }
  return left;
}

// A new client by way of the search, and an empty intake. client: { name, dob, phone, zip, language }, and
// warned, which is called when somebody like them is there already. Gives the path of the case.
async function addClient(page, client) {
  await page.goto("/clients");
  await page.fill(field("name"), client.name);
  await page.press(field("name"), "Enter");
  await page.click(`a[href^="/clients/new"]`);
  if (client.dob) {
    const [year, month, day] = client.dob.split("-").map(Number);
    for (const [part, number] of [["month", month], ["day", day], ["year", year]]) await page.fill(field(`dob.${part}`), String(number));
  }
  if (client.phone) {
    await page.fill(field("phone"), client.phone);
    await page.check(field("phone_is_safe", "true"), { force: true });
  }
  if (client.language) await page.selectOption(`select${field("language")}`, client.language);
  if (client.zip) await page.fill(field("address_zip"), client.zip);
  const add = "main form[action='/clients'] button.usa-button";
  await page.click(add);
  // Somebody who may be the same person is there: it is another one.
  const warned = page.locator("#same");
  await page.waitForSelector("#same, main form[action$='/cases']");
  if (await warned.count() > 0) {
    if (client.warned) await client.warned();
    await page.click(add);
  }
  await page.waitForURL(/\/clients\/[0-9a-f-]{36}/);
  await page.click("main form[action$='/cases'] button");
  await page.waitForURL(/\/cases\//);
  return new URL(page.url()).pathname.match(/^\/cases\/[^/]+/)[0];
}

module.exports = { addClient, takeIntake, answerPage, saved };
