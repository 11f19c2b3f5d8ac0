// Deleted users: they come back, wholly or in part, or are deleted permanently.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, part, pathOf, press, row, sam, says, told } from '../walk.mjs';

const ursula = 'ursula@contoso.example';

export default [
  { name: 'restoring what can come back', go: partly },
  { name: 'restoring several at once', go: several },
  { name: 'restoring somebody who is back already has its ways out', minutes: 3, go: conflict },
  { name: 'deleting permanently asks for the password again', go: permanently },
  { name: 'a legal hold is not deleted permanently', go: held },
  { name: 'deleted users are filtered and searched', go: filtered },
];

function line(page, name) { return page.getByRole('row').filter({ hasText: name }); }

async function partly(w) {
  const page = await w.centre(sam, '/deleted-users');
  await w.picture(page, 'deleted users');
  await sound(page);
  assert.match(await line(page, 'Lena Fischer').innerText(), /3 days/);
  await press(page, page.getByRole('button', { name: 'Restore Lena Fischer' }));
  assert.equal(await heading(page), 'Lena Fischer is back');
  await says(page, 'Restored with everything that still exists.');
  const back = await part(page, /^Came back/).innerText();
  for (const name of ['Design review', 'Harbour project', 'Guest Inviter']) assert.ok(back.includes(name), back);
  const not = await part(page, /^Could not come back/).innerText();
  assert.match(not, /Winter campaign/);
  assert.match(not, /The group was deleted meanwhile/);
  await w.picture(page, 'what came back');
  await sound(page);
  await page.getByRole('link', { name: 'Open Lena Fischer' }).click();
  await w.picture(page, 'the user');
  await sound(page);
  const mail = await w.mail('lena.fischer@fabrikam.example', 'Contoso Ltd restored your account');
  assert.match(mail.text, /groups and roles that still exist/);
  const herself = await w.signedIn('lena.fischer@fabrikam.example', { at: '/organizations' });
  await row(herself, 'Contoso Ltd').waitFor();
}

async function several(w) {
  for (const script of [true, false]) {
    const page = await w.centre(ursula, '/deleted-users', { script });
    const pick = script ? ['Chidi Okonkwo', 'Olu Adeyemi'] : ['Maximiliane Freifrau von Hohenstein-Wittelsbach', '佐藤 健'];
    for (const name of pick) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    if (script) {
      await page.getByText('2 selected').waitFor();
      await w.picture(page, 'two selected');
      await sound(page);
    }
    await press(page, page.getByRole('button', { name: 'Restore user', exact: true }));
    assert.equal(await heading(page), '2 users restored');
    for (const name of pick) await row(page, name).getByText('Everything came back').waitFor();
    await w.picture(page, 'restored');
    if (script) await sound(page);
  }
  const page = await w.centre(ursula, '/deleted-users', { script: false });
  await press(page, page.getByRole('button', { name: 'Restore user', exact: true }));
  await told(page, 'Nobody was selected, so nothing was changed.');
}

async function permanently(w) {
  const page = await w.centre(sam, '/deleted-users');
  await w.later(1);
  await press(page, page.getByRole('link', { name: /^Delete.* Lena Fischer/ }));
  await w.picture(page, 'prove');
  await sound(page);
  await w.prove(page);
  assert.equal(await heading(page), 'Delete Lena Fischer permanently?');
  await says(page, 'This can’t be undone');
  await says(page, 'lena.fischer@fabrikam.example');
  await w.picture(page, 'delete permanently');
  await sound(page);
  await press(page, page.getByRole('button', { name: 'Delete permanently' }));
  await told(page, 'The user has been deleted permanently.');
  assert.equal(await line(page, 'Lena Fischer').count(), 0);
  await w.picture(page, 'deleted');
  const herself = await w.signedIn('lena.fischer@fabrikam.example', { at: '/organizations/receipts' });
  await says(herself, 'Deleted for good');
}

async function held(w) {
  const page = await w.centre(sam, '/deleted-users', { script: false });
  await page.getByRole('checkbox', { name: 'Select Aiko Tanaka' }).check();
  await page.getByRole('checkbox', { name: 'Select Chidi Okonkwo' }).check();
  await press(page, page.getByRole('button', { name: 'Delete permanently', exact: true }));
  await part(page, /^Will not be deleted/).getByText('On legal hold').waitFor();
  await w.picture(page, 'one of them held');
  await press(page, page.getByRole('button', { name: 'Delete permanently' }));
  assert.equal(await line(page, 'Chidi Okonkwo').count(), 0);
  await line(page, 'Aiko Tanaka').waitFor();
}

async function filtered(w) {
  const page = await w.centre(sam, '/deleted-users');
  const names = () => page.locator('tbody th .b').allInnerTexts();
  assert.equal((await names()).length, 6);
  await page.getByRole('link', { name: /^3 days left or less/ }).click();
  assert.deepEqual((await names()).sort(), ['Chidi Okonkwo', 'Lena Fischer']);
  await page.getByRole('link', { name: /^On legal hold/ }).click();
  assert.deepEqual(await names(), ['Aiko Tanaka']);
  await page.getByRole('link', { name: /^All/ }).first().click();
  await page.getByLabel('Name or address').fill('litware');
  await press(page, page.getByRole('button', { name: 'Filter' }));
  assert.deepEqual(await names(), ['佐藤 健']);
  await page.getByLabel('Name or address').fill('nobody at all');
  await press(page, page.getByRole('button', { name: 'Filter' }));
  await says(page, 'No deleted users found');
  await sound(page);
  await page.getByRole('link', { name: 'Show all deleted users' }).click();
  await page.getByLabel('Deleted by').selectOption({ label: 'The person (left)' });
  await press(page, page.getByRole('button', { name: 'Filter' }));
  assert.deepEqual((await names()).sort(), ['Chidi Okonkwo', 'Lena Fischer', '佐藤 健'].sort());
}

// Invited anew and in again, while the deleted account can still be restored.
async function conflict(w) {
  const page = await w.centre(sam, '/guests/new');
  await page.getByLabel('Email address or sign-in name').fill('chidi@relecloud.example');
  await press(page, page.getByRole('button', { name: 'Invite', exact: true }));
  await press(page, page.getByRole('button', { name: 'Invite anew anyway' }));
  const guest = await w.signedIn('chidi@relecloud.example', { at: '/organizations', script: false });
  await press(guest, guest.getByRole('button', { name: 'Accept Contoso Ltd' }));

  const home = pathOf(page).split('/').slice(0, 3).join('/');
  const restore = async (way) => {
    await w.go(page, `${home}/deleted-users?q=chidi`);
    await press(page, page.getByRole('button', { name: 'Restore Chidi Okonkwo' }));
    assert.match(await heading(page), / has an account here again$/);
    await page.getByRole('radio', { name: way }).check();
    await press(page, page.getByRole('button', { name: 'Go on' }));
  };
  await restore(/both/i);
  await told(page, 'Nothing was changed.');
  await restore(/^Add the groups/);
  await w.picture(page, 'groups added');
  await sound(page);
  assert.match(await part(page, /^Added/).innerText(), /Harbour project/);
  await restore(/^Delete the account they have now/);
  await w.picture(page, 'replaced');
  await sound(page);
  await says(page, 'The deleted account is restored. The one they had meanwhile is under Deleted users.');
  await guest.reload();
  await row(guest, 'Contoso Ltd').waitFor();
}
