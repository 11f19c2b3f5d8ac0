// Pictures of the main pages, to look at:
//
//	node shots.mjs               all of them, into pictures/shots
//	node shots.mjs overview      those whose name contains the word
//	node shots.mjs --help-pages  the pictures of the Help pages instead, where they are built in
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launch } from './browser.mjs';
import { helpPictures } from './helppictures.mjs';
import { build, here, startDemo } from './portal.mjs';
import { Walk, ann, mirjam, noor, press, sam } from './walk.mjs';

const word = process.argv[2] ?? '';
const out = path.join(here, 'pictures', 'shots');
mkdirSync(out, { recursive: true });
build();
const demo = await startDemo();
const browser = await launch();
const walk = new Walk({ name: 'shots', demo, browser });
if (word === '--help-pages') {
  await helpPictures(walk);
  await end();
}

const contoso = demo.place(sam, 'contoso.example').id;
const of = (domain) => demo.place(noor, domain).id;
const pages = [
  ['sign-in', null, '/sign-in'],
  ['overview', noor, '/'],
  ['overview-selected', noor, '/?tenantId=fabrikam.example'],
  ['organizations', noor, '/organizations'],
  ['leave', noor, `/organizations/${of('fabrikam.example')}/leave`],
  ['leave-long-name', noor, `/organizations/${of('tailspin-toys-international-holding.example')}/leave`],
  ['refused', noor, `/organizations/${of('northwind.example')}/leave`],
  ['receipts', noor, '/organizations/receipts'],
  ['password', noor, '/password'],
  ['activity', noor, '/activity'],
  ['not-here', noor, '/no-such-page'],
  ['organizations-no-home', mirjam, '/organizations'],
  ['admin-start', sam, `/manage/${contoso}`],
  ['admin-users', sam, `/manage/${contoso}/users`],
  ['admin-new-user', sam, `/manage/${contoso}/users/new`],
  ['admin-new-guest', sam, `/manage/${contoso}/guests/new`],
  ['admin-deleted-users', sam, `/manage/${contoso}/deleted-users`],
  ['admin-groups', sam, `/manage/${contoso}/groups`],
  ['admin-properties', sam, `/manage/${contoso}/properties`],
  ['admin-external-collaboration', sam, `/manage/${contoso}/external-collaboration`],
  ['admin-audit', sam, `/manage/${contoso}/audit`],
  ['admin-undelivered', sam, `/manage/${contoso}/undelivered`],
  ['mails', null, '/dev/mail'],
  ['texts', null, '/dev/texts'],
  ['calls', null, '/dev/calls'],
];

// A receipt to look at, of somebody who left.
const leaver = await walk.signedIn(ann, { at: `/organizations/${contoso}/leave` });
await press(leaver, leaver.getByRole('button', { name: 'Leave', exact: true }));
pages.push(['receipt', ann, new URL(leaver.url()).pathname]);

const sizes = [[320, 640], [768, 1024], [1280, 900]];
const looks = [{ name: 'light' }, { name: 'dark', dark: true }, { name: 'rtl', language: 'ar-XB' }];
for (const look of looks) {
  const people = new Map();
  for (const [name, who, at] of pages) {
    if (!name.includes(word)) continue;
    if (!people.has(who)) people.set(who, who ? await walk.signedIn(who, look) : await walk.open(look));
    const page = people.get(who);
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height });
      await walk.go(page, look.language ? `${at}${at.includes('?') ? '&' : '?'}lng=${look.language}` : at);
      await page.screenshot({ path: path.join(out, `${name}-${width}-${look.name}.png`), fullPage: true });
    }
  }
}
console.log(`pictures in ${out}`);
await end();

async function end() {
  await walk.close();
  await browser.close();
  await demo.stop();
  process.exit(0);
}
