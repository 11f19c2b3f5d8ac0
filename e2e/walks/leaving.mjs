// The main job: somebody sees their organizations, leaves one, and an
// administrator of that organization brings them back.
import assert from 'node:assert/strict';
import { axe, noSidewaysScroll, sound, tabTo } from '../checks.mjs';
import { ann, heading, noor, part, pathOf, press, row, says, told } from '../walk.mjs';

const fabrikam = 'Fabrikam, Inc.';

export default [
  { name: 'leaving and coming back, in a dialog', go: (w) => journey(w, {}) },
  { name: 'leaving and coming back, script off', go: (w) => journey(w, { script: false }) },
  { name: 'leaving and coming back, 320 px wide', go: (w) => journey(w, { width: 320, height: 640 }) },
  { name: 'leaving and coming back, dark', go: (w) => journey(w, { dark: true }) },
  { name: 'leaving and coming back, keyboard only', minutes: 3, go: keyboard },
];

async function journey(w, options) {
  const plain = options.script === false;
  const page = await w.signedIn(noor, options);
  const look = async (name) => {
    await w.picture(page, name);
    if (!plain) await sound(page);
  };
  await look('overview');

  // Both ways lead there: the navigation and the block of the overview.
  await page.getByRole('link', { name: 'Manage organizations' }).click();
  assert.equal(pathOf(page), '/organizations');
  await w.go(page, '/');
  if (options.width) await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: 'Organizations' }).click();
  assert.equal(pathOf(page), '/organizations');
  await look('organizations');

  const home = part(page, 'Home organization');
  await home.getByRole('heading', { name: 'Contoso Ltd' }).waitFor();
  assert.equal(await home.getByRole('link', { name: /leave/i }).count(), 0, 'the home organization has no leave control');
  assert.equal(await home.getByRole('button').count(), 0);
  const others = part(page, /^Other organizations you belong to/);
  assert.equal(await others.getByRole('heading', { level: 3 }).count(), 9);
  assert.equal(await others.getByRole('link', { name: /^Leave organization/ }).count(), 8);

  const leave = row(page, fabrikam).getByRole('link', { name: 'Leave organization Fabrikam, Inc.' });
  await leave.click();
  if (plain || options.width) await onItsOwnPage(w, page, look);
  else await inADialog(w, page, leave);

  const number = await receipt(w, page, look);
  await page.getByRole('link', { name: 'Organizations', exact: true }).first().click();
  assert.equal(await row(page, fabrikam).count(), 0, 'it is gone from the list');
  await look('organizations after');
  await letter(w, number);
  await restoration(w, options, plain);

  await page.reload();
  await row(page, fabrikam).waitFor();
  await page.getByRole('link', { name: 'Organizations you left' }).click();
  await says(page, 'Restored');
  await look('receipts');
}

async function onItsOwnPage(w, page, look) {
  assert.match(pathOf(page), /^\/organizations\/[0-9a-f-]{36}\/leave$/);
  await consequences(page.locator('main'));
  await look('leave');
  assert.equal(await page.locator('dialog').count(), 0);
  await page.getByRole('link', { name: 'Cancel' }).click();
  assert.equal(pathOf(page), '/organizations');
  await row(page, fabrikam).getByRole('link', { name: /^Leave organization/ }).click();
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
}

async function inADialog(w, page, leave) {
  const dialog = page.getByRole('dialog', { name: 'Leave Fabrikam, Inc.?' });
  await dialog.waitFor();
  assert.equal(pathOf(page), '/organizations', 'the page behind stays');
  const at = () => page.evaluate(() => document.activeElement.textContent.replace(/\s+/g, ' ').trim());
  assert.equal(await at(), 'Cancel', 'the focus starts on Cancel');
  await consequences(dialog);
  await axe(page);
  await w.picture(page, 'leave');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await at(), 'Leave organization Fabrikam, Inc.', 'the focus returns');
  await leave.click();
  await dialog.getByRole('link', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  await leave.click();
  await press(page, dialog.getByRole('button', { name: 'Leave', exact: true }));
}

async function consequences(where) {
  const text = await where.innerText();
  for (const words of ['What you lose now', '3 groups: All guests, Design review, Harbour project', 'What stays', 'Who can bring you back', 'Ann Lee', 'privacy@fabrikam.example']) {
    assert.ok(text.includes(words), `the confirmation says “${words}”:\n${text}`);
  }
  const [, until] = text.match(/Until (\d{1,2} \w+ \d{4}) its administrators/) ?? [];
  assert.equal(daysUntil(until), 30, `kept until ${until}`);
}

