// What the tests of the coordinator's screens share: the built document over the mock region, a browser before it, and
// the way to every screen.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MockRegion, startMock } from '../../client/console/web/test/mock_server.mjs';
import { erasedNumber } from '../../client/console/web/test/sample.mjs';
import { openBrowser, packages, root, work } from './browser.mjs';

export { MockRegion };
export const console_texts = (language) => JSON.parse(readFileSync(join(root, `client/console/web/text/${language}.json`), 'utf8'));
export const pictures = join(work, 'console_screenshots');
mkdirSync(pictures, { recursive: true });
const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

// ctest gives the document that the build made; by hand it is made here.
function documentFolder() {
  if (process.env.MELDPUNT_CONSOLE) return process.env.MELDPUNT_CONSOLE;
  const folder = join(work, 'console_document');
  execFileSync('node', [join(root, 'client/console/web/build.mjs'), '--out', folder], { stdio: 'inherit' });
  return folder;
}
export const document_folder = documentFolder();
export const browser = await openBrowser();

export const laptop = { width: 1280, height: 800 };
export const small = { width: 1024, height: 768 };

// Somebody at a desk. `trouble`: errors, warnings, requests to anywhere else, and what is wrong with a screen that was
// looked at.
export async function atTheDesk({ region = new MockRegion(), viewport = laptop, language = 'nl', open = true, clock = false, ...options } = {}) {
  const mock = await startMock(document_folder, region);
  const context = await browser.newContext({ viewport, locale: language === 'nl' ? 'nl-NL' : 'en-GB', timezoneId: 'Europe/Amsterdam', ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // A refusal is a red line in Chromium's own console; the screen says it in words.
    if (['error', 'warning'].includes(message.type()) && !/Failed to load resource/.test(message.text())) trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(mock.url) && !/^(data|blob):/.test(request.url())) trouble.push(`request: ${request.url()}`);
  });
  if (clock) await page.clock.install();
  const t = console_texts(language);
  await page.goto(mock.link());
  if (open) await page.getByRole('navigation', { name: t['nav.label'] }).waitFor();
  const close = async () => {
    await context.close();
    mock.close();
  };
  return { page, mock, region, trouble, t, close, context };
}

const nav = (name) => async ({ page, t }) => {
  await page.getByRole('navigation').getByRole('button', { name: t[`nav.${name}`] }).first().click();
  await settled(page);
};

export async function settled(page) {
  await page.waitForLoadState('domcontentloaded');
  await page.waitForFunction(() => document.querySelector('h1') && ![...document.querySelectorAll('[role=status].hint')].some((one) => one.textContent?.endsWith('...')));
}

export async function openFullCase({ page, region, t }) {
  await nav('list')({ page, t });
  await page.getByRole('button', { name: region.rows[region.fullNumber].name, exact: true }).click();
  await page.getByRole('tablist').waitFor();
}

export const case_parts = ['thread', 'file', 'identity', 'consents', 'escalations', 'tasks', 'proposals', 'papers', 'closing', 'audit'];
const part = (name) => async (desk) => {
  await openFullCase(desk);
  await desk.page.locator(`#tab-${name}`).click();
  await settled(desk.page);
};

// A part of the figures.
const figures = (name) => async (desk) => {
  await nav('trends')(desk);
  await desk.page.locator(`#tab-${name}`).click();
  await settled(desk.page);
  await desk.page.locator('#part table').first().waitFor();
};

// The first period that is due, as it would be published.
export async function lookAtPeriod({ page, t }) {
  await page.locator('.item').filter({ hasText: t['trends.state.due'] }).getByRole('button').first().click();
  await page.locator('.preview table').waitFor();
}

