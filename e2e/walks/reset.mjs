// Forgot my password: back in by one method, by two of different sorts, and by answers
// to security questions, which are set up first.
import assert from 'node:assert/strict';
import { sound } from '../checks.mjs';
import { heading, pathOf, press, says, told } from '../walk.mjs';

const lena = 'lena.fischer@fabrikam.example';

export default [
  { name: 'reset: one method', minutes: 3, go: (w) => one(w, {}) },
  { name: 'reset: one method, script off', minutes: 3, go: (w) => one(w, { script: false }) },
  { name: 'reset: two methods', minutes: 3, go: (w) => two(w, {}) },
  { name: 'reset: two methods, 320 px wide, dark', minutes: 3, go: (w) => two(w, { width: 320, height: 640, dark: true }) },
  { name: 'reset: email and questions of one’s own', minutes: 4, go: own },
  { name: 'reset: Dutch', minutes: 3, go: dutch },
];

const sato = { name: 'sato@litware.example', mail: 'ken.sato@post.example' };
const iris = { name: 'iris.koning@relecloud.example', phone: '+31 6 12345642' };
const fresh = 'velvet anchor pepper drizzle';

const digits = (text) => text.replace(/(\d) (?=\d{3}\b)/g, '$1').match(/\b\d{6}\b/)[0];

async function begin(w, page, who) {
  await w.go(page, '/');
  await page.locator('#name').fill(who);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await press(page, page.getByRole('link', { name: 'Forgot my password' }));
  assert.equal(await heading(page), 'Get back into your account');
  assert.equal(await page.locator('#name').inputValue(), who, 'the name stays typed');
  await press(page, page.getByRole('button', { name: 'Next' }));
  assert.equal(pathOf(page), '/reset/verify');
}

async function finish(w, page, who, looked) {
  assert.equal(pathOf(page), '/reset/password');
  await page.locator('#new').fill('too short');
  await press(page, page.getByRole('button', { name: 'Finish' }));
  await says(page, 'at least 15');
  await looked('refused');
  await page.locator('#new').fill(fresh);
  await press(page, page.getByRole('button', { name: 'Finish' }));
  assert.equal(await heading(page), 'Your password has been reset');
  await looked('done');
  await press(page, page.getByRole('link', { name: 'Go to sign-in' }));
  await page.locator('#name').fill(who);
  await press(page, page.getByRole('button', { name: 'Next' }));
  await page.locator('#password').fill(fresh);
  await press(page, page.getByRole('button', { name: 'Sign in', exact: true }));
}

const looking = (w, page, options) => async (name) => {
  await w.picture(page, name);
  if (options.script !== false) await sound(page);
};

async function one(w, options) {
  const page = await w.open(options);
  const looked = looking(w, page, options);
  await begin(w, page, sato.name);
  await looked('methods');
  await press(page, page.getByRole('link', { name: /^Use\s+Email a code/ }));
  await looked('email');
  await page.locator('#place').fill(sato.mail);
  await press(page, page.getByRole('button', { name: 'Email me a code' }));
  await says(page, `If ${sato.mail} is right`);
  await looked('code');
  const mail = await w.mail(sato.mail, 'Your code to get back into your account');
  await page.locator('#code').fill('000000');
  await press(page, page.getByRole('button', { name: 'Verify' }));
  await says(page, 'That is not right');
  await looked('wrong');
  await page.locator('#code').fill(digits(mail.text));
  await press(page, page.getByRole('button', { name: 'Verify' }));
  await finish(w, page, sato.name, looked);
  assert.equal(pathOf(page), '/');
  await w.go(page, '/activity');
  await says(page, 'Your password was reset');
  await looked('activity');
  await w.mail(sato.mail, 'Your password was reset');
}

async function two(w, options) {
  const page = await w.open(options);
  const looked = looking(w, page, options);
  await begin(w, page, iris.name);
  await press(page, page.getByRole('link', { name: /^Use\s+Text my mobile phone/ }));
  await page.locator('#place').fill(iris.phone);
  await press(page, page.getByRole('button', { name: 'Text me a code' }));
  await looked('texted');
  await page.locator('#code').fill(await text(w, iris.phone));
  await press(page, page.getByRole('button', { name: 'Verify' }));
  await says(page, 'One more is asked of you');
  assert.equal(await page.getByRole('link', { name: /Call my mobile phone/ }).count(), 0, 'the same sort does not count twice');
  await looked('one more');
  await press(page, page.getByRole('link', { name: /^Use\s+Enter a code from my authenticator app/ }));
  await page.locator('#code').fill(await shown(w, 'Iris Koning'));
  await press(page, page.getByRole('button', { name: 'Verify' }));
  await finish(w, page, iris.name, looked);
  assert.equal(pathOf(page), '/sign-in/second', 'the second step is asked as before');
}

/** The code of the newest text to a number. */
async function text(w, number) {
  const page = await w.open();
  const rows = page.getByRole('listitem').filter({ hasText: number });
  for (let n = 0; n < 40; n++) {
    await w.go(page, '/dev/texts');
    if (await rows.count()) break;
    await page.waitForTimeout(250);
  }
  const said = await rows.first().innerText();
  await page.context().close();
  return said.match(/\b\d{6}\b/)[0];
}