async function receipt(w, page, look) {
  assert.match(pathOf(page), /^\/organizations\/receipts\/[\w-]+$/);
  assert.equal(await heading(page), 'Receipt for leaving');
  await told(page, 'You left Fabrikam, Inc.');
  await says(page, '14 days left');
  await says(page, 'All guests, Design review, Harbour project');
  await look('receipt');
  const text = await page.locator('main').innerText();
  const [, number] = text.match(/Number ([A-Z0-9-]+)/) ?? [];
  assert.ok(number, `a receipt has a number:\n${text}`);
  const [, gone] = text.match(/Deleted for good\s+(\d{1,2} \w+ \d{4})/) ?? [];
  assert.equal(daysUntil(gone), 30, `deleted on ${gone}`);
  return number;
}

async function letter(w, number) {
  const mail = await w.mail(noor, 'You left Fabrikam, Inc.');
  assert.ok(mail.text.includes(number), 'the mail bears the number of the receipt');
  assert.match(mail.text, /Deleted for good/);
  assert.ok(mail.links.some((link) => link.includes('/organizations/receipts/')));

  // As a mail program shows it, light and dark.
  const page = await w.open({ width: 640 });
  const html = await page.request.get(w.url(`${mail.at}/html`));
  await page.setContent(await html.text());
  await axe(page);
  await w.picture(page, 'mail');
  await page.emulateMedia({ colorScheme: 'dark' });
  await axe(page);
  await noSidewaysScroll(page, 320);
  await w.go(page, mail.at);
  await noSidewaysScroll(page);
  await page.context().close();
}

async function restoration(w, options, plain) {
  const page = await w.signedIn(ann, options);
  const look = async (name) => {
    await w.picture(page, name);
    if (!plain) await sound(page);
  };
  const menu = async () => {
    if (options.width) await page.getByRole('button', { name: 'Menu' }).click();
  };
  await menu();
  await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name: fabrikam }).click();
  assert.match(pathOf(page), /^\/manage\/[0-9a-f-]{36}$/);
  await look('administration');
  await menu();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Users', exact: true }).click();
  await look('users');
  assert.equal(await page.getByRole('row').filter({ hasText: noor }).count(), 0, 'who left is no user');
  await menu();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: 'Deleted users' }).click();
  await look('deleted users');
  const line = page.getByRole('row').filter({ hasText: 'Noor Haddad' });
  const said = await line.innerText();
  assert.match(said, /30 days/);
  assert.match(said, /Left by choice/);

  // On the user's page the button bears its whole name.
  await line.getByRole('link', { name: 'Noor Haddad', exact: true }).click();
  await look('the deleted user');
  await press(page, page.getByRole('button', { name: 'Restore user' }));
  assert.equal(await heading(page), 'Noor Haddad is back');
  await look('what came back');
  const back = await part(page, /^Came back/).innerText();
  for (const name of ['All guests', 'Design review', 'Harbour project']) assert.ok(back.includes(name), `${name} is named:\n${back}`);
  assert.match(await part(page, /^Could not come back/).innerText(), /Nothing is missing/);
  await page.context().close();
}

/** The same, without a mouse; the name and the password are typed. */
async function keyboard(w) {
  const page = await w.open();
  const enter = async () => {
    await Promise.all([page.waitForEvent('framenavigated'), page.keyboard.press('Enter')]);
    await page.waitForLoadState();
  };
  await w.go(page, '/');
  await tabTo(page, ''); // an input has no text of its own
  await page.keyboard.type(noor);
  await enter();
  await page.locator('#password').focus();
  await page.keyboard.type('harbour lantern tuesday');
  await enter();
  assert.equal(await heading(page).then((text) => text.includes('Noor Haddad')), true);

  await tabTo(page, 'Skip to main content');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Manage organizations');
  await enter();
  const stops = await tabTo(page, 'Leave organization Fabrikam, Inc.');
  await w.picture(page, `leave organization after ${stops} tabs`);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(page, 'Leave', { backwards: true });
  await w.picture(page, 'dialog');
  await enter();
  assert.equal(await heading(page), 'Receipt for leaving');
  await tabTo(page, 'Print');

  const admin = await w.signedIn(ann);
  const tab = (name) => tabTo(admin, name);
  const go = async () => {
    await Promise.all([admin.waitForEvent('framenavigated'), admin.keyboard.press('Enter')]);
    await admin.waitForLoadState();
  };
  await tab(fabrikam); // in the navigation
  await go();
  await tab('Deleted users');
  await go();
  await tab('Restore Noor Haddad');
  await w.picture(admin, 'restore');
  await go();
  assert.equal(await heading(admin), 'Noor Haddad is back');
  await w.go(page, '/organizations');
  await row(page, fabrikam).waitFor();
}

function daysUntil(date) {
  const [day, month, year] = (date ?? '').split(' ');
  const then = new Date(`${month} ${day}, ${year} 12:00:00 UTC`);
  const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Amsterdam' }); // where the demo of the walks is
  return Math.round((then - new Date(`${today}T12:00:00Z`)) / 86_400_000);
}
