// Words in everything that this device may read.
import { useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import type { Hit } from './contract.ts';
import { named, t } from './language.ts';
import { Action, CaseWay, Empty, Form, Line, Screen, Trouble } from './parts.tsx';
import { stayAt } from './router.ts';

// The words that were looked for stand out in the excerpt, as text.
function Excerpt({ text, words }: { text: string; words: string }) {
  const wanted = words.toLowerCase().split(/\s+/).filter((word) => word.length > 1);
  const escaped = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (!escaped.length) return <p class="words" dir="auto">{text}</p>;
  const pieces = text.split(new RegExp(`(${escaped.join('|')})`, 'gi'));
  return <p class="words" dir="auto">{pieces.map((piece, i) => (i % 2 ? <mark key={i}>{piece}</mark> : piece))}</p>;
}

export function SearchScreen({ find }: { find: string }) {
  const [words, setWords] = useState(find);
  const [asked, setAsked] = useState('');
  const [hits, setHits] = useState<Hit[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const look = async () => {
    if (!words.trim()) return;
    setProblem(null);
    stayAt({ screen: 'search', find: words });
    try {
      setHits((await api.search(words)).hits);
      setAsked(words);
    } catch (thrown) {
      setProblem(thrown instanceof Problem ? thrown : new Problem(-1, ''));
    }
  };
  return (
    <Screen of="search">
      <Form onSubmit={() => void look()} label={t('nav.search')}>
        <Line type="search" label={t('search.words')} hint={t('search.hint')} value={words} onChange={setWords} takesFocus required />
        <Action kind="primary-action" submit label={t('search.look')} />
      </Form>
      <Trouble problem={problem} again={() => void look()} />
      <p role="status" class="total">{hits ? t('search.found', { count: hits.length }) : ''}</p>
      {hits && !hits.length ? <Empty of="search" /> : null}
      <ul class="items">
        {(hits ?? []).map((hit, i) => (
          <li key={i} class="item">
            <p><CaseWay id={hit.case} name={hit.name} /> <span class="hint">{named('where', hit.where)}</span></p>
            <Excerpt text={hit.excerpt} words={asked} />
          </li>
        ))}
      </ul>
    </Screen>
  );
}
