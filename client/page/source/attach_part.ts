// The part of a screen that takes photos and lists what was removed from each.

import { kilobytes, photosMost, reencode } from './attach.ts';
import { alertBox, button, element, freshId, heading, paragraph, replaceChildren } from './dom.ts';
import { t } from './language.ts';
import type { Page } from './page.ts';

export function attachPart(page: Page): HTMLElement {
  const hint = freshId('hint');
  const shown = element('div', {});
  const trouble = element('div', { role: 'status' });
  const input = element('input', {
    type: 'file', accept: 'image/jpeg,image/png,image/webp', class: 'spoken', tabindex: -1, 'aria-hidden': 'true',
    change: () => void take(page, input, shown, trouble),
  });
  const add = button(t('attach.add'), 'secondary-action', () => input.click(), { 'aria-describedby': hint });
  drawPhotos(page, shown);
  return element('section', { class: 'attach' }, heading(2, t('attach.head')),
    element('p', { class: 'hint', id: hint }, t('attach.hint')), shown, trouble, add, input);
}

async function take(page: Page, input: HTMLInputElement, shown: HTMLElement, trouble: HTMLElement): Promise<void> {
  const file = input.files?.[0];
  input.value = '';
  if (!file) return;
  if (page.report.photos.length >= photosMost) {
    replaceChildren(trouble, alertBox('warning', paragraph(t('attach.too_many', { count: photosMost }))));
    return;
  }
  replaceChildren(trouble, paragraph(t('attach.working')));
  const made = await reencode(file);
  if (typeof made === 'string') {
    replaceChildren(trouble, alertBox('warning', paragraph(t(`attach.${made}`))));
    return;
  }
  page.report.photos.push({ bytes: made, before: file.size });
  replaceChildren(trouble);
  drawPhotos(page, shown);
  page.announce(removed(page, page.report.photos.length - 1));
}

function removed(page: Page, index: number): string {
  const photo = page.report.photos[index];
  if (!photo) return '';
  return t('attach.removed', { before: kilobytes(photo.before), after: kilobytes(photo.bytes.length) });
}

function drawPhotos(page: Page, shown: HTMLElement): void {
  replaceChildren(shown, page.report.photos.length ? photoList(page, (index) => {
    page.report.photos.splice(index, 1);
    drawPhotos(page, shown);
  }) : null);
}

export function photoList(page: Page, remove?: (index: number) => void): HTMLElement {
  return element('ul', { class: 'photos' }, ...page.report.photos.map((photo, i) =>
    element('li', {},
      preview(photo.bytes),
      element('div', {},
        element('strong', {}, t('attach.item', { number: i + 1, size: kilobytes(photo.bytes.length) })),
        paragraph(removed(page, i), 'hint'),
        remove ? button(t('attach.remove', { number: i + 1 }), 'subtle', () => remove(i)) : null))));
}

// Drawn, not linked: an image element would need an address, and the page allows none.
function preview(bytes: Uint8Array): HTMLCanvasElement {
  const canvas = element('canvas', { class: 'preview', width: 96, height: 96, 'aria-hidden': 'true' });
  void createImageBitmap(new Blob([bytes as BlobPart], { type: 'image/jpeg' })).then((picture) => {
    const scale = 96 / Math.max(picture.width, picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    canvas.getContext('2d')?.drawImage(picture, (96 - width) / 2, (96 - height) / 2, width, height);
    picture.close();
  });
  return canvas;
}
