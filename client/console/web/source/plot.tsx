// Lines over months. A canvas says nothing to a screen reader: the table beside it holds the same figures.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

import { monthOf } from './language.ts';

export interface Series { label: string; values: (number | null)[]; dashed?: boolean }

const colours = ['#1f5a66', '#8a3b12', '#5b4a8a'];
const height = 220;

export function Plot({ label, months, series }: { label: string; months: readonly string[]; series: readonly Series[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const self = box.current;
    if (!self) return undefined;
    const drawn = new uPlot({
      width: Math.max(240, self.clientWidth),
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, range: (_, least, most) => [least - 0.2, most + 0.2] }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.1)] } },
      axes: [
        { values: (_, marks) => marks.map((mark) => (Number.isInteger(mark) && months[mark] ? monthOf(months[mark]) : '')), incrs: [1, 2, 3, 6, 12], space: 80 },
        { size: 56 },
      ],
      series: [{}, ...series.map((one, i) => ({
        label: one.label, stroke: colours[i % colours.length] ?? '#000', width: 2, ...(i ? { dash: [8 / i, 5] } : {}), points: { size: 7 },
      }))],
    }, [months.map((_, i) => i), ...series.map((one) => one.values)], self);
    const resized = new ResizeObserver(() => drawn.setSize({ width: Math.max(240, self.clientWidth), height }));
    resized.observe(self);
    return () => {
      resized.disconnect();
      drawn.destroy();
    };
  }, [months, series]);
  return (
    <figure>
      <figcaption>
        <strong>{label}</strong>
        <ul class="legend">
          {series.map((one, i) => <li key={one.label}><span class={`line-sign line-${i}`} aria-hidden="true" />{one.label}</li>)}
        </ul>
      </figcaption>
      <div ref={box} class="plot" aria-hidden="true" />
    </figure>
  );
}
