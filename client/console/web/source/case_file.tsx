// The record: a section for every kind that the vocabulary has, and the codes that the figures count by.
import { useState } from 'preact/hooks';

import type { PartProps } from './case_screen.tsx';
import { useCell } from './cell.ts';
import type { Kind } from './contract.ts';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { labelIn, nameOfKind } from './names.ts';
import { Action, Choose, Form, Line, Tick, Trouble } from './parts.tsx';
import { RecordItems } from './record_items.tsx';
import { vocabulary } from './state.ts';

// Who the client is stands in a part of its own; closing too.
export const isIdentity = (kind: Kind) => kind.on_request === true;
export const isClosing = (kind: Kind) => kind.fields.some((field) => field.scheme === 'closing_reason' || field.scheme === 'closing_condition');
export const isOfFile = (kind: Kind) => !isIdentity(kind) && !isClosing(kind) && !kind.by_deed;

function Coding({ file, again }: PartProps) {
  const dimensions = useCell(vocabulary)?.dimensions;
  const [codes, setCodes] = useState(file.codes);
  const [refused, setRefused] = useState(file.statistics_refused ?? false);
  const deed = useDeed(again);
  const put = (name: string) => (code: string) => setCodes((before) => ({ ...before, [name]: code }));
  return (
    <Form onSubmit={() => void deed.run('code', { case: file.row.case, codes, statistics_refused: refused }, 'file.saved')}>
      <div class="filters wrap">
        {dimensions?.map((one) => (
          <Choose
            key={one.name} label={labelIn(one.label, one.name)} value={codes[one.name] ?? ''} onChange={put(one.name)}
            options={one.choices.map((choice) => ({ value: choice.code, label: labelIn(choice.label, choice.code) }))} none={t('form.choose')}
          />
        )) ?? Object.keys(codes).map((name) => <Line key={name} label={name} value={codes[name] ?? ''} onChange={put(name)} />)}
      </div>
      <Tick label={t('coding.refused')} on={refused} onChange={setRefused} />
      <Trouble problem={deed.problem} />
      <Action submit label={t('coding.save')} disabled={deed.busy} />
    </Form>
  );
}

export function FilePart({ file, again }: PartProps) {
  const kinds = (useCell(vocabulary)?.kinds ?? []).filter(isOfFile);
  const waits = (kind: Kind) => (file.record[kind.kind] ?? []).some((item) => item.conflict.length);
  return (
    <>
      {kinds.map((kind) => (
        <details key={kind.kind} class="kind" open={(file.record[kind.kind] ?? []).length > 0}>
          <summary>
            <h2>{nameOfKind(kind)}</h2>
            <span class="hint">{t('file.count', { count: (file.record[kind.kind] ?? []).length })}</span>
            {waits(kind) ? <span class="badge badge-conflict">{t('badge.conflict')}</span> : null}
          </summary>
          <RecordItems kind={kind} items={file.record[kind.kind] ?? []} subject={file.row.case} again={again} />
        </details>
      ))}
      <details class="kind">
        <summary><h2>{t('coding.head')}</h2></summary>
        <p class="hint">{t('coding.hint')}</p>
        <Coding file={file} again={again} />
      </details>
    </>
  );
}
