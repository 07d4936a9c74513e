// The same plot for each code of a dimension, or for each region, over one scale; and the table of them.
import { rangeOf, type Points } from './figures.ts';
import { IntervalPlot } from './interval_plot.tsx';
import { IntervalTable } from './interval_table.tsx';

export interface NamedLine { key: string; label: string; points: Points }

export function SmallMultiples({ caption, periods, lines }: { caption: string; periods: readonly string[]; lines: readonly NamedLine[] }) {
  const range = rangeOf(lines.map((line) => line.points));
  return (
    <>
      <div class="multiples">
        {lines.map((line) => <IntervalPlot key={line.key} label={line.label} periods={periods} points={line.points} range={range} height={150} />)}
      </div>
      <IntervalTable caption={caption} periods={periods} lines={lines} />
    </>
  );
}
