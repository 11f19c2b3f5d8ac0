// Looks a person may ask of a browser, on the main pages as they are used: a
// palette of their own, paper, 400 % zoom, no motion, long names, right to left.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axe, noSidewaysScroll, targetsAreLarge, textMayBeSpaced } from '../checks.mjs';
import { ann, noor, pathOf, press, sam } from '../walk.mjs';

export default [
  { name: 'looks: a palette of one’s own', go: forced },
  { name: 'looks: on paper', go: printed },
  { name: 'looks: 400 % zoom', go: zoomed },
  { name: 'looks: no motion where none is wanted', go: still },
  { name: 'looks: long names, right to left, text spaced out', go: longNames },
];

const mine = (w) => [
  '/', '/organizations', `/organizations/${w.demo.place(noor, 'fabrikam.example').id}/leave`,
  `/organizations/${w.demo.place(noor, 'northwind.example').id}/leave`, '/activity', '/password',
];

async function forced(w) {
  const page = await w.signedIn(noor, { forced: true });
  for (const at of mine(w)) {
    await w.go(page, at);
    await w.picture(page, at);
    await axe(page);
    assert.deepEqual(await page.evaluate(unseen), [], `lost among a palette of one’s own on ${at}`);
  }
  const admin = await w.centre(sam, '/deleted-users', { forced: true });
  await w.picture(admin, 'deleted users');
  assert.deepEqual(await admin.evaluate(unseen), []);
}

/** Backgrounds are gone: what is a control or the current place needs a line. */
function unseen() {
  const lines = (e) => {
    const s = getComputedStyle(e);
    return ['Top', 'Bottom', 'Left'].some((side) => parseFloat(s[`border${side}Width`]) > 0 && s[`border${side}Style`] !== 'none') || (parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none');
  };
  return [...document.querySelectorAll('.btn, .in, .card, .note, .pill, [aria-current]')]
    .filter((e) => e.checkVisibility() && !lines(e) && !e.closest('.foot'))
    .map((e) => e.outerHTML.slice(0, 120));
}

// The receipt is what people print: all of it, and nothing to click.
async function printed(w) {
  const page = await w.signedIn(noor, { at: `/organizations/${w.demo.place(noor, 'fabrikam.example').id}/leave`, dark: true });
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  assert.match(pathOf(page), /^\/organizations\/receipts\//);
  const words = (await page.locator('main').innerText()).split('\n').map((line) => line.trim()).filter((line) => line.length > 3);
  const onlyForScreens = await page.locator('main').locator('.noprint, .btn, .foot, .back').allInnerTexts();
  await page.emulateMedia({ media: 'print' });
  const paper = await page.locator('body').innerText();
  for (const line of words.filter((l) => !onlyForScreens.some((text) => text.includes(l)))) assert.ok(paper.includes(line), `the paper says “${line}”:\n${paper}`);
  for (const gone of ['navigation', 'button']) assert.equal(await page.getByRole(gone).count(), 0, `no ${gone} on paper`);
  const [ground, ...ink] = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, ...['h1', 'main p', 'main dd'].map((css) => getComputedStyle(document.querySelector(css)).color)]);
  assert.equal(ground, 'rgb(255, 255, 255)', 'paper is white, although the screen is dark');
  for (const colour of ink) assert.ok(Math.max(...colour.match(/\d+/g)) < 110, `${colour} is dark enough for paper`);
  await w.picture(page, 'receipt on paper');
  const file = w.file('receipt').replace(/png$/, 'pdf');
  await page.pdf({ path: file, format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  const pages = readFileSync(file, 'latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages <= 2, `a receipt takes ${pages} sheets`);
}

async function zoomed(w) {
  const page = await w.signedIn(noor, { width: 320, height: 225, scale: 4 });
  for (const at of mine(w)) {
    await w.go(page, at);
    await w.picture(page, at);
    await noSidewaysScroll(page);
    await targetsAreLarge(page);
    // What sticks to the edge may not fill a window this low.
    const stuck = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((e) => /sticky|fixed/.test(getComputedStyle(e).position) && e.getBoundingClientRect().height > innerHeight / 3).map((e) => e.outerHTML.slice(0, 100)));
    assert.deepEqual(stuck, [], `sticks on ${at}`);
  }
}

async function still(w) {
  const page = await w.signedIn(noor, { at: '/organizations' }); // a browser that asks for less motion
  const moving = () => page.evaluate(() => [...document.querySelectorAll('*')].filter((e) => {
    const s = getComputedStyle(e);
    return s.animationName !== 'none' || s.transitionDuration.split(',').some((d) => parseFloat(d) > 0);
  }).map((e) => e.outerHTML.slice(0, 100)));
  assert.deepEqual(await moving(), []);
  await page.getByRole('link', { name: 'Leave organization Fabrikam, Inc.' }).click();
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await moving(), [], 'the dialog is there at once');
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.notDeepEqual(await moving(), [], 'elsewhere it moves a little');
}

async function longNames(w) {
  const at = `/organizations/${w.demo.place(noor, 'tailspin-toys-international-holding.example').id}/leave`;
  const arabic = `/organizations/${w.demo.place(noor, 'alnoor.example').id}/leave`;
  const page = await w.signedIn(noor);
  for (const language of ['en', 'ar-XB']) {
    for (const place of [at, arabic]) {
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await w.go(page, `${place}?lng=${language}`);
        await noSidewaysScroll(page);
        await textMayBeSpaced(page);
        await w.picture(page, `${language} ${width}`);
      }
    }
  }
  const admin = await w.signedIn(ann, { at: '/organizations?lng=ar-XB', width: 320 });
  await noSidewaysScroll(admin);
  await textMayBeSpaced(admin);
}
