// run.mjs PROGRAM.wasm [ARGUMENT...]: runs a wasm32-wasi command under node's WASI and exits with its code.
// The one folder it may read is FOLDER of the option --folder=FOLDER, seen by the program under the same name.
import { readFileSync } from 'node:fs';
import { argv, exit } from 'node:process';
import { WASI } from 'node:wasi';

const words = argv.slice(2);
const option = words.find((word) => word.startsWith('--folder='));
const [program, ...rest] = words.filter((word) => word !== option);
const folder = option?.slice('--folder='.length);

const wasi = new WASI({
  version: 'preview1',
  args: [program, ...rest],
  preopens: folder ? { [folder]: folder } : {},
  returnOnExit: true,
});
// Called straight from WebAssembly, node 20's functions crash after memory has grown (the object is collected while
// the program still calls it). Through a function of JavaScript they do not.
const imports = Object.fromEntries(
  Object.entries(wasi.wasiImport).map(([name, call]) => [name, (...words) => call(...words)]),
);
const module = new WebAssembly.Module(readFileSync(program));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
const code = wasi.start(instance);
exit(code);
