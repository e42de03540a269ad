// Peer of the workload W1: json-rules-engine with the rules of jre_rules.mjs.
//   node peer_jre.mjs dump FILE | eval FILE ROUNDS | json FILE ROUNDS
import { jreAssess } from './jre_rules.mjs';
import { installed, run } from './measure.mjs';

const { Engine } = installed('json-rules-engine');

await run({ peer: 'json-rules-engine', assess: jreAssess(Engine), later: true, most: 2000 }, process.argv.slice(2));
