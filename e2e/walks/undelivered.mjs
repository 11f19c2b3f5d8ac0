// What goes by text and by call can be read in the demo; what could not be delivered
// is seen, and discarded, by an administrator.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, press, sam, says, told } from '../walk.mjs';

export default [
  { name: 'undelivered messages: looked at and discarded', go: discard },
  { name: 'texts and calls of the demo', go: devPages },
];

async function discard(w) {
  const page = await w.centre(sam, '/undelivered');
  assert.equal(await heading(page), 'Undelivered messages');
  const hers = page.getByRole('listitem').filter({ hasText: 'Noor Haddad' });
  await says(page, 'The number does not exist or cannot get this kind of message.');
  assert.ok(!(await page.content()).includes('612345000'), 'the number is masked');
  await hers.getByRole('button', { name: /^Try again/ }).waitFor();
  const code = page.getByRole('listitem').filter({ hasText: 'Ann Lee' });
  assert.equal(await code.getByRole('button', { name: /^Try again/ }).count(), 0);
  await w.picture(page, 'list');
  await sound(page);
  await press(page, hers.getByRole('button', { name: /^Discard/ }));
  await told(page, 'The message was discarded and wiped.');
  await press(page, code.getByRole('button', { name: /^Discard/ }));
  await says(page, 'Everything was delivered');
  await w.picture(page, 'empty');
  await sound(page);
}

async function devPages(w) {
  const page = await w.open();
  await w.go(page, '/dev/mail');
  await page.getByRole('link', { name: 'Text messages' }).click();
  assert.equal(await heading(page), 'Text messages');
  await sound(page);
  await page.getByRole('link', { name: 'Calls' }).click();
  assert.equal(await heading(page), 'Calls');
  await w.picture(page, 'calls');
  await sound(page);
}
