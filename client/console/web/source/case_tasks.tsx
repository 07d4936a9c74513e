// What waits for a person in this case, the earliest first, and its checklists.
import { Checklists } from './case_checklists.tsx';
import type { PartProps } from './case_screen.tsx';
import type { CaseFile, Task } from './contract.ts';
import { day, named, t } from './language.ts';
import { nameOfPartner } from './names.ts';
import { Empty } from './parts.tsx';

// Of a task that somebody wrote, what they wrote.
function sentenceOf(task: Task, file: CaseFile): string {
  if (task.kind === 'task') return task.sentence;
  const partner = nameOfPartner(file.escalations.find((one) => one.escalation === task.escalation)?.recipient ?? '');
  const kind = task.why ? `${task.kind}.${task.why}` : task.kind;
  return named('task_what', kind).replace('{partner}', partner);
}

function Waiting({ file }: { file: CaseFile }) {
  if (!file.tasks.length) return <Empty of="tasks" />;
  const tasks = [...file.tasks].sort((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'));
  const late = (due: string | null) => due !== null && new Date(due).getTime() < Date.now();
  return (
    <ul class="items">
      {tasks.map((task, i) => (
        <li key={i} class={late(task.due) ? 'item late' : 'item'}>
          <p><strong>{named('task', task.kind)}</strong></p>
          <p>{sentenceOf(task, file)}</p>
          {task.due ? <p class="hint">{t(late(task.due) ? 'tasks.was_due' : 'tasks.due', { when: day(task.due) })}</p> : null}
        </li>
      ))}
    </ul>
  );
}

export function TasksPart(props: PartProps) {
  return (
    <>
      <Waiting file={props.file} />
      <Checklists {...props} />
    </>
  );
}
