// A case may have several reporters, each with a thread of their own: whose it is, and to whom somebody writes.
import type { CaseFile, StoryEntry } from './contract.ts';
import { t } from './language.ts';
import { Choose } from './parts.tsx';

// Of a case with one reporter nothing is numbered: ''.
export function reporterOf(file: CaseFile, thread: string | undefined): string {
  const number = file.row.members.indexOf(thread ?? file.row.case) + 1;
  return file.row.members.length > 1 && number > 0 ? t('reporter.number', { number }) : '';
}

export const threadOf = (file: CaseFile, thread: string): StoryEntry[] =>
  file.story.filter((entry) => (entry.case ?? file.row.case) === thread);

export function ToReporter({ file, to, onChange }: { file: CaseFile; to: string; onChange: (thread: string) => void }) {
  if (file.row.members.length < 2) return null;
  return (
    <Choose
      label={t('reporter.to')} hint={t('reporter.to.hint')} value={to} onChange={onChange}
      options={file.row.members.map((thread) => ({ value: thread, label: reporterOf(file, thread) }))}
    />
  );
}
