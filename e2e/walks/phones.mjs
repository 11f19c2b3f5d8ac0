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
  { name: 'phone: alternate and office, called', minutes: 3, go: called },
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
  await told(page, 'A new code has been asked for.');
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

/** An alternate and an office phone: called only, the default chosen between them, one changed, one a way back in. */
async function called(w) {
  const lena = 'lena.fischer@fabrikam.example';
  const page = await w.signedIn(lena, { at: '/security-info' });
  const looked = async (at, picture) => {
    await w.picture(at, picture);
    await sound(at);
  };
  const keep = async (kind, number, extension) => {
    await w.go(page, `/security-info/phones/${kind}`);
    await looked(page, kind);
    await page.getByLabel('Phone number').fill(number);
    if (extension) await page.getByLabel('Extension (optional)').fill(extension);
    assert.equal(await page.getByRole('button', { name: 'Next' }).count(), 0, 'it is called, never texted');
    await press(page, page.getByRole('button', { name: 'Call me' }));
    await page.locator('#code').fill(await sent(w, 'calls', number));
    await press(page, page.getByRole('button', { name: 'Confirm' }));
    assert.equal(pathOf(page), '/security-info/changed');
  };
  await keep('alternate', '+31 20 624 1111');
  await told(page, 'It is now your default sign-in method');
  await keep('office', '+31 20 624 2222', '12');
  await w.go(page, '/security-info');
  await press(page, page.getByRole('link', { name: /^Change\s+Default sign-in method$/ }));
  await page.getByLabel(/^Office phone – call/).check();
  await looked(page, 'default');
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await told(page, 'Your default sign-in method has been changed.');
  await keep('office', '+31 20 624 3333');
  await w.go(page, '/security-info');
  await part(page, 'Default sign-in method').getByText('+31 2 ••• ••• 33').waitFor();
  await looked(page, 'security info');
  await w.mail(lena, 'phone number');

  const other = await w.open();
  await other.goto(w.url('/'));
  await other.locator('#name').fill(lena);
  await press(other, other.locator('form:not([data-key]) button[type=submit]'));
  await other.locator('#password').fill(password);
  await press(other, other.locator('form[action*="/sign-in/password"] button[type=submit]'));
  await says(other, '+31 2 ••• ••• 33');
  await press(other, other.getByRole('button', { name: 'Call me' }));
  await looked(other, 'called');
  await other.locator('#code').fill(await sent(w, 'calls', '+31 20 624 3333', 2));
  await press(other, other.getByRole('button', { name: 'Verify' }));
  assert.equal(pathOf(other), '/');

  // An office phone is a way back in, an alternate one is none.
  const third = await w.open();
  await w.go(third, '/reset');
  await third.locator('#name').fill(lena);
  await press(third, third.getByRole('button', { name: 'Next' }));
  const ways = (await third.getByRole('link', { name: /^Use/ }).allInnerTexts()).join();
  assert.match(ways, /Call my office phone/);
  assert.doesNotMatch(ways, /alternate/i);
}
