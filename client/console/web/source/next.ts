// "Take the next": the server gives this device the case that waits longest, acute ones first.
import { api } from './api.ts';
import { t } from './language.ts';
import { go } from './router.ts';
import { say } from './state.ts';

// False when nothing waits.
export async function takeNext(): Promise<boolean> {
  const taken = await api.deed<{ case: string | null }>('next');
  if (!taken.case) {
    say(t('start.next.none'));
    return false;
  }
  go({ screen: 'case', case: taken.case, part: 'thread' });
  return true;
}
