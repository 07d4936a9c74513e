// Where nothing comes from: municipalities and kinds of reporter. Exact, from the cases on this device, and for nobody else.
import { api } from './api.ts';
import { day, t, type Key } from './language.ts';
import { useLoad } from './load.ts';
import { nameOfCode } from './names.ts';
import { Alert, Await, Empty } from './parts.tsx';
import type { BlindSpots, Spot } from './trends_contract.ts';

const inOrder = ['never', 'year', ''];

function Spots({ caption, scheme, spots }: { caption: string; scheme: string; spots: readonly Spot[] }) {
  const sorted = [...spots].sort((one, other) => inOrder.indexOf(one.silent) - inOrder.indexOf(other.silent));
  return (
    <table class="plain spots">
      <caption>{caption}</caption>
      <thead><tr><th scope="col">{t('trends.what')}</th><th scope="col">{t('trends.blind.newest')}</th><th scope="col">{t('trends.blind.silence')}</th></tr></thead>
      <tbody>
        {sorted.map((one) => (
          <tr key={one.code}>
            <th scope="row">{nameOfCode(scheme, one.code)}</th><td>{one.newest ? day(one.newest) : t('trends.blind.none')}</td>
            <td>{one.silent ? <strong>{t(`trends.silent.${one.silent}` as Key)}</strong> : t('trends.silent.recent')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BlindPart() {
  const loaded = useLoad(() => api.trends<BlindSpots>({ show: 'blind' }), []);
  return (
    <div class="unprinted">
      <Alert mood="info"><p>{t('trends.blind.stays')}</p></Alert>
      <Await of={loaded}>
        {(blind) => (blind.since ? (
          <>
            <p>{t('trends.blind.since', { when: day(blind.since) })}</p>
            <div class="both">
              <div><Spots caption={t('trends.blind.municipalities')} scheme="municipality" spots={blind.municipalities} /></div>
              <div><Spots caption={t('trends.blind.reporters')} scheme="reporter" spots={blind.reporters} /></div>
            </div>
            <p class="hint">{t('trends.blind.means')}</p>
          </>
        ) : <Empty of="blind" />)}
      </Await>
    </div>
  );
}
