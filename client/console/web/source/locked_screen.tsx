// Locked: nothing is shown until the device's passphrase is given.
import { useState } from 'preact/hooks';

import { api, Problem } from './api.ts';
import { spoken, t } from './language.ts';
import { Action, Alert, Form, Line, Screen } from './parts.tsx';
import { enter } from './session.ts';
import { PracticeBand } from './shell.tsx';

export function LockedScreen() {
  const [passphrase, setPassphrase] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function unlock() {
    if (busy || !passphrase) return;
    setBusy(true);
    setProblem(null);
    const given = passphrase;
    setPassphrase('');
    try {
      await api.unlock(given);
      await enter();
    } catch (thrown) {
      setProblem(thrown instanceof Problem ? thrown : new Problem(-1, ''));
    }
    setBusy(false);
  }
  return (
    <>
    <header><PracticeBand /></header>
    <main id="main" class="alone">
      <Screen of="locked">
        {problem ? (
          <Alert mood="error" head={t('locked.wrong')}>
            {problem.sentence ? <p>{spoken(problem.sentence, problem.said)}</p> : null}
            <p>{t('locked.wrong.remedy')}</p>
          </Alert>
        ) : null}
        <Form onSubmit={() => void unlock()}>
          <Line type="password" label={t('locked.passphrase')} value={passphrase} onChange={setPassphrase} required />
          <Action kind="primary-action" submit label={busy ? t('locked.opening') : t('locked.open')} disabled={busy} />
        </Form>
      </Screen>
    </main>
    </>
  );
}
