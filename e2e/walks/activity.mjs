// What happened with an account, seen and answered by its person; the audit log,
// read and taken along by administrators.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axe, sound } from '../checks.mjs';
import { password } from '../portal.mjs';
import { totp } from '../totp.mjs';
import { heading, mirjam, noor, part, pathOf, press, sam, says, told } from '../walk.mjs';

export default [
  { name: 'activity: sessions in two browsers', go: twoBrowsers },
  { name: 'activity: this was not me, by mail', go: byMail },
  { name: 'activity: this was not me, by mail, without a home', go: byMailAlone },
  { name: 'activity: a method was not me', minutes: 3, go: methodByMail },
  { name: 'activity: a method was not me, script off, 320 px wide, Dutch', minutes: 3, go: methodByMailAlone },
  { name: 'activity: the audit log', go: auditLog },
  { name: 'activity: the audit log, 320 px wide, Dutch', go: narrowLog },
  { name: 'activity: what an administrator did about methods', minutes: 3, go: methodsOfUser },
];

async function twoBrowsers(w) {
  const hers = await w.signedIn(noor);
  await w.picture(hers, 'overview');
  await hers.getByRole('link', { name: 'Review recent activity' }).click();
  assert.equal(await heading(hers), 'Recent activity');
  const open = part(hers, 'Where you are signed in');
  await open.getByText('This session').waitFor();
  await open.getByText('Safari 26 on iPhone').waitFor();
  await says(hers, 'Wrong password');
  await says(hers, '198.51.100.77');
  await w.picture(hers, 'recent');
  await sound(hers);

  // Another browser, ended from the first: refused at its very next request.
  const other = await w.signedIn(noor, { at: '/activity', script: false });
  await hers.reload();
  await press(hers, open.getByRole('listitem').filter({ hasText: 'Chrome' }).getByRole('button', { name: /^End session/ }));
  await told(hers, 'The session has ended.');
  await w.go(other, '/organizations');
  assert.equal(pathOf(other), '/sign-in');

  await press(hers, hers.getByRole('button', { name: 'End all other sessions' }));
  await told(hers, 'All other sessions have ended.');
  assert.equal(await open.getByRole('listitem').count(), 1);

  // A refused try: what to do, and doing it.
  const yesterday = hers.getByRole('listitem').filter({ hasText: 'Chrome 148 on Linux' });
  await yesterday.getByRole('link', { name: /^This wasn’t me/ }).click();
  const dialog = hers.getByRole('dialog', { name: 'Wasn’t this you?' });
  await dialog.getByText('so nobody got in').waitFor();
  await w.picture(hers, 'not me');
  await axe(hers);
  await press(hers, dialog.getByRole('button', { name: 'Change password' }));
  assert.equal(pathOf(hers), '/password');
}

async function byMail(w) {
  const thief = await w.signedIn(noor, { at: '/organizations' });
  const mail = await w.mail(noor, 'New browser signed in to your account');
  assert.match(mail.text, /Chrome \d+/);
  assert.match(mail.text, /127\.0\.0\.1|::1/);
  const link = mail.links.find((at) => at.includes('/not-me/'));

  const reader = await w.open({ script: false });
  await reader.goto(link);
  assert.equal(await heading(reader), 'Wasn’t this you?');
  await w.picture(reader, 'not me');
  assert.equal(await w.go(thief, '/organizations'), 200); // looking has ended nothing
  await press(reader, reader.getByRole('button', { name: 'This wasn’t me, sign it out' }));
  assert.equal(await heading(reader), 'That browser has been signed out');
  await says(reader, 'it@contoso.example');
  await w.picture(reader, 'done');
  await w.go(thief, '/organizations');
  assert.equal(pathOf(thief), '/sign-in');
  await reader.goto(link); // once: now it says what was done
  assert.equal(await heading(reader), 'That browser has been signed out');
  await reader.getByRole('link', { name: 'Change password' }).click();
  assert.equal(pathOf(reader), '/sign-in');
  const looker = await w.open();
  await looker.goto(link);
  await sound(looker);
  assert.equal(await w.go(looker, '/not-me/unknown'), 410);
  await sound(looker);
}

async function byMailAlone(w) {
  await w.signedIn(mirjam, { locale: 'nl-NL' });
  const mail = await w.mail(mirjam, 'Nieuwe browser aangemeld bij uw account');
  const reader = await w.open({ locale: 'nl-NL' });
  await reader.goto(mail.links.find((at) => at.includes('/not-me/')));
  await w.picture(reader, 'not me');
  await sound(reader);
  await press(reader, reader.getByRole('button', { name: 'Dit was ik niet, meld af' }));
  await says(reader, 'mirjam@postbus.example');
  await w.picture(reader, 'done');
  const welcome = await w.mail(mirjam, 'wachtwoord');
  assert.ok(welcome.links.some((at) => at.includes('/welcome/')), 'a link for a new password came');
}

