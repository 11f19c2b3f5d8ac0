// What every page has to hold: no violation axe can find, no sideways scroll,
// targets a finger can hit, text that may be spaced out, a visible focus.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { here } from './portal.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Page states that were looked at already, in whichever walk.
const seen = new Set();

/**
 * No violation of WCAG 2.2 AA or best practice; rules narrows it to a few. A page
 * that differs from one looked at before in numbers and dates only is not looked
 * at again.
 */
export async function axe(page, { rules } = {}) {
  const state = await stateOf(page, rules);
  if (seen.has(state)) return;
  if (!(await page.evaluate(() => typeof window.axe === 'object'))) await page.evaluate(axeSource);
  const only = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags };
  const found = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
    return violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `    ${n.html.slice(0, 200)}\n      ${n.failureSummary.replace(/\n\s*/g, ' ')}`).join('\n')}`);
  }, only);
  assert.deepEqual(found, [], `axe on ${page.url()}:\n${found.join('\n')}`);
  seen.add(state);
}

/** What makes a page look and read as it does, less what every run changes. */
async function stateOf(page, rules = []) {
  const [look, html] = await page.evaluate(() => [
    ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((q) => matchMedia(q).matches).concat(innerWidth),
    document.documentElement.outerHTML,
  ]);
  const bare = html.replace(/\b[0-9a-f-]{36}\b|[\w-]{22,}|(?<![A-Za-z])\d+|\bvalue="[^"]*"/g, '');
  return createHash('sha256').update(`${rules} ${look} ${bare}`).digest('base64');
}

/** Nothing sticks out of the window. */
export async function noSidewaysScroll(page, width) {
  if (width) await page.setViewportSize({ width, height: page.viewportSize().height });
  const out = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((e) => {
      const r = e.getBoundingClientRect();
      return e.checkVisibility() && r.width > 1 && (r.right > root.clientWidth + 1 || r.left < -1) && getComputedStyle(e).position !== 'fixed';
    });
    return [`${root.scrollWidth} px wide in ${root.clientWidth}`, ...wide.slice(-5).map((e) => e.outerHTML.slice(0, 160))];
  });
  assert.deepEqual(out, [], `sideways scroll on ${page.url()}`);
}

/** WCAG 2.5.8: 24 by 24 px, but for links within a sentence. */
export async function targetsAreLarge(page) {
  const small = await page.evaluate(() => {
    const seen = (e) => e.checkVisibility() && !e.closest('.vh') && e.getAttribute('aria-hidden') !== 'true' && getComputedStyle(e).clipPath !== 'inset(50%)';
    const inSentence = (e) => e.matches('a') && getComputedStyle(e).display === 'inline' && e.closest('p, dd, li, td, th, span')?.textContent.trim() !== e.textContent.trim();
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((e) => seen(e) && !e.matches('.skip:not(:focus), .vh') && !inSentence(e))
      .map((e) => ({ e, r: e.getBoundingClientRect() }))
      .filter(({ r }) => r.height < 23.9 || r.width < 23.9)
      .map(({ e, r }) => `${Math.round(r.width)} × ${Math.round(r.height)}: ${e.outerHTML.slice(0, 160)}`);
  });
  assert.deepEqual(small, [], `small targets on ${page.url()}`);
}

/** WCAG 1.4.12: with the text spaced out nothing is cut off or overlaps. */
export async function textMayBeSpaced(page) {
  const cut = await page.evaluate(() => {
    const clipped = () => [...document.body.querySelectorAll('*')].filter((e) => {
      if (e.closest('.vh, svg, select, [hidden]') || e.matches('input, textarea') || !e.checkVisibility() || !e.textContent.trim()) return false;
      const style = getComputedStyle(e);
      const hides = /hidden|clip/.test(style.overflowX + style.overflowY);
      return hides && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
    });
    const before = new Set(clipped()); // cut short by design, such as a long name in the top bar
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}');
    document.adoptedStyleSheets = [sheet];
    const now = clipped().filter((e) => !before.has(e)).map((e) => e.outerHTML.slice(0, 160));
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) now.push(`${root.scrollWidth} px wide in ${root.clientWidth}`);
    document.adoptedStyleSheets = [];
    return now;
  });
  assert.deepEqual(cut, [], `cut off when spaced out on ${page.url()}`);
}

/** All that can be said of a page as it stands. */
export async function sound(page) {
  await axe(page);
  await noSidewaysScroll(page);
  await targetsAreLarge(page);
}

/** In another language everything still has a name and a direction. */
export async function readsIn(page, language, direction) {
  const wrong = await page.evaluate(([lang, dir]) => {
    const root = document.documentElement;
    const nameless = [...document.querySelectorAll('a[href], button, summary, h1, h2, h3, label, legend, th, [aria-label], [role=img]')]
      .filter((e) => !(e.getAttribute('aria-label') ?? (e.textContent.trim() || e.querySelector('img[alt]')?.alt || '')).trim() && !e.closest('[aria-hidden=true]') && !e.hasAttribute('aria-labelledby') && !e.matches('th:has(input)') && e.checkVisibility())
      .map((e) => `without a name: ${e.outerHTML.slice(0, 120)}`);
    if (root.lang !== lang) nameless.push(`lang is ${root.lang}`);
    if (getComputedStyle(root).direction !== dir) nameless.push(`direction is ${getComputedStyle(root).direction}`);
    if (!document.title.trim()) nameless.push('no title');
    return nameless;
  }, [language, direction]);
  assert.deepEqual(wrong, [], `in ${language} on ${page.url()}`);
}

/**
 * Tabs until something named like this has the focus; every stop on the way
 * shows a ring and is not covered. Returns how many stops there were.
 */
export async function tabTo(page, name, { within = 80, backwards = false } = {}) {
  for (let stops = 1; stops <= within; stops++) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const at = await focused(page);
    if (!at) continue; // in the browser's own bar
    assert.ok(at.ring, `no visible focus on ${at.html} of ${page.url()}`);
    assert.ok(at.bare, `the focused ${at.html} is covered on ${page.url()}`);
    if (name instanceof RegExp ? name.test(at.name) : at.name === name) return stops;
  }
  throw new Error(`${name} is not reached by ${within} tabs on ${page.url()}`);
}

async function focused(page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e);
    const seeThrough = /transparent|rgba\(\d+, \d+, \d+, 0\)/.test(style.outlineColor);
    const r = e.getBoundingClientRect();
    const x = Math.min(Math.max(r.left + Math.min(r.width, 40) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(r.top + r.height / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return {
      name: (e.getAttribute('aria-label') ?? e.textContent).replace(/\s+/g, ' ').trim(),
      ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !seeThrough,
      bare: top !== null && (e.contains(top) || top.contains(e) && r.top >= 0 && r.bottom <= innerHeight + 1),
      html: e.outerHTML.slice(0, 120),
    };
  });
}

/** Compares what a page says to assistive technology with the file kept of it. */
export async function sameAsGolden(walk, page, name) {
  const file = path.join(here, 'golden', `${name}.yml`);
  const now = timeless(await page.locator('body').ariaSnapshot());
  if (walk.update || !existsSync(file)) {
    assert.ok(walk.update, `${path.relative(here, file)} is missing: node run.mjs golden --update`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, now);
    return;
  }
  assert.equal(now, readFileSync(file, 'utf8'), `${name} reads otherwise than ${path.relative(here, file)}; if it should: node run.mjs golden --update`);
}

const months = 'January|February|March|April|May|June|July|August|September|October|November|December'
  + '|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december';

/** A snapshot without what differs from day to day and from demo to demo. */
function timeless(snapshot) {
  return snapshot
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replace(/\/url: \/static\/.*/g, '/url: <file>')
    .replace(new RegExp(`\\b\\d{1,2} (${months}) \\d{4}\\b`, 'g'), '<date>')
    .replace(/\b\d{1,2}:\d{2}\b/g, '<time>')
    .replace(/\b(today|yesterday|vandaag|gisteren|\d+ (day|week|month|year)s? ago|\d+ (dag|dagen|week|weken|maand|maanden|jaar) geleden)\b/g, '<ago>')
    .replace(/\bGood (morning|afternoon|evening|night)\b/g, 'Good <part of day>')
    .replace(/\bGoede(morgen|middag|navond|nacht)\b/g, 'Goede<deel van de dag>')
    .replace(/\b[A-Z0-9]{4,5}(-[A-Z0-9]{4,5}){1,4}\b/g, '<number>')
    .concat('\n');
}
