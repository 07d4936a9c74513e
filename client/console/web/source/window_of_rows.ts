// Which rows of a long table are drawn: those in sight and a few around them, so that ten thousand cost as much as fifty.
import { useEffect, useRef, useState } from 'preact/hooks';

export const rowHeight = 44; // pixels; style.css says the same
const around = 8;

export interface RowWindow {
  box: { current: HTMLDivElement | null };
  first: number;
  end: number;
  reveal: (index: number) => void;
}

export function useRowWindow(count: number, headHeight = rowHeight): RowWindow {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const self = box.current;
    if (!self) return undefined;
    const look = () => setSeen({ top: self.scrollTop, height: self.clientHeight });
    const resized = new ResizeObserver(look);
    resized.observe(self);
    self.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      resized.disconnect();
      self.removeEventListener('scroll', look);
    };
  }, [count > 0]);
  const first = Math.max(0, Math.min(Math.floor(seen.top / rowHeight) - around, count));
  const end = Math.min(count, first + Math.ceil(seen.height / rowHeight) + 2 * around);
  const reveal = (index: number) => {
    const self = box.current;
    if (!self) return;
    const top = index * rowHeight;
    const bottom = top + rowHeight + headHeight;
    if (top < self.scrollTop) self.scrollTop = top;
    else if (bottom > self.scrollTop + self.clientHeight) self.scrollTop = bottom - self.clientHeight;
  };
  return { box, first, end, reveal };
}
