// In and out: the sign-in and its refusals, the password, signing out.
import assert from 'node:assert/strict';
import { sound, tabTo } from '../checks.mjs';
import { password, startEmpty } from '../portal.mjs';
import { heading, mirjam, noor, pathOf, press, sam, says, told } from '../walk.mjs';

const secret = 'copper meadow fourteen bells';

export default [
  { name: 'signing in: every step and every refusal', go: signIn },
  { name: 'signing in by a mailbox, and leading back', go: mailbox },
  { name: 'changing the password ends the other browser', go: change },
  { name: 'signing out, here and everywhere', go: out },
  { name: 'a warning before the session ends', go: standingStill },
  { name: 'pages that are not there', go: missing },
  { name: 'the first start: a set-up link makes the first organization', go: firstStart },
];

async function signIn(w) {
  const page = await w.open();
  await w.go(page, '/organizations');
  assert.equal(pathOf(page), '/sign-in');
  await w.picture(page, 'sign in');
  await sound(page);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.getByRole('alert').waitFor();
  await w.picture(page, 'no name');
  await sound(page);
  await tabTo(page, 'Enter your email address or sign-in name'); // the summary leads to the field
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'name');

  // Whether anybody has the name is not told: the next screen is the same.
  const screens = [];
  for (const name of ['nobody.at.all@contoso.example', noor]) {
    await w.go(page, '/sign-in');
    await page.getByLabel('Email address or sign-in name').fill(name);
    await press(page, page.getByRole('button', { name: 'Next' }));
    await page.getByLabel('Password', { exact: true }).fill('wrong harbour');
    await press(page, page.getByRole('button', { name: 'Sign in' }));
    screens.push((await page.locator('main').innerText()).replaceAll(name, '…'));
  }
  assert.equal(screens[0], screens[1]);
  await says(page, 'That password is not right');
  await w.picture(page, 'wrong password');
  await sound(page);
  await page.getByRole('button', { name: 'Show password' }).click();
  assert.equal(await page.locator('#password').getAttribute('type'), 'text');
  await page.getByRole('link', { name: 'Forgot my password' }).waitFor();
  await press(page, page.getByRole('link', { name: 'Change account' }));
  assert.equal(await page.locator('#name').inputValue(), noor, 'the name stays typed');
}

async function mailbox(w) {
  const page = await w.signedIn(mirjam, { at: '/organizations/receipts?lng=en', script: false });
  assert.equal(await heading(page), 'Organizations you left');
  await w.go(page, '/sign-in');
  assert.equal(pathOf(page), '/', 'who is in needs no sign-in');
}

async function change(w) {
  const other = await w.signedIn(noor);
  const page = await w.signedIn(noor);
  await page.getByRole('link', { name: 'Change password' }).click();
  await w.picture(page, 'change password');
  await sound(page);
  await page.getByLabel('Current password').fill('not this one');
  await page.getByLabel('New password').fill('123456789012');
  await press(page, page.getByRole('button', { name: 'Submit' }));
  await page.getByRole('alert').waitFor();
  await w.picture(page, 'refused');
  await sound(page);
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill(secret);
  await press(page, page.getByRole('button', { name: 'Submit' }));
  await told(page, 'Your password has been changed. You have been signed out everywhere else.');
  await w.go(page, '/organizations');
  assert.equal(pathOf(page), '/organizations', 'the session that changed it stays');
  await other.reload();
  assert.equal(pathOf(other), '/sign-in', 'the other one is over');
  const mail = await w.mail(noor, 'Your password was changed');
  assert.match(mail.text, /All other sessions were ended/);
  await w.signedIn(noor, { secret });
}

async function out(w) {
  const here = await w.signedIn(noor);
  const there = await w.signedIn(noor, { script: false });
  await menu(here, 'Sign out');
  assert.equal(pathOf(here), '/sign-in');
  await told(here, 'You have been signed out.');
  await w.picture(here, 'signed out');
  await sound(here);
  await here.goBack();
  assert.equal(await here.getByText('Noor Haddad').count(), 0, 'nothing is shown from memory');
  await there.reload();
  assert.equal(pathOf(there), '/', 'the other browser is still in');
  await w.signIn(here, noor);
  await menu(there, 'Sign out everywhere');
  await told(there, 'You have been signed out everywhere.');
  await here.reload();
  assert.equal(pathOf(here), '/sign-in');
}

