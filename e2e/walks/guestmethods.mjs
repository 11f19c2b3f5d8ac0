// A guest who invites others at an organization that wants a second step of its own:
// sets it up, shows it once, and leaves without.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { totp } from '../totp.mjs';
import { heading, noor, part, pathOf, press, says, told } from '../walk.mjs';

const where = 'tailspin-toys-international-holding.example';
const maximiliane = `maximiliane.von.hohenstein-wittelsbach@${where}`;

const english = {
  asked: 'What your organizations ask', open: 'Not met yet', met: 'Met', trusts: 'The one of your account is enough', add: /^Add a method\s+Tailspin/, next: 'Next', key: 'Code shown in the app', confirm: 'Confirm',
  done: 'Only this organization asks for it', bound: 'For one organization only', back: /^Administer Tailspin/, gate: /^Tailspin.* asks for a code$/, none: 'You do not have such a method yet', begin: 'Continue', verify: 'Verify',
  code: /^Code from your authenticator app for Tailspin/, wrong: 'There is a problem', remove: /^Delete Authenticator app for Tailspin/, gone: 'You no longer have this app?', lost: 'Ask an administrator of Tailspin', leave: /^Leave Tailspin/,
};
const dutch = {
  asked: 'Wat uw organisaties vragen', open: 'Nog niet voldaan', met: 'Voldaan', trusts: 'Die van uw account is voldoende', add: /^Methode toevoegen\s+Tailspin/, next: 'Volgende', key: 'Code die de app toont', confirm: 'Bevestigen',
  done: 'Alleen deze organisatie vraagt erom', bound: 'Alleen voor één organisatie', back: /^Tailspin.* beheren$/, gate: /^Tailspin.* vraagt om een code$/, none: 'U hebt zo’n methode nog niet', begin: 'Doorgaan', verify: 'Controleren',
  code: /^Code uit uw authenticator-app voor Tailspin/, wrong: 'Er is een probleem', remove: /^Verwijderen Authenticator-app voor Tailspin/, gone: 'Hebt u deze app niet meer?', lost: 'Vraag een beheerder van Tailspin', leave: /^Tailspin.* verlaten/,
};

export default [
  { name: 'guest methods: one of its own', minutes: 3, go: (w) => bound(w, english, 'en') },
  { name: 'guest methods: one of its own, Dutch, script off, 320 px', minutes: 3, go: (w) => bound(w, dutch, 'nl', { script: false, width: 320, height: 640 }) },
  { name: 'guest methods: reset by the host', minutes: 2, go: reset },
];

async function bound(w, t, language, options = {}) {
  const looked = async (page, picture) => {
    await w.picture(page, picture);
    if (options.script !== false) await sound(page);
  };
  const { id } = w.demo.place(noor, where);
  const page = await w.signedIn(noor, { ...options });
  await w.go(page, `/manage/${id}?lng=${language}`);
  assert.equal(pathOf(page), `/enter/${id}`);
  assert.match(await heading(page), t.gate);
  await says(page, t.none);
  await looked(page, 'nothing to show');
  await w.go(page, '/security-info');
  await part(page, t.asked).getByText(t.open).first().waitFor();
  await says(page, t.trusts);
  await looked(page, 'asked');
  const key = await setUp(page, t, looked);
  await told(page, t.done);
  await looked(page, 'done');
  await press(page, page.getByRole('link', { name: t.back }));
  assert.equal(pathOf(page), `/enter/${id}`, 'back to what asked for it');
  await w.go(page, '/security-info');
  await part(page, t.asked).getByText(t.met, { exact: true }).waitFor();
  await part(page, t.bound).waitFor();
  await looked(page, 'met');

  await w.go(page, `/manage/${id}/users`);
  await looked(page, 'asked for a code');
  await press(page, page.getByRole('button', { name: t.begin }));
  await page.getByLabel(t.code).fill('000000');
  await press(page, page.getByRole('button', { name: t.verify }));
  await says(page, t.wrong);
  await looked(page, 'wrong code');
  await page.getByLabel(t.code).fill(totp(key, Date.now() + 30_000)); // the one of the set-up is used
  await press(page, page.getByRole('button', { name: t.verify }));
  assert.equal(pathOf(page), `/manage/${id}/users`);
  await w.go(page, `/manage/${id}`);
  assert.equal(pathOf(page), `/manage/${id}`, 'once a session');

  await w.go(page, '/security-info');
  await press(page, page.getByRole('link', { name: t.remove }));
  await page.getByText(t.gone).click();
  await says(page, t.lost);
  await looked(page, 'delete');

  const other = await w.signedIn(noor, { ...options });
  await w.go(other, `/organizations/${id}/leave?lng=${language}`);
  assert.match(await heading(other), t.leave);
}

/** Sets the app up from Security info and gives its key. */
async function setUp(page, t, looked) {
  await press(page, page.getByRole('link', { name: t.add }));
  await looked(page, 'begin');
  await press(page, page.getByRole('button', { name: t.next }));
  await looked(page, 'scan');
  const key = await page.locator('main code').innerText();
  await page.getByLabel(t.key).fill(totp(key));
  await press(page, page.getByRole('button', { name: t.confirm }));
  return key;
}

async function reset(w) {
  const { id } = w.demo.place(noor, where);
  const page = await w.signedIn(noor);
  await w.go(page, '/security-info');
  await setUp(page, english, async () => {});
  const admin = await w.centre(maximiliane, '/users');
  await press(admin, admin.getByRole('link', { name: 'Noor Haddad', exact: true }));
  await press(admin, admin.getByRole('link', { name: /Authentication methods/ }));
  await says(admin, 'Bound to this organization');
  await w.picture(admin, 'methods of a guest');
  await sound(admin);
  await admin.getByRole('link', { name: /^Reset/ }).click();
  const dialog = admin.getByRole('dialog', { name: 'Reset the method of Noor Haddad' });
  await dialog.getByText('First make sure').waitFor();
  await w.picture(admin, 'question');
  await press(admin, dialog.getByRole('button', { name: 'Reset' }));
  await told(admin, 'The method was reset');
  await w.mail(noor, 'Your sign-in method for an organization was reset');
  await w.go(page, `/manage/${id}`);
  await says(page, english.none);
}
