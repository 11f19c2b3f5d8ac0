// Hardware tokens: an administrator uploads the file of a delivery, a member takes one
// into use by its code, signs in with it and gets back in with it.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { totp } from '../totp.mjs';
import { password } from '../portal.mjs';
import { ann, heading, noor, pathOf, press, sam, says, told } from '../walk.mjs';

const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const head = 'upn,serial number,secret key,time interval,manufacturer,model\n';

export default [
  { name: 'hardware token: upload, take into use, sign in', minutes: 3, go: token },
  { name: 'hardware token: a way back in, deleted', minutes: 3, go: wayBack },
];

const lena = 'lena.fischer@fabrikam.example';
const place = 'lena@post.example';

async function token(w) {
  const admin = await w.centre(sam, '/hardware-tokens');
  assert.equal(await heading(admin), 'Hardware tokens');
  await w.picture(admin, 'empty');
  await press(admin, admin.getByRole('link', { name: 'Upload tokens' }));
  const send = async (text) => {
    await admin.getByLabel('CSV file').setInputFiles({ name: 'tokens.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await press(admin, admin.getByRole('button', { name: 'Upload' }));
  };
  await send(`${head},W-1,${key},45,,\n`);
  await says(admin, 'Line 2: the time interval is not 30 or 60');
  await w.picture(admin, 'wrong line');
  await sound(admin);
  await send(`${head},W-1,${key},30,Galt,T2\n`);
  await told(admin, 'Tokens added: 1');
  await w.picture(admin, 'list');
  await sound(admin);

  const page = await w.signedIn(noor, { at: '/security-info/token' });
  await page.getByLabel('Serial number').fill('w-1');
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.getByLabel('Name (optional)').fill('On my keys');
  await press(page, page.getByRole('button', { name: 'Next' }));
  await sound(page);
  const now = totp(key);
  await page.getByLabel('Code on your hardware token').fill(now);
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await told(page, 'It is now your default sign-in method');

  const fresh = await w.open();
  await fresh.goto(w.url('/sign-in'));
  await fresh.locator('#name').fill(noor);
  await press(fresh, fresh.locator('form:not([data-key]) button[type=submit]'));
  await fresh.locator('#password').fill(password);
  await press(fresh, fresh.locator('form[action*="/sign-in/password"] button[type=submit]'));
  await says(fresh, 'On my keys');
  await w.picture(fresh, 'second step');
  await fresh.getByLabel('Code on your hardware token').fill(totp(key, Date.now() + 30_000)); // the one before is spent
  await press(fresh, fresh.getByRole('button', { name: 'Verify' }));
  assert.equal(pathOf(fresh), '/');
}

async function wayBack(w) {
  const admin = await w.centre(ann, '/hardware-tokens/upload');
  await admin.getByLabel('CSV file').setInputFiles({ name: 'tokens.csv', mimeType: 'text/csv', buffer: Buffer.from(`${head},W-2,${key},30,Galt,T2\n`) });
  await press(admin, admin.getByRole('button', { name: 'Upload' }));

  const page = await w.signedIn(lena, { at: '/security-info/email' });
  await page.locator('#address').fill(place);
  await press(page, page.getByRole('button', { name: 'Email me a code' }));
  await page.locator('#code').fill(digits((await w.mail(place, 'Confirm your email address')).text));
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await w.go(page, '/security-info/token');
  await page.getByLabel('Serial number').fill('W-2');
  await press(page, page.getByRole('button', { name: 'Next' }));
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.getByLabel('Code on your hardware token').fill(totp(key, Date.now()));
  await press(page, page.getByRole('button', { name: 'Confirm' }));

  const other = await w.open();
  await w.later(1); // the code of now is spent
  await w.go(other, `/reset?name=${lena}`);
  await other.locator('#name').fill(lena);
  await press(other, other.getByRole('button', { name: 'Next' }));
  await press(other, other.getByRole('link', { name: /^Use\s+Enter a code from my hardware token/ }));
  await w.picture(other, 'way back');
  await sound(other);
  await other.locator('#code').fill(totp(key, Date.now() + 3_600_000));
  await press(other, other.getByRole('button', { name: 'Verify' }));
  await press(other, other.getByRole('link', { name: /^Use\s+Email a code/ }));
  await other.locator('#place').fill(place);
  await press(other, other.getByRole('button', { name: 'Email me a code' }));
  await other.locator('#code').fill(digits((await w.mail(place, 'Your code to get back into your account')).text));
  await press(other, other.getByRole('button', { name: 'Verify' }));
  assert.equal(pathOf(other), '/reset/password');
  await other.locator('#new').fill('velvet anchor pepper drizzle');
  await press(other, other.getByRole('button', { name: 'Finish' }));
  assert.equal(await heading(other), 'Your password has been reset');

  const again = await w.open();
  await again.goto(w.url('/security-info'));
  await again.locator('#name').fill(lena);
  await press(again, again.locator('form:not([data-key]) button[type=submit]'));
  await again.locator('#password').fill('velvet anchor pepper drizzle');
  await press(again, again.locator('form[action*="/sign-in/password"] button[type=submit]'));
  await again.getByLabel('Code on your hardware token').fill(totp(key, Date.now() + 3_630_000));
  await press(again, again.getByRole('button', { name: 'Verify' }));
  await w.go(again, await again.getByRole('link', { name: /^Delete\s+Hardware token/ }).getAttribute('href'));
  await w.picture(again, 'delete');
  await sound(again);
  await press(again, again.getByRole('button', { name: 'Delete' }));
  await told(again, 'The hardware token has been deleted.');
}

const digits = (text) => text.replace(/(\d) (?=\d{3}\b)/g, '$1').match(/\b\d{6}\b/)[0];
