// The admin centre: new people get in by a link that came by mail; users, groups
// and settings are changed.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { totp } from '../totp.mjs';
import { ann, heading, noor, part, pathOf, press, row, sam, says, told } from '../walk.mjs';

const secret = 'copper meadow fourteen bells';

export default [
  { name: 'a new user chooses the first password by a link', minutes: 3, go: newUser },
  { name: 'an unknown mailbox becomes a guest', minutes: 3, go: newGuest },
  { name: 'inviting a deleted guest offers to restore', go: inviteAgain },
  { name: 'a user is disabled, enabled, deleted and restored', go: lifeOfAUser },
  { name: 'groups, roles, properties and settings', minutes: 3, go: settings },
  { name: 'the authenticator on a lost phone is deleted', minutes: 3, go: lostPhone },
  { name: 'who has no role there is told so', go: noRole },
];

async function newUser(w) {
  const page = await w.centre(sam, '/users');
  await w.picture(page, 'users');
  await sound(page);
  await page.getByRole('link', { name: 'Create user' }).click();
  await press(page, page.getByRole('button', { name: 'Create user' }));
  assert.match(await page.title(), /^Error: /);
  await page.getByRole('alert').waitFor();
  await w.picture(page, 'nothing filled in');
  await sound(page);
  await page.getByLabel('Name', { exact: true }).fill('Vera Molnár');
  await page.getByLabel('Sign-in name').fill('vera.molnar');
  await page.getByLabel('Email address').fill('vera@post.example');
  await page.getByLabel('Harbour project').check();
  await w.picture(page, 'create user');
  await sound(page);
  await press(page, page.getByRole('button', { name: 'Create user' }));
  await told(page, 'Created. A link to set the first password was sent to vera@post.example.');
  await w.picture(page, 'created');
  await sound(page);

  const mail = await w.mail('vera@post.example', 'Choose a password for your account');
  const link = mail.links.find((at) => at.includes('/welcome/'));
  const hers = await w.open();
  await hers.goto(link);
  assert.equal(await heading(hers), 'Choose a password');
  await w.picture(hers, 'welcome');
  await sound(hers);
  await hers.getByLabel('New password', { exact: true }).fill('password');
  await press(hers, hers.getByRole('button', { name: 'Set password' }));
  await hers.getByRole('alert').waitFor();
  await w.picture(hers, 'too weak');
  await sound(hers);
  await hers.getByLabel('New password', { exact: true }).fill(secret);
  await press(hers, hers.getByRole('button', { name: 'Set password' }));
  assert.equal(pathOf(hers), '/sign-in');
  await told(hers, 'Password set. Sign in.');
  await w.signIn(hers, 'vera.molnar@contoso.example', '/organizations', { secret });
  await part(hers, 'Home organization').getByRole('heading', { name: 'Contoso Ltd' }).waitFor();
  await says(hers, 'No other organizations');
  await w.picture(hers, 'organizations');
  await sound(hers);
  await hers.goto(link); // once
  assert.equal(await heading(hers), 'This link no longer works');
  await sound(hers);
}

async function newGuest(w) {
  const page = await w.centre(sam, '/users', { script: false });
  await page.getByRole('link', { name: 'Add guest' }).click();
  await page.getByLabel('Email address or sign-in name').fill('pat@mailbox.example');
  await page.getByLabel('Message (optional)').fill('For the harbour project.');
  await page.getByLabel('Harbour project').check();
  await w.picture(page, 'add guest');
  await press(page, page.getByRole('button', { name: 'Invite' }));
  await told(page, 'Invitation sent to pat@mailbox.example.');

  const mail = await w.mail('pat@mailbox.example', 'Sam Rivera invites you to Contoso Ltd');
  assert.match(mail.text, /For the harbour project\./);
  const theirs = await w.open();
  await theirs.goto(mail.links.find((at) => at.includes('/welcome/')));
  await w.picture(theirs, 'welcome');
  await sound(theirs);
  await theirs.getByLabel('Your name').fill('Pat Oduya');
  await theirs.getByLabel('New password', { exact: true }).fill(secret);
  await press(theirs, theirs.getByRole('button', { name: 'Set password' }));
  await w.signIn(theirs, 'pat@mailbox.example', '/organizations', { secret });
  await w.picture(theirs, 'organizations');
  await sound(theirs);
  await press(theirs, theirs.getByRole('button', { name: 'Accept Contoso Ltd' }));
  await told(theirs, 'You accepted the invitation of Contoso Ltd.');
  await row(theirs, 'Contoso Ltd').getByRole('link', { name: 'Leave organization Contoso Ltd' }).waitFor();
  await w.picture(theirs, 'accepted');
  await sound(theirs);
}

