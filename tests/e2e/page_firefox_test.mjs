// The page in Debian's Firefox, on the real line: the stories that hold in every browser.
import { after, before, describe, test } from 'node:test';

import { desktop, phone } from './browser.mjs';
import { coreStories, Stage } from './core_stories.mjs';
import { openFirefox } from './firefox.mjs';
import { RealRegion } from './real_region.mjs';

let region;
let firefox;
before(async () => {
  region = await RealRegion.open();
  firefox = await openFirefox();
});
after(async () => {
  await firefox?.close();
  await region?.close();
});

// A desk in the long run: what differs there is the layout, which Chromium's stories walk every time.
for (const [size, viewport] of Object.entries(process.env.MELDPUNT_LONG ? { phone, desktop } : { phone })) {
  describe(`Firefox on a ${size}`, { concurrency: 2 }, () => {
    for (const [story, told] of Object.entries(coreStories)) {
      test(`${story}, in Firefox on a ${size}`, () =>
        told(new Stage(region, () => firefox.visitor(region.url, { viewport, leavesTo: region.neutral }))));
    }
  });
}
