// Changes on their way to the server: in order, one request at a time, each with an id of its own, so that one that is sent
// again (no reply came) counts once. Kept in memory only. It knows nothing of the page.

const waits = [1000, 2000, 4000, 8000, 15000];

/**
 * send(batch): a promise of what came of it: "done", "again" (no connection, the server is busy) or "sign-in".
 * changed(): after each step. `count` says how many changes wait, `failing` whether sending the first has failed.
 * A batch is { id, items: Map of item -> list of [name, value], button }: the last fields of each item. It is changed until it
 * is sent, and never after.
 */
export class Queue {
  constructor(send, changed) {
    this.send = send;
    this.changed = changed;
    this.batches = [];
    this.failures = 0;
    this.busy = false;
    this.held = false;
    this.waiters = [];
    addEventListener("online", () => this.now());
  }

  /** The fields of an item as they are now. button: [name, value] of a button pressed in it: nothing joins that batch. */
  add(item, pairs, button) {
    let last = this.batches[this.batches.length - 1];
    if (!last || last.sealed || button) {
      last = { id: crypto.randomUUID ? crypto.randomUUID() : uuid(), items: new Map(), sealed: false, button };
      this.batches.push(last);
    }
    last.items.set(item, pairs);
    if (button) last.sealed = true;
    this.now();
  }

  has(item) { return this.batches.some((batch) => batch.items.has(item)); }
  get count() { return this.batches.reduce((sum, batch) => sum + batch.items.size, 0); }
  get failing() { return this.failures > 0 || this.held; }
  get empty() { return this.batches.length === 0; }

  /** Goes on after a sign-in. */
  release() { this.held = false; this.now(); }

  /** Sends what waits, without waiting any longer. */
  now() {
    clearTimeout(this.timer);
    if (!this.busy && !this.held) this.pump();
  }

  async pump() {
    this.busy = true;
    while (this.batches.length && !this.held) {
      const batch = this.batches[0];
      batch.sealed = true;
      this.changed();
      const outcome = await this.send(batch);
      if (outcome === "done") {
        this.batches.shift();
        this.failures = 0;
      } else if (outcome === "sign-in") {
        this.held = true;
      } else {
        this.failures++;
        break;
      }
    }
    this.busy = false;
    this.changed();
    if (this.empty) this.waiters.splice(0).forEach((go) => go(true));
    else if (!this.held) this.timer = setTimeout(() => this.now(), waits[Math.min(this.failures, waits.length) - 1]);
  }

  /** A promise: true when nothing waits any more; false after so many milliseconds, if they are said. */
  drained(milliseconds) {
    if (this.empty) return Promise.resolve(true);
    return new Promise((resolve) => {
      this.waiters.push(resolve);
      if (milliseconds) setTimeout(() => resolve(this.empty), milliseconds);
    });
  }
}

// On plain http, other than localhost, browsers have no randomUUID.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
