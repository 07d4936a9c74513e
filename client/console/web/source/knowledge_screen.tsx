// What advice was given, kept for the next time somebody asks the same: the region's own notes, of no case.
import { useState } from 'preact/hooks';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import type { Item, Kind } from './contract.ts';
import { t } from './language.ts';
import { useLoad } from './load.ts';
import { Action, Await, Empty, Line, Screen } from './parts.tsx';
import { RecordForm } from './record_form.tsx';
import { ItemShown } from './record_items.tsx';
import { drafts, vocabulary } from './state.ts';

export const region_file = '0'.repeat(32); // the case that is none
const draftKey = 'knowledge';

// From a thread in which somebody asked for advice; the screen begins with it.
export function draftKnowledge(question: string, answer: string): void {
  drafts.set(draftKey, JSON.stringify({ question, answer }));
}

function takeDraft(): Record<string, string> | null {
  const kept = drafts.get(draftKey);
  drafts.delete(draftKey);
  return kept ? (JSON.parse(kept) as Record<string, string>) : null;
}

const wordsOf = (item: Item) => Object.values(item.fields).join(' ').toLowerCase();
const found = (items: readonly Item[], words: string) => {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => wanted.every((word) => wordsOf(item).includes(word)));
};

function Notes({ kind, again }: { kind: Kind; again: number }) {
  const loaded = useLoad(() => api.knowledge(), [again]);
  const [words, setWords] = useState('');
  return (
    <Await of={loaded}>
      {({ notes }) => {
        const shown = found(notes, words);
        return (
          <>
            {notes.length ? <Line type="search" label={t('knowledge.find')} value={words} onChange={setWords} /> : null}
            {notes.length ? <p role="status" class="total">{t('knowledge.total', { count: shown.length })}</p> : <Empty of="knowledge" />}
            <ul class="items">
              {shown.map((item) => <ItemShown key={item.item} kind={kind} item={item} subject={region_file} again={loaded.again} />)}
            </ul>
          </>
        );
      }}
    </Await>
  );
}

export function KnowledgeScreen() {
  const kind = useCell(vocabulary)?.kinds.find((one) => one.kind === 'knowledge');
  const [start, setStart] = useState(takeDraft);
  const [adding, setAdding] = useState(start !== null);
  const [turn, setTurn] = useState(0);
  const close = () => {
    setAdding(false);
    setStart(null);
    setTurn((n) => n + 1);
  };
  return (
    <Screen of="knowledge">
      {kind && adding ? (
        <section class="composer" aria-labelledby="knowledge-head">
          <h2 id="knowledge-head">{t('knowledge.add')}</h2>
          <p class="careful">{t('knowledge.careful')}</p>
          <RecordForm kind={kind} subject={region_file} {...(start ? { start } : {})} onDone={close} onCancel={close} />
        </section>
      ) : <Action kind="primary-action" label={t('knowledge.add')} onPress={() => setAdding(true)} />}
      {kind ? <Notes kind={kind} again={turn} /> : null}
    </Screen>
  );
}
