// A case that was erased: nothing of it is shown but how far the erasure is.
import type { Erasure } from './contract.ts';
import { day, t } from './language.ts';
import { Alert } from './parts.tsx';

function stillToCome({ vault_changed: changed, devices, backups_until: until }: Erasure): string[] {
  return [
    changed ? '' : t('erased.vault'),
    devices.length ? t('erased.devices', { names: devices.join(', ') }) : '',
    until ? t('erased.backups', { when: day(until) }) : t('erased.backups.later'),
  ].filter(Boolean);
}

const Rest = ({ erasure }: { erasure: Erasure }) => <ul>{stillToCome(erasure).map((line) => <li key={line}>{line}</li>)}</ul>;

export function ErasedCase({ erasure }: { erasure: Erasure }) {
  if (erasure.complete) return <Alert mood="ok" head={t('erased.head')}><p>{t('erased.complete')}</p></Alert>;
  return <Alert mood="info" head={t('erased.head')}><p>{t('erased.next')}</p><Rest erasure={erasure} /></Alert>;
}

// The case as it was, before lines were struck from it.
export function Struck({ erasure }: { erasure: Erasure }) {
  if (erasure.complete) return <p>{t('striking.complete')}</p>;
  return <Alert mood="info"><p>{t('striking.next')}</p><Rest erasure={erasure} /></Alert>;
}
