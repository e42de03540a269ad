// Peer of the workload W1: GoRules ZEN through its Node package, in three ways to model the same rules, and its floor.
//   node peer_zen.mjs VARIANT dump FILE | VARIANT eval FILE ROUNDS | VARIANT json FILE ROUNDS
//   VARIANT   expression  one expression node a program
//             table       expression nodes, and a decision table that collects the reasons
//             function    one function node that runs w1.mjs
//             floor       input node to output node, no rule: what the call alone costs (eval only)
import { installed, listed, run } from './measure.mjs';
import { expressionGraph, floorGraph, functionGraph, tableGraph } from './zen_graphs.mjs';

const GRAPHS = { expression: expressionGraph, table: tableGraph, function: functionGraph, floor: floorGraph };
const [variant, ...rest] = process.argv.slice(2);
if (!GRAPHS[variant]) {
  console.error('peer_zen.mjs expression|table|function|floor  dump FILE | eval FILE ROUNDS | json FILE ROUNDS');
  process.exit(2);
}
const { ZenDecisionContent, ZenEngine } = installed('@gorules/zen-engine');
const decision = new ZenEngine().createDecision(new ZenDecisionContent(Buffer.from(JSON.stringify(GRAPHS[variant]()))));

// Every reply says how long the engine itself took, without the way to and from JavaScript.
const own = [];
const UNITS = { s: 1e6, ms: 1e3, 'µs': 1, us: 1, ns: 1e-3 };
function microseconds(text) {
  const [, number, unit] = /^([\d.]+)\s*(\D+)$/.exec(text) ?? [];
  return Number(number) * UNITS[unit];
}
function median(numbers) {
  return numbers.sort((a, b) => a - b)[numbers.length >> 1];
}

async function assess(answers) {
  const reply = await decision.evaluate(answers);
  own.push(reply.performance);
  return variant === 'floor' ? { results: [] } : listed(reply.result);
}

await run({ peer: 'zen-' + variant, assess, later: true, most: 2000,
  more: () => ({ engine_us: median(own.map(microseconds)) }) }, rest);
