// A value that screens watch.
import { useEffect, useState } from 'preact/hooks';

export class Cell<T> {
  private readonly watchers = new Set<() => void>();

  constructor(private held: T) {}

  get value(): T {
    return this.held;
  }

  set(value: T): void {
    if (Object.is(value, this.held)) return;
    this.held = value;
    for (const watcher of [...this.watchers]) watcher();
  }

  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

export function useCell<T>(cell: Cell<T>): T {
  const [, draw] = useState(0);
  useEffect(() => {
    draw((n) => n + 1); // what changed between drawing and watching
    return cell.watch(() => draw((n) => n + 1));
  }, [cell]);
  return cell.value;
}
