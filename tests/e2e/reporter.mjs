// What a reporter does on the page over the real core, from the first screen to the last. In any of the browsers.
import { Journey } from './journey.mjs';

export const patience = { timeout: 60_000 };

// Ten times a second, not at each frame: several browsers share the machine.
export function shows(page, text, timeout = patience.timeout) {
  return page.waitForFunction((wanted) => document.querySelector('main')?.textContent.includes(wanted), text, { timeout, polling: 100 });
}

// Straight to the story: every question is skipped, which is always enough. `more` is done on the story's screen.
export async function tell(page, door, story, more = async () => {}) {
  const journey = new Journey(page);
  await journey.toDoor(door);
  for (;;) {
    await page.waitForSelector('main[data-screen="question"], main[data-screen="story"]');
    if (await page.locator('main[data-screen="story"]').count()) break;
    const asked = await page.locator('h1').textContent();
    await journey.go();
    await page.waitForFunction((before) => document.querySelector('h1')?.textContent !== before, asked);
  }
  await page.locator('textarea').fill(story);
  await more(page);
  await journey.go();
}

// Reads the code off the screen and goes on without being asked for it.
export async function keepCode(page) {
  await page.waitForSelector('main[data-screen="code"], main[data-screen="way_back"]', patience);
  if (await page.locator('main[data-screen="way_back"]').count()) await new Journey(page).choose(0);
  await page.waitForSelector('main[data-screen="code"]', patience);
  const words = await page.locator('.words li').allTextContents();
  const digits = await page.locator('.digits span').allTextContents();
  await new Journey(page).go();
  await page.waitForSelector('main[data-screen="code_check"]');
  await page.locator('main .row .utrecht-button--subtle').first().click();
  return { words: words.join(' '), digits: digits.join(' ') };
}

export async function send(page) {
  await page.waitForSelector('main[data-screen="summary"]', patience);
  await new Journey(page).go();
  await page.waitForSelector('main[data-screen="arrived"]', patience);
}

export async function report(page, door, story) {
  await tell(page, door, story);
  const code = await keepCode(page);
  await send(page);
  return code;
}

export async function comeBack(page, typed) {
  const journey = new Journey(page);
  await journey.at('home');
  await journey.choose(1);
  await journey.at('before');
  await journey.go();
  await journey.at('return');
  await page.locator('[role=combobox]').fill(typed);
  await journey.go();
}
