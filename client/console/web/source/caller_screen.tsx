// A report for somebody who calls and has no internet: what they say, then the code for them, then it is sent.
import { useState } from 'preact/hooks';

import type { CallerCode } from './contract.ts';
import { nameOfLanguage, t } from './language.ts';
import { useDeed } from './load.ts';
import { entriesOf, labelIn, nameOfScheme } from './names.ts';
import { Action, Alert, Area, Choose, Form, Screen, Ticks, Trouble } from './parts.tsx';

const languages = ['nl', 'en', 'ro', 'pl', 'bg', 'hu', 'vi', 'fr', 'ar'];
const kinds = ['REQUEST', 'SIGNAL', 'ADVICE'];
// One answer each, then those with several.
const single = ['reporter', 'urgency', 'age_class', 'municipality'] as const;
const several = ['exploitation_form', 'need'] as const;

const optionsOf = (scheme: string, codes?: readonly string[]) => entriesOf(scheme)
  .filter((one) => !codes || codes.includes(one.code)).map((one) => ({ value: one.code, label: labelIn(one.label, one.code) }));

interface Told { kind: string; language: string; words: string; text: string; one: Record<string, string>; many: Record<string, string[]> }
const nothing: Told = { kind: 'REQUEST', language: 'nl', words: 'nl', text: '', one: {}, many: {} };

function wishOf(told: Told): Record<string, unknown> {
  const { reporter, ...one } = told.one;
  const answers = { ...Object.fromEntries(Object.entries(one).filter(([, code]) => code).map(([scheme, code]) => [scheme, [code]])),
    ...Object.fromEntries(Object.entries(told.many).filter(([, codes]) => codes.length)) };
  return { kind: told.kind, language: told.language, words: told.words, text: told.text, answers, ...(reporter ? { reporter } : {}) };
}

function Telling({ told, setTold, onDone }: { told: Told; setTold: (told: Told) => void; onDone: (code: CallerCode) => void }) {
  const deed = useDeed();
  const prepare = async () => {
    const code = await deed.ask<CallerCode>('prepare_caller_report', wishOf(told));
    if (code) onDone(code);
  };
  return (
    <Form onSubmit={() => void prepare()}>
      <div class="filters wrap">
        <Choose label={nameOfScheme('report_kind')} value={told.kind} onChange={(kind) => setTold({ ...told, kind })} options={optionsOf('report_kind', kinds)} />
        <Choose
          label={t('caller.language')} hint={t('caller.language.hint')} value={told.language} onChange={(language) => setTold({ ...told, language })}
          options={languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))}
        />
        <Choose
          label={t('caller.words')} hint={t('caller.words.hint')} value={told.words} onChange={(words) => setTold({ ...told, words })}
          options={['nl', 'en'].map((one) => ({ value: one, label: nameOfLanguage(one) }))}
        />
      </div>
      <Area label={t('caller.text')} hint={t('caller.text.hint')} value={told.text} onChange={(text) => setTold({ ...told, text })} rows={7} required />
      <div class="filters wrap">
        {single.map((scheme) => (
          <Choose
            key={scheme} label={nameOfScheme(scheme)} value={told.one[scheme] ?? ''} none={t('caller.not_said')} options={optionsOf(scheme)}
            onChange={(code) => setTold({ ...told, one: { ...told.one, [scheme]: code } })}
          />
        ))}
      </div>
      {several.map((scheme) => (
        <details key={scheme}>
          <summary>{nameOfScheme(scheme)}</summary>
          <Ticks
            legend={nameOfScheme(scheme)} options={optionsOf(scheme)} chosen={told.many[scheme] ?? []}
            onChange={(codes) => setTold({ ...told, many: { ...told.many, [scheme]: codes } })}
          />
        </details>
      ))}
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" submit label={t('caller.prepare')} disabled={deed.busy} />
      <p class="hint">{t('caller.prepare.hint')}</p>
    </Form>
  );
}

function CodeShown({ code }: { code: CallerCode }) {
  return (
    <section class="preview code-shown" aria-labelledby="code-head">
      <h2 id="code-head">{t('caller.code')}</h2>
      <ol class="code-words">{code.words.split(' ').map((word, i) => <li key={i}>{word}</li>)}</ol>
      <p>{t('caller.digits')}</p>
      <p class="code-digits">{code.digits}</p>
      <p>{t('caller.code.what')}</p>
    </section>
  );
}

function Sending({ code, onSent, onBack }: { code: CallerCode; onSent: () => void; onBack: () => void }) {
  const deed = useDeed(onSent);
  return (
    <>
      <CodeShown code={code} />
      <Trouble problem={deed.problem} />
      <div class="row unprinted">
        <Action kind="primary-action" label={t('caller.send')} disabled={deed.busy} onPress={() => void deed.run('send_caller_report', { ticket: code.ticket }, 'caller.sent')} />
        <Action label={t('caller.print')} onPress={() => window.print()} />
        <Action kind="subtle" label={t('caller.back')} onPress={onBack} />
      </div>
      <p class="hint unprinted">{t('caller.send.hint')}</p>
    </>
  );
}

// `code`: shown until the person goes on; then it is nowhere.
export function CallerScreen() {
  const [told, setTold] = useState<Told>(nothing);
  const [code, setCode] = useState<CallerCode | null>(null);
  const [sent, setSent] = useState(false);
  const anew = () => {
    setTold(nothing);
    setCode(null);
    setSent(false);
  };
  return (
    <Screen of="caller">
      {!code ? <Telling told={told} setTold={setTold} onDone={setCode} /> : sent ? (
        <>
          <Alert mood="ok" head={t('caller.sent')}><p>{t('caller.sent.next')}</p></Alert>
          <CodeShown code={code} />
          <div class="row unprinted">
            <Action label={t('caller.print')} onPress={() => window.print()} />
            <Action kind="primary-action" label={t('caller.forget')} onPress={anew} />
          </div>
        </>
      ) : <Sending code={code} onSent={() => setSent(true)} onBack={() => setCode(null)} />}
    </Screen>
  );
}
