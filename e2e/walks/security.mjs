// Security info: an authenticator app set up by its key, recovery codes kept, and
// both deleted again.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axe, sound } from '../checks.mjs';
import { password } from '../portal.mjs';
import { totp } from '../totp.mjs';
import { heading, noor, part, pathOf, press, says, told } from '../walk.mjs';

export default [
  { name: 'security info: app and recovery codes', minutes: 3, go: (w) => enrol(w, {}) },
  { name: 'security info: script off', minutes: 3, go: (w) => enrol(w, { script: false }) },
  { name: 'security info: 320 px wide, dark', minutes: 3, go: (w) => enrol(w, { width: 320, height: 640, dark: true }) },
];

async function enrol(w, options) {
  const script = options.script !== false;
  const looked = async (page, picture) => {
    await w.picture(page, picture);
    if (script) await sound(page);
  };
  const page = await w.signedIn(noor, { ...options });
  await page.getByRole('link', { name: 'Update info' }).click();
  assert.equal(await heading(page), 'Security info');
  await says(page, 'There is no second step');
  await looked(page, 'security info');

  await press(page, page.getByRole('link', { name: 'Add sign-in method' }));
  await looked(page, 'add');
  await press(page, page.getByRole('link', { name: /^Add\s+Authenticator app$/ }));
  await looked(page, 'begin');
  await press(page, page.getByRole('button', { name: 'Next' }));
  assert.equal(await heading(page), 'Scan the code with your app');
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  await looked(page, 'scan');
  await page.getByLabel('Code shown in the app').fill('12');
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await says(page, 'has six digits');
  await looked(page, 'wrong code');
  const key = await page.locator('main code').innerText();
  const now = totp(key);
  await page.getByLabel('Code shown in the app').fill(`${now.slice(0, 3)} ${now.slice(3)}`);
  await page.getByLabel('Name (optional)').fill('Noor’s phone');
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await told(page, 'It is now your default sign-in method');
  await looked(page, 'added');

  await press(page, page.getByRole('link', { name: 'Make recovery codes' }));
  await looked(page, 'before the codes');
  await press(page, page.getByRole('button', { name: 'Make recovery codes' }));
  const codes = await page.locator('main ol li').allInnerTexts();
  assert.equal(new Set(codes).size, 10, 'ten codes');
  await looked(page, 'codes');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
  const kept = readFileSync(await file.path(), 'utf8');
  for (const code of codes) assert.ok(kept.includes(code), `the file lacks ${code}`);
  await press(page, page.getByRole('link', { name: 'I have stored these codes' }));
  await press(page, page.getByRole('link', { name: 'Back to Security info' }));
  await says(page, '10 of 10 left');
  await part(page, 'Default sign-in method').getByText('Noor’s phone').waitFor();
  await looked(page, 'security info, all set');
  await w.go(page, '/security-info?lng=nl');
  assert.equal(await heading(page), 'Beveiligingsgegevens');
  await looked(page, 'security info, Dutch');
  await w.go(page, '/security-info?lng=en');

  // Another browser, where a recovery code stands in for the app: where it says how many are left is told.
  const other = await w.open(options);
  await other.goto(w.url('/organizations'));
  await other.locator('#name').fill(noor);
  await press(other, other.locator('form:not([data-key]) button[type=submit]'));
  await other.locator('#password').fill(password);
  await press(other, other.locator('form[action*="/sign-in/password"] button[type=submit]'));
  await press(other, other.getByRole('link', { name: 'Use another method' }));
  await looked(other, 'methods');
  await press(other, other.getByRole('link', { name: /^Use\s+Recovery code/ }));
  await other.locator('#code').fill(codes[0]);
  await press(other, other.getByRole('button', { name: 'Verify' }));
  assert.equal(pathOf(other), '/organizations');
  await told(other, 'You used a recovery code.');
  await looked(other, 'code used');
  await press(other, other.getByRole('link', { name: /^How many are left/ }));
  assert.equal(await heading(other), 'You used a recovery code');
  await says(other, 'You have 9 left');
  await looked(other, 'codes left');

  await w.go(page, await page.getByRole('link', { name: /^Rename\s+Authenticator app, Noor’s phone$/ }).getAttribute('href'));
  await looked(page, 'rename');
  await page.getByLabel('Name (optional)').fill('Noor’s old phone');
  await press(page, page.getByRole('button', { name: 'Save name' }));
  await told(page, 'The name is changed.');

  const mail = await w.mail(noor, 'A sign-in method was added to your account');
  assert.match(mail.text, /Noor’s phone/);
  assert.ok(mail.links.some((at) => at.includes('/not-me/')), 'the letter has a way to say that it was somebody else');

  const remove = page.getByRole('link', { name: /^Delete\s+Authenticator app, Noor’s old phone$/ });
  if (script && !options.width) {
    await remove.click();
    const dialog = page.getByRole('dialog', { name: 'Delete this authenticator app?' });
    await dialog.getByText('It is your only second step').waitFor();
    await w.picture(page, 'delete');
    await axe(page);
    await press(page, dialog.getByRole('button', { name: 'Delete' }));
  } else {
    await w.go(page, await remove.getAttribute('href'));
    await says(page, 'You have 9 recovery codes left');
    await looked(page, 'delete');
    await press(page, page.getByRole('button', { name: 'Delete' }));
  }
  await told(page, 'The authenticator app has been deleted.');
  await says(page, 'Your account has no second step');
  await looked(page, 'deleted');
  assert.equal(await page.getByRole('link', { name: 'Add sign-in method' }).count(), 1, 'another one is a step away');
  await press(page, page.getByRole('button', { name: 'Sign out everywhere else' }));
  assert.equal(pathOf(page), '/security-info');
  await told(page, 'You have been signed out everywhere else.');
  await says(page, 'they only work next to another method');
  await looked(page, 'codes alone');
}
