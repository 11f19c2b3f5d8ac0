// What the main pages say to assistive technology, word for word: golden/*.yml.
import { sameAsGolden } from '../checks.mjs';
import { ann, mirjam, noor, press, row, sam } from '../walk.mjs';

export default [
  { name: 'golden: the account portal', minutes: 3, go: portal },
  { name: 'golden: the admin centre', minutes: 3, go: centre },
];

async function portal(w) {
  const page = await w.open();
  const keep = (name) => sameAsGolden(w, page, name);
  await w.go(page, '/sign-in');
  await keep('sign-in');
  await page.locator('#name').fill(noor);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await keep('sign-in-password');
  await page.locator('#password').fill('wrong');
  await press(page, page.getByRole('button', { name: 'Sign in' }));
  await keep('sign-in-wrong');
  await w.signIn(page, noor);
  for (const language of ['nl', 'en']) {
    await w.go(page, `/?lng=${language}`);
    await keep(`overview-${language}`);
    await w.go(page, '/organizations');
    await keep(`organizations-${language}`);
    await w.go(page, `/organizations/${w.demo.place(noor, 'fabrikam.example').id}/leave`);
    await keep(`leave-${language}`);
    await w.go(page, `/organizations/${w.demo.place(noor, 'northwind.example').id}/leave`);
    await keep(`refused-${language}`);
  }
  await w.go(page, '/password');
  await keep('password');
  await w.go(page, `/organizations/${w.demo.place(noor, 'fabrikam.example').id}/leave`);
  await press(page, page.getByRole('button', { name: 'Leave', exact: true }));
  await page.reload(); // without the message
  await keep('receipt-en');
  await page.goto(`${page.url()}?lng=nl`);
  await keep('receipt-nl');
  await w.go(page, '/organizations/receipts');
  await keep('receipts-nl');
  await w.go(page, '/organizations?tenantId=nowhere.example&lng=en');
  await keep('unknown-organization');

  const hers = await w.signedIn(mirjam, { at: '/organizations' });
  await sameAsGolden(w, hers, 'organizations-no-home-nl');
}

async function centre(w) {
  const page = await w.signedIn(sam, { at: `/manage/${w.demo.place(sam, 'contoso.example').id}` });
  const keep = (name) => sameAsGolden(w, page, name);
  await keep('admin-start');
  const nav = page.getByRole('navigation', { name: 'Administration' });
  for (const [entry, name] of [['Users', 'admin-users'], ['Groups', 'admin-groups'], ['Properties', 'admin-properties'],
    ['External collaboration settings', 'admin-external-collaboration'], ['Deleted users', 'admin-deleted-users']]) {
    await nav.getByRole('link', { name: entry, exact: true }).click();
    await page.waitForLoadState();
    await keep(name);
  }
  await page.getByRole('link', { name: 'Lena Fischer', exact: true }).click();
  await keep('admin-deleted-user');
  await press(page, page.getByRole('link', { name: 'Delete permanently' }));
  await keep('admin-delete-permanently');
  await page.goBack();
  await press(page, page.getByRole('button', { name: 'Restore user' }));
  await keep('admin-restored-in-part');
  await page.getByRole('link', { name: 'Open Lena Fischer' }).click();
  await keep('admin-user');

  const other = await w.signedIn(ann, { at: '/organizations' });
  await row(other, 'Contoso Ltd').waitFor();
  await sameAsGolden(w, other, 'organizations-administrator');
}
