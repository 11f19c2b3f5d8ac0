// What one can do oneself with a mailbox to get back in by, and with a pass that an
// administrator made: change it, delete it.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, noor, pathOf, press, sam, says, told } from '../walk.mjs';

const sato = { name: 'sato@litware.example', mail: 'ken.sato@post.example', next: 'ken@thuis.example', shown: 'k•••@thuis.example' };

export default [
  { name: 'email: changed and deleted', minutes: 3, go: (w) => email(w, {}, english) },
  { name: 'email: changed and deleted, script off, Dutch, 320 px wide', minutes: 3, go: (w) => email(w, { script: false, width: 320, height: 640 }, dutch) },
  { name: 'a pass is deleted by whom it was for', minutes: 3, go: pass },
];

const english = {
  lng: 'en', change: /^Change\s+Email/, remove: /^Delete\s+Email/, send: 'Email me a code', confirm: 'Confirm', button: 'Delete',
  changing: 'Change your email address', own: 'You sign in with this address', changed: 'The email address has been changed.', deleted: 'The email address has been deleted.',
};
const dutch = {
  lng: 'nl', change: /^Wijzigen\s+E-mail/, remove: /^Verwijderen\s+E-mail/, send: 'Mail mij een code', confirm: 'Bevestigen', button: 'Verwijderen',
  changing: 'E-mailadres wijzigen', own: 'Met dit adres meldt u zich aan', changed: 'Het e-mailadres is gewijzigd.', deleted: 'Het e-mailadres is verwijderd.',
};

async function email(w, options, t) {
  const page = await w.signedIn(sato.name, { ...options, at: '/security-info' });
  const looked = async (name) => {
    await w.picture(page, name);
    if (options.script !== false) await sound(page);
  };
  await w.go(page, `/security-info?lng=${t.lng}`);
  await press(page, page.getByRole('link', { name: t.change }));
  assert.equal(await heading(page), t.changing);
  await says(page, sato.mail);
  await page.locator('#address').fill(sato.name);
  await press(page, page.getByRole('button', { name: t.send }));
  await says(page, t.own);
  await looked('refused');
  await page.locator('#address').fill(sato.next);
  await press(page, page.getByRole('button', { name: t.send }));
  await says(page, sato.next);
  await looked('code');
  await w.go(page, '/security-info'); // until it is confirmed the old one stays
  await says(page, 'k•••@post.example');
  await w.go(page, '/security-info/email/code');
  const mail = await w.mail(sato.next, 'Confirm your email address'); // in the language of the account
  await page.locator('#code').fill(mail.text.replace(/(\d) (?=\d{3}\b)/g, '$1').match(/\b\d{6}\b/)[0]);
  await press(page, page.getByRole('button', { name: t.confirm }));
  await told(page, t.changed);
  await looked('changed');
  await w.go(page, '/security-info');
  await says(page, sato.shown);
  for (const place of [sato.mail, sato.next]) await w.mail(place, 'An email address of your account was changed');

  const remove = page.getByRole('link', { name: t.remove });
  await (options.script === false ? press(page, remove) : remove.click());
  const asked = page.locator(options.script === false ? 'main' : 'dialog[open]');
  await asked.getByRole('button', { name: t.button }).waitFor();
  await looked('delete');
  await press(page, asked.getByRole('button', { name: t.button }));
  await told(page, t.deleted);
  assert.ok(!(await page.locator('main').innerText()).includes(sato.shown));
}

async function pass(w) {
  const page = await w.signedIn(noor);
  const admin = await w.centre(sam, '/users');
  await press(admin, admin.getByRole('link', { name: 'Noor Haddad' }));
  await press(admin, admin.getByRole('link', { name: /Authentication methods/ }));
  await press(admin, admin.getByRole('link', { name: 'Make a pass' }));
  await press(admin, admin.getByRole('button', { name: 'Make a pass' }));
  const shown = (await admin.locator('main code').first().innerText()).trim();

  await w.go(page, '/security-info');
  await says(page, 'Good until');
  await w.picture(page, 'the row');
  await page.getByRole('link', { name: /^Delete\s+Temporary access pass/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete your temporary access pass?' });
  await dialog.getByText('You can no longer sign in with it').waitFor();
  await w.picture(page, 'delete');
  await press(page, dialog.getByRole('button', { name: 'Delete' }));
  await told(page, 'The temporary access pass has been deleted.');

  const other = await w.open();
  await w.go(other, '/sign-in');
  await other.locator('#name').fill(noor);
  await press(other, other.getByRole('button', { name: 'Next' }));
  await press(other, other.getByRole('link', { name: 'I have a temporary access pass' }));
  await other.locator('#pass').fill(shown);
  await press(other, other.getByRole('button', { name: 'Sign in' }));
  await says(other, 'That pass is not right');
  assert.match(pathOf(other), /^\/sign-in/);
}
