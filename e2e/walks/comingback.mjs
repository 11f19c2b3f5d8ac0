// Ways out and back that need nobody else: undoing, several at once, handing
// over, closing, and what one does not recognise.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, noor, part, pathOf, press, row, says, told } from '../walk.mjs';

const ed = 'ed.byrne@post.example';

export default [
  { name: 'leaving, undone', go: (w) => undone(w, {}) },
  { name: 'leaving, undone, script off, 320 px', go: (w) => undone(w, { script: false, width: 320, height: 640 }) },
  { name: 'several organizations left at once', go: (w) => several(w, {}) },
  { name: 'several organizations left at once, script off, dark', go: (w) => several(w, { script: false, dark: true }) },
  { name: 'a successor is named, an organization closed', minutes: 3, go: handedOver },
  { name: 'an organization that is not recognised, and one that connects directly', go: unrecognized },
];

function looking(w, page, options = {}) {
  return async (name) => {
    await w.picture(page, name);
    if (options.script !== false) await sound(page);
  };
}

async function undone(w, options) {
  const page = await w.signedIn(noor, { at: '/organizations', ...options });
  const look = looking(w, page, options);
  const { id } = w.demo.place(noor, 'fabrikam.example');
  await w.go(page, `/organizations/${id}/leave`);
  await says(page, 'You, by yourself, until');
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  const receipt = pathOf(page);
  await says(page, '14 days left');
  await press(page, page.getByRole('link', { name: 'Undo leaving' }));
  assert.equal(await heading(page), 'Undo leaving Fabrikam, Inc.?');
  await look('undo');
  await press(page, page.getByRole('button', { name: 'Undo leaving' }));
  assert.equal(pathOf(page), receipt);
  await told(page, 'You are back in Fabrikam, Inc.');
  await look('undone');
  await w.go(page, '/organizations');
  await row(page, 'Fabrikam, Inc.').waitFor();

  // Too late, only the organization can.
  await w.go(page, `/organizations/${id}/leave`);
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  const second = pathOf(page);
  await w.daysLater(15);
  await w.signIn(page, noor, second);
  await says(page, 'The days for undoing it by yourself are over.');
  await look('too late');
  await press(page, page.getByRole('link', { name: 'Ask to be restored' }));
  assert.match(pathOf(page), /^\/requests\/new/);
}

async function several(w, options) {
  const page = await w.signedIn(noor, { at: '/organizations', ...options });
  const look = looking(w, page, options);
  for (const name of ['Fabrikam, Inc.', 'Litware Research Collective']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  if (options.script !== false) await says(page, '2 selected');
  await look('selected');
  await press(page, page.getByRole('button', { name: 'Leave selected…' }));
  assert.equal(await heading(page), 'Leave 2 organizations?');
  await says(page, '3 groups: All guests, Design review, Harbour project');
  await look('confirmation');
  await press(page, page.getByRole('button', { name: 'Leave 2 organizations' }));
  await says(page, 'You left 2 of 2 organizations.');
  await look('result');
  await press(page, page.getByRole('link', { name: 'Open receipt Litware Research Collective' }));
  assert.equal(await heading(page), 'Receipt for leaving');
  await w.go(page, '/organizations');
  assert.equal(await page.getByRole('heading', { name: 'Fabrikam, Inc.', exact: true }).count(), 0);
}

async function handedOver(w) {
  const page = await w.signedIn(noor, { at: '/organizations' });
  const look = looking(w, page);
  const { id } = w.demo.place(noor, 'adatum.example');
  await w.go(page, `/organizations/${id}/leave`);
  await look('last administrator');
  await press(page, page.getByRole('link', { name: 'Name a successor' }));
  await look('successor');
  await press(page, page.getByRole('button', { name: 'Name successor and leave' }));
  await says(page, 'Choose somebody from the list');
  await look('nobody chosen');
  await page.getByLabel('Ed Byrne').check();
  await press(page, page.getByRole('button', { name: 'Name successor and leave' }));
  await told(page, 'Your successor is Global Administrator now.');

  const other = await w.signedIn(ed, { at: `/manage/${id}/users` });
  await says(other, 'Ed Byrne');
  const { id: club } = w.demo.place(ed, 'byrne-rowing.example');
  await w.go(other, `/organizations/${club}/leave`);
  await press(other, other.getByRole('link', { name: 'Close the organization' }));
  await w.picture(other, 'close');
  await sound(other);
  await other.getByLabel('Name of the organization').fill('Byrne Rowing Club');
  await press(other, other.getByRole('button', { name: 'Close organization' }));
  await told(other, 'The organization is closing.');
  await w.go(other, `/manage/${club}/properties`);
  await says(other, 'Closing was announced');
  await w.picture(other, 'closing');
  await sound(other);
  await press(other, other.getByRole('button', { name: 'Stop closing' }));
  await told(other, 'The organization is not closing any more.');
}

async function unrecognized(w) {
  const page = await w.signedIn(noor, { at: '/organizations' });
  const look = looking(w, page);
  await press(page, page.getByRole('link', { name: 'I don’t recognise this organization Relecloud' }));
  await says(page, 'Chidi Okonkwo');
  await look('invitation');
  await press(page, page.getByRole('button', { name: 'Block Relecloud' }));
  await told(page, 'You won’t get invitations from Relecloud any more.');
  await look('blocked');
  await w.go(page, '/organizations');
  assert.equal(await page.getByRole('heading', { name: 'Relecloud', exact: true }).count(), 0);

  await press(page, page.getByRole('link', { name: 'I don’t recognise this organization Fabrikam, Inc.' }));
  await look('a membership');
  await press(page, page.getByRole('link', { name: 'Report Fabrikam, Inc.' }));
  assert.match(pathOf(page), /^\/requests\/new/);

  await w.go(page, '/organizations');
  await press(page, page.getByRole('link', { name: 'Request erasure Lucerne Publishing' }));
  await says(page, 'direct_connect');
  await look('direct connect');
  await press(page, page.getByRole('link', { name: 'Make a data subject request' }));
  await look('data request');
  await press(page, page.getByRole('button', { name: 'Send request' }));
  await part(page, /./).first().waitFor();
  await says(page, 'Answer due');
}
