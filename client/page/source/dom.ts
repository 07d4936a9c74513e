// Elements are built here and nowhere else. Text goes in as text: there is no way from a string to
// markup, so a reply or a catalogue that holds tags shows them as characters.

export type Child = Node | string | null;

export interface Attributes {
  [name: string]: string | number | boolean | ((event: Event) => void) | undefined;
}

// A function is a listener for the event of that name; true is an empty attribute; false and
// undefined are left out.
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, String(value));
  }
  append(made, children);
  return made;
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== null) parent.appendChild(typeof child === 'string' ? text(child) : child);
  }
}

export function text(value: string): Text {
  return document.createTextNode(value);
}

export function replaceChildren(parent: Element, ...children: Child[]): void {
  parent.textContent = '';
  append(parent, children);
}

let lastId = 0;
// Names an element for aria-describedby and the like.
export function freshId(name: string): string {
  lastId += 1;
  return `${name}-${lastId}`;
}

// What nobody may correct, complete, translate or remember.
export const unspoilt: Attributes = {
  spellcheck: 'false',
  autocomplete: 'off',
  autocapitalize: 'off',
  autocorrect: 'off',
  translate: 'no',
  'data-gramm': 'false',
};

export function heading(level: 1 | 2 | 3, label: string): HTMLElement {
  return element(`h${level}`, level === 1 ? { tabindex: -1 } : {}, label);
}

export function paragraph(label: string, className = ''): HTMLParagraphElement {
  return element('p', { class: className || undefined }, label);
}

// A web address: on a narrow screen it breaks after a slash, not within a word.
export function webAddress(name: 'p' | 'span', address: string): HTMLElement {
  const parts = address.match(/[^/]+\/*/g) ?? [];
  return element(name, { class: 'address', dir: 'ltr', translate: 'no' },
    ...parts.flatMap((part): Child[] => [part, element('wbr')]));
}

export function list(labels: readonly string[], ordered = false): HTMLElement {
  return element(ordered ? 'ol' : 'ul', {}, ...labels.map((label) => element('li', {}, label)));
}

export type ButtonKind = 'primary-action' | 'secondary-action' | 'subtle';

export function button(
  label: string,
  kind: ButtonKind,
  pressed: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  return element(
    'button',
    { type: 'button', class: `utrecht-button utrecht-button--${kind}`, click: pressed, ...attributes },
    label,
  );
}

export function row(...children: Child[]): HTMLElement {
  return element('div', { class: 'row' }, ...children);
}

export type AlertKind = 'info' | 'ok' | 'warning' | 'error';

// In the reading order where it stands; what must be spoken goes through Page.announce as well.
export function alertBox(kind: AlertKind, ...children: Child[]): HTMLElement {
  return element('div', { class: `utrecht-alert utrecht-alert--${kind}` }, ...children);
}
