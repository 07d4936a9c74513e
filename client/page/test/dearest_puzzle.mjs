// dearest_puzzle.mjs CORE_BUNDLE CORE_WASM: how long the dearest puzzle takes in the page's core, under node: the time of one
// try, the median of nine batches, times the number of tries that it takes on average. Prints one line as bench.sh does.
import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import './web_crypto.mjs';

const tries = 64;
const header = readFileSync(new URL('../../../crypto/puzzle.h', import.meta.url), 'utf8');
const effort = Number(/effort_max = (\d+);/.exec(header)[1]);

const { Core } = await import(pathToFileURL(argv[2]));
const core = await Core.open(await WebAssembly.compile(readFileSync(argv[3])));
const times = [];
for (let round = 0; times.length < 9; ++round) {
  const errand = new Uint8Array(97).fill(round);
  errand[0] = effort;
  const began = performance.now();
  // A batch that was lucky ended early.
  if (!core.solve(errand, 0, tries)) times.push((performance.now() - began) / tries);
}
const value = Math.round(times.sort((a, b) => a - b)[4] * 2 ** effort);
console.log(JSON.stringify({ name: 'puzzle_ms', value, unit: 'ms', limit: 1500, ratio: Number((value / 1500).toFixed(3)) }));
