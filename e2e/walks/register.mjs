// "Keep your account secure": somebody whose organization requires a second step
// sets it up before anything else is open to them; and a temporary access pass.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { totp } from '../totp.mjs';
import { heading, pathOf, press, says } from '../walk.mjs';

const jonas = 'jonas.bakker@relecloud.example';
const chidi = 'chidi@relecloud.example';

export default [
  { name: 'register: a second step is required', minutes: 3, go: (w) => register(w, {}, english) },
  { name: 'register: script off, Dutch, 320 px wide', minutes: 3, go: (w) => register(w, { script: false, width: 320, height: 640 }, dutch) },
  { name: 'temporary access pass', minutes: 3, go: (w) => pass(w, {}) },
];

const english = {
  lng: 'en', title: 'Keep your account secure', different: 'I want to set up a different method', next: 'Next', code: 'Code shown in the app', confirm: 'Confirm',
  success: 'Success', done: 'Done', security: 'Security info', kept: 'add another method before you delete this one',
};
const dutch = {
  lng: 'nl', title: 'Houd uw account veilig', different: 'Ik wil een andere methode instellen', next: 'Volgende', code: 'Code die de app toont', confirm: 'Bevestigen',
  success: 'Gelukt', done: 'Gereed', security: 'Beveiligingsgegevens', kept: 'voeg een andere methode toe voordat u deze verwijdert',
};

async function register(w, options, t) {
  const script = options.script !== false;
  const looked = async (page, picture) => {
    await w.picture(page, picture);
    if (script) await sound(page);
  };
  const page = await w.signedIn(jonas, { at: '/register', ...options });
  if (t.lng !== 'en') await w.go(page, `/register?lng=${t.lng}`);
  assert.equal(await heading(page), t.title);
  await looked(page, 'required');
  await w.go(page, '/organizations');
  assert.equal(pathOf(page), '/register', 'nothing else is open');

  await press(page, page.getByRole('link', { name: t.different }));
  await looked(page, 'another method');
  await w.go(page, '/security-info/authenticator');
  await looked(page, 'begin');
  await press(page, page.getByRole('link', { name: t.title }));
  assert.equal(pathOf(page), '/register', 'the way back leads to where one was asked');
  await w.go(page, '/security-info/authenticator');
  await press(page, page.getByRole('button', { name: t.next }));
  const key = await page.locator('main code').innerText();
  await page.getByLabel(t.code).fill(totp(key));
  await press(page, page.getByRole('button', { name: t.confirm }));
  assert.equal(await heading(page), t.success);
  await looked(page, 'success');
  await press(page, page.getByRole('button', { name: t.done }));
  assert.equal(pathOf(page), '/security-info');
  assert.equal(await heading(page), t.security);
  await says(page, t.kept);
  await looked(page, 'the last one stays');
}

async function pass(w, options) {
  const admin = await w.centre(chidi, '/users', options);
  await press(admin, admin.getByRole('link', { name: 'Jonas Bakker' }));
  await press(admin, admin.getByRole('link', { name: /Authentication methods/ }));
  await press(admin, admin.getByRole('link', { name: 'Make a pass' }));
  await w.picture(admin, 'pass');
  await sound(admin);
  await admin.getByLabel('Good for (minutes)').fill('5');
  await press(admin, admin.getByRole('button', { name: 'Make a pass' }));
  await says(admin, 'Enter a number of minutes from 10 to 480');
  await admin.getByLabel('Good for (minutes)').fill('20');
  await press(admin, admin.getByRole('button', { name: 'Make a pass' }));
  assert.equal(await heading(admin), 'The pass has been made');
  await w.picture(admin, 'pass, made');
  await sound(admin);
  const shown = (await admin.locator('main code').first().innerText()).trim();
  const mail = await w.mail(jonas, 'A temporary access pass was made for your account');
  assert.ok(!mail.text.replace(/\s/g, '').includes(shown.replace(/\s/g, '')), 'the pass is in no mail');

  const page = await w.open(options);
  await w.go(page, '/sign-in');
  await page.locator('#name').fill(jonas);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await press(page, page.getByRole('link', { name: 'I have a temporary access pass' }));
  await w.picture(page, 'pass asked');
  await sound(page);
  await page.locator('#pass').fill('0000 0000');
  await press(page, page.getByRole('button', { name: 'Sign in' }));
  await says(page, 'That pass is not right');
  await page.locator('#pass').fill(shown);
  await press(page, page.getByRole('button', { name: 'Sign in' }));
  assert.equal(await heading(page), 'Keep your account secure');
}
