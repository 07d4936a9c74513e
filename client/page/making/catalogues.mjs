// The catalogues: en.json is the reference; every other has the same keys with the same names in braces.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const reference = 'en';

export function readCatalogues(folder, languages) {
  const problems = [];
  const wanted = languages.includes(reference) ? languages : [...languages, reference];
  const all = {};
  for (const language of wanted) {
    const path = join(folder, `${language}.json`);
    if (existsSync(path)) all[language] = JSON.parse(readFileSync(path, 'utf8'));
    else problems.push(`${language}: no such catalogue`);
  }
  for (const language of Object.keys(all)) {
    if (language !== reference) problems.push(...differences(all[reference], all[language]).map((one) => `${language}: ${one}`));
  }
  if (problems.length) throw new Error(`catalogues differ from ${reference}.json:\n  ${problems.join('\n  ')}`);
  // In the order of the list, and each in the reference's order of keys: the same bytes every time.
  return Object.fromEntries(languages.map((language) => [language,
    Object.fromEntries(Object.keys(all[reference]).map((key) => [key, all[language][key]]))]));
}

const slots = (text) => [...new Set(text.match(/\{[a-z_]+\}/g) ?? [])].sort().join(' ');

export function differences(wanted, given) {
  const found = [];
  for (const [key, text] of Object.entries(wanted)) {
    if (typeof given[key] !== 'string') found.push(`lacks ${key}`);
    else if (!given[key].trim() && text.trim()) found.push(`${key} is empty`);
    else if (slots(text) !== slots(given[key])) found.push(`${key} has other names in braces than ${slots(text) || 'none'}`);
  }
  for (const key of Object.keys(given)) if (!(key in wanted)) found.push(`${key} is unknown`);
  return found;
}
