// Before the session: the link is being used, was used before, or nobody answers.
import { Alert, Screen } from './parts.tsx';
import { t } from './language.ts';
import type { Phase } from './state.ts';

export function OpeningScreen({ phase }: { phase: Phase }) {
  return (
    <main id="main" class="alone">
      <Screen of="opening">
        {phase === 'opening' ? <p role="status">{t('loading')}</p> : null}
        {phase === 'used' ? (
          <Alert mood="warning" head={t('opening.used')}>
            <p>{t('opening.used.next')}</p>
          </Alert>
        ) : null}
        {phase === 'unreachable' ? (
          <Alert mood="error" head={t('error.unreachable')}>
            <p>{t('error.unreachable.remedy')}</p>
          </Alert>
        ) : null}
      </Screen>
    </main>
  );
}