// Every screen, and how to come to it.
export const coordinator_ways = {
  start: nav('start'),
  list: nav('list'),
  search: nav('search'),
  found: async (desk) => {
    await nav('search')(desk);
    await desk.page.getByLabel(desk.t['search.words'], { exact: false }).fill('paspoort');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText(desk.t['search.found'].replace('{count}', '2')).waitFor();
  },
  list_chosen: async (desk) => {
    await nav('list')(desk);
    await desk.page.getByLabel(desk.t['many.all'], { exact: true }).check();
    await desk.page.locator('.many').waitFor();
  },
  caller: nav('caller'),
  caller_code: async (desk) => {
    await nav('caller')(desk);
    await desk.page.getByLabel(desk.t['caller.text']).fill('Zij belt uit een winkel.');
    await desk.page.getByRole('button', { name: desk.t['caller.prepare'] }).click();
    await desk.page.locator('.code-words').waitFor();
  },
  knowledge: nav('knowledge'),
  knowledge_form: async (desk) => {
    await nav('knowledge')(desk);
    await desk.page.getByRole('button', { name: desk.t['knowledge.add'] }).click();
  },
  approvals: nav('approvals'),
  to_erase: nav('to_erase'),
  to_erase_confirm: async (desk) => {
    await nav('to_erase')(desk);
    await desk.page.getByRole('button', { name: desk.t['to_erase.all'] }).click();
  },
  statistics: nav('statistics'),
  trends: nav('trends'),
  ...Object.fromEntries(['released', 'what_if', 'year', 'blind'].map((name) => [`trends_${name}`, figures(name)])),
  trends_preview: async (desk) => {
    await nav('trends')(desk);
    await lookAtPeriod(desk);
  },
  trends_draw: async (desk) => {
    await nav('trends')(desk);
    await desk.page.getByRole('button', { name: new RegExp(`^${desk.t['trends.draw']}`) }).click();
    await desk.page.getByRole('dialog').waitFor();
  },
  audit: nav('audit'),
  settings: nav('settings'),
  ...Object.fromEntries(case_parts.map((name) => [`case_${name}`, part(name)])),
  case_erased: async (desk) => {
    await nav('list')(desk);
    await desk.page.getByLabel(desk.t['list.view'], { exact: true }).selectOption('all');
    await desk.page.getByLabel(desk.t['list.find'], { exact: true }).fill(desk.region.rows[erasedNumber].name);
    await desk.page.getByRole('button', { name: desk.region.rows[erasedNumber].name, exact: true }).click();
    await desk.page.getByText(desk.t['erased.head']).waitFor();
  },
  case_reply: async (desk) => {
    await part('thread')(desk);
    await desk.page.getByLabel(desk.t['reply.module'], { exact: true }).selectOption('SAFE');
  },
  case_fresh_code: async (desk) => {
    await part('thread')(desk);
    await desk.page.getByText(desk.t['fresh.head'], { exact: true }).first().click();
    await desk.page.getByRole('button', { name: desk.t['photo.show'] }).click();
  },
  case_identity_open: async (desk) => {
    await part('identity')(desk);
    await desk.page.getByLabel(desk.t['identity.reason']).fill('afspraak');
    await desk.page.getByRole('button', { name: desk.t['identity.open'] }).click();
    await desk.page.getByText('06-00000000').waitFor();
  },
  case_preview: async (desk) => {
    await part('escalations')(desk);
    await fillEscalation(desk);
    await desk.page.getByText(desk.t['escalation.preview']).waitFor();
  },
  case_papers_shown: async (desk) => {
    await part('papers')(desk);
    await showPaper(desk);
  },
  case_papers_taken: async (desk) => {
    await part('papers')(desk);
    await showPaper(desk);
    await takePaper(desk);
  },
  case_file_form: async (desk) => {
    await part('file')(desk);
    await desk.page.getByRole('button', { name: /(Wijzigen|Change): (Risicoscreening|Risk screening)/ }).click();
  },
  case_review_form: async (desk) => {
    await part('file')(desk);
    await desk.page.getByRole('heading', { name: /(Volgend overleg|Next review)/ }).click();
    await desk.page.getByRole('button', { name: /(Toevoegen|Add): (Volgend overleg|Next review)/ }).click();
  },
  print: async (desk) => {
    await openFullCase(desk);
    await desk.page.getByRole('button', { name: desk.t['case.print'], exact: true }).click();
    await settled(desk.page);
    await desk.page.getByRole('heading', { name: desk.t['part.thread'] }).waitFor();
  },
  help: async (desk) => {
    await nav('start')(desk);
    await desk.page.getByRole('button', { name: desk.t['nav.help'], exact: true }).click();
    await desk.page.getByRole('dialog').waitFor();
  },
};

export async function fillEscalation({ page, t }) {
  await page.getByText(t['escalation.head'], { exact: true }).click();
  await page.getByLabel(t['sharing.recipient']).first().selectOption('KADERA');
  await page.getByLabel(t['sharing.purpose']).first().selectOption('REFER');
  await page.locator('.ticks').getByText(/^(Samenvatting|Summary)$/).click();
  await page.locator('textarea').last().fill('<b>Zoekt opvang</b>');
  await page.getByRole('button', { name: t['escalation.prepare'] }).click();
}

export async function showPaper({ page, t }) {
  await page.getByRole('button', { name: t['papers.show'], exact: true }).click();
  await page.locator('.paper').waitFor();
}
export async function takePaper({ page, t }) {
  await page.getByLabel(t['papers.reason']).fill('op verzoek');
  await page.getByRole('button', { name: t['papers.take'], exact: true }).click();
  await page.getByText(t['papers.taken.hint']).waitFor();
}

export async function axeFindings(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 140)).join(' | ')}`);
}

// What axe does not see: what a stranger wrote became markup; a screen without one heading and its purpose; something
// too small to hit; a page that scrolls sideways; a number of rows that no browser likes; a text without words.
export function faultsOf(page) {
  return page.evaluate(() => {
    const faults = [];
    if (window.broken || document.querySelector('img[src="x"]')) faults.push('text became markup');
    if (document.querySelectorAll('h1').length !== 1) faults.push('not one heading of the first level');
    if (!document.querySelector('.screen > .purpose')?.textContent) faults.push('the screen does not say its purpose');
    if (window.location.hash || window.location.search) faults.push(`the address says ${window.location.href}`);
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
    for (const one of document.querySelectorAll('button, a, summary, select, input, textarea')) {
      if (!one.checkVisibility()) continue;
      const box = (one.closest('label') ?? one).getBoundingClientRect();
      if (box.height < 24 || box.width < 24) faults.push(`${one.tagName} "${one.textContent.slice(0, 30)}" is ${Math.round(box.width)}x${Math.round(box.height)}`);
    }
    const box = document.querySelector('.long');
    if (box && box.querySelector('thead tr').getBoundingClientRect().width < box.clientWidth - 2) faults.push('the table leaves room beside it');
    if (document.querySelectorAll('tbody tr').length > 80) faults.push('too many rows are drawn');
    const words = document.body.innerText.match(/\{[a-z_]+\}|\bundefined\b|\[object|\bNaN\b|Invalid Date|\b(?:screen|part|empty|error|view|state)\.[a-z_]+\b/g);
    if (words) faults.push(`not words: ${words.join(' ')}`);
    return faults;
  });
}

// axe takes the longest and finds the same at another width: `quick` goes without.
export async function look(desk, name, size, { quick = false } = {}) {
  for (const fault of [...await faultsOf(desk.page), ...(quick ? [] : await axeFindings(desk.page))]) desk.trouble.push(`${name}: ${fault}`);
  await desk.page.screenshot({ path: join(pictures, `${name}_${size}.png`), fullPage: true });
}
