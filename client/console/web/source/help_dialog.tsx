// Every shortcut, and where to go when one is stuck.
import { useEffect, useRef } from 'preact/hooks';

import { useCell } from './cell.ts';
import { shortcutsOf } from './keys.ts';
import { t, type Key } from './language.ts';
import { Action } from './parts.tsx';
import { helpOpen, singleKeys, state } from './state.ts';

const nameOfKey = (key: string) => ({ '?': 'question', '/': 'slash' })[key] ?? key.toLowerCase();

function Help() {
  const self = useRef<HTMLDialogElement>(null);
  const head = useRef<HTMLHeadingElement>(null);
  const on = useCell(singleKeys);
  const role = useCell(state)?.device.role ?? '';
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    self.current?.showModal();
    head.current?.focus(); // not the button at the end
    return () => before?.focus();
  }, []);
  const close = () => helpOpen.set(false);
  return (
    <dialog ref={self} class="help" aria-labelledby="help-head" onCancel={(event) => { event.preventDefault(); close(); }}>
      <h2 id="help-head" tabIndex={-1} ref={head}>{t('screen.help.head')}</h2>
      <p class="purpose">{t('screen.help.purpose')}</p>
      <p>{t(on ? 'help.on' : 'help.off')}</p>
      <table class="plain">
        <thead><tr><th scope="col">{t('help.key')}</th><th scope="col">{t('help.does')}</th></tr></thead>
        <tbody>
          {shortcutsOf(role).map((key) => (
            <tr key={key}><td><kbd>{key}</kbd></td><td>{t(`help.key.${nameOfKey(key)}` as Key)}</td></tr>
          ))}
        </tbody>
      </table>
      <h3>{t('help.stuck')}</h3>
      <ul>
        <li>{t('help.stuck.line')}</li>
        <li>{t('help.stuck.link')}</li>
        <li>{t('help.stuck.danger')}</li>
      </ul>
      <Action kind="primary-action" label={t('help.close')} onPress={close} />
    </dialog>
  );
}

export function HelpDialog() {
  return useCell(helpOpen) ? <Help /> : null;
}