async function menu(page, name) {
  await page.locator('summary', { hasText: 'Account menu' }).click();
  await press(page, page.getByRole('button', { name, exact: true }));
}

// The page's clock is moved, not the portal's: the page alone knows when to warn.
async function standingStill(w) {
  const page = await w.signedIn(noor, { at: '/help' });
  await page.clock.install();
  await w.go(page, '/settings');
  const other = await page.context().newPage();
  await w.go(other, '/password');
  const bar = page.getByRole('status').filter({ hasText: 'signed out' });
  const both = (time) => page.clock.fastForward(time); // the clock is the browser's, of both tabs

  await both('07:50:00');
  assert.equal(await bar.count(), 0, 'no warning yet');
  await page.getByLabel('Regional format').focus();
  await both('06:00');
  await bar.waitFor();
  assert.match(await bar.innerText(), /^You will be signed out in less than 5 minutes/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'region', 'the warning leaves the focus where it is');
  await w.picture(page, 'warning');
  await sound(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await w.picture(page, 'warning, small');
  await sound(page);
  await page.setViewportSize({ width: 1280, height: 900 });
  await other.getByRole('button', { name: 'Stay signed in' }).waitFor();

  await tabTo(page, 'Stay signed in');
  await page.keyboard.press('Enter');
  await bar.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'region', 'and the focus goes back');
  await page.clock.runFor(6_000);
  assert.equal(await other.getByRole('button', { name: 'Stay signed in' }).count(), 0, 'staying in one tab is staying in all');

  await both('08:01:00');
  await bar.filter({ hasText: 'You have been signed out' }).waitFor();
  await w.picture(page, 'over');
  await sound(page);
  const again = page.getByRole('link', { name: 'Sign in (opens a new tab)' });
  assert.equal(await again.getAttribute('href'), '/settings');

  const desk = await w.centre(sam, '/users');
  await desk.clock.install();
  await desk.reload();
  await desk.clock.fastForward('56:00');
  await desk.getByRole('button', { name: 'I am still here' }).click();
  await desk.getByRole('status').filter({ hasText: 'password' }).waitFor({ state: 'detached' });
  assert.equal(pathOf(desk).endsWith('/users'), true);

  // A session that was ended meanwhile can't be kept: the click says so, and it stays said.
  await desk.clock.fastForward('57:00');
  await desk.context().clearCookies();
  await desk.getByRole('button', { name: 'I am still here' }).click();
  await desk.getByRole('link', { name: 'Type the password (opens a new tab)' }).waitFor();
  await desk.clock.runFor(6_000);
  assert.equal(await desk.getByRole('link', { name: 'Type the password (opens a new tab)' }).count(), 1);
}

async function missing(w) {
  const page = await w.open();
  for (const at of ['/no-such-page', '/welcome/not-a-link', '/setup/not-a-link']) {
    assert.ok(await w.go(page, at) >= 400, at);
    await w.picture(page, at.slice(1));
    await sound(page);
  }
  const inside = await w.signedIn(noor);
  assert.equal(await w.go(inside, '/organizations/receipts/not-mine'), 404);
  await press(inside, inside.getByRole('link', { name: 'Go to overview' }));
  assert.equal(pathOf(inside), '/');
}

async function firstStart(w) {
  const portal = await startEmpty();
  try {
    const page = await w.open();
    await page.goto(portal.link);
    await w.picture(page, 'set up');
    await sound(page);
    await page.getByLabel('Name of the organization').fill('Wide World Importers');
    await page.getByLabel('Domain').fill('wideworld.example');
    await page.getByLabel('Your name').fill('Kai Carter');
    await page.getByLabel('Your sign-in name').fill('kai');
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await press(page, page.getByRole('button', { name: 'Create organization' }));
    await told(page, 'Your organization is ready. Sign in.');
    await page.getByLabel('Email address or sign-in name').fill('kai@wideworld.example');
    await press(page, page.getByRole('button', { name: 'Next' }));
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await press(page, page.getByRole('button', { name: 'Sign in' }));
    await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Wide World Importers' }).click();
    await says(page, 'Manage users');
    await w.picture(page, 'administration');
    await sound(page);
    await page.goto(portal.link); // once
    assert.equal(await heading(page), 'This set-up link no longer works');
  } finally {
    await portal.stop();
  }
}
