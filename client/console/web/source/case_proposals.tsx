// What the program noticed: cases that may belong together, and who may be able to help. People decide.
import { useState } from 'preact/hooks';

import type { PartProps } from './case_screen.tsx';
import { t } from './language.ts';
import { useDeed } from './load.ts';
import { nameOfPartner } from './names.ts';
import { Action, CaseWay, Confirm, Empty, Trouble } from './parts.tsx';
import { go } from './router.ts';

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
            <p>{link.reason}</p>
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
            <p>{t('links.member', { id: id.slice(0, 8) })}</p>
            <Action label={t('links.split')} describe={t('links.split.of', { id: id.slice(0, 8) })} onPress={() => setOff(id)} disabled={deed.busy} />
          </li>
        ))}
      </ul>
      <Trouble problem={deed.problem} />
      {off ? <Confirm head={t('links.split.head')} body={t('links.split.body')} yes={t('links.split')} onYes={split} onNo={() => setOff(null)} /> : null}
    </>
  );
}

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
              <p><strong>{nameOfPartner(route.to)}</strong></p>
              <p>{route.basis}</p>
              <p class="hint">{t('routes.source', { rule: route.rule, source: route.source.join(', ') })}</p>
            </li>
          ))}
        </ul>
      ) : <Empty of="routes" />}
      <p class="hint">{t('routes.hint')}</p>
    </>
  );
}
