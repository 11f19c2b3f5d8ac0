// What a walk holds in its hands: the demo, browsers of its own, and the steps
// that many walks take.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openContext } from './browser.mjs';
import { here, password } from './portal.mjs';

export const noor = 'noor.haddad@contoso.example';
export const sam = 'sam.rivera@contoso.example';
export const ann = 'ann.lee@fabrikam.example';
export const mirjam = 'mirjam@postbus.example';

export class Walk {
  constructor({ name, demo, browser, update }) {
    Object.assign(this, { name, demo, browser, update });
    this.problems = [];
    this.contexts = [];
    this.skipped = '';
    this.taken = 0;
    this.album = path.join(here, 'pictures', name.replace(/[^\p{L}\d]+/gu, '-'));
  }

  /** A page in a browser of its own. */
  async open(options = {}) {
    const context = await openContext(this.browser, options, this.problems);
    this.contexts.push(context);
    return context.newPage();
  }

  /** A page of somebody who has signed in; at says where they want to go. */
  async signedIn(who, options = {}) {
    const page = await this.open(options);
    await this.signIn(page, who, options.at ?? '/', options);
    return page;
  }

  async signIn(page, who, at = '/', { secret = password } = {}) {
    await page.goto(this.url(at));
    await page.locator('#name').fill(who);
    await press(page, page.locator('form:not([data-key]) button[type=submit]'));
    await page.locator('#password').fill(secret);
    await press(page, page.locator('form[action*="/sign-in/password"] button[type=submit]'));
    assert.equal(new URL(page.url()).pathname, new URL(this.url(at)).pathname, 'signing in leads back to where one wanted to go');
  }

  /** The admin centre of a person's home organization, at a page of it. */
  async centre(who, at = '', options = {}) {
    const { organizations } = this.demo.people.find((p) => p.userPrincipalName === who);
    return this.signedIn(who, { at: `/manage/${organizations.find((o) => o.shows === 'home').id}${at}`, ...options });
  }

  /** Types the password again where it is asked for. */
  async prove(page, secret = password) {
    assert.equal(pathOf(page), '/prove');
    await page.locator('#password').fill(secret);
    await press(page, page.getByRole('button', { name: 'Continue' }));
  }

  url(at) { return new URL(at, this.demo.address).href; }

  async go(page, at) {
    const response = await page.goto(this.url(at));
    return response.status();
  }

  /** The newest mail to an address: its subject, text and links. */
  async mail(address, subject) {
    const page = await this.open();
    await page.goto(this.url('/dev/mail'));
    const row = page.getByRole('listitem').filter({ hasText: address }).filter({ hasText: around(subject) }).first();
    for (let tries = 0; tries < 20 && !(await row.count()); tries++) { // what has its time is sent a moment later
      await page.waitForTimeout(1000);
      await page.reload();
    }
    await row.getByRole('link', { name: /^Read/ }).click();
    const mail = {
      at: pathOf(page),
      subject: bare(await page.getByRole('heading', { level: 1 }).innerText()),
      text: bare(await page.locator('pre').innerText()),
      links: await page.getByRole('region', { name: 'Links' }).getByRole('link').evaluateAll((list) => list.map((a) => a.href)),
    };
    await page.context().close();
    return mail;
  }

  /** Moves the portal's clock. */
  daysLater(days) { return this.later(days * 24); }

  async later(hours) {
    const page = await this.open();
    await page.goto(this.url('/dev/mail'));
    await page.getByLabel('Days to move forward').fill(String(Math.floor(hours / 24)));
    await page.getByLabel('Hours to move forward').fill(String(hours % 24));
    await press(page, page.getByRole('button', { name: 'Move the clock' }));
    await page.getByText(/The clock is now/).waitFor();
    await page.context().close();
  }

  /** In continuous integration nobody looks at what went well. */
  wantsPictures() { return !process.env.CI; }

  /** Where the next picture goes. */
  file(name) {
    mkdirSync(this.album, { recursive: true });
    return path.join(this.album, `${String(++this.taken).padStart(2, '0')}-${name.replaceAll('/', '-')}.png`);
  }

  async picture(page, name) {
    if (!this.wantsPictures()) return;
    await page.screenshot({ path: this.file(name), fullPage: !(await page.locator('dialog[open]').count()) });
  }

  /** Whether the walk ends here, because this machine has not what it needs: skipped for a developer, a failure in CI. */
  lacks(missing) {
    if (!missing) return false;
    assert.ok(!process.env.CI, `${missing}: run tools/install.sh`);
    this.skipped = `${missing}: run tools/install.sh`;
    return true;
  }

  async photographFailure() {
    mkdirSync(this.album, { recursive: true });
    for (const [i, page] of this.contexts.flatMap((c) => c.pages()).entries()) {
      const file = path.join(this.album, `failed-${i}`);
      await page.screenshot({ path: `${file}.png`, fullPage: true, timeout: 5_000 }).catch(() => {});
      writeFileSync(`${file}.html`, `<!-- ${page.url()} -->\n${await page.content().catch(() => '')}`);
    }
  }

  /** Nothing may have gone wrong beside the way. */
  settle() {
    assert.deepEqual(this.problems, []);
    assert.equal(this.demo.complaints(), '', 'the demo has nothing to complain about');
  }

  async close() {
    await Promise.all(this.contexts.map((context) => context.close().catch(() => {})));
  }
}

// Names in mails stand between marks that keep their direction to themselves.
const marks = /[\u2068\u2069]/g;
const bare = (text) => text.replace(marks, '');
const around = (text) => new RegExp([...text].map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\u2068\u2069]*'));

/** Presses what loads another page, and waits for that page. */
export async function press(page, target) {
  await Promise.all([page.waitForEvent('framenavigated', { timeout: 20_000 }), target.click()]);
  await page.waitForLoadState();
}

export function pathOf(page) { return new URL(page.url()).pathname; }

export async function heading(page) { return page.getByRole('heading', { level: 1 }).innerText(); }

/** A part of a page by its heading. */
export function part(page, name) { return page.getByRole('region', { name }); }

/** An organization's row on the Organizations page. */
export function row(page, organization) {
  return page.locator('main').getByRole('listitem').filter({ has: page.getByRole('heading', { name: organization, exact: true }) });
}

export async function says(page, text) {
  const main = await page.locator('main').innerText();
  if (text instanceof RegExp) assert.match(main, text);
  else assert.ok(main.includes(text), `the page does not say “${text}”:\n${main}`);
}

/** The one-time message of the page before. */
export async function told(page, text) {
  const said = await page.getByRole('status').first().innerText();
  if (text instanceof RegExp) assert.match(said, text);
  else assert.ok(said.includes(text), `told “${said}”, want “${text}”`);
}
