// The region file (docs/page.md). What is empty is dropped here, so that no screen can show it; an
// unknown field is an error, so that a misspelt telephone number is not silently lost.
import { readFileSync } from 'node:fs';

const localised = 'localised';
const contact = { label: localised, number: 'text', lines: 'texts', hours: localised };
const fields = {
  name: 'text', title: 'text', exitUrl: 'url', publicUrl: 'url', onionUrl: 'url', clientUrl: 'url',
  readers: localised, answerTime: localised, telephones: contact, addresses: contact, theme: 'text',
};

export function readRegion(path) {
  return readObject(JSON.parse(readFileSync(path, 'utf8')), fields, 'region');
}

// What a reader of this page will miss.
export function emptyFields(region) {
  return Object.keys(fields).filter((name) => region[name] === undefined && name !== 'theme' && name !== 'title');
}

function readObject(object, kinds, where) {
  const read = {};
  for (const [name, value] of Object.entries(object)) {
    const kind = kinds[name];
    if (!kind) throw new Error(`${where}: unknown field ${name}`);
    const kept = typeof kind === 'object' ? readList(value, kind, `${where}.${name}`) : readValue(value, kind, `${where}.${name}`);
    if (kept !== undefined) read[name] = kept;
  }
  return read;
}

function readList(list, kinds, where) {
  if (!Array.isArray(list)) throw new Error(`${where} is no list`);
  // A contact with a label and hours, but neither number nor address, reaches nobody.
  const read = list.map((item) => readObject(item, kinds, where)).filter((item) => item.number || item.lines);
  return read.length ? read : undefined;
}

function readValue(value, kind, where) {
  if (kind === 'texts') {
    if (!Array.isArray(value)) throw new Error(`${where} is no list`);
    const lines = value.filter((line) => String(line).trim());
    return lines.length ? lines : undefined;
  }
  if (kind === localised && typeof value === 'object') {
    const kept = Object.entries(value).filter(([, text]) => text.trim());
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  if (typeof value !== 'string') throw new Error(`${where} is no text`);
  if (!value.trim()) return undefined;
  if (kind === 'url' && !/^https?:\/\//.test(value)) throw new Error(`${where} is no web address`);
  return value;
}
