// The ways through the page, one step at a time. Whoever walks says what is looked at on each step.

export class Journey {
  constructor(page, atEachStep = async () => {}) {
    this.page = page;
    this.atEachStep = atEachStep;
  }

  async at(screen, name = screen) {
    await this.page.waitForSelector(`main[data-screen="${screen}"]`);
    await this.atEachStep(name, this.page);
  }

  async choose(index) {
    await this.page.locator('.choice').nth(index).click();
  }

  async go() {
    await this.page.locator('main .utrecht-button--primary-action').first().click();
  }

  // Home, the interruption, the door: 0 about me, 1 I saw something, 2 professional report, 3 advice.
  async toDoor(door) {
    await this.at('home');
    await this.choose(0);
    await this.at('before');
    await this.go();
    await this.at('doors');
    if (door < 2) return this.choose(door);
    await this.choose(2);
    await this.at('work');
    return this.choose(door - 2);
  }

  // Answers every question with its first option, and tells a story.
  async answer(questions, story, look = async () => {}) {
    for (let i = 0; i < questions; i += 1) {
      await this.at('question', `question_${i + 1}`);
      await this.page.locator('.option').first().click();
      if (i === 0) await this.atEachStep('question_answered', this.page);
      const before = await this.page.locator('h1').textContent();
      await this.go();
      await this.page.waitForFunction((asked) => document.querySelector('h1')?.textContent !== asked, before);
    }
    await this.at('story');
    await look();
    await this.page.locator('textarea').fill(story);
    await this.go();
  }

  async keepCode() {
    await this.at('code');
    await this.go();
    await this.at('code_check');
    const words = await this.page.evaluate(() => globalThis.visit.newCode().words.nl.join(' '));
    await this.page.locator('[role=combobox]').fill(words);
    await this.atEachStep('code_checked', this.page);
    await this.go();
  }

  async send() {
    await this.at('summary');
    await this.go();
    await this.at('sending');
    await this.becomes('sending');
    await this.becomes('arrived', { acknowledged: 1 });
    await this.at('arrived');
  }

  becomes(state, change = {}) {
    return this.page.evaluate(([to, how]) => globalThis.visit.becomes(to, how), [state, change]);
  }

  sent() {
    return this.page.evaluate(() => globalThis.visit.sent.map(({ draft, wayBack }) =>
      ({ ...draft, images: draft.images.length, wayBack })));
  }

  // With the code, to the thread with these replies.
  async comeBack(replies, more = {}) {
    await this.at('home');
    await this.choose(1);
    await this.at('before');
    await this.go();
    await this.at('return');
    await this.page.locator('[role=combobox]').fill('0123 4567 8901 2345 6789 0123 4567');
    await this.go();
    await this.at('thread', 'thread_empty');
    await this.replies(replies, more);
    await this.at('thread');
  }

  replies(replies, more = {}) {
    return this.page.evaluate(([all, rest]) => {
      globalThis.visit.thread = { looked: true, unreadable: 0, burned: [], ...rest, replies: all };
      globalThis.visit.changed();
    }, [replies, more]);
  }
}

export const aReply = (index, change = {}) => ({
  index, status: 'answer', textModule: '', text: `Antwoord ${index + 1}.`, consent: null,
  expires: 1802592000, link: index === 0 ? 'first' : 'follows', ...change,
});

export const aConsent = {
  id: '00112233445566778899aabbccddeeff', recipient: 'KADERA', purpose: 'REFER', fields: ['summary', 'need', 'contact'],
};
