// The conversation as it stands in the journal: what the reporter wrote, what was answered, what is missing in between.
import type { ComponentChildren } from 'preact';

import { reporterOf, threadOf } from './case_reporters.tsx';
import type { CaseFile, Enclosure, StoryEntry } from './contract.ts';
import { moment, named, nameOfLanguage, t } from './language.ts';
import { nameOfCode, nameOfPartner, nameOfPurpose, nameOfScheme, nameOfShared } from './names.ts';
import { Photo } from './photo.tsx';
import { vocabulary } from './state.ts';

export const Words = ({ text, lang }: { text: string | undefined; lang?: string | undefined }) =>
  (text ? <p class="words" lang={lang} dir="auto">{text}</p> : null);

export function moduleIn(id: string, language: string): string {
  const texts = vocabulary.value?.modules.find((one) => one.id === id)?.texts ?? {};
  return texts[language] ?? texts[language.split('-')[0] ?? ''] ?? texts['en'] ?? id;
}

// The language of her newest report that says one.
export function languageOf(story: readonly StoryEntry[]): string {
  return [...story].reverse().find((entry) => entry.what === 'report' && entry.language)?.language ?? 'nl';
}

// What a program adds, and no scheme has: that a coordinator typed it for somebody who called.
const entered = 'entered';

function Answers({ answers }: { answers: Record<string, string[]> }) {
  const known = Object.entries(answers).filter(([question]) => question !== entered);
  if (!known.length) return null;
  return (
    <dl class="facts">
      {known.map(([question, codes]) => (
        <div key={question}>
          <dt>{nameOfScheme(question)}</dt>
          <dd>{codes.map((code) => nameOfCode(question, code)).join('; ')}</dd>
        </div>
      ))}
    </dl>
  );
}

function Enclosed({ entry, list }: { entry: StoryEntry; list: readonly Enclosure[] }) {
  if (!list.length) return null;
  return (
    <ul>
      {list.map((one, i) => (
        <li key={i}>
          {t(one.kind === 'image' ? 'thread.image' : 'thread.more_text', { kib: Math.ceil(one.bytes / 1024) })}{' '}
          {one.kind === 'image' && one.complete && entry.case ? <Photo subject={entry.case} position={entry.position} number={i} /> : null}
          {one.complete ? '' : t('thread.parts_missing', { missing: one.missing, parts: one.parts })}
        </li>
      ))}
    </ul>
  );
}

function Reported({ entry }: { entry: StoryEntry }) {
  return (
    <>
      {entry.continues === false ? <p class="careful">{t('thread.does_not_continue')}</p> : null}
      {entry.choice ? <p><strong>{t('thread.choice', { choice: named('choice', entry.choice) })}</strong></p> : null}
      {entry.answers?.[entered] ? <p class="hint">{t('thread.entered')}</p> : null}
      {entry.kind === 'erase' ? <p><strong>{t('thread.erase')}</strong></p> : null}
      <Words text={entry.text} lang={entry.language} />
      {entry.answers ? <Answers answers={entry.answers} /> : null}
      {entry.enclosed ? <Enclosed entry={entry} list={entry.enclosed} /> : null}
      <p class="hint">
        {[entry.language ? t('thread.language', { language: nameOfLanguage(entry.language) }) : '',
          entry.last_reply_read !== undefined ? t('thread.last_read', { index: entry.last_reply_read }) : '']
          .filter(Boolean).join(' ')}
      </p>
    </>
  );
}

function whereIs(entry: StoryEntry): string {
  if (entry.burned) return t('thread.burned');
  if (!entry.posted) return entry.goes_out ? t('thread.goes_out_at', { when: moment(entry.goes_out) }) : t('thread.goes_out');
  return entry.expires ? t('thread.expires', { when: moment(entry.expires) }) : t('thread.posted');
}

function Replied({ entry, reads }: { entry: StoryEntry; reads: string }) {
  return (
    <>
      {entry.text_module ? <Words text={moduleIn(entry.text_module, reads)} lang={reads} /> : null}
      <Words text={entry.text} />
      {entry.consent ? (
        <div class="asked">
          <p><strong>{t('thread.asks', { purpose: nameOfPurpose(entry.consent.purpose), recipient: nameOfPartner(entry.consent.recipient) })}</strong></p>
          <p>{entry.consent.fields.map(nameOfShared).join('; ')}</p>
        </div>
      ) : null}
      <p class={entry.posted ? 'hint' : 'waits'}>{whereIs(entry)}{entry.urgent ? ` ${t('thread.urgent')}` : ''}</p>
    </>
  );
}

export function headOf(entry: StoryEntry): string {
  if (entry.what === 'report') return named('entry', entry.kind ?? 'report');
  if (entry.what === 'reply') return `${t('entry.reply', { index: entry.index ?? 0 })}: ${named('status', entry.status ?? '')}`;
  return named('entry', entry.what);
}

function EntryShell({ entry, whose, children }: { entry: StoryEntry; whose: string; children: ComponentChildren }) {
  return (
    <li class={`entry entry-${entry.what}`}>
      <h3>{headOf(entry)}</h3>
      <p class="hint">{[whose, moment(entry.hour), entry.what === 'report' ? '' : entry.device].filter(Boolean).join(', ')}</p>
      {children}
    </li>
  );
}

function EntryShown({ entry, file }: { entry: StoryEntry; file: CaseFile }) {
  const reads = languageOf(threadOf(file, entry.case ?? file.row.case));
  return (
    <EntryShell entry={entry} whose={reporterOf(file, entry.case)}>
      {entry.what === 'report' ? <Reported entry={entry} />
        : entry.what === 'reply' ? <Replied entry={entry} reads={reads} /> : <Words text={entry.text} />}
    </EntryShell>
  );
}

// Replies to one reporter are numbered: a number that is not there was never seen by this device, or is gone.
function gapBefore(story: readonly StoryEntry[], entry: StoryEntry): string | null {
  if (entry.what !== 'reply' || entry.index === undefined) return null;
  const before = story.slice(0, story.indexOf(entry)).reverse()
    .find((one) => one.what === 'reply' && one.case === entry.case)?.index ?? -1;
  return entry.index > before + 1 && before >= 0 ? t('thread.gap', { first: before + 1, last: entry.index - 1 }) : null;
}

export function Story({ file }: { file: CaseFile }) {
  return (
    <ol class="story">
      {file.story.map((entry) => {
        const gap = gapBefore(file.story, entry);
        return [
          gap ? <li key={`gap-${entry.position}`} class="gap">{gap}</li> : null,
          <EntryShown key={entry.position} entry={entry} file={file} />,
        ];
      })}
    </ol>
  );
}
