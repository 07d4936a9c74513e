// The figures of plots in words: estimate, interval, whether it is provisional, whether it can be read.
import type { FigureCell } from './contract.ts';
import { intervalInWords, isUncertain, type Points } from './figures.ts';
import { figure, t } from './language.ts';

export function Interval({ cell }: { cell: FigureCell }) {
  const uncertain = isUncertain(cell);
  return (
    <>
      <strong>{uncertain ? '± ' : ''}{figure(cell[0])}</strong> <span class="interval-words">{intervalInWords(cell)}</span>
      {uncertain ? <span class="too-uncertain">{t('figures.uncertain')}</span> : null}
    </>
  );
}

export const lookOf = (cell: FigureCell) => (isUncertain(cell) ? 'uncertain' : undefined);

export function IntervalTable({ caption, periods, lines }: {
  caption: string; periods: readonly string[]; lines: readonly { key: string; label: string; points: Points }[];
}) {
  const provisional = (i: number) => lines.some((line) => line.points[i] && !line.points[i]?.final);
  return (
    <div class="scrolls" tabIndex={0} role="region" aria-label={caption}>
      <table class="plain figures">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.period')}</th>
            {lines.map((line) => <th key={line.key} scope="col">{line.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {periods.map((period, i) => (
            <tr key={period}>
              <th scope="row">{period}{provisional(i) ? <span class="standing"> {t('figures.provisional')}</span> : null}</th>
              {lines.map((line) => {
                const point = line.points[i];
                return <td key={line.key} class={point ? lookOf(point.cell) : undefined}>{point ? <Interval cell={point.cell} /> : t('figures.none')}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
