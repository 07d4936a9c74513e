// Nobody touched it for as long as the region says: it warns for the last minute, then locks.
import { useEffect, useRef, useState } from 'preact/hooks';

import { api } from './api.ts';
import { useCell } from './cell.ts';
import { t } from './language.ts';
import { Action } from './parts.tsx';
import { say, state } from './state.ts';

const warning = 60_000; // milliseconds
const spokenAt = [60, 30, 10]; // seconds left
const signs = ['pointerdown', 'keydown', 'input', 'wheel', 'touchstart'];

// The server locks too, by its own clock.
const stillHere = () => { api.deed('stay', {}).catch(() => undefined); };

export function Idle() {
  const minutes = useCell(state)?.idle_minutes ?? 15;
  const touched = useRef(Date.now());
  const told = useRef(Date.now());
  const [left, setLeft] = useState<number | null>(null);
  const warned = useRef(false);
  warned.current = left !== null;

  const stay = () => {
    touched.current = told.current = Date.now();
    setLeft(null);
    stillHere();
    document.querySelector<HTMLElement>('#main h1')?.focus();
  };

  useEffect(() => {
    // Once the warning is up only its button takes it away.
    const touch = () => {
      if (!warned.current) touched.current = Date.now();
    };
    const look = () => {
      const rest = minutes * 60_000 - (Date.now() - touched.current);
      if (rest <= 0) void api.lock();
      else if (rest <= warning) setLeft(Math.ceil(rest / 1000));
      else keepServerAwake();
    };
    // The server counts too, and does not see who reads or types: it is told once a minute.
    const keepServerAwake = () => {
      if (touched.current <= told.current || Date.now() - told.current < warning) return;
      told.current = Date.now();
      stillHere();
    };
    for (const sign of signs) window.addEventListener(sign, touch, { passive: true, capture: true });
    const timer = window.setInterval(look, 1000);
    return () => {
      window.clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touch, { capture: true });
    };
  }, [minutes]);

  useEffect(() => {
    if (left !== null && spokenAt.includes(left)) say(t('idle.body', { seconds: left }));
  }, [left]);

  if (left === null) return null;
  return (
    <section class="utrecht-alert utrecht-alert--warning idle" aria-labelledby="idle-head">
      <h2 id="idle-head">{t('idle.head')}</h2>
      <p>{t('idle.body', { seconds: left })}</p>
      <Action kind="primary-action" label={t('idle.stay')} onPress={stay} takesFocus />
    </section>
  );
}
