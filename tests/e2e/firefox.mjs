// Debian's Firefox, which playwright cannot start: puppeteer drives it, and what stands here gives its pages those few
// of playwright's verbs that the stories use, so that the same stories are walked in both browsers.
import { packages, phone } from './browser.mjs';
import { patience } from './reporter.mjs';

export async function openFirefox({ language = 'nl', prefs = {}, ...options } = {}) {
  const browser = await packages('puppeteer-core').launch({
    browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': language, ...prefs },
    ...options,
  });
  return new Firefox(browser);
}

class Firefox {
  constructor(browser) {
    this.browser = browser;
  }

  // In a context of his own, as visitor() of browser.mjs; `leavesTo` is where the way out leads.
  async visitor(url, { viewport = phone, leavesTo }) {
    const context = await this.browser.createBrowserContext();
    // Not a tab: the page rests while another tab is in front.
    const page = await context.newPage({ type: 'window' });
    await page.setViewport(viewport);
    page.setDefaultTimeout(patience.timeout);
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) trouble.push(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const asked = request.url();
      if (![url, leavesTo].some((known) => asked.startsWith(known)) && !/^(data|blob):/.test(asked)) trouble.push(`request: ${asked}`);
    });
    await page.goto(url);
    return { page: new FirefoxPage(page), trouble, close: () => context.close() };
  }

  // The one page of the profile itself.
  async ownPage() {
    const [page] = await this.browser.pages();
    return new FirefoxPage(page);
  }

  close() {
    return this.browser.close();
  }
}

class FirefoxPage {
  constructor(page) {
    this.page = page;
    this.keyboard = page.keyboard;
  }

  locator(selector) {
    return new Locator(this.page, selector, 0);
  }
  goto(url) {
    return this.page.goto(url);
  }
  goBack() {
    return this.page.goBack();
  }
  content() {
    return this.page.content();
  }
  evaluate(deed, argument) {
    return this.page.evaluate(deed, argument);
  }
  waitForSelector(selector, options) {
    return this.page.waitForSelector(selector, options);
  }
  waitForFunction(holds, argument, options) {
    return this.page.waitForFunction(holds, { polling: 100, ...options }, argument);
  }
  async waitForURL(url) {
    await this.waitForFunction((wanted) => location.href === wanted, url);
  }
}

class Locator {
  constructor(page, selector, index) {
    Object.assign(this, { page, selector, index });
  }

  nth(index) {
    return new Locator(this.page, this.selector, index);
  }
  first() {
    return this.nth(0);
  }
  count() {
    return this.page.$$eval(this.selector, (all) => all.length);
  }
  allTextContents() {
    return this.page.$$eval(this.selector, (all) => all.map((one) => one.textContent));
  }

  async textContent() {
    return (await this.element()).evaluate((one) => one.textContent);
  }
  async getAttribute(name) {
    return (await this.element()).evaluate((one, wanted) => one.getAttribute(wanted), name);
  }
  // Found anew when it was drawn anew between the two, and pressed again when it had moved from under the press, as
  // playwright's does.
  async click() {
    for (let left = 100; ; left -= 1) {
      const one = await this.element();
      const heard = await this.listen();
      const missed = await one.click().then(() => null, (error) => error);
      // A press that leads away from the page takes what listened with it.
      if (!missed && await heard.evaluate(({ pressed }) => pressed).catch(() => true)) return;
      if (missed && !/not clickable|detached|no such node|stale/i.test(missed.message)) throw missed;
      if (left === 0) throw missed ?? new Error(`no press on ${this.selector} was heard`);
      await new Promise((wait) => setTimeout(wait, 100));
    }
  }
  // What comes to hold whether a press arrived at it.
  listen() {
    return this.page.evaluateHandle((selector) => {
      const heard = { pressed: false };
      document.addEventListener('click', ({ target }) => {
        heard.pressed ||= target.closest(selector) !== null;
      }, { capture: true, once: true });
      return heard;
    }, this.selector);
  }
  // As if it were pasted.
  async fill(text) {
    await (await this.element()).evaluate((field, pasted) => {
      field.focus();
      field.select();
      document.execCommand('insertText', false, pasted);
    }, text);
  }

  // Once it is there.
  async element() {
    const found = await this.page.waitForFunction((selector, index) => document.querySelectorAll(selector)[index],
      {}, this.selector, this.index);
    return found.asElement();
  }
}
