// Every page state there is, as /preview shows it with made-up data: in both
// languages and right to left, light and dark, from 320 px to 1280 and at
// 400 % zoom.
import assert from 'node:assert/strict';
import { axe, noSidewaysScroll, targetsAreLarge, textMayBeSpaced } from '../checks.mjs';

// What depends on colours alone; the rest was looked at in light.
const colours = ['color-contrast', 'link-in-text-block'];

export default [
  { name: 'every page state in English, light and dark', minutes: 8, go: (w) => everyPage(w, english) },
  { name: 'every page state in Dutch', minutes: 6, go: (w) => everyPage(w, otherwise('nl')) },
  { name: 'every page state right to left', minutes: 6, go: (w) => everyPage(w, otherwise('ar-XB')) },
  { name: 'every page state at 400 % zoom', minutes: 6, go: (w) => everyPage(w, zoomed, { width: 320, height: 225, scale: 4 }) },
];

async function everyPage(w, look, options = {}) {
  const page = await w.open(options);
  await w.go(page, '/preview');
  const states = await page.locator('main a[href^="/preview/"]').evaluateAll((list) => list.map((a) => ({ name: a.textContent, at: new URL(a.href).pathname })));
  assert.ok(states.length > 60, `${states.length} page states`);
  const wrong = [];
  for (const { name, at } of states) {
    try {
      await look(w, page, at);
    } catch (problem) {
      wrong.push(`${name} (${at}): ${problem.message}`);
      await w.picture(page, name.replace(/\W+/g, '-'));
    }
  }
  assert.equal(wrong.length, 0, wrong.join('\n'));
}

async function english(w, page, at) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  await w.go(page, at);
  await axe(page);
  await noSidewaysScroll(page);
  await targetsAreLarge(page);
  await textMayBeSpaced(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, { rules: colours });
  await noSidewaysScroll(page, 768);
  await noSidewaysScroll(page, 320);
  await axe(page);
  await targetsAreLarge(page);
  await textMayBeSpaced(page);
}

function otherwise(language) {
  return async (w, page, at) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await w.go(page, `${at}?lng=${language}`);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.equal(await page.locator('html').getAttribute('dir'), language === 'nl' ? 'ltr' : 'rtl');
    await axe(page);
    for (const width of [1280, 768, 320]) await noSidewaysScroll(page, width);
    await targetsAreLarge(page);
  };
}

async function zoomed(w, page, at) {
  await w.go(page, at);
  await noSidewaysScroll(page);
  await targetsAreLarge(page);
}
