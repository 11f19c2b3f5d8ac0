// Language, region, time zone and photo of a person; and an organization that
// turns the portal on for some of its people only.
import assert from 'node:assert/strict';
import { axe, sound } from '../checks.mjs';
import { heading, mirjam, noor, pathOf, press, says, told } from '../walk.mjs';

const lucie = 'lucie.blanc@lucerne.example';
const emil = 'emil.graf@lucerne.example';
const notice = 'Your administrator hasn’t turned on this experience yet';

export default [
  { name: 'settings: language, region, zone and photo', minutes: 3, go: (w) => settings(w, {}) },
  { name: 'settings: script off', minutes: 3, go: (w) => settings(w, { script: false }) },
  { name: 'settings: 320 px wide, dark', minutes: 3, go: (w) => settings(w, { width: 320, height: 640, dark: true }) },
  { name: 'settings: a name of one’s own', go: name },
  { name: 'settings: help', go: help },
  { name: 'settings: the switch for the experience', minutes: 3, go: (w) => experience(w, {}) },
  { name: 'settings: the switch, 320 px wide, dark', minutes: 3, go: (w) => experience(w, { width: 320, height: 640, dark: true }) },
];

async function settings(w, options) {
  const looked = async (page, picture) => {
    await w.picture(page, picture);
    if (options.script !== false) await sound(page);
  };
  const page = await w.signedIn(noor, { at: '/settings', ...options });
  assert.equal(await heading(page), 'Settings');
  await says(page, 'Contoso Ltd manages this.');
  await looked(page, 'settings');

  await press(page, page.getByRole('button', { name: 'Upload photo' }));
  await says(page, 'Choose a file first');
  await looked(page, 'photo missing');
  await page.getByLabel('Choose a photo').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await press(page, page.getByRole('button', { name: 'Upload photo' }));
  await told(page, 'Your photo has been saved.');
  await looked(page, 'photo');
  const drawn = await page.locator('main img').evaluate((i) => i.complete && i.naturalWidth);
  assert.equal(drawn, 240, 'the photo is drawn');

  await page.getByLabel('Display language').selectOption('nl');
  await page.getByLabel('Regional format').selectOption('US');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await press(page, page.getByRole('button', { name: 'Save', exact: true }));
  await told(page, 'Uw instellingen zijn opgeslagen.');
  await says(page, '(Asia/Tokyo)');
  await looked(page, 'settings, Dutch');
  await press(page, page.getByRole('button', { name: 'Foto verwijderen' }));
  await told(page, 'Uw foto is verwijderd.');
}

async function name(w) {
  const page = await w.signedIn(mirjam, { at: '/settings?lng=en' });
  await page.getByLabel('Display name').fill('');
  await press(page, page.getByRole('button', { name: 'Save name' }));
  await w.picture(page, 'name missing');
  await sound(page);
  await page.getByLabel('Display name').fill('Mirjam van Dijk');
  await press(page, page.getByRole('button', { name: 'Save name' }));
  await told(page, 'Your name has been changed.');
  await axe(page);
}

async function help(w) {
  for (const [width, dark] of [[1280, false], [320, true]]) {
    const page = await w.signedIn(noor, { width, height: 800, dark });
    await press(page, page.getByRole('main').getByRole('link', { name: 'Help', exact: true }));
    assert.equal(await heading(page), 'Help');
    await w.picture(page, `help ${width}`);
    await sound(page);
    await press(page, page.getByRole('link', { name: 'Read about leaving and coming back' }));
    await pictureShows(page, 'leaving-en', dark);
    await w.picture(page, `leaving ${width}`);
    await sound(page);
    await w.go(page, '/help/administrators?lng=nl');
    assert.equal(await heading(page), 'Voor beheerders');
    await pictureShows(page, 'administrators-nl', dark);
    await sound(page);
    await w.go(page, '/help/settings?lng=ar-XB');
    await pictureShows(page, 'settings-en', dark);
    await w.picture(page, `right to left ${width}`);
    await page.emulateMedia({ media: 'print' });
    await pictureShows(page, 'settings-en', false);
    await w.picture(page, `paper ${width}`);
    await page.emulateMedia({ media: null });
    // Fetched, not followed: the page a browser makes around a picture complains of the policy that came with it.
    const full = await page.request.get(w.url(await page.getByRole('figure').getByRole('link').getAttribute('href')));
    assert.match(full.url(), /\/static\/help\/settings-en\.[0-9a-f]{12}\.png$/, 'the picture leads to itself');
    assert.equal(full.headers()['content-type'], 'image/png');
  }
}

/** The picture has been loaded, in the look of the page, and is drawn as large as was announced or as there is room. */
async function pictureShows(page, name, dark) {
  const start = `/static/help/${name}${dark ? '-dark' : ''}.`;
  await page.waitForFunction((at) => [...document.images].some((i) => i.complete && new URL(i.currentSrc || location).pathname.startsWith(at)), start);
  const { natural, announced, drawn, room } = await page.getByRole('figure').getByRole('img').evaluate((i) => ({
    natural: [i.naturalWidth, i.naturalHeight], announced: ['width', 'height'].map((a) => Number(i.getAttribute(a))),
    drawn: [i.clientWidth, i.clientHeight], room: i.closest('figure').clientWidth,
  }));
  assert.deepEqual(natural, announced);
  assert.ok(drawn[0] <= room && Math.abs(drawn[0] / drawn[1] - natural[0] / natural[1]) < 0.02, `drawn ${drawn}, is ${natural}`);
}

async function experience(w, options) {
  const without = await w.signedIn(emil, { ...options });
  assert.equal(await heading(without), notice);
  await w.picture(without, 'not turned on');
  await sound(without);
  await w.go(without, '/activity');
  assert.equal(await heading(without), notice);
  await w.go(without, '/organizations');
  assert.equal(await heading(without), 'Organizations');

  const { id } = w.demo.place(lucie, 'lucerne.example');
  const admin = await w.signedIn(lucie, { at: `/manage/${id}/experience`, ...options });
  assert.equal(await heading(admin), 'My Account for your people');
  await w.picture(admin, 'experience');
  await sound(admin);
  await admin.getByLabel('All', { exact: true }).check();
  await press(admin, admin.getByRole('button', { name: 'Continue' }));
  assert.equal(await heading(admin), 'Turn My Account on for all members?');
  await says(admin, '1 member');
  await w.picture(admin, 'experience, asks');
  await sound(admin);
  await press(admin, admin.getByRole('button', { name: 'Save' }));
  await told(admin, 'Saved.');
  assert.equal(pathOf(admin), `/manage/${id}/experience`);

  await w.go(without, '/');
  assert.notEqual(await heading(without), notice);
}
