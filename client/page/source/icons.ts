// An icon beside each question and door: a few strokes on a grid of 24, never the only bearer of
// meaning, and silent to a screen reader.

const strokes: Record<string, string> = {
  urgency: 'M12 3 L22 20 H2 Z M12 9 V14 M12 17 V17.5',
  age_class: 'M9 6 a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0 M5 21 V17 a7 7 0 0 1 14 0 V21',
  exploitation_form: 'M4 4 H20 V16 H12 L7 20 V16 H4 Z',
  sector: 'M4 21 V8 L12 3 L20 8 V21 M9 21 V14 H15 V21',
  means: 'M7 11 V8 a5 5 0 0 1 10 0 V11 M5 11 H19 V21 H5 Z',
  signal_general: 'M2 12 C6 5 18 5 22 12 C18 19 6 19 2 12 Z M9 12 a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0',
  signal_foreign: 'M5 3 H19 V21 H5 Z M9 9 a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0 M8 17 H16',
  municipality: 'M12 21 C6 14 5 12 5 9 a7 7 0 0 1 14 0 C19 12 18 14 12 21 Z M10 9 a2 2 0 1 0 4 0 a2 2 0 1 0 -4 0',
  need: 'M12 20 C4 14 3 11 3 8.5 a4.5 4.5 0 0 1 9 -1 a4.5 4.5 0 0 1 9 1 C21 11 20 14 12 20 Z',
  reporter: 'M3 8 H21 V20 H3 Z M9 8 V5 H15 V8 M3 13 H21',
  story: 'M4 20 L5 15 L16 4 L20 8 L9 19 Z',
  self: 'M8 7 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 M4 21 C4 12 20 12 20 21',
  saw: 'M2 12 C6 5 18 5 22 12 C18 19 6 19 2 12 Z M9 12 a3 3 0 1 0 6 0 a3 3 0 1 0 -6 0',
  work: 'M3 8 H21 V20 H3 Z M9 8 V5 H15 V8 M3 13 H21',
  advice: 'M12 2.5 a9.5 9.5 0 1 0 0.1 0 M9.5 9 a2.5 2.5 0 1 1 3.5 2.5 C12 12 12 13 12 14 M12 17.5 V18',
  code: 'M3 8 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 M10 11 L20 21 M16 17 L18 15',
  read: 'M12 6 C9 4 5 4 3 5 V19 C5 18 9 18 12 20 C15 18 19 18 21 19 V5 C19 4 15 4 12 6 Z M12 6 V20',
  safety: 'M12 3 L20 6 V12 C20 17 16 20 12 21 C8 20 4 17 4 12 V6 Z',
  language: 'M12 2.5 a9.5 9.5 0 1 0 0.1 0 M2.5 12 H21.5 M12 2.5 C7 7 7 17 12 21.5 C17 17 17 7 12 2.5',
};

const svg = 'http://www.w3.org/2000/svg';

export function drawing(viewBox: string, path: string, className: string): SVGSVGElement {
  const made = document.createElementNS(svg, 'svg');
  made.setAttribute('viewBox', viewBox);
  made.setAttribute('class', className);
  made.setAttribute('aria-hidden', 'true');
  made.setAttribute('focusable', 'false');
  const line = document.createElementNS(svg, 'path');
  line.setAttribute('d', path);
  made.appendChild(line);
  return made;
}

export function icon(name: string): SVGSVGElement {
  return drawing('0 0 24 24', strokes[name] ?? '', 'icon');
}
