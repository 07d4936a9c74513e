// How soon a case is looked at again, proposed from the factors that were ticked; the coordinator decides.
import { useCell } from './cell.ts';
import type { Kind, Values } from './contract.ts';
import { day, t } from './language.ts';
import { choicesOf, labelIn } from './names.ts';
import { Action } from './parts.tsx';
import { vocabulary } from './state.ts';
import { endOf } from './terms.ts';

export function ReviewProposal({ kind, values, onUse }: { kind: Kind; values: Values; onUse: (fields: Values) => void }) {
  const intensities = useCell(vocabulary)?.intensities ?? [];
  const factors = Array.isArray(values['factors']) ? values['factors'].length : 0;
  const intensity = intensities[Math.min(factors, intensities.length - 1)] ?? '';
  const on = endOf(`review.${intensity}`);
  const field = kind.fields.find((one) => one.name === 'intensity');
  const choice = field && choicesOf(field).find((one) => one.code === intensity);
  if (!on) return null;
  return (
    <div class="row">
      <p role="status">{t('review.proposal', { intensity: labelIn(choice?.label, intensity), when: day(on) })}</p>
      <Action kind="subtle" label={t('review.use')} onPress={() => onUse({ intensity, on })} />
    </div>
  );
}
