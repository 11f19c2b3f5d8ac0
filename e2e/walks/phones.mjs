// A telephone as a second step: added with a code that was sent to it, used to sign
// in, changed and deleted.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, noor, part, pathOf, press, says, told } from '../walk.mjs';
import { password } from '../portal.mjs';

export default [
  { name: 'phone: add, sign in by text', minutes: 3, go: (w) => walk(w, {}) },
  { name: 'phone: script off', minutes: 3, go: (w) => walk(w, { script: false }) },
  { name: 'phone: 320 px wide, dark', minutes: 3, go: (w) => walk(w, { width: 320, height: 640, dark: true }) },
];

const mobile = '+31 6 12345678';

/** The code of the newest text or call to a number, once there are so many. */
async function sent(w, kind, number, many = 1) {
  const page = await w.open();
  const rows = page.getByRole('listitem').filter({ hasText: number });
  for (let n = 0; n < 40; n++) {
    await page.goto(w.url(`/dev/${kind}`));
    if (await rows.count() >= many) break;
    await page.waitForTimeout(250);
  }
  const text = (await rows.first().innerText()).replace(/(\d), (?=\d)/g, '$1');
  await page.context().close();
  return text.match(/\b\d{6}\b/)[0];
}

async function walk(w, options) {
  const script = options.script !== false;
  const looked = async (page, picture) => {
    await w.picture(page, picture);
    if (script) await sound(page);
  };
  const page = await w.signedIn(noor, { ...options, at: '/security-info/add' });
  await looked(page, 'add');
  await press(page, page.getByRole('link', { name: /^Add\s+Phone$/ }));
  assert.equal(await heading(page), 'Add a phone');
  await looked(page, 'number');
  await page.getByLabel('Phone number').fill('020 624 1111');
  await press(page, page.getByRole('button', { name: 'Next' }));
  await says(page, 'fixed line');
  await looked(page, 'fixed line');
  await page.getByLabel('Phone number').fill('06 12345678');
  await press(page, page.getByRole('button', { name: 'Next' }));
  assert.equal(await heading(page), 'Enter the code');
  await says(page, '+31 6 12345678');
  await looked(page, 'code');
  const first = await sent(w, 'texts', mobile);
  await press(page, page.getByRole('button', { name: 'Send again' }));
  await told(page, 'A new code is coming.');
  const second = await sent(w, 'texts', mobile, 2);
  if (first !== second) {
    await page.locator('#code').fill(first);
    await press(page, page.getByRole('button', { name: 'Confirm' }));
    await says(page, 'Use the newest one');
    await looked(page, 'older code');
  }
  await page.locator('#code').fill(second);
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await told(page, 'It is now your default sign-in method');
  await w.go(page, '/security-info');
  await part(page, 'Default sign-in method').getByText('+31 6 ••• ••• 78').waitFor();
  await looked(page, 'security info');
  await w.go(page, '/security-info?lng=nl');
  await looked(page, 'security info, Dutch');
  await w.go(page, '/security-info?lng=en');

  // Another browser: the password, then a code by text, then one by call for a proof.
  const other = await w.open(options);
  await other.goto(w.url('/'));
  await other.locator('#name').fill(noor);
  await press(other, other.locator('form:not([data-key]) button[type=submit]'));
  await other.locator('#password').fill(password);
  await press(other, other.locator('form[action*="/sign-in/password"] button[type=submit]'));
  assert.equal(pathOf(other), '/sign-in/second');
  await looked(other, 'before the text');
  await press(other, other.getByRole('button', { name: 'Text me a code' }));
  await looked(other, 'texted');
  await other.locator('#code').fill('000000');
  await press(other, other.getByRole('button', { name: 'Verify' }));
  await looked(other, 'wrong code');
  await press(other, other.getByRole('link', { name: 'Use another method' }));
  await looked(other, 'methods');
  await press(other, other.getByRole('button', { name: /Call \+31 6/ }));
  await says(other, 'is being called');
  await looked(other, 'called');
  await other.locator('#code').fill(await sent(w, 'calls', mobile));
  await press(other, other.getByRole('button', { name: 'Verify' }));
  assert.equal(pathOf(other), '/');

  await w.go(page, '/security-info');
  await w.go(page, await page.getByRole('link', { name: /^Change\s+Phone$/ }).getAttribute('href'));
  await says(page, '+31 6 12345678');
  await looked(page, 'change');
  await w.go(page, '/security-info/phones/phone/delete');
  await looked(page, 'delete');
  await press(page, page.getByRole('button', { name: 'Delete' }));
  await told(page, 'The phone has been deleted.');
}
