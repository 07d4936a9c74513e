// What a daemon has on its disk: the rows of its database, read from a backup that it makes itself while it runs, and the
// bytes of all its files.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './browser.mjs';

const programs = process.env.MELDPUNT_PROGRAMS ?? join(root, 'build/dev/bin');
const slot = 5; // crypto/wire/messages.h, MailboxKind

// Each row: kind, name and bytes in hexadecimal.
function rowsOf(region, kind) {
  const folder = mkdtempSync(join(region.place, 'backup-'));
  const backup = join(folder, 'backup.sqlite');
  execFileSync(join(programs, 'meldpuntd'), ['--data', join(region.place, 'data'), '--backup', backup], { stdio: 'pipe' });
  const told = execFileSync('sqlite3', ['-readonly', '-json', backup,
    `SELECT hex(name) AS name, position, hex(bytes) AS bytes FROM item WHERE kind = ${kind}`], { encoding: 'utf8', maxBuffer: 1 << 28 });
  rmSync(folder, { recursive: true });
  return told ? JSON.parse(told) : [];
}

// The keys of cases, wrapped. One that was erased has no bytes.
export const slotsOf = (region) => rowsOf(region, slot);

export function everyFile(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile()).map((entry) => join(entry.path ?? entry.parentPath, entry.name));
}
