// What a person may want otherwise. It lives until the window closes: nothing is stored in a browser.
import { useState } from 'preact/hooks';

import { useCell } from './cell.ts';
import { choose, language, named, t, type Language } from './language.ts';
import { switchOn, type Allowed } from './notices.ts';
import { labelIn } from './names.ts';
import { Alert, Choose, Facts, Screen, Tick } from './parts.tsx';
import { notices, singleKeys, state, vocabulary } from './state.ts';
import { spanInWords } from './terms.ts';

const languages: { value: Language; label: string }[] = [{ value: 'nl', label: 'Nederlands' }, { value: 'en', label: 'English' }];

function Notices() {
  const on = useCell(notices);
  const [answer, setAnswer] = useState<Allowed | null>(null);
  const change = async (wanted: boolean) => {
    if (wanted) setAnswer(await switchOn());
    else notices.set(false);
  };
  return (
    <section>
      <h2>{t('settings.notices')}</h2>
      <Tick label={t('settings.notices.on')} on={on} onChange={(wanted) => void change(wanted)} />
      <p class="hint">{t('settings.notices.hint')}</p>
      {answer && answer !== 'on' && !on ? <Alert mood="warning"><p>{t('settings.notices.refused')}</p></Alert> : null}
    </section>
  );
}

// What the case files go by, and who says so. It is changed in a file, not here.
function TermsInForce() {
  const terms = useCell(vocabulary)?.terms ?? [];
  if (!terms.length) return null;
  return (
    <section>
      <h2>{t('settings.terms')}</h2>
      <p class="hint">{t('settings.terms.hint')}</p>
      <div class="scrolls" tabIndex={0} role="region" aria-label={t('settings.terms')}>
        <table class="plain">
          <caption>{t('settings.terms.table')}</caption>
          <thead>
            <tr><th scope="col">{t('settings.terms.what')}</th><th scope="col">{t('settings.terms.term')}</th><th scope="col">{t('settings.terms.source')}</th></tr>
          </thead>
          <tbody>
            {terms.map((one) => (
              <tr key={one.code}>
                <th scope="row">{labelIn(one.label, one.code)}</th>
                <td>{spanInWords(one)}{one.own ? ` (${t('settings.terms.own')})` : ''}</td>
                <td>{labelIn(one.source, '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function SettingsScreen() {
  const now = useCell(state);
  const keys = useCell(singleKeys);
  return (
    <Screen of="settings">
      <section>
        <h2>{t('settings.language')}</h2>
        <Choose label={t('settings.language.label')} value={language.value} onChange={(next) => choose(next as Language)} options={languages} />
      </section>
      <Notices />
      <section>
        <h2>{t('settings.keys')}</h2>
        <Tick label={t('settings.keys.on')} on={keys} onChange={(on) => singleKeys.set(on)} />
        <p class="hint">{t('settings.keys.hint')}</p>
      </section>
      <section>
        <h2>{t('settings.lock')}</h2>
        <p>{t('settings.lock.idle', { minutes: now?.idle_minutes ?? 15 })}</p>
        <p class="hint">{t('settings.lock.hint')}</p>
      </section>
      <section>
        <h2>{t('settings.device')}</h2>
        <Facts of={[
          [t('settings.device.name'), now?.device.name ?? ''],
          [t('settings.device.role'), named('role', now?.device.role ?? '')],
          [t('settings.device.region'), now?.region.name ?? ''],
        ]} />
      </section>
      <TermsInForce />
    </Screen>
  );
}
