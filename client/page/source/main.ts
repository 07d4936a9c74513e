// The page that is delivered: its screens over the protocol core, which lies in the document.

import { startPage } from './page.ts';
import { makeVisit } from './visit.ts';

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

function bytesOf(id: string): Uint8Array {
  return Uint8Array.from(atob(textOf(id)), (sign) => sign.charCodeAt(0));
}

void makeVisit({
  pin: bytesOf('page-pin'),
  core: bytesOf('page-core'),
  words: { en: textOf('page-words-en'), nl: textOf('page-words-nl') },
  worker: textOf('page-worker'),
}).then(startPage);
