// What stands around every screen: where one can go, how the line is, and the lock, always in sight.
import type { ComponentChildren } from 'preact';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import { Idle } from './idle.tsx';
import { mayGo } from './keys.ts';
import { moment, t } from './language.ts';
import { Action, Alert } from './parts.tsx';
import { go, route, type Route } from './router.ts';
import { helpOpen, practice, reachable, state } from './state.ts';

const ways: Route[] = [
  { screen: 'start' },
  { screen: 'inbox', id: '' },
  { screen: 'figures' },
  { screen: 'list', view: 'open', find: '' },
  { screen: 'search', find: '' },
  { screen: 'caller' },
  { screen: 'knowledge' },
  { screen: 'approvals' },
  { screen: 'to_erase' },
  { screen: 'statistics' },
  { screen: 'trends', part: 'periods' },
  { screen: 'audit' },
  { screen: 'settings' },
];

// A case belongs to the list in which it stands.
const home = (screen: Route['screen']) => (screen === 'case' || screen === 'print' ? 'list' : screen);

function Navigation() {
  const here = useCell(route);
  const now = useCell(state);
  const role = now?.device.role ?? '';
  const waiting: Partial<Record<Route['screen'], number | undefined>> = { approvals: now?.counts.approvals, inbox: now?.counts.inbox };
  return (
    <nav aria-label={t('nav.label')}>
      <ul>
        {ways.filter((way) => mayGo(way.screen, role)).map((way) => (
          <li key={way.screen}>
            <button
              type="button" class="nav-way" aria-current={home(here.screen) === way.screen ? 'page' : undefined} onClick={() => go(way)}
            >
              {t(`nav.${way.screen}` as 'nav.start')}
              {waiting[way.screen] ? <span class="count">{waiting[way.screen]}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function LineState() {
  const now = useCell(state);
  const answers = useCell(reachable);
  if (!now || !answers || now.device.role === 'receiver') return null; // it asks no server
  const line = now.online ? t('line.online') : t('line.offline');
  const waits = now.unsent ? ` ${t('line.unsent', { count: now.unsent })}` : '';
  return <p class="line">{line}{now.synced ? ` ${t('line.synced', { when: moment(now.synced) })}` : ''}{waits}</p>;
}

// Also on what is shown while it is locked: who comes to the desk sees what this is.
export function PracticeBand() {
  return useCell(practice) ? <p class="practice">{t('practice')}</p> : null;
}

export function Shell({ children }: { children: ComponentChildren }) {
  const now = useCell(state);
  const answers = useCell(reachable);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault(); // the address stays as it is
        document.querySelector<HTMLElement>('#main h1')?.focus();
      }}>{t('nav.skip')}</a>
      <header>
        <PracticeBand />
        <div class="bar">
          <p class="region">{now?.device.role === 'receiver' ? t('role.receiver') : now?.region.name}</p>
          <p class="device">{now?.device.name}</p>
          <Action kind="subtle" label={t('nav.help')} onPress={() => helpOpen.set(true)} />
          <Action kind="secondary-action" label={t('nav.lock')} onPress={() => void api.lock()} class="lock" />
        </div>
        <Navigation />
      </header>
      <Idle />
      {answers ? null : <div class="unreachable"><Alert mood="error" head={t('error.unreachable')}><p>{t('error.unreachable.remedy')}</p></Alert></div>}
      <main id="main">{children}</main>
      <footer>
        <LineState />
        {now?.head ? <p class="hint">{t('line.head', { words: now.head })}</p> : null}
      </footer>
    </>
  );
}
