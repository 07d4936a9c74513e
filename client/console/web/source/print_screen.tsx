// A case on paper: everything but who the client is.
import { api } from './api.ts';
import { isIdentity } from './case_file.tsx';
import { Story } from './case_story.tsx';
import { useCell } from './cell.ts';
import type { CaseFile, Kind } from './contract.ts';
import { moment, named, t } from './language.ts';
import { useLoad } from './load.ts';
import { labelIn, nameOfKind, nameOfPartner, nameOfPhase, nameOfPurpose, nameOfShared, valueInWords } from './names.ts';
import { Action, Await, Facts, Screen } from './parts.tsx';
import { go } from './router.ts';
import { state, vocabulary } from './state.ts';

function OnPaper({ kind, file }: { kind: Kind; file: CaseFile }) {
  const items = (file.record[kind.kind] ?? []).filter((item) => !item.fields['removed']);
  if (!items.length) return null;
  return (
    <section>
      <h2>{nameOfKind(kind)}</h2>
      {items.map((item) => (
        <div key={item.item} class="item">
          {item.conflict.length ? <p><strong>{t('conflict.head')}</strong></p> : null}
          {[item, ...item.conflict].map((one) => (
            <div key={one.position}>
              <Facts of={kind.fields.map((field) => [labelIn(field.label, field.name), valueInWords(field, one.fields[field.name])] as const)} />
              <p class="hint">{t('file.written', { by: one.by, when: moment(one.hour) })}</p>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}

function Paper({ file }: { file: CaseFile }) {
  const kinds = (useCell(vocabulary)?.kinds ?? []).filter((kind) => !isIdentity(kind));
  const now = useCell(state);
  const { row } = file;
  return (
    <>
      <Facts of={[
        [t('print.made'), `${moment(new Date().toISOString())}, ${now?.device.name ?? ''}`],
        [t('case.state'), named('state', row.state)],
        [t('case.assigned'), row.assigned?.name ?? t('case.nobody')],
        [t('case.phases'), row.phases.map(nameOfPhase).join(', ')],
        [t('case.opened'), moment(row.opened)],
      ]} />
      {kinds.map((kind) => <OnPaper key={kind.kind} kind={kind} file={file} />)}
      {file.consents.length ? (
        <section>
          <h2>{t('part.consents')}</h2>
          <ul>
            {file.consents.map((one) => (
              <li key={one.number}>
                {t('consent.line', { purpose: nameOfPurpose(one.purpose), recipient: nameOfPartner(one.recipient) })}:{' '}
                {one.stands ? named('choice', one.stands) : t('consent.unanswered')} ({one.fields.map(nameOfShared).join('; ')})
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section>
        <h2>{t('part.thread')}</h2>
        <Story file={file} />
      </section>
    </>
  );
}

export function PrintScreen({ id }: { id: string }) {
  const loaded = useLoad(() => api.case(id), [id]);
  return (
    <Screen of="print" {...(loaded.value ? { head: t('case.head', { name: loaded.value.row.name }) } : {})}>
      <div class="row unprinted">
        <Action kind="primary-action" label={t('print.print')} onPress={() => window.print()} />
        <Action label={t('print.back')} onPress={() => go({ screen: 'case', case: id, part: 'thread' })} />
      </div>
      <Await of={loaded}>{(file) => <Paper file={file} />}</Await>
    </Screen>
  );
}
