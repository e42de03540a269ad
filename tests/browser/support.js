// What the tests in a browser share: a server of its own, people with accounts, a browser, axe. Not a test itself.
"use strict";
const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { chromium } = require("playwright-core");

const tree = process.env.SOURCE_DIR || path.resolve(__dirname, "../..");
const askonce = process.env.ASKONCE || path.join(tree, "build/release/askonce");
const password = "correct horse battery 9";
const slow = process.env.SANITIZE ? 4 : 1;

// Servers and browsers of this file, ended with it.
const open = [];
async function closeAll() {
  for (const close of open.splice(0).reverse()) await close();
}

// A running `askonce serve` with the app: { url, data, addUser, stop, start, log }. options.words: more words of the command.
async function startServer(options = {}) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "askonce-browser-"));
  const server = { data, port: 0 };
  server.start = () => new Promise((resolve, reject) => {
    const log = fs.openSync(path.join(data, "log"), "a");
    const child = spawn(askonce, ["serve", "--port", String(server.port), "--data", data, ...(options.words || [])],
      { env: { ...process.env, ASKONCE_DATA: tree, ...options.environment }, stdio: ["ignore", "pipe", log] });
    fs.closeSync(log);
    let said = "";
    server.child = child;
    child.stdout.on("data", (part) => {
      said += part;
      const found = said.match(/http:\/\/127\.0\.0\.1:(\d+)/);
      if (found) {
        server.port = Number(found[1]);
        server.url = `http://localhost:${server.port}`;
        resolve();
      }
    });
    child.on("exit", (code) => reject(new Error(`askonce serve ended with ${code}: ${server.log().slice(-2000)}`)));
  });
  server.log = () => fs.readFileSync(path.join(data, "log"), "utf8");
  server.stop = () => new Promise((resolve) => {
    if (server.child.exitCode !== null) return resolve();
    server.child.removeAllListeners("exit");
    server.child.on("exit", resolve);
    server.child.kill("SIGTERM");
  });
  server.addUser = (name, roles, fullName) => {
    const made = spawnSync(askonce, ["user", "add", name, "--role", roles, "--full-name", fullName || name, "--password-file", "-",
      "--data", data], { input: password, env: { ...process.env, ASKONCE_DATA: tree, ...options.environment } });
    if (made.status !== 0) throw new Error(String(made.stderr));
  };
  await server.start();
  open.push(async () => {
    await server.stop();
    fs.rmSync(data, { recursive: true, force: true });
  });
  return server;
}

let browser;
// A fresh browser profile; options as playwright's newContext. Every page fails the test on an error of script, on a request to
// another site, and on anything that the Content-Security-Policy refused.
async function newContext(server, options = {}) {
  if (!browser) {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium-headless-shell",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--no-first-run", "--font-render-hinting=none"] });
    open.push(async () => {
      await browser.close();
      browser = undefined;
    });
  }
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 1000 }, ...options });
  context.setDefaultTimeout(10000 * slow);
  context.complaints = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => context.complaints.push(`script: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && /Content Security Policy|Uncaught/.test(message.text())) {
        context.complaints.push(`console: ${message.text()}`);
      }
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(server.url) && !/^(about|blob|chrome-error|data):/.test(request.url())) {
        context.complaints.push(`another site: ${request.url()}`);
      }
    });
  });
  return context;
}

async function signIn(page, name) {
  await page.goto("/sign-in");
  await page.fill("#f-name", name);
  await page.fill("#f-password", password);
  await page.click("main button");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

// A page in a profile of its own, of somebody who is signed in: by the form the first time, by the same session after that.
async function signedIn(server, name, options = {}) {
  server.sessions ||= {};
  const context = await newContext(server, { ...options, storageState: server.sessions[name] });
  const page = await context.newPage();
  if (!server.sessions[name]) {
    await signIn(page, name);
    server.sessions[name] = await context.storageState();
  }
  return page;
}

// What axe-core finds wrong with the page: [] when it is nothing. WCAG 2.0 to 2.2, A and AA, and its best practices. but: parts that it
// leaves out, as selectors.
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
async function axe(page, but = []) {
  // In a window as tall as the page: a bar that stays in sight covers nothing of it, which axe would take for a small target.
  const size = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height > size.height) await page.setViewportSize({ width: size.width, height });
  // The page's policy takes no foreign script, so it is evaluated rather than added.
  if (!await page.evaluate(() => Boolean(window.axe))) await page.evaluate(axeSource);
  const found = await page.evaluate((but) => window.axe.run({ exclude: but.filter((one) => document.querySelector(one)).map((one) => [one]) },
    { resultTypes: ["violations"], runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] } }), but);
  if (height > size.height) await page.setViewportSize(size);
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) =>
    node.target.join(" ") + " " + node.html.slice(0, 160)).join(" | ")}`);
}

// Nothing stands out of a page of this width.
async function widthOver(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

module.exports = { startServer, newContext, signIn, signedIn, axe, widthOver, closeAll, password, tree, askonce, slow };
