// Passkeys and security keys: added, signed in with, asked for at the second step,
// deleted, and what a browser says that cannot have them.
import assert from 'node:assert/strict';
import { axe, sound } from '../checks.mjs';
import { device, quiet } from '../passkey.mjs';
import { password } from '../portal.mjs';
import { heading, noor, pathOf, press, sam, says, told } from '../walk.mjs';

export default [
  { name: 'passkeys: add, sign in, prove, delete', minutes: 3, go: (w) => passkey(w, {}) },
  { name: 'passkeys: 320 px wide, dark', minutes: 3, go: (w) => passkey(w, { width: 320, height: 640, dark: true }) },
  { name: 'passkeys: a security key is the second step', minutes: 3, go: securityKey },
  { name: 'passkeys: refused', minutes: 3, go: refused },
  { name: 'passkeys: offered beside the name', minutes: 2, go: offered },
  { name: 'passkeys: script off', minutes: 2, go: without },
];

const signInWith = /^Sign in with a passkey$/;

async function add(w, page, path, name, button) {
  await w.go(page, path);
  await page.getByLabel('Name').fill(name);
  await press(page, page.getByRole('button', { name: button }));
  assert.equal(pathOf(page), '/security-info/changed');
}

async function signOut(w, page) {
  await w.go(page, '/');
  await page.locator('form[action$="/sign-out"]').first().evaluate((form) => form.submit());
  await page.waitForURL(/\/sign-in/);
}

async function passkey(w, options) {
  const page = await w.signedIn(noor, options);
  const looked = async (picture) => {
    await w.picture(page, picture);
    await sound(page);
  };
  const phone = await device(page, { backedUp: true });
  await w.go(page, '/security-info/add');
  await looked('add');
  await press(page, page.getByRole('link', { name: /^Add\s+Passkey$/ }));
  assert.equal(await heading(page), 'Add a passkey');
  assert.equal(await page.getByText('This browser can’t make passkeys').isVisible(), false);
  await looked('passkey');
  await page.getByLabel('Name').fill('');
  await press(page, page.getByRole('button', { name: 'Create passkey' }));
  await says(page, 'Enter a name');
  await looked('no name');
  await page.getByLabel('Name').fill('Noor’s phone');
  await press(page, page.getByRole('button', { name: 'Create passkey' }));
  await told(page, 'It is now your default sign-in method');
  await looked('added');
  const [kept] = await phone.credentials();
  assert.equal(kept.rpId, 'localhost');
  assert.ok(kept.isResidentCredential, 'it is found without a name');
  await press(page, page.getByRole('link', { name: 'Back to Security info' }));
  await says(page, 'Backed up');
  await looked('security info');
  await w.go(page, '/security-info?lng=nl');
  await says(page, 'Toegangssleutel');
  await looked('security info, Dutch');
  await w.go(page, '/security-info?lng=en');
  const mail = await w.mail(noor, 'A sign-in method was added to your account');
  assert.match(mail.text, /Passkey · .*Noor’s phone/);

  await quiet(page);
  await signOut(w, page);
  await looked('sign in');
  const typed = Boolean(options.width);
  if (typed) { // whatever stands on the password's page counts for a passkey as well
    await page.locator('#name').fill(noor);
    await press(page, page.getByRole('button', { name: 'Next', exact: true }));
  }
  await page.getByLabel(/^Stay signed in/).check();
  await press(page, page.getByRole('button', { name: typed ? 'Use a passkey instead' : signInWith }));
  await page.waitForURL((at) => at.pathname === '/');
  await told(page, 'You stay signed in in this browser for 30 days.');
  await w.go(page, '/activity');
  await says(page, 'Passkey');

  await w.later(48);
  await w.go(page, '/security-info/default');
  assert.equal(pathOf(page), '/prove', 'still signed in');
  await says(page, 'your password or a passkey');
  await looked('prove');
  await press(page, page.getByRole('button', { name: 'Use a passkey' }));
  assert.equal(pathOf(page), '/security-info/default');

  await w.go(page, '/security-info');
  const remove = page.getByRole('link', { name: /^Delete\s+Passkey, Noor’s phone$/ });
  if (options.width) {
    await w.go(page, await remove.getAttribute('href'));
    await looked('delete');
    await press(page, page.getByRole('button', { name: 'Delete passkey' }));
  } else {
    await remove.click();
    const dialog = page.getByRole('dialog', { name: 'Delete this passkey?' });
    await dialog.getByText('Your device or password manager still has it').waitFor();
    await w.picture(page, 'delete');
    await axe(page);
    await press(page, dialog.getByRole('button', { name: 'Delete passkey' }));
  }
  await told(page, 'The passkey has been deleted');
  assert.equal((await phone.credentials()).length, 1, 'the device keeps what it has');
  await signOut(w, page);
  await press(page, page.getByRole('button', { name: signInWith }));
  await says(page, 'can’t be used here');
  await looked('deleted');
}

