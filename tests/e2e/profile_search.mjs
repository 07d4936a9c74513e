// Looks for texts in what a browser has left on the disk: in every file of its profile byte by byte, and in whatever
// lies compressed in them (gzip, zlib, and the LZ4 of Firefox's session files).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { constants, inflateRawSync } from 'node:zlib';

const encodings = ['utf8', 'utf16le'];
// gzip as it travels over HTTP, without a name in its header, and zlib of each level. What follows a stream is no matter.
const beginnings = [
  { magic: Buffer.from([0x1f, 0x8b, 0x08, 0x00]), header: 10 },
  ...[0x01, 0x5e, 0x9c, 0xda].map((level) => ({ magic: Buffer.from([0x78, level]), header: 2 })),
];
const mozillaLz4 = Buffer.from('mozLz40\0');

// "file: text" for each that is found.
export function foundIn(folder, texts) {
  const wanted = texts.flatMap((text) => encodings.map((encoding) => ({ text, bytes: Buffer.from(text, encoding) })));
  const found = new Set();
  for (const path of filesOf(folder)) {
    for (const bytes of everythingIn(path)) {
      for (const one of wanted) {
        if (bytes.includes(one.bytes)) found.add(`${relative(folder, path)}: ${one.text}`);
      }
    }
  }
  return [...found].sort();
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

// The file itself, and each compressed stream that begins anywhere in it.
function* everythingIn(path) {
  if (!existsSync(path)) return; // a running browser took it away
  const file = readFileSync(path);
  yield file;
  if (file.subarray(0, 8).equals(mozillaLz4)) yield lz4(file.subarray(12), file.readUInt32LE(8));
  for (const { magic, header } of beginnings) {
    for (let at = file.indexOf(magic); at >= 0; at = file.indexOf(magic, at + 1)) {
      try {
        yield inflateRawSync(file.subarray(at + header), { finishFlush: constants.Z_SYNC_FLUSH });
      } catch {
        // Bytes that only look like a beginning.
      }
    }
  }
}

// One block: literals, then a copy of what came before, again and again.
function lz4(block, size) {
  const out = Buffer.alloc(size);
  let from = 0;
  let to = 0;
  const length = (nibble) => {
    let sum = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) more = block[from++];
    return sum;
  };
  while (from < block.length) {
    const token = block[from++];
    const literals = length(token >> 4);
    block.copy(out, to, from, from + literals);
    from += literals;
    to += literals;
    if (from >= block.length) break;
    const distance = block.readUInt16LE(from);
    from += 2;
    for (let left = length(token & 15) + 4; left > 0; left -= 1, to += 1) out[to] = out[to - distance];
  }
  return out;
}
