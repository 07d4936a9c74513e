// One deed on all the cases that were chosen in the list. Each is an event of its own, so the server is asked in steps,
// and the screen says how far it is, what was left out and why, and takes it back when asked.
import { useRef, useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { useCell } from './cell.ts';
import type { ManyAnswer, ManyItem, Row } from './contract.ts';
import { spoken, t, type Key } from './language.ts';
import { entriesOf, labelIn } from './names.ts';
import { Action, Alert, Choose, Form, Trouble, type Option } from './parts.tsx';
import { refresh } from './session.ts';
import { say, vocabulary } from './state.ts';

const step = 10; // cases in one question to the server
const namedMost = 10; // of those that were left out

interface Left { name: string; why: string }
interface Outcome { what: string; done: number; undo: ManyItem[]; left: Left[]; stopped: string }
export interface Many {
  progress: { done: number; total: number } | null;
  outcome: Outcome | null;
  problem: Problem | null;
  run: (what: string, items: ManyItem[], names: Map<string, string>) => Promise<void>;
  stop: () => void;
  clear: () => void;
}

export function useMany(): Many {
  const [progress, setProgress] = useState<Many['progress']>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const stopped = useRef(false);
  const run: Many['run'] = async (what, items, names) => {
    if (progress || !items.length) return;
    stopped.current = false;
    setProblem(null);
    const all: Outcome = { what, done: 0, undo: [], left: [], stopped: '' };
    try {
      for (let from = 0; from < items.length && !stopped.current && !all.stopped; from += step) {
        setProgress({ done: from, total: items.length });
        const answer = await api.deed<ManyAnswer>('many', { do: what, items: items.slice(from, from + step) });
        take(all, answer, names);
      }
    } catch (thrown) {
      setProblem(thrown instanceof Problem ? thrown : new Problem(-1, ''));
    }
    setProgress(null);
    setOutcome(all);
    say(t('many.done', { count: all.done }));
    refresh().catch(() => undefined);
  };
  return { progress, outcome, problem, run, stop: () => { stopped.current = true; }, clear: () => setOutcome(null) };
}

function take(all: Outcome, answer: ManyAnswer, names: Map<string, string>): void {
  for (const one of answer.results) {
    if (one.problem !== undefined) all.left.push({ name: names.get(one.case) ?? one.case, why: spoken(one.problem, one.said) });
    else {
      all.done += 1;
      all.undo.push({ case: one.case, to: one.before ?? '' });
    }
  }
  all.stopped = answer.stopped ? spoken(answer.stopped.sentence, answer.stopped.said) : '';
}

const treatments = ['JUNK', 'MUTED', 'ADVICE', 'CASE'];

// What may be done with many, and to what each is set.
function useChoices(): { value: string; label: string; to: Option[] }[] {
  const words = useCell(vocabulary);
  const triage = words?.kinds.find((one) => one.kind === 'triage')?.fields.find((one) => one.name === 'as')?.choices ?? [];
  const named = (code: string) => labelIn(triage.find((one) => one.code === code)?.label, code);
  const colleagues = (words?.colleagues ?? []).filter((one) => one.role === 'coordinator').map((one) => ({ value: one.device, label: one.name }));
  const reasons = entriesOf('closing_reason').filter((one) => !one.requires?.length).map((one) => ({ value: one.code, label: labelIn(one.label, one.code) }));
  return [
    { value: 'triage', label: t('many.do.triage'), to: treatments.map((code) => ({ value: code, label: named(code) })) },
    { value: 'assign', label: t('many.do.assign'), to: [...colleagues, { value: '', label: t('case.nobody') }] },
    { value: 'close', label: t('many.do.close'), to: reasons },
  ];
}

function Progress({ many }: { many: Many }) {
  const { progress } = many;
  if (!progress) return null;
  return (
    <div class="row">
      <progress max={progress.total} value={progress.done} aria-label={t('many.running')} />
      <p role="status">{t('many.progress', { done: progress.done, total: progress.total })}</p>
      <Action label={t('many.stop')} onPress={many.stop} />
    </div>
  );
}

// What came of it stays until it is put away, because it can be taken back.
export function ManyOutcome({ many }: { many: Many }) {
  const { outcome } = many;
  if (many.problem && !outcome?.done) return <Trouble problem={many.problem} />;
  if (!outcome) return null;
  const back = () => void many.run(outcome.what, outcome.undo, new Map());
  return (
    <Alert mood={outcome.left.length || outcome.stopped || many.problem ? 'warning' : 'ok'} head={t('many.done', { count: outcome.done })}>
      {outcome.left.length ? (
        <>
          <p>{t('many.left', { count: outcome.left.length })}</p>
          <ul>{outcome.left.slice(0, namedMost).map((one) => <li key={one.name}>{one.name}: {one.why}</li>)}</ul>
        </>
      ) : null}
      {outcome.stopped ? <p>{outcome.stopped}</p> : null}
      <Trouble problem={many.problem} />
      <div class="row">
        {outcome.undo.length ? <Action label={t('many.undo')} onPress={back} /> : null}
        <Action kind="subtle" label={t('many.away')} onPress={many.clear} />
      </div>
    </Alert>
  );
}

export function ManyBar({ chosen, many, onDone }: { chosen: readonly Row[]; many: Many; onDone: () => void }) {
  const choices = useChoices();
  const [what, setWhat] = useState('triage');
  const [to, setTo] = useState('JUNK');
  const options = choices.find((one) => one.value === what)?.to ?? [];
  const choose = (next: string) => {
    setWhat(next);
    setTo(choices.find((one) => one.value === next)?.to[0]?.value ?? '');
  };
  const run = async () => {
    await many.run(what, chosen.map((row) => ({ case: row.case, to })), new Map(chosen.map((row) => [row.case, row.name])));
    onDone();
  };
  return (
    <section class="many" aria-label={t('many.label')}>
      <p role="status"><strong>{t('many.chosen', { count: chosen.length })}</strong></p>
      <Form onSubmit={() => void run()} label={t('many.label')}>
        <div class="filters">
          <Choose label={t('many.what')} value={what} onChange={choose} options={choices.map(({ value, label }) => ({ value, label }))} />
          <Choose label={t(`many.to.${what}` as Key)} value={to} onChange={setTo} options={options} />
          <Action kind="primary-action" submit label={t('many.run', { count: chosen.length })} disabled={many.progress !== null} />
          <Action kind="subtle" label={t('many.none')} onPress={onDone} />
        </div>
      </Form>
      <p class="hint">{t(`many.hint.${what}` as Key)}</p>
      <Progress many={many} />
    </section>
  );
}
