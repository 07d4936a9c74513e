// What the build has put into the document for the core: pin, WebAssembly, word lists and the worker's script.

import type { VisitOptions } from './visit.ts';

function textOf(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}

function bytesOf(id: string): Uint8Array {
  return Uint8Array.from(atob(textOf(id)), (sign) => sign.charCodeAt(0));
}

export function partsOfDocument(): VisitOptions {
  return {
    pin: bytesOf('page-pin'),
    core: bytesOf('page-core'),
    words: { en: textOf('page-words-en'), nl: textOf('page-words-nl') },
    worker: textOf('page-worker'),
  };
}
