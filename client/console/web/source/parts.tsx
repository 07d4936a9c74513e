// The small pieces that every screen is made of.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

import type { Problem } from './api.ts';
import { useCell } from './cell.ts';
import type { Row } from './contract.ts';
import { spoken, t, type Key } from './language.ts';
import type { Loaded } from './load.ts';
import { arrivals, go, type CasePart } from './router.ts';

export const screens = [
  'start', 'list', 'case', 'print', 'approvals', 'to_erase', 'audit', 'statistics', 'trends', 'search', 'caller', 'knowledge', 'inbox', 'figures', 'settings', 'opening', 'locked', 'help',
] as const;
export type ScreenName = (typeof screens)[number];

// A screen has one heading, which takes the focus when somebody comes to it, and says in a line what it is for.
export function Screen(props: { of: ScreenName; head?: string; wide?: boolean; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const came = useCell(arrivals);
  useEffect(() => {
    heading.current?.focus();
    window.scrollTo(0, 0);
  }, [came, props.of]);
  return (
    <div class={`screen screen-${props.of}${props.wide ? ' wide' : ''}`}>
      <h1 tabIndex={-1} ref={heading}>{props.head ?? t(`screen.${props.of}.head`)}</h1>
      <p class="purpose">{t(`screen.${props.of}.purpose`)}</p>
      {props.children}
    </div>
  );
}

export type Look = 'primary-action' | 'secondary-action' | 'subtle' | 'danger';

export function Action(props: {
  label: string; onPress?: () => void; kind?: Look; disabled?: boolean; submit?: boolean; takesFocus?: boolean;
  describe?: string; pressed?: boolean; expanded?: boolean; class?: string;
}) {
  const self = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (props.takesFocus) self.current?.focus();
  }, []);
  const kind = props.kind ?? 'secondary-action';
  const look = kind === 'danger' ? 'utrecht-button--secondary-action danger' : `utrecht-button--${kind}`;
  return (
    <button
      ref={self} type={props.submit ? 'submit' : 'button'} class={`utrecht-button ${look} ${props.class ?? ''}`}
      aria-disabled={props.disabled ? 'true' : undefined} aria-label={props.describe} aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      onClick={(event) => {
        if (props.disabled) event.preventDefault();
        else props.onPress?.();
      }}
    >{props.label}</button>
  );
}

// Looks like a link, and goes to another screen.
export function Way(props: { label: string; onPress: () => void; describe?: string; class?: string }) {
  return (
    <button type="button" class={`way ${props.class ?? ''}`} aria-label={props.describe} onClick={props.onPress}>{props.label}</button>
  );
}

export function CaseWay({ id, name, class: look, part = 'thread' }: { id: string; name: string; class?: string; part?: CasePart }) {
  return <Way class={`name ${look ?? ''}`} label={name} onPress={() => go({ screen: 'case', case: id, part })} />;
}

export type Mood = 'info' | 'ok' | 'warning' | 'error';
export function Alert({ mood, head, children }: { mood: Mood; head?: string; children?: ComponentChildren }) {
  return (
    <div class={`utrecht-alert utrecht-alert--${mood}`} role={mood === 'error' ? 'alert' : undefined}>
      {head ? <p class="alert-head">{head}</p> : null}
      {children}
    </div>
  );
}

export const emptyStates = [
  'list', 'found', 'urgent', 'thread', 'file_kind', 'identity', 'consents', 'escalations', 'tasks', 'links', 'routes', 'approvals',
  'audit', 'months', 'counts', 'search', 'inbox', 'closing', 'knowledge', 'to_erase', 'checklists',
  'periods', 'releases', 'year', 'blind',
  'figures', 'total', 'multiples', 'pairs',
] as const;
export type EmptyState = (typeof emptyStates)[number];

// Nothing is here: that, and what to do next.
export function Empty({ of }: { of: EmptyState }) {
  return (
    <div class="empty">
      <p>{t(`empty.${of}`)}</p>
      <p class="hint">{t(`empty.${of}.next`)}</p>
    </div>
  );
}

export const troubles = ['unreachable', 'refused', 'forbidden', 'gone', 'conflict', 'server', 'unknown'] as const;

function troubleOf(problem: Problem): (typeof troubles)[number] {
  const { status } = problem;
  if (status === 0) return 'unreachable';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'gone';
  if (status === 409) return 'conflict';
  if (status >= 500) return 'server';
  return status > 0 ? 'refused' : 'unknown';
}

// What did not work, what the server says of it, and what to do.
export function Trouble({ problem, again }: { problem: Problem | null; again?: () => void }) {
  if (!problem) return null;
  const kind = troubleOf(problem);
  return (
    <Alert mood="error" head={t(`error.${kind}`)}>
      {problem.sentence ? <p>{spoken(problem.sentence, problem.said)}</p> : null}
      <p>{t(`error.${kind}.remedy`)}</p>
      {again ? <Action label={t('error.again')} onPress={again} /> : null}
    </Alert>
  );
}

