// One question at a time. Each can be skipped or answered "I don't know".

import { backButton } from './choices.ts';
import { alertBox, button, element, heading, paragraph, row, type Child } from './dom.ts';
import type { Door, Question } from './doors.ts';
import { questionsOf } from './doors.ts';
import { icon } from './icons.ts';
import { labelOf, t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { storyScreen } from './story_screen.ts';

// `after`: where Continue leads instead of to the next question, when an answer is changed.
export function questionScreen(index: number, after?: (page: Page) => void): Screen {
  return {
    name: 'question',
    draw: (page) => {
      const door = page.report.door;
      const question = door?.questions[index];
      if (!door || !question) return [];
      return new QuestionForm(page, door, question, index, after).draw();
    },
  };
}

// What stands above each question: where one is, and what is asked.
export function questionHead(door: Door, index: number, name: string, label: string): HTMLElement {
  const total = questionsOf(door);
  return element('div', {},
    total > 1 ? element('p', { class: 'progress' }, t('nav.progress', { number: index + 1, total })) : null,
    element('div', { class: 'asked' }, icon(name), heading(1, label)));
}

class QuestionForm {
  private readonly boxes: HTMLInputElement[] = [];
  private readonly aside = element('div', { role: 'status' });

  constructor(
    private readonly page: Page,
    private readonly door: Door,
    private readonly question: Question,
    private readonly index: number,
    private readonly after?: (page: Page) => void,
  ) {}

  draw(): Child[] {
    const { scheme, several } = this.question;
    const label = t(`question.${scheme}.${this.door.wording}`);
    const options = this.codes().map(([code, text]) => this.option(code, text));
    const unknown = this.option(this.question.unknown, t('question.unknown'), true);
    this.chosen();
    return [
      backButton(this.page),
      questionHead(this.door, this.index, scheme, label),
      this.door.name === 'saw' && this.index === 0 ? paragraph(t('door.saw_facts')) : null,
      paragraph(t(several ? 'question.several' : 'question.one'), 'hint'),
      element('div', { class: 'options', role: several ? 'group' : 'radiogroup', 'aria-label': label }, ...options, unknown),
      this.aside,
      row(
        button(t('nav.continue'), 'primary-action', () => this.next(false)),
        button(t('nav.skip'), 'subtle', () => this.next(true))),
    ];
  }

  private codes(): [string, string][] {
    const { scheme, codes } = this.question;
    if (codes.length) return codes.map((code) => [code, labelOf(scheme, code)]);
    const places = this.page.built.municipalities.map((one): [string, string] => [one.code, one.label]);
    return [...places, ['OUT', labelOf(scheme, 'OUT')]];
  }

  private option(code: string, label: string, unknown = false): HTMLElement {
    const { scheme, several } = this.question;
    const box = element('input', {
      type: several ? 'checkbox' : 'radio', name: scheme, value: code, autocomplete: 'off',
      change: () => this.changed(box, unknown),
    });
    box.checked = code !== '' && this.page.report.answered(scheme).includes(code);
    if (unknown) box.dataset['unknown'] = '';
    this.boxes.push(box);
    return element('label', { class: 'option' }, box, element('span', {}, label));
  }

  // "I don't know" goes with nothing else.
  private changed(box: HTMLInputElement, unknown: boolean): void {
    if (box.checked && this.question.several) {
      for (const other of this.boxes) {
        if (other !== box && (unknown || 'unknown' in other.dataset)) other.checked = false;
      }
    }
    this.chosen();
  }

  private chosen(): void {
    const codes = this.boxes.filter((box) => box.checked && box.value).map((box) => box.value);
    this.page.report.answer(this.question.scheme, codes);
    const danger = this.question.scheme === 'urgency' && codes.includes('ACUTE');
    this.aside.textContent = '';
    if (danger) {
      this.aside.appendChild(alertBox('warning', paragraph(t('question.urgency.call')),
        element('a', { class: 'utrecht-link', href: 'tel:112' }, t('ways.danger'))));
    }
  }

  private next(skip: boolean): void {
    if (skip) this.page.report.answer(this.question.scheme, []);
    if (this.after) this.after(this.page);
    else if (this.index + 1 < this.door.questions.length) this.page.show(questionScreen(this.index + 1));
    else this.page.show(storyScreen());
  }
}
