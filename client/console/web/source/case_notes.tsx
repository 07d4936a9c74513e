// Notes of three kinds, each with who reads it: colleagues, the client too, or the writer alone.
import { useState } from 'preact/hooks';

import type { PartProps } from './case_screen.tsx';
import type { PersonalNote } from './contract.ts';
import { useDraft } from './drafts.ts';
import { moment, t, type Key } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Area, Choose, Confirm, Form, Trouble } from './parts.tsx';

const kinds = ['internal', 'shared', 'personal'] as const;
type NoteKind = (typeof kinds)[number];

function deedOf(kind: NoteKind, subject: string, text: string): [string, Record<string, unknown>] {
  if (kind === 'shared') return ['record', { case: subject, kind: 'shared_note', fields: { text }, seen: 0 }];
  return [kind === 'internal' ? 'note' : 'note_for_me', { case: subject, text }];
}

function Personal({ note, again }: { note: PersonalNote; again: () => void }) {
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const remove = () => {
    setAsking(false);
    void deed.run('drop_note_for_me', { id: note.id }, 'note.dropped');
  };
  return (
    <li class="item">
      <p class="words" dir="auto">{note.text}</p>
      <p class="hint">{moment(note.hour)}</p>
      <Action kind="subtle" label={t('note.drop')} onPress={() => setAsking(true)} />
      <Trouble problem={deed.problem} />
      {asking ? <Confirm head={t('note.drop')} body={t('note.drop.body')} yes={t('note.drop')} onYes={remove} onNo={() => setAsking(false)} /> : null}
    </li>
  );
}

export function Notes({ file, again }: PartProps) {
  const subject = file.row.case;
  const [text, setText] = useDraft(`note ${subject}`);
  const [kind, setKind] = useState<NoteKind>('internal');
  const deed = useDeed(again);
  const keep = async () => {
    if (!text.trim()) return;
    const [name, more] = deedOf(kind, subject, text);
    const done = await deed.run(name, more, `note.done.${kind}` as Key);
    if (done) setText('');
  };
  return (
    <section class="composer note" aria-labelledby="note-head">
      <h2 id="note-head">{t('note.head')}</h2>
      <Form onSubmit={() => void keep()}>
        <Choose
          label={t('note.kind')} value={kind} onChange={(next) => setKind(next as NoteKind)}
          options={kinds.map((one) => ({ value: one, label: t(`note.kind.${one}` as Key) }))}
        />
        <Area label={t('note.text')} hint={t(`note.hint.${kind}` as Key)} value={text} onChange={setText} rows={3} required />
        <Trouble problem={deed.problem} />
        <Action submit label={t('note.save')} disabled={deed.busy} />
      </Form>
      {file.personal?.length ? (
        <>
          <h3>{t('note.personal.head')}</h3>
          <p class="hint">{t('note.hint.personal')}</p>
          <ul class="items">{file.personal.map((note) => <Personal key={note.id} note={note} again={again} />)}</ul>
        </>
      ) : null}
    </section>
  );
}
