// Hardware tokens: an administrator uploads the file of a delivery, a member takes one
// into use by its code, and signs in with it.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { totp } from '../totp.mjs';
import { password } from '../portal.mjs';
import { heading, noor, pathOf, press, sam, says, told } from '../walk.mjs';

const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const head = 'upn,serial number,secret key,time interval,manufacturer,model\n';

export default [
  { name: 'hardware token: upload, take into use, sign in', minutes: 3, go: token },
];

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
