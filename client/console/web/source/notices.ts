// Desktop notices, when somebody switched them on: that something is new, or acute, and never a word of what.
import { api } from './api.ts';
import { t } from './language.ts';
import { notices } from './state.ts';

export type Allowed = 'on' | 'refused' | 'absent';

export async function switchOn(): Promise<Allowed> {
  if (!('Notification' in window)) return 'absent';
  const answer = await Notification.requestPermission();
  notices.set(answer === 'granted');
  return answer === 'granted' ? 'on' : 'refused';
}

export async function notify(role: string): Promise<void> {
  if (!notices.value || !('Notification' in window)) return;
  const lists = !['partner', 'approver', 'receiver'].includes(role);
  const fresh = lists ? await api.cases('new', '').catch(() => null) : null;
  const acute = fresh?.cases.some((row) => row.acute && row.unread) ?? false;
  new Notification('Meldpunt', { body: t(acute ? 'notice.acute' : 'notice.new'), tag: 'meldpunt' });
}
