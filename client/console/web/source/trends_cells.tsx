// Figures as a table, with the interval of each as a bar. The bar says nothing that the words beside it do not.
import { t } from './language.ts';
import type { Cell } from './trends_contract.ts';
import { betweenOf, whole } from './trends_words.ts';

export interface NamedCell { name: string; cell: Cell }

const hundredths = (value: number, most: number) => `${Math.min(100, Math.max(0, (100 * value) / most))}%`;

function Interval({ cell, most }: { cell: Cell; most: number }) {
  const from = Math.max(0, cell.lower);
  return (
    <div class="interval" aria-hidden="true">
      <span
        class={cell.uncertain ? 'interval-band uncertain' : 'interval-band'}
        style={{ insetInlineStart: hundredths(from, most), inlineSize: hundredths(Math.max(0, cell.upper) - from, most) }}
      />
      <span class="interval-middle" style={{ insetInlineStart: hundredths(cell.estimate, most) }} />
    </div>
  );
}

const readingOf = (cell: Cell) => t(cell.uncertain ? 'trends.uncertain' : 'trends.certain');

// On a narrow screen the range and whether it can be read stand below the estimate.
// `plainly`: for readers who were not told how figures are made, no estimate that is too uncertain.
export function CellTable({ caption, cells, plainly = false }: { caption: string; cells: readonly NamedCell[]; plainly?: boolean }) {
  const most = Math.max(1, ...cells.map(({ cell }) => cell.upper));
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={caption}>
      <table class="plain figures cells">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('trends.what')}</th><th scope="col">{t('trends.estimate')}</th><th scope="col" class="where-wide">{t('trends.interval')}</th>
            <th scope="col" class="interval-column where-wide">{t('trends.bar')}</th><th scope="col" class="where-wide">{t('trends.readable')}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ name, cell }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                {plainly && cell.uncertain ? t('trends.unsaid') : whole(cell.estimate)}
                <span class="hint where-narrow">{betweenOf(cell)}<br />{readingOf(cell)}</span>
              </td>
              <td class="where-wide">{betweenOf(cell)}</td>
              <td class="interval-column where-wide"><Interval cell={cell} most={most} /></td>
              <td class="where-wide">{readingOf(cell)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