async function inviteAgain(w) {
  const page = await w.centre(sam, '/guests/new');
  await page.getByLabel('Email address or sign-in name').fill('lena.fischer@fabrikam.example');
  await press(page, page.getByRole('button', { name: 'Invite' }));
  await says(page, 'Lena Fischer had an account here that was deleted on');
  await w.picture(page, 'deleted here');
  await sound(page);
  await page.getByRole('link', { name: 'Restore user Lena Fischer' }).click();
  await press(page, page.getByRole('button', { name: 'Restore user' }));
  assert.equal(await heading(page), 'Lena Fischer is back');
  await w.go(page, `${pathOf(page).split('/').slice(0, 3).join('/')}/guests/new`);
  await page.getByLabel('Email address or sign-in name').fill('kim.park@post.example');
  await press(page, page.getByRole('button', { name: 'Invite' }));
  await press(page, page.getByRole('button', { name: /^Send again/ }));
  await told(page, 'Invitation sent again to kim.park@post.example.');
}

async function lifeOfAUser(w) {
  const page = await w.centre(ann, '/users');
  await page.getByRole('link', { name: 'Lena Fischer', exact: true }).click();
  await w.picture(page, 'user');
  await press(page, page.getByRole('button', { name: 'Disable account' }));
  await told(page, 'The account is disabled. What was open has ended.');
  await sound(page);
  const shut = await w.open();
  await w.go(shut, '/');
  await shut.locator('#name').fill('lena.fischer@fabrikam.example');
  await press(shut, shut.getByRole('button', { name: 'Next' }));
  await shut.locator('#password').fill('harbour lantern tuesday');
  await press(shut, shut.getByRole('button', { name: 'Sign in' }));
  await says(shut, 'Your organization has disabled this account.');
  await sound(shut);
  await press(page, page.getByRole('button', { name: 'Enable account' }));
  await told(page, 'The account is enabled.');

  await page.getByRole('link', { name: 'Delete user' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Lena Fischer?' });
  await dialog.waitFor();
  await w.picture(page, 'delete');
  await sound(page);
  await press(page, dialog.getByRole('button', { name: 'Delete user' }));
  await told(page, 'The user has been deleted. Access ended at once.');
  await w.picture(page, 'deleted');
  await sound(page);
  if (!pathOf(page).endsWith('/deleted-users')) await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Deleted users' }).click();
  await press(page, page.getByRole('button', { name: 'Restore Lena Fischer' }));
  assert.equal(await heading(page), 'Lena Fischer is back');
}

async function settings(w) {
  const page = await w.centre(sam);
  await w.picture(page, 'start');
  await sound(page);
  const nav = page.getByRole('navigation', { name: 'Administration' });
  await nav.getByRole('link', { name: 'Groups' }).click();
  await w.picture(page, 'groups');
  await sound(page);
  await press(page, page.getByRole('link', { name: 'Create group' }));
  await page.getByLabel('Name').fill('Summer fair');
  await press(page, page.getByRole('button', { name: 'Create group' }));
  await told(page, 'The group Summer fair has been created.');
  await page.getByLabel('Sign-in name or email address').fill('noor.haddad@contoso.example');
  await press(page, page.getByRole('button', { name: 'Add member' }));
  await told(page, 'Noor Haddad is in this group.');
  await w.picture(page, 'group');
  await sound(page);

  await page.getByRole('link', { name: 'Noor Haddad', exact: true }).click();
  await page.getByLabel('Grant a role').selectOption({ label: 'Reports Reader' });
  await press(page, page.getByRole('button', { name: 'Grant' }));
  await told(page, 'Role granted: Reports Reader.');
  await w.picture(page, 'role granted');
  await press(page, page.getByRole('button', { name: 'Revoke Reports Reader' }));
  await told(page, 'Role revoked: Reports Reader.');

  await nav.getByRole('link', { name: 'Properties' }).click();
  await w.picture(page, 'properties');
  await sound(page);
  await page.getByLabel('Privacy statement URL').fill('javascript:alert(1)');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.getByRole('alert').waitFor();
  await sound(page);
  await page.getByLabel('Privacy statement URL').fill('https://contoso.example/privacy-2');
  await press(page, page.getByRole('button', { name: 'Save' }));
  await told(page, 'Saved.');

  await nav.getByRole('link', { name: 'External collaboration settings' }).click();
  await page.getByRole('group', { name: 'External user leave settings' }).getByLabel('No', { exact: true }).check();
  await press(page, page.getByRole('button', { name: 'Save' }));
  await told(page, 'Settings saved.');
  await w.picture(page, 'external collaboration');
  await sound(page);
  const guest = await w.signedIn(ann, { at: '/organizations' });
  await row(guest, 'Contoso Ltd').getByText('Leaving not allowed').waitFor();
}

async function noRole(w) {
  const page = await w.signedIn('lena.fischer@fabrikam.example');
  assert.equal(await w.go(page, `/manage/${w.demo.place(ann, 'fabrikam.example').id}/users`), 403);
  assert.equal(await heading(page), 'You are not an administrator of this organization');
  await w.picture(page, 'no role');
  await sound(page);
  assert.equal(await w.go(page, `/manage/${w.demo.place(sam, 'contoso.example').id}/users`), 404);
  await sound(page);
}

async function lostPhone(w) {
  const hers = await w.signedIn(noor, { at: '/security-info/authenticator' });
  await press(hers, hers.getByRole('button', { name: 'Next' }));
  const uri = await hers.getByRole('link', { name: 'Open the app on this device' }).getAttribute('href');
  await hers.getByLabel('Code shown in the app').fill(totp(new URL(uri).searchParams.get('secret')));
  await hers.getByLabel('Name (optional)').fill('Noor’s phone');
  await press(hers, hers.getByRole('button', { name: 'Confirm' }));
  await told(hers, 'The authenticator app has been added.');

  const again = await w.open();
  await again.goto(w.url('/'));
  await again.locator('#name').fill(noor);
  await press(again, again.locator('form:not([data-key]) button[type=submit]'));
  await again.locator('#password').fill('harbour lantern tuesday');
  await press(again, again.getByRole('button', { name: 'Sign in' }));
  assert.equal(await heading(again), 'Confirm it’s you');

  const page = await w.centre(sam, '/users');
  await press(page, page.getByRole('link', { name: 'Noor Haddad', exact: true }));
  await w.picture(page, 'user');
  await press(page, page.getByRole('link', { name: 'Authentication methods' }));
  await says(page, 'Noor’s phone');
  await w.picture(page, 'methods');
  await sound(page);
  await page.getByRole('link', { name: 'Delete Authenticator app, Noor’s phone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete a sign-in method of Noor Haddad?' });
  await dialog.waitFor();
  await w.picture(page, 'delete');
  await sound(page);
  await press(page, dialog.getByRole('button', { name: 'Delete method' }));
  await told(page, 'The method is deleted.');
  await says(page, 'There is no second step');
  await w.picture(page, 'deleted');
  await sound(page);
  const mail = await w.mail('noor.haddad@contoso.example', 'A sign-in method of your account was deleted');
  assert.match(mail.text, /An administrator of Contoso Ltd has deleted a method/);

  await w.signedIn(noor, { at: '/security-info' });
  await page.getByRole('link', { name: 'Revoke sessions' }).click();
  await press(page, page.getByRole('dialog').getByRole('button', { name: 'Revoke sessions' }));
  await told(page, 'All sessions are revoked.');
  await hers.goto(w.url('/'));
  assert.equal(pathOf(hers), '/sign-in');
}