/** Somebody adds an app to an account they have got into, and changes the password. */
async function takenOver(w, who) {
  const thief = await w.signedIn(who);
  await w.go(thief, '/security-info/authenticator?lng=en');
  await press(thief, thief.getByRole('button', { name: 'Next' }));
  await thief.getByLabel('Code shown in the app').fill(totp(await thief.locator('main code').innerText()));
  await thief.getByLabel('Name (optional)').fill('Pixel');
  await press(thief, thief.getByRole('button', { name: 'Confirm' }));
  await w.go(thief, '/password');
  await thief.locator('#current').fill(password);
  await thief.locator('#new').fill('velvet anchor pepper drizzle');
  await press(thief, thief.locator('form[action*="/password"] button[type=submit]'));
  return thief;
}

async function methodByMail(w) {
  const thief = await takenOver(w, noor);
  const mail = await w.mail(noor, 'A sign-in method was added to your account');
  const link = mail.links.find((at) => at.includes('/not-me/'));

  const reader = await w.open();
  await reader.goto(link);
  assert.equal(await heading(reader), 'Wasn’t this you?');
  await says(reader, /Authenticator app.*Pixel/);
  await says(reader, /Chrome \d+/);
  assert.equal(await reader.getByLabel('Your password as it was then').count(), 0);
  await w.picture(reader, 'not me');
  await sound(reader);
  assert.equal(await w.go(thief, '/organizations'), 200); // looking has ended nothing
  assert.equal(pathOf(thief), '/organizations');
  await press(reader, reader.getByRole('button', { name: 'This wasn’t me, sign everybody out' }));
  assert.equal(await heading(reader), 'Everybody has been signed out');
  await w.picture(reader, 'signed out');
  await sound(reader);
  await w.go(thief, '/organizations');
  assert.equal(pathOf(thief), '/sign-in');

  const remove = reader.getByRole('button', { name: 'Delete the method' });
  await reader.getByLabel('Your password as it was then').fill('velvet anchor pepper drizzle'); // as it is, not as it was
  await press(reader, remove);
  await says(reader, 'That password is not right');
  await w.picture(reader, 'wrong password');
  await sound(reader);
  await reader.getByLabel('Your password as it was then').fill(password);
  await press(reader, remove);
  assert.equal(await heading(reader), 'The method has been deleted');
  await w.picture(reader, 'deleted');
  await sound(reader);
  const told = await w.mail(noor, 'A sign-in method was deleted from your account');
  assert.ok(!told.links.some((at) => at.includes('/not-me/')), 'the letter about it carries no link of the sort');
  await press(reader, reader.getByRole('link', { name: 'Get back into your account' }));
  assert.equal(pathOf(reader), '/reset');
}

async function methodByMailAlone(w) {
  await takenOver(w, mirjam);
  const mail = await w.mail(mirjam, 'Er is een aanmeldingsmethode aan uw account toegevoegd');
  const reader = await w.open({ locale: 'nl-NL', script: false, width: 320, height: 640 });
  await reader.goto(mail.links.find((at) => at.includes('/not-me/')));
  assert.equal(await heading(reader), 'Was u dit niet?');
  await w.picture(reader, 'not me');
  await press(reader, reader.getByRole('button', { name: 'Dit was ik niet, meld iedereen af' }));
  assert.equal(await heading(reader), 'Iedereen is afgemeld');
  await w.picture(reader, 'signed out');
  const remove = reader.getByRole('button', { name: 'Methode verwijderen' });
  await press(reader, remove);
  await says(reader, 'Vul uw wachtwoord in');
  await w.picture(reader, 'no password');
  await reader.getByLabel('Uw wachtwoord zoals het toen was').fill(password);
  await press(reader, remove);
  assert.equal(await heading(reader), 'De methode is verwijderd');
  await says(reader, 'een code per e-mail is genoeg');
  await w.picture(reader, 'deleted');

  // Back in by mail, and no second step is asked for.
  await press(reader, reader.getByRole('link', { name: 'Weer toegang krijgen tot uw account' }));
  await reader.locator('#name').fill(mirjam);
  await press(reader, reader.getByRole('button', { name: 'Volgende' }));
  await w.go(reader, '/reset/verify/email');
  await reader.locator('#place').fill(mirjam);
  await press(reader, reader.getByRole('button', { name: 'Mail mij een code' }));
  const code = await w.mail(mirjam, 'Uw code om weer toegang tot uw account te krijgen');
  await reader.locator('#code').fill(code.text.match(/\b\d{6}\b/)[0]);
  await press(reader, reader.locator('main form button[type=submit]').first());
  await reader.locator('#new').fill('rustige boomgaard zeven lantaarns');
  await press(reader, reader.locator('main form button[type=submit]').first());
  await w.signIn(await w.open({ locale: 'nl-NL', script: false }), mirjam, '/', { secret: 'rustige boomgaard zeven lantaarns' });
}

