// What waits for a person in this case, the earliest first.
import type { PartProps } from './case_screen.tsx';
import { day, named, t } from './language.ts';
import { Empty } from './parts.tsx';

export function TasksPart({ file }: PartProps) {
  if (!file.tasks.length) return <Empty of="tasks" />;
  const tasks = [...file.tasks].sort((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'));
  const late = (due: string | null) => due !== null && new Date(due).getTime() < Date.now();
  return (
    <ul class="items">
      {tasks.map((task, i) => (
        <li key={i} class={late(task.due) ? 'item late' : 'item'}>
          <p><strong>{named('task', task.kind)}</strong></p>
          <p>{task.sentence}</p>
          {task.due ? <p class="hint">{t(late(task.due) ? 'tasks.was_due' : 'tasks.due', { when: day(task.due) })}</p> : null}
        </li>
      ))}
    </ul>
  );
}
