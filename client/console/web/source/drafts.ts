// What is written stays when the person looks at another part, until it is sent or the console locks.
import { useState } from 'preact/hooks';

import { drafts } from './state.ts';

export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(drafts.get(key) ?? '');
  return [text, (next) => {
    if (next) drafts.set(key, next);
    else drafts.delete(key);
    setText(next);
  }];
}
