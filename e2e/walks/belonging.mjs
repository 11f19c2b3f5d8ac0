// Belonging: invitations, people without a home organization, the organization
// one looks at, leaving where one holds a role and where the doors have closed.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, mirjam, noor, part, pathOf, press, row, says, told } from '../walk.mjs';

export default [
  { name: 'an invitation is accepted, another declined', go: invitations },
  { name: 'a person without a home organization', go: withoutHome },
  { name: 'one organization selected, and carried on by every link', go: selected },
  { name: 'an organization one does not belong to', go: unknown },
  { name: 'leaving with a role asks for the password first', go: withRole },
  { name: 'leaving a closed organization', go: closed },
  { name: 'after 31 days it is deleted for good', go: purged },
];

async function invitations(w) {
  const page = await w.signedIn(noor, { at: '/organizations' });
  await press(page, page.getByRole('button', { name: 'Accept Relecloud' }));
  await told(page, 'You accepted the invitation of Relecloud. The organization is now in your list.');
  await w.picture(page, 'accepted');
  await sound(page);
  await part(page, /^Other organizations/).getByRole('heading', { name: 'Relecloud' }).waitFor();
  assert.equal(await part(page, /^Invitations/).count(), 0);

  const other = await w.signedIn(mirjam, { at: '/organizations?lng=en' });
  await press(other, other.getByRole('button', { name: 'Decline Contoso Ltd' }));
  await told(other, 'You declined the invitation of Contoso Ltd.');
  assert.equal(await row(other, 'Contoso Ltd').count(), 0);
  await w.picture(other, 'declined');
}

// Her account is in Dutch, her browser in English: the account decides.
async function withoutHome(w) {
  const page = await w.signedIn(mirjam);
  assert.equal(await page.locator('html').getAttribute('lang'), 'nl');
  await w.picture(page, 'overzicht');
  await sound(page);
  await page.getByRole('link', { name: 'Organisaties beheren' }).click();
  assert.equal(await heading(page), 'Organisaties');
  const headings = await page.getByRole('heading').allInnerTexts();
  assert.deepEqual(headings.filter((text) => /thuisorganisatie|andere organisaties/i.test(text)), []);
  assert.equal(headings.filter((text) => /^Organisaties\b/.test(text)).length, 1, 'one heading, Organisaties');
  assert.equal(await page.getByRole('link', { name: /^Organisatie verlaten/ }).count(), 3);
  await w.picture(page, 'organisaties');
  await sound(page);
  await w.go(page, '/?lng=en');
  await says(page, 'Personal account');
}

async function selected(w) {
  const { id } = w.demo.place(noor, 'fabrikam.example');
  // Also through the sign-in, and by the domain as well as by the id.
  const page = await w.signedIn(noor, { at: '/?tenantId=fabrikam.example' });
  assert.equal(new URL(page.url()).searchParams.get('tenantId'), 'fabrikam.example');
  await says(page, 'You are looking at Fabrikam, Inc.');
  await w.picture(page, 'selected');
  await sound(page);
  const carried = await page.locator('header a[href], nav a[href], main a[href]').evaluateAll((list) => list
    .map((a) => new URL(a.href)).filter((at) => at.origin === location.origin && !at.pathname.startsWith('/dev') && !at.hash)
    .map((at) => `${at.pathname}?tenantId=${at.searchParams.get('tenantId')}`));
  assert.ok(carried.length > 8);
  assert.deepEqual(carried.filter((at) => at.endsWith('?tenantId=null')), [], 'links that lose the organization');

  for (const name of ['Organizations', 'Password', 'Overview']) {
    await page.getByRole('navigation', { name: 'Account' }).getByRole('link', { name }).click();
    assert.equal(new URL(page.url()).searchParams.get('tenantId'), 'fabrikam.example', name);
  }
  await page.locator('summary', { hasText: 'Switch organization' }).click();
  await w.picture(page, 'switcher');
  await sound(page);
  const menu = page.locator('details[open] .pop-b');
  assert.equal(await menu.getByRole('link', { name: /Fabrikam, Inc\./ }).getAttribute('aria-current'), 'true');
  await menu.getByRole('link', { name: /Litware/ }).click();
  assert.equal(new URL(page.url()).searchParams.get('tenantId'), w.demo.place(noor, 'litware.example').id);
  await says(page, 'You are looking at Litware Research Collective.');
  await w.go(page, `/organizations?tenantId=${id}`);
  await row(page, 'Fabrikam, Inc.').getByText('Selected now').waitFor();
  await sound(page);

  await page.locator('summary', { hasText: 'Account menu' }).click();
  await w.picture(page, 'account menu');
  await page.getByRole('link', { name: 'View account' }).click();
  assert.equal(pathOf(page), '/');
}

