// A partner's screen: what a region asks of this organisation, and the answer to it.
import { useState } from 'preact/hooks';

import { Announced } from './announced.tsx';
import { api } from './api.ts';
import type { InboxItem } from './contract.ts';
import { EscalationFacts, SaidSoFar } from './escalation_facts.tsx';
import { day, moment, named, t } from './language.ts';
import { useDeed, useLoad } from './load.ts';
import { nameOfPurpose } from './names.ts';
import { Action, Alert, Area, Await, Confirm, Empty, Form, Screen, Trouble, Way } from './parts.tsx';
import { go } from './router.ts';

// What may follow; `more` adds a text to what was said.
const next: Record<string, string[]> = {
  received: ['accepted', 'refused'], accepted: ['done', 'more'], refused: ['more'], done: ['more'], withdrawn: ['more'], lapsed: [],
};
const needsText = ['refused', 'more'];
const ended = ['withdrawn', 'lapsed'];
const nameOf = (item: InboxItem) => t('inbox.line', { name: item.name ?? '', purpose: nameOfPurpose(item.purpose) });

function Answer({ item, again }: { item: InboxItem; again: () => void }) {
  const [text, setText] = useState('');
  const [lacks, setLacks] = useState(false);
  const deed = useDeed(again);
  const may = next[item.state] ?? [];
  if (!may.length) return null;
  const say = async (answer: string) => {
    const lacking = needsText.includes(answer) && !text.trim();
    setLacks(lacking);
    if (!lacking && (await deed.run('inbox_answer', { id: item.escalation, answer, text }, 'inbox.answered'))) setText('');
  };
  return (
    <section class="unprinted" aria-labelledby="answer-head">
      <h2 id="answer-head">{t('inbox.answer')}</h2>
      <Form onSubmit={() => undefined}>
        <Area label={t('inbox.text')} hint={t('inbox.text.hint')} value={text} onChange={setText} rows={3} />
        {lacks ? <p class="careful" role="alert">{t('inbox.text.lacks')}</p> : null}
        <Trouble problem={deed.problem} />
        <div class="row">
          {may.map((answer, i) => (
            <Action
              key={answer} kind={i ? 'secondary-action' : 'primary-action'} label={t(`inbox.say.${answer}` as 'inbox.say.done')}
              onPress={() => void say(answer)} disabled={deed.busy}
            />
          ))}
        </div>
      </Form>
    </section>
  );
}

// Nothing is printed before the coordinators are told; what waits for the server is told later.
function Print({ item, again }: { item: InboxItem; again: () => void }) {
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const print = async () => {
    setAsking(false);
    if (await deed.run('inbox_answer', { id: item.escalation, answer: 'printed', text: '' }, 'inbox.printed.said')) window.print();
  };
  return (
    <>
      <Action kind="subtle" label={t('print.print')} onPress={() => setAsking(true)} disabled={deed.busy} class="print-way" />
      <Trouble problem={deed.problem} />
      {asking ? <Confirm head={t('inbox.print.head')} body={t('inbox.print.body')} yes={t('print.print')} onYes={() => void print()} onNo={() => setAsking(false)} /> : null}
    </>
  );
}

function Withdrawn({ of }: { of: { hour: string; text: string } }) {
  return (
    <Alert mood="warning" head={t('inbox.withdrawn')}>
      <p>{moment(of.hour)}</p>
      {of.text ? <p class="words" dir="auto">{of.text}</p> : null}
      <p>{t('inbox.withdrawn.next')}</p>
    </Alert>
  );
}

// What stands over one: why it may be read, or why no longer.
function Standing({ item }: { item: InboxItem }) {
  const basis = item.basis ?? {};
  return (
    <>
      {item.withdrawal ? <Withdrawn of={item.withdrawal} /> : null}
      {item.state === 'lapsed' ? <Alert mood="warning" head={t('inbox.lapsed')}><p>{t('inbox.lapsed.next')}</p></Alert> : null}
      {basis['review_by'] ? <Alert mood="warning" head={t('inbox.in_haste')}><p>{t('inbox.in_haste.what')}</p></Alert> : null}
      {basis['legal_ground'] && !basis['review_by'] ? <Alert mood="info" head={t('inbox.without')}><p>{t('inbox.without.what')}</p></Alert> : null}
    </>
  );
}

function Opened({ item, again }: { item: InboxItem; again: () => void }) {
  return (
    <>
      <div class="row unprinted">
        <Action label={t('inbox.back')} onPress={() => go({ screen: 'inbox', id: '' })} />
        {ended.includes(item.state) ? null : <Print item={item} again={again} />}
      </div>
      <p><strong>{named('escalation_state', item.state)}</strong></p>
      {item.waits ? <p>{t('inbox.lapses', { when: day(item.valid_until ?? '') })}</p> : null}
      {item.printed ? <p class="hint">{t('inbox.printed', { count: item.printed })}</p> : null}
      <Standing item={item} />
      <EscalationFacts of={item as InboxItem & Record<string, unknown>} heading="h2" />
      <section>
        <h2>{t('inbox.said')}</h2>
        <SaidSoFar of={item.answers ?? []} />
      </section>
      <Answer key={item.state} item={item} again={again} />
    </>
  );
}

function Line({ item }: { item: InboxItem }) {
  return (
    <li class="item">
      <h2><Way label={nameOf(item)} onPress={() => go({ screen: 'inbox', id: item.escalation })} /></h2>
      <p><strong>{item.waits ? t('inbox.unanswered') : named('escalation_state', item.state)}</strong></p>
      {item.waits ? <p>{t('inbox.answer_by', { when: day(item.answer_by ?? '') })} {t('inbox.lapses', { when: day(item.valid_until ?? '') })}</p> : null}
      <p class="hint">{t('inbox.from', { name: item.sender ?? '', when: moment(item.hour ?? '') })}</p>
    </li>
  );
}

export function InboxScreen({ id }: { id: string }) {
  const loaded = useLoad(() => api.inbox(), []);
  const sync = useDeed(loaded.again);
  const opened = loaded.value?.items.find((item) => item.escalation === id);
  if (opened) return <Screen of="inbox" head={t('inbox.head', { name: opened.name ?? '' })}><Opened item={opened} again={loaded.again} /></Screen>;
  return (
    <Screen of="inbox">
      <Announced />
      <div class="row"><Action label={sync.busy ? t('start.syncing') : t('start.sync')} onPress={() => void sync.run('sync', {}, 'start.synced')} disabled={sync.busy} /></div>
      <Trouble problem={sync.problem} />
      <Await of={loaded}>
        {({ items }) => (items.length ? <ul class="items">{items.map((item) => <Line key={item.escalation} item={item} />)}</ul> : <Empty of="inbox" />)}
      </Await>
    </Screen>
  );
}