// What was asked of the server: waiting, trouble, or there.
export function Await<T>({ of, children }: { of: Loaded<T>; children: (value: T) => ComponentChildren }) {
  return (
    <>
      <Trouble problem={of.problem} again={of.again} />
      {of.value !== null ? children(of.value) : of.problem ? null : <p class="hint" role="status">{t('loading')}</p>}
    </>
  );
}

export function Badge({ mood, label }: { mood: 'acute' | 'minor' | 'calm' | 'conflict'; label: string }) {
  return <span class={`badge badge-${mood}`}>{label}</span>;
}

export function RowBadges({ row }: { row: Row }) {
  return (
    <>
      {row.acute ? <Badge mood="acute" label={t('badge.acute')} /> : null}
      {row.minor ? <Badge mood="minor" label={t('badge.minor')} /> : null}
      {row.conflicts > 0 ? <Badge mood="conflict" label={t('badge.conflict')} /> : null}
      {row.unread ? <Badge mood="calm" label={t('badge.unread')} /> : null}
      {row.kind !== 'report' ? <Badge mood="calm" label={t(`badge.kind.${row.kind}` as Key)} /> : null}
    </>
  );
}

// Names and values, side by side.
export function Facts({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) {
  const shown = of.filter(([, value]) => value !== '' && value !== null && value !== undefined);
  if (!shown.length) return null;
  return <dl class="facts">{shown.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

interface Control { label: string; hint?: string | undefined; value: string; onChange: (value: string) => void; required?: boolean }

function Labelled({ id, label, hint, required, children }: {
  id: string; label: string; hint?: string | undefined; required?: boolean | undefined; children: ComponentChildren;
}) {
  return (
    <div class="field">
      <label for={id}>{label}{required ? <span class="required"> {t('form.required')}</span> : null}</label>
      {hint ? <p class="hint" id={`${id}-hint`}>{hint}</p> : null}
      {children}
    </div>
  );
}

export function Line(props: Control & { type?: 'text' | 'date' | 'password' | 'search'; takesFocus?: boolean; id?: string }) {
  const made = useId();
  const id = props.id ?? made;
  const self = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (props.takesFocus) self.current?.focus();
  }, []);
  return (
    <Labelled id={id} label={props.label} hint={props.hint} required={props.required}>
      <input
        id={id} ref={self} class="utrecht-textbox" type={(props.type ?? 'text') as 'text' /* one of a union, which the types do not take */} value={props.value} required={props.required ?? false}
        autocomplete="off" spellcheck={false} aria-describedby={props.hint ? `${id}-hint` : undefined}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </Labelled>
  );
}

export function Area(props: Control & { rows?: number; id?: string }) {
  const made = useId();
  const id = props.id ?? made;
  return (
    <Labelled id={id} label={props.label} hint={props.hint} required={props.required}>
      <textarea
        id={id} class="utrecht-textarea" rows={props.rows ?? 4} value={props.value} required={props.required ?? false}
        autocomplete="off" aria-describedby={props.hint ? `${id}-hint` : undefined}
        onInput={(event) => props.onChange(event.currentTarget.value)}
      />
    </Labelled>
  );
}

export interface Option { value: string; label: string }
export function Choose(props: Control & { options: readonly Option[]; none?: string }) {
  const id = useId();
  return (
    <Labelled id={id} label={props.label} hint={props.hint} required={props.required}>
      <select
        id={id} class="utrecht-select" value={props.value} required={props.required ?? false}
        aria-describedby={props.hint ? `${id}-hint` : undefined} onChange={(event) => props.onChange(event.currentTarget.value)}
      >
        {props.none !== undefined ? <option value="">{props.none}</option> : null}
        {props.options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
      </select>
    </Labelled>
  );
}

export function Tick({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="tick">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} /><span>{label}</span>
    </label>
  );
}

// Several of a list.
export function Ticks(props: { legend: string; options: readonly Option[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }) {
  const flip = (value: string, on: boolean) =>
    props.onChange(props.options.map((one) => one.value).filter((one) => (one === value ? on : props.chosen.includes(one))));
  return (
    <fieldset class="ticks">
      <legend>{props.legend}</legend>
      <div class="ticks-grid">
        {props.options.map((one) => (
          <Tick key={one.value} label={one.label} on={props.chosen.includes(one.value)} onChange={(on) => flip(one.value, on)} />
        ))}
      </div>
    </fieldset>
  );
}

export function Form({ onSubmit, children, label }: { onSubmit: () => void; children: ComponentChildren; label?: string }) {
  return (
    <form
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >{children}</form>
  );
}

// Asks once more before what cannot be taken back. Escape and the button say no.
export function Confirm(props: { head: string; body: string; yes: string; onYes: () => void; onNo: () => void }) {
  const self = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    self.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    <dialog ref={self} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); props.onNo(); }}>
      <h2 id={id}>{props.head}</h2>
      <p>{props.body}</p>
      <div class="row">
        <Action kind="primary-action" label={props.yes} onPress={props.onYes} />
        <Action kind="subtle" label={t('deed.cancel')} onPress={props.onNo} />
      </div>
    </dialog>
  );
}