async function securityKey(w) {
  const page = await w.signedIn(noor);
  await device(page, { verified: false, usb: true });
  await add(w, page, '/security-info/passkeys/key', 'Blue key', 'Use security key');
  await told(page, 'security key is added');
  await w.go(page, '/security-info');
  await says(page, 'Only on this key');
  await w.picture(page, 'security info');

  await quiet(page);
  await signOut(w, page);
  await page.locator('#name').fill(noor);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.getByRole('button', { name: 'Use a passkey instead' }).waitFor();
  await w.picture(page, 'password');
  await sound(page);
  await page.locator('#password').fill(password);
  await press(page, page.getByRole('button', { name: 'Sign in', exact: true }));
  assert.equal(pathOf(page), '/sign-in/second');
  assert.equal(await page.getByText('needs JavaScript').isVisible(), false);
  await w.picture(page, 'second step');
  await sound(page);
  await press(page, page.getByRole('button', { name: 'Use passkey or security key' }));
  await page.waitForURL((at) => at.pathname === '/');
}

async function refused(w) {
  const page = await w.signedIn(sam);
  const phone = await device(page);
  await add(w, page, '/security-info/passkeys/new', 'Phone', 'Create passkey');
  await w.go(page, '/security-info/passkeys/new'); // the same device again
  await page.getByRole('button', { name: 'Create passkey' }).click();
  await page.getByText('Your browser has made nothing').waitFor();
  await w.picture(page, 'made nothing');
  await sound(page);

  await quiet(page);
  await signOut(w, page);
  await phone.recognizes(false);
  await page.getByRole('button', { name: signInWith }).click();
  await page.getByText('Nothing came from a passkey').waitFor();
  await w.picture(page, 'not recognized');
  await sound(page);

  await phone.recognizes(true);
  await phone.counts(100);
  await press(page, page.getByRole('button', { name: signInWith }));
  await page.waitForURL((at) => at.pathname === '/');
  await signOut(w, page);
  await phone.counts(7); // a copy that was made before
  await press(page, page.getByRole('button', { name: signInWith }));
  await says(page, 'may have been copied');
  await w.picture(page, 'copied');
  await sound(page);
  const mail = await w.mail(sam, 'A passkey of your account may have been copied');
  assert.match(mail.text, /Phone/);
}

/** The browser offers passkeys with what it fills in as a name. */
async function offered(w) {
  const page = await w.signedIn(noor);
  await device(page);
  await add(w, page, '/security-info/passkeys/new', 'Phone', 'Create passkey');
  await w.go(page, '/');
  const answered = page.waitForResponse((r) => new URL(r.url()).pathname === '/sign-in/passkey'); // by itself: so this browser chooses
  await page.locator('form[action$="/sign-out"]').first().evaluate((form) => form.submit());
  await answered;
  await page.waitForURL((at) => at.pathname === '/');
  await w.go(page, '/activity');
  await says(page, 'Passkey');
}

async function without(w) {
  const page = await w.signedIn(noor);
  await device(page, { usb: true, verified: false });
  await add(w, page, '/security-info/passkeys/key', 'Blue key', 'Use security key');

  const plain = await w.open({ script: false });
  await plain.goto(w.url('/sign-in'));
  assert.equal(await plain.getByRole('button', { name: signInWith }).count(), 0);
  await plain.locator('#name').fill(noor);
  await press(plain, plain.getByRole('button', { name: 'Next' }));
  await plain.locator('#password').fill(password);
  await press(plain, plain.getByRole('button', { name: 'Sign in' }));
  assert.equal(pathOf(plain), '/sign-in/second');
  await says(plain, 'needs JavaScript');
  assert.equal(await plain.getByRole('button', { name: 'Use passkey or security key' }).count(), 0);
  await w.picture(plain, 'second step');

  const other = await w.signedIn(sam, { script: false, at: '/security-info/passkeys/new' });
  await says(other, 'This browser can’t make passkeys');
  await w.picture(other, 'add');
  await press(other, other.getByRole('link', { name: 'Choose another method' }));
  assert.equal(pathOf(other), '/security-info/add');
}
