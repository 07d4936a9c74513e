// What the program noticed: cases that may belong together, and who may be able to help. People decide.
import { useState } from 'preact/hooks';

import { reporterOf } from './case_reporters.tsx';
import type { PartProps } from './case_screen.tsx';
import type { Proposals } from './contract.ts';
import { named, t } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfCode, nameOfPartner } from './names.ts';
import { Action, CaseWay, Confirm, Empty, Trouble } from './parts.tsx';
import { go } from './router.ts';

// A number is shown as it is compared; a place and its work as codes of the lists.
function reasonOf({ kind, what = '', reason }: Proposals['links'][number]): string {
  if (kind === 'same_number') return t('links.same_number', { number: what });
  const [place = '', sector = ''] = what.split(' ');
  if (kind !== 'same_place') return reason;
  return t('links.same_place', { place: nameOfCode('municipality', place), sector: nameOfCode('sector', sector) });
}

function Links({ file, again }: PartProps) {
  const [into, setInto] = useState<{ case: string; name: string } | null>(null);
  const deed = useDeed(again);
  const merge = async () => {
    const target = into;
    setInto(null);
    if (target && (await deed.run('merge', { case: file.row.case, into: target.case }, 'links.merged'))) {
      go({ screen: 'case', case: target.case, part: 'thread' });
    }
  };
  if (!file.proposals.links.length) return <Empty of="links" />;
  return (
    <>
      <ul class="items">
        {file.proposals.links.map((link) => (
          <li key={link.case} class="item">
            <p><CaseWay id={link.case} name={link.name} /></p>
            <p>{reasonOf(link)}</p>
            <Action label={t('links.merge', { name: link.name })} onPress={() => setInto(link)} disabled={deed.busy} />
          </li>
        ))}
      </ul>
      <Trouble problem={deed.problem} />
      {into ? (
        <Confirm
          head={t('links.merge.head', { name: into.name })} body={t('links.merge.body')} yes={t('links.merge.yes')}
          onYes={() => void merge()} onNo={() => setInto(null)}
        />
      ) : null}
    </>
  );
}

// A merged case is its first report and those that were put with it.
function Members({ file, again }: PartProps) {
  const [off, setOff] = useState<string | null>(null);
  const deed = useDeed(again);
  const others = file.row.members.filter((id) => id !== file.row.case);
  const split = () => {
    const which = off;
    setOff(null);
    if (which) void deed.run('split', { case: which }, 'links.split.done');
  };
  if (!others.length) return null;
  return (
    <>
      <h2>{t('links.members')}</h2>
      <ul class="items">
        {others.map((id) => (
          <li key={id} class="item">
            <p>{reporterOf(file, id)}</p>
            <Action label={t('links.split')} describe={t('links.split.of', { whose: reporterOf(file, id) })} onPress={() => setOff(id)} disabled={deed.busy} />
          </li>
        ))}
      </ul>
      <Trouble problem={deed.problem} />
      {off ? <Confirm head={t('links.split.head')} body={t('links.split.body')} yes={t('links.split')} onYes={split} onNo={() => setOff(null)} /> : null}
    </>
  );
}

type Route = Proposals['routes'][number];

// A partner of the list, or a place that depends on the case.
const toWhom = (to: string) => named('route_to', nameOfPartner(to));

// In this language where these screens have the rule's words; the vocabulary's own otherwise.
function inWords(prefix: string, { rule }: Route, otherwise = ''): string {
  const words = named(prefix, rule);
  return otherwise && words === rule ? otherwise : otherwise && words;
}
const linesOf = (route: Route) => [
  inWords('route_basis', route, route.basis), inWords('route_warning', route, route.warning), route.forum ?? '', inWords('route_task', route, route.task),
].filter(Boolean);

export function ProposalsPart(props: PartProps) {
  const { routes } = props.file.proposals;
  return (
    <>
      <h2>{t('links.head')}</h2>
      <Links {...props} />
      <Members {...props} />
      <h2>{t('routes.head')}</h2>
      {routes.length ? (
        <ul class="items">
          {routes.map((route) => (
            <li key={route.rule + route.to} class="item">
              <p><strong>{toWhom(route.to)}</strong></p>
              {linesOf(route).map((line) => <p key={line}>{line}</p>)}
              <p class="hint">{t('routes.source', { rule: route.rule, source: route.source.join(', ') })}</p>
            </li>
          ))}
        </ul>
      ) : <Empty of="routes" />}
      <p class="hint">{t('routes.hint')}</p>
    </>
  );
}
