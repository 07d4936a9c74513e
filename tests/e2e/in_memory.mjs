// For a file of tests: one browser, and the page over a visit in memory, from its first test to its last.
import { after, before } from 'node:test';

import { builtOnce, openBrowser, serve } from './browser.mjs';

export let browser;
export let server;

before(async () => {
  server = await serve(builtOnce());
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  server?.close();
});
