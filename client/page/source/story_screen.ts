// The story in the reporter's own words, with photos. This alone is always enough.

import { attachPart } from './attach_part.ts';
import { backButton } from './choices.ts';
import { button, element, freshId, paragraph, row, unspoilt } from './dom.ts';
import { questionHead } from './question_screen.ts';
import { lineNotice } from './line.ts';
import { t } from './language.ts';
import type { Page, Screen } from './page.ts';
import { afterStory } from './way_back_screen.ts';

// One frame holds about this many bytes of text (docs/protocol.md, "Sealed report").
export const textRoom = 12000;

export function storyScreen(after?: (page: Page) => void): Screen {
  return {
    name: 'story',
    draw: (page) => {
      const door = page.report.door;
      if (!door) return [];
      return [
        backButton(page),
        questionHead(door, door.questions.length, 'story', t(`question.story.${door.name}`)),
        paragraph(t('story.hint'), 'hint'),
        door.name === 'advice' || door.name === 'message' ? null : paragraph(t('story.prompts'), 'hint'),
        storyField(page),
        attachPart(page),
        lineNotice(page),
        row(
          button(t('nav.continue'), 'primary-action', () => (after ?? afterStory)(page)),
          door.questions.length ? button(t('nav.skip'), 'subtle', () => skip(page, after)) : null),
      ];
    },
  };
}

function skip(page: Page, after?: (page: Page) => void): void {
  page.report.text = '';
  (after ?? afterStory)(page);
}

export function roomLeft(value: string): number {
  return textRoom - new TextEncoder().encode(value).length;
}

function storyField(page: Page): HTMLElement {
  const room = freshId('room');
  const id = freshId('story');
  const left = element('p', { class: 'hint', id: room });
  const field = element('textarea', { id, class: 'utrecht-textarea', rows: 8, dir: 'auto', 'aria-describedby': room,
    ...unspoilt, input: () => {
      page.report.text = field.value;
      count();
    } });
  field.value = page.report.text;
  const count = (): void => {
    const free = roomLeft(field.value);
    left.textContent = free < 0 ? t('story.full', { count: -free })
      : free < textRoom / 4 ? t('story.room', { count: free }) : t('story.one_line');
    left.classList.toggle('wrong', free < 0);
  };
  count();
  return element('div', { class: 'field' }, element('label', { for: id }, t('story.label')), field, left);
}
