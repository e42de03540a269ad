// The pictures of scripts/screenshots: who is there, what is asked of them, and which pages are looked at. Arguments: the folder for the
// pictures, and the names of those that are wanted (all).
"use strict";
const { startServer, newContext, signIn, closeAll, tree } = require("../../tests/browser/support.js");
const { addClient, takeIntake, answerPage, saved } = require("../../tests/browser/household.js");

const [folder, ...wanted] = process.argv.slice(2);
const answersOf = (name) => require(`${tree}/examples/${name}.json`).answers;
const wide = { width: 1440, height: 900 };
const medium = { width: 1024, height: 768 };
const phone = { width: 390, height: 844 };

// The nurse's part is asked by the nurse.
async function asNurse(server, path, answers) {
  const context = await newContext(server);
  const page = await context.newPage();
  await signIn(page, "noor");
  await page.goto(path);
  await answerPage(page, { ...answers });
  await page.click(".ask-bar .usa-button:not(.usa-button--outline)");
  await page.waitForLoadState();
  await context.close();
}

async function main() {
  // Without a clock of its own the pictures would have another day each time, and the rules of that day.
  const server = await startServer({ environment: { TZ: "America/New_York", LD_PRELOAD: process.env.CLOCK_LIBRARY,
    FAKETIME: "@2026-11-23 10:30:00", FAKETIME_DONT_FAKE_MONOTONIC: "1" } });
  server.addUser("ada", "worker,supervisor", "Ada Park");
  server.addUser("luis", "worker", "Luis Ortega");
  server.addUser("noor", "nurse", "Noor Haddad");
  server.addUser("grace", "administrator", "Grace Kim");
  const contexts = {};
  // A page of one person in a window of one size; language: the person's for now.
  async function pageOf(name, size = medium) {
    const key = `${name} ${size.width}`;
    if (!contexts[key]) {
      contexts[key] = await newContext(server, { viewport: size, reducedMotion: "reduce" });
      const first = await contexts[key].newPage();
      await signIn(first, name);
      return first;
    }
    return contexts[key].pages()[0];
  }
  async function speak(page, tag) {
    if (await page.getAttribute("html", "lang") === tag) return;
    await page.click(`.ask-languages button[value="${tag}"]`);
    await page.waitForSelector(`html[lang="${tag}"]`);
  }
  // What stands in the window; whole: the whole page; of: one element.
  async function picture(name, page, options = {}) {
    if (wanted.length && !wanted.includes(name)) return;
    await page.mouse.move(0, 0);
    const target = options.of ? page.locator(options.of) : page;
    await target.screenshot({ path: `${folder}/${name}.png`, fullPage: options.whole, animations: "disabled", caret: "hide" });
  }

  // ---- people who were here before ----------------------------------------------------------------------------------------------
  const luis = await pageOf("luis");
  await addClient(luis, { name: "Rosa Delgado Vega", dob: "1979-10-12", phone: "718-555-0177" });
  await addClient(luis, { name: "Rose Delgado", dob: "1944-03-21" });
  const ada = await pageOf("ada", wide);
  const family = answersOf("family-in-shelter");
  const shelter = await addClient(ada, { name: "Keisha Brown", dob: family.dob, phone: "347-555-0119", zip: family.residence_zip });
  await takeIntake(ada, family);
  await ada.click("form[action$='/submit'] button");
  await addClient(ada, { name: "Wei Chen", dob: "1951-07-08" });

  // ---- the intake ---------------------------------------------------------------------------------------------------------------
  const rosa = answersOf("eviction-at-82");
  const path = await addClient(ada, { name: "Rosa Delgado", dob: rosa.dob, phone: "212-555-0142", zip: rosa.residence_zip, language: "es" });
  const finding = await pageOf("ada", medium);
  await finding.goto("/clients?name=Rosa+Delgdo");
  await picture("find", finding);
  await finding.goto(`${path}/deciding`);
  await picture("deciding", finding);
  await ada.goto(path);
  const nurse_part = await takeIntake(ada, rosa);
  await ada.goto(`${path}/sections/housing`);
  await picture("intake", ada);
  const narrow = await pageOf("ada", phone);
  await speak(narrow, "es");
  await narrow.goto(`${path}/sections/housing`);
  await narrow.evaluate(() => document.querySelector("#q-rent_monthly").scrollIntoView({ block: "center" }));
  await picture("intake-phone-es", narrow);
  await finding.click("nav#sections li:last-child a");
  await picture("private", finding);
  await asNurse(server, `${path}/sections/nursing`, nurse_part);

  // Without a connection.
  const cut = await pageOf("luis", medium);
  await cut.goto(`${path}/sections/income`);
  await cut.context().setOffline(true);
  await cut.fill("[name=liquid_assets]", "950");
  await cut.waitForSelector("#saved[data-state=waiting]");
  await picture("not-saved", cut, { of: ".ask-bar" });
  // Meanwhile somebody else answers the same question.
  await ada.goto(`${path}/sections/income`);
  await saved(ada, () => ada.fill("[name=liquid_assets]", "900.50"));
  await cut.context().setOffline(false);
  await cut.waitForSelector("#notice a");
  await cut.click("#notice a");
  await picture("merge", cut);
  await cut.click("main form button");
  await ada.goto(`${path}/sections/income`);
  await saved(ada, () => ada.fill("[name=liquid_assets]", "900"));

  // ---- check, results, why, print ---------------------------------------------------------------------------------------------------
  await finding.goto(`${path}/check`);
  await picture("check", finding);
  await finding.click("form[action$='/submit'] button");
  await ada.goto(`${path}/results`);
  await picture("results", ada);
  await finding.goto(`${path}/results/snap`);
  await picture("why", finding);
  const paper = await pageOf("ada", { width: 820, height: 1060 });
  await paper.goto(`${path}/print/client`);
  await picture("print-choices", paper);
  await paper.emulateMedia({ media: "print" });
  await paper.evaluate(() => { document.querySelector(".ask-paper").style.padding = "2rem"; }); // the margin of the paper
  await picture("print-es", paper, { of: ".ask-paper" });

  // ---- later ------------------------------------------------------------------------------------------------------------------------------
  await finding.goto(`${shelter}/results`);
  await finding.click("form[action$='/reassess'] button");
  await finding.waitForURL((url) => !url.pathname.startsWith(shelter));
  const again = new URL(finding.url()).pathname.match(/^\/cases\/[^/]+/)[0];
  await finding.goto(`${again}/sections/housing`);
  await answerPage(finding, { living_situation: "doubled_up" });
  await finding.goto(`${again}/changes`);
  await picture("changes", finding);
  await finding.goto("/work");
  await picture("work", finding);
  const admin = await pageOf("grace");
  await admin.goto("/admin/users");
  await picture("people", admin);
  await closeAll();
}

main().catch(async (error) => {
  console.error(error);
  await closeAll();
  process.exit(1);
});