/** What somebody's app shows. */
async function shown(w, name) {
  const page = await w.open();
  await w.go(page, '/dev/codes');
  const said = await page.getByRole('region', { name }).first().innerText();
  await page.context().close();
  return digits(said);
}

async function own(w) { // of somebody who administers nothing: administrators are not asked questions
  const page = await w.signedIn(lena, { at: '/security-info/add' });
  const looked = looking(w, page, {});
  await looked('add');
  await press(page, page.getByRole('link', { name: /^Add\s+Email$/ }));
  await looked('email');
  await page.locator('#address').fill('lena@post.example');
  await press(page, page.getByRole('button', { name: 'Email me a code' }));
  const mail = await w.mail('lena@post.example', 'Confirm your email address');
  await looked('code');
  await page.locator('#code').fill(digits(mail.text));
  await press(page, page.getByRole('button', { name: 'Confirm' }));
  await told(page, 'The email address has been added.');
  await w.go(page, '/security-info/questions');
  await looked('questions');
  const answers = { toy: 'a bear', street: 'Harbour Road', dish: 'liver', hero: 'Ada', camp: 'in the dunes' };
  for (const [n, [question, answer]] of Object.entries(answers).entries()) {
    await page.locator(`#question-${n}`).selectOption(question);
    await page.locator(`#answer-${n}`).fill(answer);
  }
  await page.locator('#answer-1').fill('x'); // one is too short: the others stay
  await press(page, page.getByRole('button', { name: 'Save' }));
  await says(page, 'Question 2: An answer has 3 to 40 characters');
  assert.equal(await page.locator('#answer-4').inputValue(), answers.camp);
  await looked('questions, one wrong');
  await page.locator('#answer-1').fill(answers.street);
  await press(page, page.getByRole('button', { name: 'Save' }));
  await told(page, 'Your answers have been saved.');
  await w.go(page, '/security-info');
  await looked('security info');

  const other = await w.open();
  await begin(w, other, lena);
  await press(other, other.getByRole('link', { name: /^Use\s+Answer my security questions/ }));
  await w.picture(other, 'asked');
  await sound(other);
  const words = { 'favourite toy': 'A BEAR', 'street you first': 'harbour  road', 'never stand': 'Liver', 'hero of your': 'ada', 'in a tent': 'In the dunes' };
  for (const n of [0, 1, 2]) {
    const label = await other.locator(`label[for=answer-${n}]`).innerText();
    await other.locator(`#answer-${n}`).fill(Object.entries(words).find(([part]) => label.includes(part))[1]);
  }
  await press(other, other.getByRole('button', { name: 'Verify' }));
  await finish(w, other, lena, looking(w, other, {}));
  assert.equal(pathOf(other), '/');
  await w.mail('lena@post.example', 'Your password was reset');
  for (const path of ['/security-info/email/delete', '/security-info/questions/delete']) {
    await w.go(other, path);
    await w.picture(other, path);
    await press(other, other.getByRole('button', { name: 'Delete' }));
    await says(other, 'deleted');
  }
}

async function dutch(w) {
  const page = await w.open();
  const looked = async (name) => {
    await looking(w, page, {})(name);
    assert.doesNotMatch(await page.locator('body').innerText(), /behoud/i);
  };
  await w.go(page, '/reset?lng=nl');
  assert.equal(await heading(page), 'Weer toegang krijgen tot uw account');
  await page.locator('#name').fill(sato.name);
  await press(page, page.getByRole('button', { name: 'Volgende' }));
  await looked('methoden');
  await press(page, page.getByRole('link', { name: 'Neem contact op met uw beheerder' }));
  await looked('beheerder');
  await press(page, page.getByRole('button', { name: 'Neem contact op met uw beheerder' }));
  await told(page, 'is het de beheerders gevraagd');
  await press(page, page.getByRole('link', { name: /^Gebruiken\s+Mijn beveiligingsvragen/ }));
  await looked('vragen');
  for (const n of [0, 1, 2]) await page.locator(`#answer-${n}`).fill('iets anders');
  await press(page, page.getByRole('button', { name: 'Controleren' }));
  await says(page, 'Dat klopt niet');
  await looked('klopt niet');
  await w.go(page, '/reset/verify/email');
  await page.locator('#place').fill(sato.mail);
  await press(page, page.getByRole('button', { name: 'Mail mij een code' }));
  const mail = await w.mail(sato.mail, 'Your code to get back into your account'); // in the language of the account
  await page.locator('#code').fill(digits(mail.text));
  await press(page, page.locator('form[action*="/reset/verify/email"] button[type=submit]').first());
  assert.equal(pathOf(page), '/reset/password');
  await looked('wachtwoord');
  await page.locator('#new').fill(fresh);
  await press(page, page.getByRole('button', { name: 'Voltooien' }));
  assert.equal(await heading(page), 'Uw wachtwoord is opnieuw ingesteld');
  await looked('klaar');
}