async function auditLog(w) {
  const page = await w.centre(sam, '/audit');
  assert.equal(await heading(page), 'Audit log');
  await w.picture(page, 'audit log');
  await sound(page);
  await page.getByLabel('Person, address or id').fill('noor');
  await press(page, page.getByRole('button', { name: 'Filter' }));
  await says(page, /Only what Noor Haddad did/);
  await says(page, '198.51.100.77');
  await page.getByRole('cell', { name: /^Sign-in\s*Password$/ }).first().waitFor(); // how it was done
  await w.picture(page, 'of one person');
  await sound(page);
  await page.getByLabel('Result').selectOption({ label: 'Refused' });
  await press(page, page.getByRole('button', { name: 'Filter' }));
  await says(page, 'Wrong password');

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()]);
  assert.match(download.suggestedFilename(), /^audit-log-\d{4}-\d\d-\d\d\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
  assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.includes(',refused,wrong_password,')), lines.join('\n'));

  await w.go(page, `${pathOf(page)}?q=s`);
  await part(page, 'Who do you mean?').waitFor();
  await w.picture(page, 'who');
  await sound(page);
  await w.go(page, `${pathOf(page)}?act=audit.download`);
  await page.getByRole('cell', { name: 'Audit log downloaded' }).waitFor();
}

/** What stands in the fields of a form is not cut off. */
async function fieldsAreWhole(page) {
  const cut = await page.locator('.filters .in').evaluateAll((list) => list.filter((field) => {
    const style = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = style.font;
    const text = field.matches('select') ? field.selectedOptions[0].textContent : field.type === 'date' ? 'dd-mm-jjjj' : '';
    return pen.measureText(text).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight) + 20 > field.clientWidth;
  }).map((field) => field.id));
  assert.deepEqual(cut, [], `cut off on ${page.url()}`);
}

async function narrowLog(w) {
  const page = await w.centre(sam, '/audit?lng=nl', { width: 320, height: 640, locale: 'nl-NL' });
  assert.equal(await heading(page), 'Auditlogboek');
  await says(page, 'Wachtwoord'); // how somebody signed in
  await fieldsAreWhole(page);
  await w.picture(page, 'narrow');
  await sound(page);
  for (const width of [768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await fieldsAreWhole(page);
  }
}

async function methodsOfUser(w) {
  const page = await w.centre(sam, '/users?q=noor');
  await page.locator('main').getByRole('link', { name: 'Noor Haddad' }).click();
  await press(page, page.getByRole('link', { name: 'Authentication methods' }));
  await press(page, page.getByRole('link', { name: 'Make a pass' }));
  if (pathOf(page) === '/prove') await w.prove(page);
  await press(page, page.getByRole('button', { name: 'Make a pass' }));
  const pass = (await page.locator('main code').first().innerText()).trim();
  await w.picture(page, 'pass');

  const hers = await w.open();
  await w.go(hers, '/sign-in');
  await hers.locator('#name').fill(noor);
  await press(hers, hers.locator('form:not([data-key]) button[type=submit]'));
  await press(hers, hers.getByRole('link', { name: 'I have a temporary access pass' }));
  await hers.locator('#pass').fill(pass);
  await press(hers, hers.getByRole('button', { name: 'Sign in' }));
  await w.go(hers, '/activity?lng=en');
  await says(hers, 'Contoso Ltd · Temporary access pass');

  await press(page, page.getByRole('link', { name: 'Back to the sign-in methods' }));
  const history = part(page, 'What happened with them');
  await history.getByText('Temporary access pass used').waitFor();
  await history.getByText('Temporary access pass made: 60 minutes, one sign-in').waitFor();
  await history.getByText('by Sam Rivera').first().waitFor();
  await part(page, 'Their methods').getByText('The first step when they sign in').waitFor();
  await w.picture(page, 'history');
  await sound(page);
  await press(page, history.getByRole('link', { name: 'Open the audit log of this person' }));
  await says(page, 'Good for: 60 minutes');
  await says(page, 'Can be used: once');
  await w.picture(page, 'log');
  await sound(page);
}
