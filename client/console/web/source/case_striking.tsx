// Taking lines out of a case for good: which ones, what stands there instead, and why. A second person decides too.
import { useState } from 'preact/hooks';

import { Struck } from './case_erased.tsx';
import type { PartProps } from './case_screen.tsx';
import { headOf } from './case_story.tsx';
import { useCell } from './cell.ts';
import type { CaseFile, Item, StoryEntry } from './contract.ts';
import { moment, t } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfKind } from './names.ts';
import { Action, Area, Confirm, Form, Tick, Trouble } from './parts.tsx';
import { vocabulary } from './state.ts';

// needs: a text has to stand instead, because the rest of the thread rests on it. may: one can.
// name: how a proposal names it; a photo is 118/1, the first thing that line 118 encloses.
interface Line { name: string; thread: string; label: string; text: string; instead: 'needs' | 'may' | 'never' }

const isText = (entry: StoryEntry) => Boolean(entry.text || entry.text_module);

function lineOf(file: CaseFile, entry: StoryEntry): Line {
  const instead = entry.what === 'note' ? 'may' : 'needs';
  return {
    name: String(entry.position), thread: entry.case ?? file.row.case, instead, text: entry.text || entry.text_module || '',
    label: t('striking.line', { what: headOf(entry), when: moment(entry.hour) }),
  };
}

const photosOf = (file: CaseFile, entry: StoryEntry): Line[] => (entry.enclosed ?? []).flatMap((one, i) => (one.kind === 'image' ? [{
  name: `${entry.position}/${i + 1}`, thread: entry.case ?? file.row.case, instead: 'never' as const, text: '',
  label: t('striking.line', { what: t('thread.image', { kib: Math.ceil(one.bytes / 1024) }), when: moment(entry.hour) }),
}] : []));

// goesNever: who opened an identity, who confirmed what.
function linesInFile(file: CaseFile, nameOf: (kind: string) => string, goesNever: (kind: string) => boolean): Line[] {
  const of = (kind: string, items: Item[]) => items.map((item): Line => ({
    name: String(item.position), thread: item.case ?? file.row.case, instead: 'never', text: '',
    label: t('striking.line', { what: nameOf(kind), when: moment(item.hour) }),
  }));
  return Object.entries(file.record).flatMap(([kind, items]) => (goesNever(kind) ? [] : of(kind, items)));
}

export function Striking({ file, again }: PartProps) {
  const kinds = useCell(vocabulary)?.kinds ?? [];
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [reason, setReason] = useState('');
  const [lacks, setLacks] = useState(false);
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const nameOf = (kind: string) => {
    const known = kinds.find((one) => one.kind === kind);
    return known ? nameOfKind(known) : kind;
  };
  const told = file.story.filter((entry) => ['report', 'reply', 'note'].includes(entry.what) && isText(entry))
    .map((entry) => lineOf(file, entry));
  const photos = file.story.flatMap((entry) => photosOf(file, entry));
  const lines = [...told, ...photos, ...linesInFile(file, nameOf, (kind) => Boolean(kinds.find((one) => one.kind === kind)?.by_deed))];
  const choose = (line: Line, on: boolean) => {
    const { [line.name]: _, ...rest } = chosen;
    setChosen(on ? { ...rest, [line.name]: line.instead === 'needs' ? t('striking.left_out') : '' } : rest);
  };
  const ask = () => {
    const bare = lines.some((line) => line.instead === 'needs' && chosen[line.name]?.trim() === '');
    const lacking = !reason.trim() || !Object.keys(chosen).length || bare;
    setLacks(lacking);
    setAsking(!lacking);
  };
  // Each thread of a merged case has a key of its own, and so a proposal of its own.
  const propose = async () => {
    setAsking(false);
    const named = lines.filter((line) => line.name in chosen);
    for (const thread of new Set(named.map((line) => line.thread))) {
      const strikes = Object.fromEntries(named.filter((line) => line.thread === thread).map((line) => [line.name, chosen[line.name]]));
      if (!(await deed.run('propose_striking', { case: thread, reason, strikes }, 'striking.proposed'))) return;
    }
    setChosen({});
    setReason('');
  };
  return (
    <section aria-labelledby="striking-head">
      <h2 id="striking-head">{t('striking.head')}</h2>
      <p>{t('striking.what')}</p>
      {file.struck ? <Struck erasure={file.struck} /> : null}
      <details>
        <summary>{t('striking.choose')}</summary>
        <Form onSubmit={ask}>
          <ul class="items">
            {lines.map((line) => (
              <li key={line.name}>
                <Tick label={line.label} on={line.name in chosen} onChange={(on) => choose(line, on)} />
                {line.text ? <p class="hint words" dir="auto">{line.text.slice(0, 160)}</p> : null}
                {line.name in chosen && line.instead !== 'never' ? (
                  <Area
                    label={t(line.instead === 'needs' ? 'striking.instead' : 'striking.instead.may')} rows={2}
                    value={chosen[line.name] ?? ''} onChange={(text) => setChosen({ ...chosen, [line.name]: text })}
                  />
                ) : null}
              </li>
            ))}
          </ul>
          <Area label={t('striking.reason')} value={reason} onChange={setReason} rows={2} required />
          {lacks ? <p class="careful" role="alert">{t('striking.lacks')}</p> : null}
          <Trouble problem={deed.problem} />
          <Action kind="danger" submit label={t('striking.propose')} disabled={deed.busy} />
        </Form>
      </details>
      {asking ? (
        <Confirm head={t('striking.confirm', { name: file.row.name })} body={t('striking.what')} yes={t('striking.propose')} onYes={() => void propose()} onNo={() => setAsking(false)} />
      ) : null}
    </section>
  );
}
