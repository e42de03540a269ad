// The servers in Node that askonce's server is measured beside: W1's rules behind POST /v1/screenings.
//   node peer.mjs js | zen | express-jre PORT
//     js           node's http and the rules as plain JavaScript (../w1/w1.mjs)
//     zen          node's http and GoRules ZEN, expression nodes (../w1/zen_graphs.mjs)
//     express-jre  express and json-rules-engine (../w1/jre_rules.mjs)
// Each takes the very body that askonce takes, {"as_of", "answers": {...}}, and answers {"results": [{program, status, score, reasons}]}.
// None checks answers, knows keys, or explains: see the README. The packages live in the build folder, which setup.sh fills.
import http from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { jreAssess } from '../w1/jre_rules.mjs';
import { assess as plain } from '../w1/w1.mjs';
import { expressionGraph } from '../w1/zen_graphs.mjs';

const build = process.env.BENCH_BUILD ?? fileURLToPath(new URL('../../build/bench', import.meta.url));
const installed = createRequire(build + '/http/npm/');
const programs = ['snap', 'aps', 'hcsp'];

function send(response, result) {
  const text = JSON.stringify(result);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
// Null means unanswered; W1's rules know that as a key that is not there.
function given(answers) {
  for (const item in answers) if (answers[item] === null) delete answers[item];
  return answers;
}
function bare(assess) {
  return http.createServer((request, response) => {
    const blocks = [];
    request.on('data', (block) => blocks.push(block));
    request.on('end', () => assess(JSON.parse(Buffer.concat(blocks)).answers, (result) => send(response, result)));
  });
}

const SERVERS = {
  js: () => bare((answers, reply) => reply(plain(answers))),
  zen: () => {
    const { ZenDecisionContent, ZenEngine } = installed('@gorules/zen-engine');
    const decision = new ZenEngine().createDecision(new ZenDecisionContent(Buffer.from(JSON.stringify(expressionGraph()))));
    return bare(async (answers, reply) => {
      const { result } = await decision.evaluate(answers);
      reply({ results: programs.map((program) => ({ program, ...result[program] })) });
    });
  },
  'express-jre': () => {
    const express = installed('express');
    const assess = jreAssess(installed('json-rules-engine').Engine);
    const app = express();
    app.use(express.json());
    app.post('/v1/screenings', async (request, response) => response.json(await assess(given(request.body.answers))));
    return http.createServer(app);
  },
};

const [name, port] = process.argv.slice(2);
if (!SERVERS[name] || !(Number(port) > 0)) {
  console.error('peer.mjs js|zen|express-jre PORT');
  process.exit(2);
}
SERVERS[name]().listen(Number(port), '127.0.0.1');
