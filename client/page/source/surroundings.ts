// The clock and the line of a real browser.
import type { Clock, Post } from './visit';

const frameSize = 16384;
const patience = 60_000;

export const browserClock: Clock = {
  steady: () => performance.now(),
  unix: () => Math.floor(Date.now() / 1000),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

// To the page's own path: no other address ever appears on the line.
export const postToOwnPath: Post = async (frame) => {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), patience);
  try {
    const response = await fetch(location.pathname, {
      method: 'POST',
      body: frame as Uint8Array<ArrayBuffer>,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      signal: ending.signal,
    });
    if (response.status !== 200) throw new Error('the gateway did not answer with a frame');
    const answer = new Uint8Array(await response.arrayBuffer());
    if (answer.length !== frameSize) throw new Error('the gateway did not answer with a frame');
    return answer;
  } finally {
    clearTimeout(timer);
  }
};
