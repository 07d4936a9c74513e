// The periods, each with how far it is and the next step: looked at, proposed, signed by a second person, drawn, sent.
import { useState } from 'preact/hooks';

import { day, moment, t, type Key } from './language.ts';
import { useDeed } from './load.ts';
import { Action, Alert, Confirm, Empty, Trouble, Way } from './parts.tsx';
import { go } from './router.ts';
import type { Period, PeriodState, Proposal, Terms, Trends } from './trends_contract.ts';
import { BudgetMeter } from './trends_meter.tsx';
import { PreviewOf } from './trends_preview.tsx';
import { epsilonOf, headOf, nameOfPeriod, nameOfSchedule } from './trends_words.ts';

interface Props { trends: Trends; again: () => void }
interface OfPeriod extends Props { of: Period }

export const waitsForSomebody: readonly PeriodState[] = ['due', 'refused', 'proposed', 'signed'];

function ByWhom({ of }: { of: Proposal }) {
  return (
    <>
      <p>{t('trends.proposed_by', { name: of.by, when: moment(of.hour) })}</p>
      {of.schedule ? <p>{t('trends.terms', { schedule: nameOfSchedule(of.schedule), life: epsilonOf(of.epsilon ?? '') })}</p> : null}
    </>
  );
}

function LookFirst({ of, trends, again }: OfPeriod) {
  const [open, setOpen] = useState(false);
  const year = trends.years.find((one) => one.year === of.period.slice(0, 4));
  const terms: Terms | undefined = year?.terms[of.series];
  if (!terms) return null;
  return (
    <>
      <Action
        label={open ? t('trends.look.close') : t('trends.look')} describe={t(open ? 'trends.look.close.of' : 'trends.look.of', { period: headOf(of) })} expanded={open}
        kind={open ? 'subtle' : 'secondary-action'} onPress={() => setOpen(!open)}
      />
      {open ? <PreviewOf of={of} terms={terms} all={trends.series} again={again} /> : null}
    </>
  );
}

function Draw({ of, again }: OfPeriod) {
  const [asking, setAsking] = useState(false);
  const deed = useDeed(again);
  const { series, period, proposal } = of;
  const draw = async () => {
    setAsking(false);
    if (await deed.run('draw_figures', { series, period }, 'trends.drawn')) go({ screen: 'trends', part: 'released' });
  };
  return (
    <>
      <Trouble problem={deed.problem} />
      <Action kind="primary-action" label={t('trends.draw')} describe={t('trends.draw.of', { period: headOf(of) })} disabled={deed.busy} onPress={() => setAsking(true)} />
      {asking ? (
        <Confirm
          head={t('trends.draw.confirm', { period: headOf(of) })}
          body={t('trends.draw.exactly', { schedule: proposal?.schedule ? nameOfSchedule(proposal.schedule) : '', life: epsilonOf(proposal?.epsilon ?? ''), rho: proposal?.life ?? '' })}
          yes={t('trends.draw')} onYes={() => void draw()} onNo={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

function NextStep(props: OfPeriod) {
  const { of } = props;
  switch (of.state) {
    case 'due': return <LookFirst {...props} />;
    case 'refused': return (
      <>
        <Alert mood="warning" head={t('trends.refused_by', { name: of.refused?.by ?? '' })}><p class="words" dir="auto">{of.refused?.reason}</p></Alert>
        <LookFirst {...props} />
      </>
    );
    case 'proposed': return <Way label={t('trends.approvals')} onPress={() => go({ screen: 'approvals' })} />;
    case 'signed': return <Draw {...props} />;
    case 'released': return <Way label={t('trends.show')} describe={t('trends.show.of', { period: headOf(of) })} onPress={() => go({ screen: 'trends', part: 'released' })} />;
    case 'lost': return <p>{t('trends.lost.hint')}</p>;
    case 'finer': return <p class="hint">{t('trends.finer.hint', { periods: (of.missing ?? []).map(nameOfPeriod).join('; ') })}</p>;
    case 'running': return <p class="hint">{t('trends.running.hint', { when: day(of.from ?? '') })}</p>;
  }
}

function OnePeriod(props: OfPeriod) {
  const { of } = props;
  return (
    <li class={of.state === 'lost' ? 'item late' : 'item'}>
      <h3>{headOf(of)}</h3>
      <p><strong>{t(`trends.state.${of.state}` as Key)}</strong> <span class="hint">{t('trends.days', { first: day(of.first), last: day(of.last) })}</span></p>
      {of.proposal ? <ByWhom of={of.proposal} /> : null}
      <NextStep {...props} />
    </li>
  );
}

function Some({ group, states, ...props }: Props & { group: string; states: readonly PeriodState[] }) {
  const some = props.trends.periods.filter((one) => states.includes(one.state));
  if (!some.length) return null;
  return (
    <section>
      <h3 class="group">{t(`trends.group.${group}` as Key)}</h3>
      <ul class="items">{some.map((one) => <OnePeriod key={`${one.series} ${one.period}`} of={one} {...props} />)}</ul>
    </section>
  );
}

export function PeriodsPart(props: Props) {
  const { periods, years } = props.trends;
  const [newest] = years;
  return (
    <>
      {periods.some((one) => waitsForSomebody.includes(one.state)) ? null : <Empty of="periods" />}
      <Some group="now" states={waitsForSomebody} {...props} />
      <Some group="lost" states={['lost']} {...props} />
      {newest ? <BudgetMeter year={newest} /> : null}
      <Some group="later" states={['finer', 'running']} {...props} />
      <Some group="released" states={['released']} {...props} />
    </>
  );
}
