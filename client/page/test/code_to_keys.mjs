// code_to_keys.mjs CORE_BUNDLE CORE_WASM: how long a code's keys take in the page's core, under node. Prints one line as
// bench.sh does: the median of seven, each in an instance of its own, against the budget of half a second.
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import './web_crypto.mjs';

const { Core } = await import(pathToFileURL(argv[2]));
const module = await WebAssembly.compile(readFileSync(argv[3]));
const errand = new Uint8Array(44);
errand.fill(3, 0, 12); // a code with a right checksum, in a region of zeros

const times = [];
for (let round = 0; round < 7; ++round) {
  const began = performance.now();
  (await Core.open(module)).derive(errand);
  times.push(performance.now() - began);
}
const value = Math.round(times.sort((a, b) => a - b)[3]);
console.log(JSON.stringify({ name: 'code_to_keys_ms', value, unit: 'ms', limit: 500, ratio: value / 500 }));
