// Several accounts in one browser, and staying signed in.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { password } from '../portal.mjs';
import { heading, noor, pathOf, press, sam, says, told } from '../walk.mjs';

export default [
  { name: 'accounts: two in one browser, with script', go: (w) => two(w, true) },
  { name: 'accounts: two in one browser, without script', go: (w) => two(w, false) },
  { name: 'accounts: staying signed in', go: stay },
];

async function two(w, script) {
  const page = await w.signedIn(noor, { script });
  await w.go(page, '/accounts');
  assert.equal(await heading(page), 'Choose an account');
  await says(page, 'Noor Haddad');
  await w.picture(page, 'one account');
  if (script) await sound(page);
  await press(page, page.getByRole('link', { name: 'Use another account' }));
  await page.locator('#name').fill(sam);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.locator('#password').fill(password);
  await press(page, page.locator('form[action*="/sign-in/password"] button[type=submit]'));
  assert.equal(pathOf(page), '/');
  await says(page, 'Sam Rivera');

  await w.go(page, '/accounts');
  await w.picture(page, 'two accounts');
  if (script) await sound(page);
  await press(page, page.getByRole('button', { name: 'Use Noor Haddad' }));
  await says(page, 'Noor Haddad');

  // A form that was drawn for one account does nothing for the other.
  const old = await page.context().newPage();
  await w.go(old, '/settings');
  await w.go(page, '/accounts');
  await press(page, page.getByRole('button', { name: 'Use Sam Rivera' }));
  await press(old, old.getByRole('main').getByRole('button', { name: 'Save' }).first());
  assert.equal(await heading(old), 'This form was made for another account');
  await old.close();

  await w.go(page, '/accounts');
  await press(page, page.getByRole('button', { name: 'Sign out Noor Haddad' }));
  assert.equal(pathOf(page), '/accounts');
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'Noor Haddad' }).count(), 0, 'who signed out is gone');
  await told(page, 'Noor Haddad is signed out. Other accounts are still signed in');
  await press(page, page.getByRole('button', { name: 'Sign out Sam Rivera' }));
  assert.equal(pathOf(page), '/sign-in');
}

async function stay(w) {
  const stays = await w.open();
  await w.go(stays, '/sign-in');
  await stays.locator('#name').fill(noor);
  await press(stays, stays.getByRole('button', { name: 'Next' }));
  await stays.getByLabel('Stay signed in').check();
  await w.picture(stays, 'stay signed in');
  await sound(stays);
  await stays.locator('#password').fill(password);
  await press(stays, stays.locator('form[action*="/sign-in/password"] button[type=submit]'));
  await w.go(stays, '/activity');
  await says(stays, /Stays signed in until .+, used or not/);
  const goes = await w.signedIn(noor);
  await w.daysLater(3);
  await w.go(stays, '/');
  assert.equal(pathOf(stays), '/');
  await w.go(goes, '/');
  assert.equal(pathOf(goes), '/sign-in');
}
