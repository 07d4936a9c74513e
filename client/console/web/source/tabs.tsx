// The parts of a screen, one of which is shown: arrows go from one to the next.
import { useRef } from 'preact/hooks';

export function Tabs<Part extends string>(props: {
  label: string; parts: readonly Part[]; part: Part; nameOf: (part: Part) => string; waiting?: (part: Part) => number;
  onShow: (part: Part) => void; class?: string;
}) {
  const { parts, part } = props;
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = parts[(parts.indexOf(part) + step + parts.length) % parts.length] ?? part;
    props.onShow(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div class={`tabs ${props.class ?? ''}`} role="tablist" aria-label={props.label} ref={list} onKeyDown={move}>
      {parts.map((one) => {
        const waiting = props.waiting?.(one);
        return (
          <button
            key={one} type="button" role="tab" id={`tab-${one}`} aria-selected={one === part ? 'true' : 'false'} aria-controls="part"
            tabIndex={one === part ? 0 : -1} onClick={() => props.onShow(one)}
          >
            {props.nameOf(one)}{waiting ? <span class="count">{waiting}</span> : null}
          </button>
        );
      })}
    </div>
  );
}
