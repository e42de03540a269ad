// Peer of the workload W1: the rules of w1.mjs, plain JavaScript in Node.
//   node peer_js.mjs dump FILE | eval FILE ROUNDS | json FILE ROUNDS
import { run } from './measure.mjs';
import { assess } from './w1.mjs';

await run({ peer: 'js', assess }, process.argv.slice(2));
