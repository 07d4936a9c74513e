// What is wrong, and what this device was told: on the first screen of each role.
import { useCell } from './cell.ts';
import type { Alarm } from './contract.ts';
import { named, spoken, t, type Key } from './language.ts';
import { Alert, CaseWay } from './parts.tsx';
import { state } from './state.ts';

// Of a case: what to do stands in these screens' words, and the way to it.
function OfCase({ alarm, id }: { alarm: Alarm; id: string }) {
  return (
    <Alert mood="warning" head={named('task', alarm.kind)}>
      <p><CaseWay id={id} name={alarm.name ?? ''} part={alarm.kind === 'second_refused' ? 'tasks' : 'escalations'} /></p>
      <p>{t(`alarm.next.${alarm.kind}` as Key)}</p>
    </Alert>
  );
}

export function Announced() {
  const now = useCell(state);
  return (
    <>
      {now?.alarms.map((alarm) => (alarm.case ? <OfCase key={alarm.case + alarm.kind + alarm.sentence} alarm={alarm} id={alarm.case} /> : (
        <Alert key={alarm.kind + alarm.sentence} mood="warning" head={named('alarm', alarm.kind)}><p>{spoken(alarm.sentence, alarm.said)}</p></Alert>
      )))}
      {now?.announcements.map((one) => <Alert key={one.sentence} mood="info"><p>{spoken(one.sentence, one.said)}</p></Alert>)}
    </>
  );
}
