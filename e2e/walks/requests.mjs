// Who can't leave by themselves asks, an administrator decides, and the person
// follows every step: two people in two browsers.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, noor, part, pathOf, press, says, told } from '../walk.mjs';

const ed = 'ed.byrne@post.example';
const juergen = 'juergen.weiss@northwind.example';
const northwind = 'Northwind Traders & Søn';

export default [
  { name: 'requests: removal, from asking to the receipt', minutes: 3, go: (w) => removal(w, {}) },
  { name: 'requests: removal, script off', minutes: 3, go: (w) => removal(w, { script: false }) },
  { name: 'requests: removal, 320 px wide, dark', minutes: 3, go: (w) => removal(w, { width: 320, height: 640, dark: true }) },
  { name: 'requests: declined, extended, overdue', minutes: 3, go: others },
];

async function removal(w, options) {
  const looked = async (page, name) => {
    await w.picture(page, name);
    if (options.script !== false) await sound(page);
  };
  const { id } = w.demo.place(noor, 'northwind.example');
  const guest = await w.signedIn(noor, { at: `/requests/new?kind=removal&organization=${id}`, ...options });
  assert.equal(await heading(guest), `Ask ${northwind} to remove you`);
  await looked(guest, 'new');
  await guest.getByLabel('Message (optional)').fill('I have left the project.\nPlease remove me.');
  await press(guest, guest.getByRole('button', { name: 'Send request' }));
  const mine = pathOf(guest);
  assert.match(mine, /^\/requests\/[0-9a-f-]{36}$/);
  await says(guest, 'Answer due');
  await looked(guest, 'asked');
  await w.go(guest, '/requests');
  await looked(guest, 'mine');

  const mail = await w.mail(juergen, `A request to ${northwind} needs an answer`);
  const link = mail.links.find((l) => l.includes('/manage/'));
  assert.ok(link, 'the mail leads to the request');

  const admin = await w.signedIn(juergen, { at: `/manage/${id}/requests`, ...options });
  await looked(admin, 'queue');
  await press(admin, admin.getByRole('link', { name: 'Noor Haddad' }));
  assert.equal(pathOf(admin), new URL(link).pathname);
  await says(admin, 'I have left the project.');
  await looked(admin, 'case');
  await press(admin, admin.getByRole('link', { name: 'Remove from organization' }));
  assert.equal(await heading(admin), 'Remove Noor Haddad from the organization?');
  await says(admin, 'Suppliers');
  await looked(admin, 'approve');
  await press(admin, admin.getByRole('button', { name: 'Remove from organization' }));
  await told(admin, 'The request is approved.');
  await looked(admin, 'approved');

  await w.go(guest, mine);
  await says(guest, `${northwind} removed you`);
  await looked(guest, 'granted');
  await press(guest, guest.getByRole('link', { name: 'See the receipt' }));
  assert.match(pathOf(guest), /^\/organizations\/receipts\//);
  assert.equal(await heading(guest), 'Receipt for leaving');
  await says(guest, 'Northwind Traders & Søn removed you, as you asked.');
  await says(guest, 'Suppliers');
  await w.go(guest, '/organizations');
  assert.equal(await guest.getByRole('heading', { name: northwind, exact: true }).count(), 0, 'it is gone from the list');
}

async function others(w) {
  // An answer that is late already: the person was told once, and sees it.
  const late = await w.mail(ed, 'Woodgrove Bank has not answered your request in time');
  assert.match(late.text, /data protection authority/);
  const waiting = await w.signedIn(ed, { at: new URL(late.links.find((l) => l.includes('/requests/'))).pathname });
  await says(waiting, 'You were told by mail that the answer is late');
  await w.picture(waiting, 'late');
  await sound(waiting);

  const { id } = w.demo.place(noor, 'northwind.example');
  const guest = await w.signedIn(noor, { at: `/requests/new?kind=removal&organization=${id}` });
  await press(guest, guest.getByRole('button', { name: 'Send request' }));
  const mine = pathOf(guest);

  const admin = await w.signedIn(juergen, { at: `/manage/${id}/requests` });
  await press(admin, admin.getByRole('link', { name: 'Noor Haddad' }));
  const there = pathOf(admin);
  await press(admin, admin.getByRole('link', { name: 'Take more time' }));
  await press(admin, admin.getByRole('button', { name: 'Move the due date' }));
  await says(admin, 'Give a reason: the person reads it.');
  await w.picture(admin, 'extend refused');
  await sound(admin);
  await admin.getByLabel('Why it takes longer').fill('We have to ask another department.');
  await press(admin, admin.getByRole('button', { name: 'Move the due date' }));
  await told(admin, 'The due date has moved.');
  await w.mail(noor, `${northwind} needs more time for your request`);

  await w.daysLater(100);
  await w.signIn(admin, juergen, `/manage/${id}/requests`);
  await says(admin, '2 requests are overdue');
  await w.picture(admin, 'queue overdue');
  await sound(admin);
  await press(admin, admin.getByRole('link', { name: 'Show what is overdue' }));
  await press(admin, admin.getByRole('link', { name: 'Noor Haddad' }));
  assert.equal(pathOf(admin), there);
  await says(admin, 'Overdue');
  await press(admin, admin.getByRole('link', { name: 'Decline', exact: true }));
  await w.picture(admin, 'decline');
  await sound(admin);
  await admin.getByLabel('Reason').fill('The contract runs until the end of the year.');
  await press(admin, admin.getByRole('button', { name: 'Decline request' }));
  await told(admin, 'The request is declined.');

  await w.signIn(guest, noor, mine);
  await says(guest, `${northwind} declined your request.`);
  await part(guest, 'What the organization answered').getByText('The contract runs until the end of the year.').waitFor();
  await w.picture(guest, 'declined');
  await sound(guest);
  assert.equal(await w.go(guest, `/requests/new?kind=removal&organization=${id}`), 429);
  await says(guest, 'declined_lately');
  await w.picture(guest, 'resting');
  await sound(guest);
}
