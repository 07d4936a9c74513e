// Figures that leave the region: released in periods, by two people, with so much chance added that nobody stands out.
import { api } from './api.ts';
import { t, type Key } from './language.ts';
import { useLoad } from './load.ts';
import { Await, Screen } from './parts.tsx';
import { stayAt, trendsParts, type TrendsPart } from './router.ts';
import { Tabs } from './tabs.tsx';
import { BlindPart } from './trends_blind.tsx';
import type { Trends } from './trends_contract.ts';
import { PeriodsPart, waitsForSomebody } from './trends_periods.tsx';
import { ReleasedPart } from './trends_released.tsx';
import { WhatIfPart } from './trends_what_if.tsx';
import { YearPart } from './trends_year.tsx';

function Part({ part, trends, again }: { part: TrendsPart; trends: Trends; again: () => void }) {
  switch (part) {
    case 'periods': return <PeriodsPart trends={trends} again={again} />;
    case 'released': return <ReleasedPart trends={trends} again={again} />;
    case 'what_if': return <WhatIfPart trends={trends} />;
    case 'year': return <YearPart trends={trends} />;
    case 'blind': return <BlindPart />;
  }
}

export function TrendsScreen({ part }: { part: TrendsPart }) {
  const loaded = useLoad(() => api.trends<Trends>(), []);
  const nameOf = (one: TrendsPart) => t(`trends.part.${one}` as Key);
  return (
    <Screen of="trends" wide>
      <Await of={loaded}>
        {(trends) => (
          <>
            <Tabs
              class="unprinted" label={t('trends.parts')} parts={trendsParts} part={part} nameOf={nameOf} onShow={(next) => stayAt({ screen: 'trends', part: next })}
              waiting={(one) => (one === 'periods' ? trends.periods.filter((period) => waitsForSomebody.includes(period.state)).length : 0)}
            />
            <section id="part" role="tabpanel" aria-labelledby={`tab-${part}`} tabIndex={0} class="part">
              <h2 class="spoken">{nameOf(part)}</h2>
              <p class="purpose unprinted">{t(`trends.part.${part}.purpose` as Key)}</p>
              <Part key={part} part={part} trends={trends} again={loaded.again} />
            </section>
          </>
        )}
      </Await>
    </Screen>
  );
}
