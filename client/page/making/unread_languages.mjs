// Which languages of a page nobody who grew up with them has read: the build says so to the operator, the page does not
// say so to a visitor (UX R7).
import { readFileSync } from 'node:fs';

const list = new URL('../languages.json', import.meta.url);

export function unreadLanguages(languages) {
  const { read } = JSON.parse(readFileSync(list, 'utf8'));
  return languages.filter((language) => read[language] !== true);
}

// One line for the operator; empty when every language was read.
export function warningOfUnread(languages) {
  const unread = unreadLanguages(languages);
  if (unread.length === 0) return '';
  return `No native speaker has read the texts in: ${unread.join(', ')}. Leave them out with --page-languages, or have them read first.`;
}
