// Where leaving is refused, the page says which rule, who set it and whom to ask.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, noor, part, pathOf, press, row, says } from '../walk.mjs';

const cases = [
  {
    code: 'leave_not_allowed', organization: 'Northwind Traders & Søn',
    rule: 'External user leave settings', setBy: /^Northwind Traders & Søn, \d+ \w+ \d{4}$/, contacts: ['privacy@northwind.example', 'it@northwind.example', 'Jürgen Weiß'],
  },
  {
    code: 'account_disabled', organization: 'Woodgrove Bank',
    rule: 'A disabled account can’t leave', setBy: /^Woodgrove Bank, \d+ \w+ \d{4}$/, contacts: ['helpdesk@woodgrove.example', 'Rik Achterberg'],
  },
  {
    code: 'last_administrator', organization: 'Adatum Volunteers',
    rule: 'The last Global Administrator stays', setBy: /^Sojourn, for every organization$/, contacts: ['care@adatum.example'],
  },
];

export default [
  ...cases.map((c) => ({ name: `refused: ${c.code}`, go: (w) => refused(w, c) })),
  { name: 'refused: the home organization', go: home },
];

async function refused(w, { code, organization, rule, setBy, contacts }) {
  for (const script of [true, false]) {
    const page = await w.signedIn(noor, { at: '/organizations', script });
    await press(page, row(page, organization).getByRole('link', { name: `Leave organization ${organization}` }));
    assert.match(pathOf(page), /\/leave$/);
    assert.equal(await heading(page), `You can’t leave ${organization} by yourself`);
    assert.equal(await fact(page, 'Rule'), rule);
    assert.match(await fact(page, 'Set by'), setBy);
    assert.equal(await fact(page, 'Reason code'), code);
    const who = await part(page, 'Who to ask').innerText();
    for (const contact of contacts) assert.ok(who.includes(contact), `${contact} can be asked:\n${who}`);
    assert.equal(await page.getByRole('button', { name: 'Leave', exact: true }).count(), 0);
    await w.picture(page, code);
    if (script) await sound(page);
    await page.getByRole('link', { name: 'Back to organizations' }).click();
    await row(page, organization).waitFor();
  }
}

// No page leads there, but an address may.
async function home(w) {
  const page = await w.signedIn(noor);
  const contoso = w.demo.place(noor, 'contoso.example');
  assert.equal(await w.go(page, `/organizations/${contoso.id}/leave`), 403);
  assert.equal(await fact(page, 'Reason code'), 'home_organization');
  assert.equal(await page.locator('form[action*="/leave"]').count(), 0);
  await sound(page);
  assert.equal(await w.go(page, '/organizations/no-such-place/leave'), 404);
  await says(page, 'This page is not here');
  await sound(page);
}

async function fact(page, label) {
  const value = page.locator('dl > div').filter({ has: page.locator('dt', { hasText: new RegExp(`^${label}$`) }) }).locator('dd');
  return (await value.innerText()).trim();
}
