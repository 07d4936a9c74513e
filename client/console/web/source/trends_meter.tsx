// What a case of this year pays of the budget of its life: a bar, and the same in words and as a table.
import { figure, t, type Key } from './language.ts';
import type { Year } from './trends_contract.ts';
import { epsilonOf, nameOfSeries } from './trends_words.ts';

export function BudgetMeter({ year }: { year: Year }) {
  const { meter } = year;
  if (!meter) return null;
  const paid = meter.parts.reduce((sum, part) => sum + part.percent, 0);
  return (
    <section aria-labelledby="meter-head">
      <h3 id="meter-head" class="group">{t('trends.meter', { year: year.year })}</h3>
      <p>{t('trends.meter.words', { paid: epsilonOf(meter.epsilon_paid), life: epsilonOf(meter.epsilon_life), percent: figure(Math.round(paid)) })}</p>
      <div class="meter" aria-hidden="true">
        {meter.parts.map((part, i) => <span key={i} class={`meter-part meter-${i % 4}`} style={{ inlineSize: `${Math.min(100, part.percent)}%` }} />)}
      </div>
      <table class="plain">
        <caption class="spoken">{t('trends.meter', { year: year.year })}</caption>
        <thead><tr><th scope="col">{t('trends.meter.part')}</th><th scope="col">{t('trends.meter.epsilon')}</th><th scope="col">{t('trends.meter.percent')}</th></tr></thead>
        <tbody>
          {meter.parts.map((part, i) => (
            <tr key={i}>
              <th scope="row"><span class={`meter-sign meter-${i % 4}`} aria-hidden="true" />{nameOfSeries(part.series)}, {t(`trends.each.${part.cadence}` as Key)}</th>
              <td>{epsilonOf(part.cost.epsilon)}</td><td>{figure(part.percent)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">{t('trends.meter.hint')}</p>
    </section>
  );
}
