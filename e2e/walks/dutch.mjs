// The main job in Dutch, from the sign-in to the mail.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { ann, heading, noor, part, pathOf, press, row, says, told } from '../walk.mjs';

const fabrikam = 'Fabrikam, Inc.';

export default [
  { name: 'the main job in Dutch', minutes: 3, go: dutch },
  { name: 'the language one chooses is kept', go: kept },
];

async function dutch(w) {
  const page = await w.open();
  const look = async (name) => {
    await w.picture(page, name);
    await sound(page);
    const text = await page.locator('body').innerText();
    assert.doesNotMatch(text, /behoud/i);
  };
  await w.go(page, '/?lng=nl');
  await look('aanmelden');
  await page.locator('#name').fill(noor);
  await press(page, page.getByRole('button', { name: 'Volgende' }));
  await page.getByLabel('Wachtwoord', { exact: true }).fill('harbour lantern tuesday');
  await press(page, page.getByRole('button', { name: 'Aanmelden' }));
  assert.equal(await page.locator('html').getAttribute('lang'), 'nl');
  await look('overzicht');
  await page.getByRole('link', { name: 'Organisaties beheren' }).click();
  assert.equal(await heading(page), 'Organisaties');
  assert.equal(await part(page, 'Thuisorganisatie').getByRole('link', { name: /verlaten/i }).count(), 0);
  assert.equal(await page.getByRole('link', { name: /^Organisatie verlaten/ }).count(), 8);
  await look('organisaties');
  await row(page, fabrikam).getByRole('link', { name: 'Organisatie verlaten Fabrikam, Inc.' }).click();
  const dialog = page.getByRole('dialog', { name: /Fabrikam, Inc\. verlaten\?/ });
  await dialog.waitFor();
  await look('verlaten');
  await press(page, dialog.getByRole('button', { name: 'Verlaten', exact: true }));
  assert.match(pathOf(page), /^\/organizations\/receipts\//);
  await told(page, /U hebt Fabrikam, Inc\. verlaten/);
  await says(page, '14 dagen');
  await look('bewijs');
  await page.getByRole('link', { name: 'Organisaties', exact: true }).first().click();
  assert.equal(await row(page, fabrikam).count(), 0);

  const admin = await w.signedIn(ann, { at: `/manage/${w.demo.place(ann, 'fabrikam.example').id}/deleted-users?lng=nl` });
  await w.picture(admin, 'verwijderde gebruikers');
  await sound(admin);
  assert.equal(await heading(admin), 'Verwijderde gebruikers');
  await admin.getByRole('link', { name: 'Noor Haddad', exact: true }).click();
  await admin.getByRole('link', { name: 'Definitief verwijderen' }).waitFor();
  await press(admin, admin.getByRole('button', { name: 'Gebruiker herstellen' }));
  assert.match(await heading(admin), /Noor Haddad/);
  await w.picture(admin, 'hersteld');
  await sound(admin);
  await page.reload();
  await row(page, fabrikam).waitFor();
}

// Chosen in the footer, it is the account's: mails and other browsers follow.
async function kept(w) {
  const page = await w.signedIn(noor, { script: false });
  await press(page, page.getByRole('button', { name: 'Nederlands' }));
  assert.equal(await page.locator('html').getAttribute('lang'), 'nl');
  await w.go(page, '/organizations');
  assert.equal(await heading(page), 'Organisaties');
  await press(page, row(page, fabrikam).getByRole('link', { name: /^Organisatie verlaten/ }));
  await press(page, page.getByRole('button', { name: 'Verlaten', exact: true }));
  const mail = await w.mail(noor, 'U hebt Fabrikam, Inc. verlaten');
  assert.match(mail.text, /Definitief verwijderd/);
  const other = await w.signedIn(noor);
  assert.equal(await other.locator('html').getAttribute('lang'), 'nl');
}
