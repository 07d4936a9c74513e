// A line over time with the band of its 95 % intervals. What is provisional is dashed and hollow; what is too uncertain to
// read is marked ±. A canvas says nothing to a screen reader: the table beside it holds the same figures.
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

import { isUncertain, type Points } from './figures.ts';

const ink = '#1f5a66';
const band = 'rgba(31, 90, 102, 0.18)';

// A dashed line reaches from the last final point on.
function dashed(points: Points): (number | null)[] {
  return points.map((point, i) => {
    if (!point) return null;
    const joins = [points[i - 1], points[i + 1]].some((one) => one && !one.final);
    return !point.final || joins ? point.cell[0] : null;
  });
}

const solid = (points: Points) => points.map((point) => (point?.final ? point.cell[0] : null));

function drawMarks(plot: uPlot, points: Points): void {
  const { ctx } = plot;
  const scale = uPlot.pxRatio;
  ctx.save();
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  points.forEach((point, i) => {
    if (!point) return;
    const x = plot.valToPos(i, 'x', true);
    const y = plot.valToPos(point.cell[0], 'y', true);
    if (isUncertain(point.cell)) {
      ctx.font = `bold ${15 * scale}px sans-serif`;
      ctx.lineWidth = 4 * scale;
      ctx.strokeStyle = '#ffffff';
      ctx.strokeText('±', x, y);
      ctx.fillStyle = ink;
      ctx.fillText('±', x, y);
      return;
    }
    ctx.beginPath();
    ctx.arc(x, y, 4 * scale, 0, 2 * Math.PI);
    ctx.fillStyle = point.final ? ink : '#ffffff';
    ctx.strokeStyle = ink;
    ctx.lineWidth = 1.5 * scale;
    ctx.fill();
    ctx.stroke();
  });
  ctx.restore();
}

export function IntervalPlot({ label, periods, points, range, height = 220 }: {
  label: string; periods: readonly string[]; points: Points; range: readonly [number, number]; height?: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [least, most] = range;
  useEffect(() => {
    const self = box.current;
    if (!self) return undefined;
    const room = (most - least) * 0.08;
    const wide = () => Math.max(200, self.clientWidth);
    const hidden = { stroke: 'transparent', points: { show: false } };
    const drawn = new uPlot({
      width: wide(),
      height,
      cursor: { show: false },
      legend: { show: false },
      scales: { x: { time: false, range: [-0.3, periods.length - 0.7] }, y: { range: [least < 0 ? least - room : 0, most + room] } },
      axes: [
        { values: (_, marks) => marks.map((mark) => (Number.isInteger(mark) && periods[mark] ? periods[mark] : '')), incrs: [1, 2, 3, 4, 6, 12], space: 84, size: 30 },
        { size: 48, space: 20 },
      ],
      series: [
        {}, hidden, hidden,
        { stroke: ink, width: 2, points: { show: false } },
        { stroke: ink, width: 2, dash: [6, 5], points: { show: false } },
      ],
      bands: [{ series: [2, 1], fill: band }],
      hooks: { draw: [(plot) => drawMarks(plot, points)] },
    }, [
      periods.map((_, i) => i), points.map((point) => point?.cell[1] ?? null), points.map((point) => point?.cell[2] ?? null),
      solid(points), dashed(points),
    ], self);
    const resized = new ResizeObserver(() => drawn.setSize({ width: wide(), height }));
    resized.observe(self);
    return () => {
      resized.disconnect();
      drawn.destroy();
    };
  }, [periods, points, least, most, height]);
  return (
    <figure>
      <figcaption><strong>{label}</strong></figcaption>
      <div ref={box} class="plot" aria-hidden="true" />
    </figure>
  );
}
