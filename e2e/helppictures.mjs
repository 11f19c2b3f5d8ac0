// The pictures of the Help pages: what each area of the portal looks like, in every
// language, light and dark. They stand in myaccount/pictures and are built into the
// program; a test there holds that none is missing and none is heavy.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withPalette } from './png.mjs';
import { here } from './portal.mjs';
import { ann, noor, press, sam } from './walk.mjs';

const out = path.join(path.dirname(here), 'myaccount', 'pictures');
const ed = 'ed.byrne@post.example';
const languages = ['en', 'nl'];

// Sharp on most screens, and small: 1080 px wide for the 720 that are shown.
const scale = 1.5;
const width = 720;
const margin = 12; // of the page around what is seen

/** Each topic of the help: who looks, where, from what and down to what; on says that a list goes on below. */
function topics({ place }) {
  return [
    { name: 'overview', who: ann, at: '/', last: '.cards > :nth-child(2)' },
    { name: 'organizations', who: noor, at: '/organizations', last: 'section:nth-of-type(3) h2', on: true },
    { name: 'leaving', who: noor, at: `/organizations/${place(noor, 'fabrikam.example').id}/leave`, last: '.card' },
    { name: 'requests', who: ed, at: '/requests', last: '.row:nth-child(2)', on: true },
    { name: 'password', who: noor, at: '/password', last: 'form .acts' },
    { name: 'security', who: noor, at: '/security-info', last: 'section:has(#h-asked) .row:nth-child(1)', on: true },
    { name: 'activity', who: noor, at: '/activity', first: 'section:has(.row:has-text("2001:db8:")) >> nth=-1', last: '.row:has-text("198.51.100.77")', on: true },
    { name: 'settings', who: noor, at: '/settings', last: 'form .acts' },
    { name: 'administrators', who: sam, at: `/manage/${place(sam, 'contoso.example').id}`, last: '.cards > :nth-child(4)' },
  ];
}

/** Takes them all, on a morning. */
export async function helpPictures(walk) {
  mkdirSync(out, { recursive: true });
  await morning(walk);
  let total = 0;
  const people = new Map(); // one session each, which is the one that Recent activity shows
  for (const topic of topics(walk.demo)) {
    if (!people.has(topic.who)) people.set(topic.who, await walk.signedIn(topic.who, { width: 960, height: 600, scale }));
    for (const language of languages) {
      for (const look of ['light', 'dark']) {
        const png = await taken(walk, people.get(topic.who), topic, language, look);
        writeFileSync(path.join(out, `${topic.name}-${language}${look === 'dark' ? '-dark' : ''}.png`), png);
        total += png.length;
      }
    }
  }
  assert.deepEqual(walk.problems, []);
  console.log(`${Math.round(total / 1024)} KB of pictures in ${out}`);
}

async function taken(walk, page, { at, first, last, on }, language, look) {
  await page.emulateMedia({ colorScheme: look });
  await walk.go(page, at);
  if (await page.locator('html').getAttribute('lang') !== language) await press(page, page.locator(`.foot button[value=${language}]`));
  const main = page.locator('main');
  const { x, y } = await main.boundingBox();
  const top = Math.round(first ? (await main.locator(first).boundingBox()).y - margin : y + margin);
  const end = await main.locator(last).first().boundingBox();
  const height = 2 * Math.floor((end.y + end.height + (on ? 0 : margin) - top) / 2); // even, for whole pixels
  return withPalette(page, await page.screenshot({ clip: { x: Math.round(x + margin), y: top, width, height }, fullPage: true }));
}

/** The next time it is nine in Amsterdam, where these people are. */
async function morning(walk) {
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Amsterdam', hour: '2-digit', hourCycle: 'h23' });
  const hours = (24 + 9 - Number(hour.format(new Date()))) % 24;
  if (hours) await walk.later(hours);
}
