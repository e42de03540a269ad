// Measuring, for the peers that run in Node: command line, rounds and the JSON line of measure.h.
// Not here: what is measured.
import { createRequire } from 'node:module';
import { readFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROUND_MICROSECONDS = 500_000;
const build = process.env.BENCH_BUILD ?? fileURLToPath(new URL('../../build/bench', import.meta.url));
const programs = ['snap', 'aps', 'hcsp'];

// The packages live in the build folder, which setup.sh fills, never beside the sources.
export function installed(name) {
  try {
    return createRequire(build + '/npm/')(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    console.error(`${name} is not installed in ${build}/npm: run bench/w1/setup.sh`);
    process.exit(3);
  }
}

const canonical = ({ results }) => results
  .map((r) => `${r.program}:${r.status}:${r.score}:${r.reasons.join(',')}`).join(';') + '\n';
const checksum = ({ results }) => results.reduce((sum, r) => sum + r.score + r.reasons.length, 0);

function readLines(file, most) {
  const lines = readFileSync(file, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.length > most ? lines.slice(0, most) : lines;
}

async function dump(assess, file) {
  const lines = readLines(file, Infinity);
  for (let i = 0; i < lines.length; i += 1000) {
    let text = '';
    for (const line of lines.slice(i, i + 1000)) text += canonical(await assess(JSON.parse(line)));
    for (let bytes = Buffer.from(text); bytes.length;) bytes = bytes.subarray(writeSync(1, bytes));
  }
}

// A peer that answers at once is never awaited: that would cost it a turn of the event loop a household.
const passes = {
  evalNow: (assess, households) => () => {
    let sum = 0;
    for (const household of households) sum += checksum(assess(household));
    return sum;
  },
  evalLater: (assess, households) => async () => {
    let sum = 0;
    for (const household of households) sum += checksum(await assess(household));
    return sum;
  },
  jsonNow: (assess, lines) => () => {
    let sum = 0;
    for (const line of lines) sum += JSON.stringify(assess(JSON.parse(line))).length;
    return sum;
  },
  jsonLater: (assess, lines) => async () => {
    let sum = 0;
    for (const line of lines) sum += JSON.stringify(await assess(JSON.parse(line))).length;
    return sum;
  },
};

async function rounds(pass, n, count) {
  const result = { us_per_household: [], wall_us_per_household: [] };
  // Two passes at least, and half a second, so that the compiler of V8 has done its work.
  const warm = performance.now();
  do result.checksum = await pass(); while (performance.now() - warm < ROUND_MICROSECONDS / 1000);
  for (let round = 0; round < count; round++) {
    const cpu = process.cpuUsage(), wall = performance.now();
    let households = 0, used = 0;
    do {
      if (await pass() !== result.checksum) throw new Error('two passes gave different results');
      households += n;
      const now = process.cpuUsage(cpu);
      used = now.user + now.system;
    } while (used < ROUND_MICROSECONDS);
    result.us_per_household.push(used / households);
    result.wall_us_per_household.push((performance.now() - wall) * 1000 / households);
  }
  return result;
}

// assess(answers) returns {results: [{program, status, score, reasons}, ...]}, or a promise of it when `later`.
// At most `most` households make a pass of a slow peer. `more()` may add figures of the peer's own to the line.
export async function run({ peer, assess, later = false, most = Infinity, more = () => ({}) }, [mode, file, count]) {
  if (mode === 'dump' && file) {
    await dump(assess, file);
  } else if ((mode === 'eval' || mode === 'json') && Number(count) > 0) {
    const lines = readLines(file, most);
    const input = mode === 'eval' ? lines.map((line) => JSON.parse(line)) : lines;
    const pass = passes[mode + (later ? 'Later' : 'Now')](assess, input);
    const { checksum, ...times } = await rounds(pass, lines.length, Number(count));
    console.log(JSON.stringify({ peer, mode: mode === 'eval' ? 'E' : 'J', n: lines.length, ...times,
      rss_mb: Math.round(process.resourceUsage().maxRSS / 102.4) / 10, checksum, ...more() }));
  } else {
    console.error('dump FILE | eval FILE ROUNDS | json FILE ROUNDS');
    process.exit(2);
  }
  process.exit(0); // an engine's worker threads would keep the process alive
}

// {snap: {...}, aps: {...}, hcsp: {...}} to the list that `run` expects
export const listed = (byProgram) => ({ results: programs.map((program) => {
  const { status, score, reasons } = byProgram[program];
  return { program, status, score, reasons };
}) });
