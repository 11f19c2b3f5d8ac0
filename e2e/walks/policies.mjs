// An administrator reads what signing in asks, requires the second step of a group,
// and sees whom that touches before it is saved. The group says what uses it from then on.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, pathOf, press, says, sam, told } from '../walk.mjs';

const english = {
  list: 'Sign-in policies', policy: 'Two-step verification', change: 'Change', group: 'Members in the group below', pick: 'Group', next: 'Continue', save: 'Save',
  question: 'Save this policy?', becomes: 'Required of members in Harbour project', asked: 'Required from now on of', unready: 'Of these, have no method yet', nobody: '0 people',
  saved: 'The policy was saved.', by: 'Set by Sam Rivera', wrong: 'Choose a group of this organization',
  groups: 'Groups', uses: 'Used by', inUse: 'This group is in use, so it can’t be deleted', back: 'Back to the group',
};
const dutch = {
  list: 'Aanmeldbeleid', policy: 'Verificatie in twee stappen', change: 'Wijzigen', group: 'Leden in de groep hieronder', pick: 'Groep', next: 'Doorgaan', save: 'Opslaan',
  question: 'Dit beleid opslaan?', becomes: 'Verplicht voor leden in Harbour project', asked: 'Vanaf nu verplicht voor', unready: 'Van hen hebben nog geen methode', nobody: '0 personen',
  saved: 'Het beleid is opgeslagen.', by: 'Ingesteld door Sam Rivera', wrong: 'Kies een groep van deze organisatie',
  groups: 'Groepen', uses: 'Wordt gebruikt door', inUse: 'Deze groep is in gebruik en kan niet worden verwijderd', back: 'Terug naar de groep',
};

export default [
  { name: 'policies: a second step for a group', minutes: 2, go: (w) => second(w, english, 'en') },
  { name: 'policies: a second step for a group, Dutch, script off, 320 px', minutes: 2, go: (w) => second(w, dutch, 'nl', { script: false, width: 320, height: 640 }) },
  { name: 'policies: banned words, and a password tried out', minutes: 2, go: banned },
];

async function second(w, t, language, options = {}) {
  const check = (page) => options.script === false || sound(page);
  const page = await w.centre(sam, '/policies', options);
  await page.goto(`${page.url()}?lng=${language}`);
  assert.equal(await heading(page), t.list);
  await w.picture(page, 'list');
  await check(page);
  await press(page, page.getByRole('link', { name: `${t.change} ${t.policy}` }));
  assert.equal(await heading(page), t.policy);
  await page.getByLabel(t.group).check();
  await press(page, page.getByRole('button', { name: t.next }));
  await says(page, t.wrong);
  await w.picture(page, 'wrong');
  await check(page);
  await page.getByLabel(t.pick, { exact: true }).selectOption('Harbour project');
  await press(page, page.getByRole('button', { name: t.next }));
  assert.equal(await heading(page), t.question);
  for (const text of [t.becomes, t.asked, t.unready, t.nobody]) await says(page, text);
  await w.picture(page, 'question');
  await check(page);
  await press(page, page.getByRole('button', { name: t.save }));
  await told(page, t.saved);
  await says(page, t.becomes);
  await says(page, t.by);
  assert.match(pathOf(page), /\/policies$/);

  // The group says so, and stays.
  await page.goto(page.url().replace(/\/policies.*/, '/groups'));
  assert.equal(await heading(page), t.groups);
  await press(page, page.getByRole('link', { name: 'Harbour project' }));
  await page.getByRole('heading', { name: t.uses }).waitFor();
  await w.picture(page, 'group');
  await check(page);
  const group = page.url();
  await page.goto(`${group}/delete`);
  assert.equal(await heading(page), t.inUse);
  await w.picture(page, 'in use');
  await check(page);
  await press(page, page.getByRole('link', { name: t.back }));
  await press(page, page.getByRole('main').getByRole('link', { name: t.policy }));
  assert.equal(await heading(page), t.policy);
}

async function banned(w) {
  const page = await w.centre(sam, '/policies/passwords');
  await page.getByLabel('Banned words').fill('Rotterdam\nblank\nBlank');
  await press(page, page.getByRole('button', { name: 'Continue' }));
  await says(page, '2 words of your own');
  await sound(page);
  await press(page, page.getByRole('button', { name: 'Save' }));
  await told(page, 'The policy was saved.');
  await press(page, page.getByRole('link', { name: 'Change Banned words in passwords' }));
  await page.getByLabel('Password to try').fill('R0tterdamBl@nk12');
  await press(page, page.getByRole('button', { name: 'Try' }));
  await says(page, 'This password would be refused.');
  await says(page, 'It scores 4 points; 5 are needed.');
  assert.ok(!(await page.content()).includes('R0tterdam'), 'what was tried is not shown');
  await w.picture(page, 'tried');
  await sound(page);
}