// Unknown and foreign ones get the same page, and only after the sign-in.
async function unknown(w) {
  const seen = new Set();
  for (const tenant of ['nowhere.example', 'sainte-genevieve.example', '6e1b9ed3-92a5-4d23-bebb-7783e1a95dd2']) {
    const page = await w.open();
    await w.go(page, `/organizations?tenantId=${tenant}`);
    assert.equal(pathOf(page), '/sign-in');
    await w.signIn(page, noor, `/organizations?tenantId=${tenant}`);
    assert.equal(await heading(page), 'You do not belong to this organization');
    seen.add(await page.locator('main').innerText());
    await sound(page);
    await w.picture(page, tenant);
    await press(page, page.getByRole('link', { name: 'See your organizations' }));
    assert.equal(await heading(page), 'Organizations', 'the way out leads out');
    await page.context().close();
  }
  assert.equal(seen.size, 1, 'one page for all of them');
}

async function withRole(w) {
  for (const script of [false, true]) {
    const tailspin = /^Tailspin Toys International/;
    const page = await w.signedIn(noor, { at: '/organizations', script });
    await w.later(1); // a password typed long ago proves nothing
    const leave = page.getByRole('link', { name: /^Leave organization Tailspin/ });
    await press(page, leave);
    await w.picture(page, 'prove');
    if (script) await sound(page);
    await page.getByLabel('Password').fill('wrong harbour');
    await press(page, page.getByRole('button', { name: 'Continue' }));
    await says(page, 'That password is not right');
    if (script) await sound(page);
    await w.prove(page);
    assert.equal((await heading(page)).startsWith('Leave Tailspin Toys'), true);
    await says(page, '1 role: Guest Inviter');
    if (!script) continue;
    await w.picture(page, 'leave');
    await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
    await told(page, tailspin.source.slice(1));
    await says(page, 'Guest Inviter');
    await sound(page);
  }
}

async function closed(w) {
  const page = await w.signedIn(noor, { at: '/organizations', script: false });
  await row(page, 'Proseware').getByText('Closed').waitFor();
  await press(page, row(page, 'Proseware').getByRole('link', { name: 'Leave organization Proseware' }));
  await w.picture(page, 'leave');
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  await told(page, 'You left Proseware.');
  await w.picture(page, 'receipt');
  await w.go(page, '/organizations');
  assert.equal(await row(page, 'Proseware').count(), 0);
}

async function purged(w) {
  const page = await w.signedIn(noor, { at: '/organizations', script: false });
  await press(page, row(page, 'Fabrikam, Inc.').getByRole('link', { name: /^Leave organization/ }));
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  const receipt = pathOf(page);
  await w.daysLater(29);
  const again = await w.signedIn(noor, { at: receipt });
  await says(again, '1 day left');
  await w.daysLater(2);
  const late = await w.signedIn(noor, { at: receipt });
  await says(late, 'Nobody can restore it any more.');
  await says(late, 'Your account there was deleted for good');
  await w.picture(late, 'receipt');
  await sound(late);
  const admin = await w.signedIn('ann.lee@fabrikam.example');
  await w.go(admin, `/manage/${w.demo.place('ann.lee@fabrikam.example', 'fabrikam.example').id}/deleted-users`);
  await says(admin, 'Nobody was deleted in the last 30 days');
  await w.picture(admin, 'deleted users');
  await sound(admin);
}
