// Every page state there is, as /preview shows it with made-up data: in both
// languages and right to left, light and dark, from 320 px to 1280 and at
// 400 % zoom, with the text spaced out.
import assert from 'node:assert/strict';
import { axe, noSidewaysScroll, readsIn, targetsAreLarge, textMayBeSpaced } from '../checks.mjs';

// What depends on colours alone, and what on the room there is. The rest was
// looked at in light and in a wide window.
const colours = ['color-contrast', 'link-in-text-block'];
const room = ['target-size', 'scrollable-region-focusable', 'aria-hidden-focus', 'skip-link', 'region', 'label'];

// In parts, so that one does not keep the others waiting.
const parts = [1, 2, 3, 4];

export default parts.map((part) => ({
  name: `every page state, part ${part} of ${parts.length}`, minutes: 8, go: (w) => everyPage(w, part),
}));

async function everyPage(w, part) {
  const page = await w.open();
  await w.go(page, '/preview');
  const states = await page.locator('main a[href^="/preview/"]').evaluateAll((list) => list.map((a) => ({ name: a.textContent, at: new URL(a.href).pathname })));
  assert.ok(states.length > 150, `${states.length} page states`);
  const wrong = [];
  for (const { name, at } of states.filter((_, i) => i % parts.length === part - 1)) {
    for (const look of [english, otherwise('nl', 'ltr', [1280, 320]), otherwise('ar-XB', 'rtl', [768, 320])]) {
      try {
        await look(page, at);
      } catch (problem) {
        wrong.push(`${name} (${at}): ${problem.message}`);
        await page.screenshot({ path: w.file(`wrong ${name.replace(/\W+/g, '-')}`), fullPage: true });
      }
    }
  }
  assert.equal(wrong.length, 0, wrong.join('\n'));
}

async function english(page, at) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await show(page, `${at}?lng=en`);
  await axe(page);
  await noSidewaysScroll(page);
  await targetsAreLarge(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page, { rules: colours });
  await page.emulateMedia({ colorScheme: 'light' });
  await noSidewaysScroll(page, 768);
  await page.setViewportSize({ width: 320, height: 225 }); // 1280 by 900 at 400 %
  await axe(page, { rules: room });
  await noSidewaysScroll(page);
  await targetsAreLarge(page);
  await textMayBeSpaced(page);
}

function otherwise(language, direction, widths) {
  return async (page, at) => {
    await page.setViewportSize({ width: widths[0], height: 900 });
    await show(page, `${at}?lng=${language}`);
    await readsIn(page, language, direction);
    for (const width of widths) await noSidewaysScroll(page, width);
    await targetsAreLarge(page);
  };
}

/**
 * Loads a page as going there would, its style and script included, but keeps the
 * window: axe is loaded once and stays warm, which halves what a page state takes.
 */
async function show(page, at) {
  const status = await page.evaluate(async (url) => {
    const response = await fetch(url);
    const html = await response.text();
    document.open();
    const loaded = new Promise((resolve) => { addEventListener('load', resolve, { once: true }); });
    document.write(html);
    document.close();
    history.replaceState(null, '', url);
    await loaded;
    return response.status;
  }, at);
  assert.ok(status < 500, `${status} from ${at}`);
}
