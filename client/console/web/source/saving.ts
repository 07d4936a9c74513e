// A file that the console hands over: the browser puts it among its downloads. Nothing of it stays here.
import type { TakenFile } from './contract.ts';

export function saveFile({ name, type, content }: TakenFile): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(address), 1000);
}
