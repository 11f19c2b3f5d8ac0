// What the walks ask of an engine other than Chromium. Each engine brings five
// things: visit, evaluate, click, type and shot; the rest is the same for all.
import assert from 'node:assert/strict';
import { password } from '../portal.mjs';

const patience = 20_000;

// The page before is complete too, until the next one comes: so it is given a mark.
export const mark = 'document.documentElement.setAttribute("data-before", "1")';
export const arrived = 'return document.readyState === "complete" && /^http/.test(location.href) && !document.documentElement.hasAttribute("data-before")';

export class Engine {
  constructor(walk) {
    this.walk = walk;
    this.problems = walk.problems;
  }

  /** Opens a page of the portal. */
  async go(at) {
    await this.visit(new URL(at, this.walk.demo.address).href);
    await this.sound();
  }

  /** Where the browser is. */
  async path() { return new URL(await this.evaluate('return location.href')).pathname; }

  /** What a person can read. */
  text() { return this.evaluate('return document.body.innerText'); }

  heading() { return this.evaluate('var h = document.querySelector("h1"); return h ? h.innerText : ""'); }

  async says(...words) {
    const text = (await this.text()).replace(/\s+/g, ' ');
    for (const word of words) assert.ok(text.includes(word), `${this.name} shows “${word}” on ${await this.path()}:\n${text}`);
  }

  async lacks(word) {
    const text = await this.text();
    assert.ok(!text.includes(word), `${this.name} does not show “${word}” on ${await this.path()}:\n${text}`);
  }

  /** Clicks what css names and says words, and waits for the page after it. */
  async press(css, words = '') {
    await this.evaluate(mark);
    await this.click(css, words);
    await this.until(`the page after ${css} ${words}`, arrived);
    await this.sound();
  }

  /** Polls from here: a page without script runs no timers. */
  async until(what, source) {
    for (const start = Date.now(); Date.now() - start < patience;) {
      // In between two pages there is nothing to ask.
      if (await this.evaluate(source).catch(() => false)) return;
      await new Promise((resolve) => { setTimeout(resolve, 40); });
    }
    throw new Error(`${this.name}: ${what} did not come; at ${await this.path()}`);
  }

  async signIn(who, at = '/') {
    await this.go(at);
    await this.type('#name', who);
    await this.press('form button[type=submit]');
    await this.type('#password', password);
    await this.press('form[action*="/sign-in/password"] button[type=submit]');
    assert.equal(await this.path(), at, 'signing in leads back to where one wanted to go');
  }

  async signOut() {
    const button = 'form[action^="/sign-out"] button';
    // It stands in a menu, which engines without menus show open.
    const closed = await this.evaluate(`
      for (var e = document.querySelector('${button}'); e.parentNode; e = e.parentNode) {
        if (e.open === false) { e.querySelector('summary').setAttribute('data-its-menu', ''); return true; }
      }
      return false;`);
    if (closed) await this.click('[data-its-menu]');
    await this.press(button);
  }

  /** What every page has to hold: nothing sticks out, no text over another. */
  async sound() {
    const wrong = await this.evaluate(overlaps);
    if (wrong.length) this.problems.push(`${this.name} on ${await this.path()}: ${wrong.join('; ')}`);
  }

  picture(name) { return this.walk.wantsPictures() ? this.shot(this.walk.file(name)) : undefined; }
}

/** Finds what css names and says words. */
export const find = `
  function find(css, words) {
    var list = document.querySelectorAll(css), i;
    for (i = 0; i < list.length; i++) {
      if (!words || String(list[i].textContent).replace(/\\s+/g, ' ').indexOf(words) >= 0) { return list[i]; }
    }
    return null;
  }`;

/** Where to click it. */
export const spot = (css, words = '') => `${find}
  var e = find(${JSON.stringify(css)}, ${JSON.stringify(words)}), r;
  if (!e) { return null; }
  e.scrollIntoView();
  r = e.getClientRects()[0];
  return r ? { x: r.left + Math.min(r.width / 2, 20), y: r.top + r.height / 2 } : null;`;

// Controls and headings, in twos: where both have text and neither is inside the
// other, their boxes share nothing but an edge. ES5, for the oldest of them.
const overlaps = `
  var root = document.documentElement, wrong = [], seen = [], list, i, j, r, a, b;
  if (root.scrollWidth > root.clientWidth + 1) { wrong.push(root.scrollWidth + ' px wide in ' + root.clientWidth); }
  list = document.querySelectorAll('a, button, h1, h2, h3, p, dt, dd, label, input, select, th, td');
  for (i = 0; i < list.length; i++) {
    r = list[i].getBoundingClientRect();
    if (r.width < 2 || r.height < 2 || r.right < 0 || r.bottom < 0) { continue; }
    if (!list[i].innerText && !/INPUT|SELECT/.test(list[i].tagName)) { continue; }
    if (getComputedStyle(list[i]).position === 'sticky' || getComputedStyle(list[i]).visibility === 'hidden') { continue; }
    seen.push({ e: list[i], r: r });
  }
  for (i = 0; i < seen.length; i++) {
    for (j = i + 1; j < seen.length; j++) {
      a = seen[i]; b = seen[j];
      if (a.e.contains(b.e) || b.e.contains(a.e) || apart(a.r, b.r)) { continue; }
      if (over(a.e) || over(b.e)) { continue; }
      wrong.push('“' + name(a.e) + '” lies over “' + name(b.e) + '”');
    }
  }
  function apart(x, y) {
    // Links in running text have room around them that no one sees.
    return x.right <= y.left + 6 || y.right <= x.left + 6 || x.bottom <= y.top + 11 || y.bottom <= x.top + 11;
  }
  function over(e) {
    for (; e && e.nodeType === 1; e = e.parentNode) { if (/fixed|sticky/.test(getComputedStyle(e).position) || /(^| )(pop|bulk|vh|skip|dlg)( |$)/.test(e.className)) { return true; } }
    return false;
  }
  function name(e) { return e.tagName.toLowerCase() + ' ' + String(e.innerText || e.name || '').replace(/\\s+/g, ' ').slice(0, 40); }
  return wrong.slice(0, 5);`;
