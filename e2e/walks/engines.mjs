// The main job in the other engines: out, back by oneself, out again, refused
// where it has to be, and brought back by an administrator.
import assert from 'node:assert/strict';
import { Firefox } from '../engines/firefox.mjs';
import { Phantom } from '../engines/phantom.mjs';
import { WebKit } from '../engines/webkit.mjs';
import { ann, noor } from '../walk.mjs';

export default [
  { name: 'firefox: the main job', minutes: 3, go: (w) => inEngine(w, Firefox, {}) },
  { name: 'firefox: the main job, script off', minutes: 3, go: (w) => inEngine(w, Firefox, { script: false }) },
  { name: 'webkit: the main job', minutes: 3, go: (w) => inEngine(w, WebKit, {}) },
  { name: 'phantomjs: the main job in an engine older than Internet Explorer 11', minutes: 3, go: (w) => inEngine(w, Phantom, { dialogs: false }) },
];

async function inEngine(w, Kind, options) {
  if (w.lacks(Kind.missing())) return;
  const b = new Kind(w);
  try {
    await b.start(options);
    await journey(w, b, options);
  } catch (problem) {
    await b.shot(w.file('failed')).catch(() => {});
    throw problem;
  } finally {
    await b.stop();
  }
}

async function journey(w, b, { script = true, dialogs = script }) {
  const fabrikam = w.demo.place(noor, 'fabrikam.example');
  await b.signIn(noor);
  await b.picture('overview');
  await b.press('nav a', 'Organizations');
  assert.equal(await b.path(), '/organizations');
  await b.says('Home organization', 'Other organizations you belong to', 'Fabrikam, Inc.');
  await b.picture('organizations');

  await leave(b, fabrikam, dialogs);
  await b.picture('receipt');
  await b.press('a', 'Undo leaving');
  assert.match(await b.heading(), /Undo leaving Fabrikam, Inc\.\?/);
  await b.press('main form[action$="/undo"] button');
  await b.says('You are back in Fabrikam, Inc.');

  await b.go(`/organizations/${w.demo.place(noor, 'northwind.example').id}/leave`);
  await b.says('by yourself', 'External user leave settings', 'leave_not_allowed', 'privacy@northwind.example');
  await b.picture('refused');

  await b.go('/organizations');
  await leave(b, fabrikam, dialogs);
  await b.go('/organizations');
  await b.lacks('Fabrikam, Inc.');
  await b.signOut();
  await b.go('/organizations');
  assert.equal(await b.path(), '/sign-in', 'signed out');

  await b.signIn(ann);
  await b.press('nav a', 'Fabrikam, Inc.');
  await b.press('nav a', 'Deleted users');
  await b.says('Noor Haddad', 'Left by choice');
  await b.picture('deleted users');
  await b.press('main button', 'Restore Noor Haddad');
  assert.equal(await b.heading(), 'Noor Haddad is back');
  await b.says('All guests', 'Design review', 'Harbour project');
  await b.picture('restored');
  await b.signOut();
  await b.signIn(noor, '/organizations');
  await b.says('Fabrikam, Inc.');
}

async function leave(b, { id }, dialogs) {
  const link = `a[href^="/organizations/${id}/leave"]`;
  if (dialogs) {
    await b.click(link, '');
    await b.until('the dialog', 'return !!document.querySelector("dialog[open] form button")');
    await b.picture('dialog');
  } else {
    await b.press(link);
    assert.equal(await b.path(), `/organizations/${id}/leave`);
    await b.picture('leave');
  }
  await b.says('What you lose now', 'What stays', 'Who can bring you back', 'Ann Lee');
  await b.press(`form[action^="/organizations/${id}/leave"] button[type=submit]`);
  assert.match(await b.path(), /^\/organizations\/receipts\/[\w-]+$/);
  await b.says('Receipt for leaving', 'You left Fabrikam, Inc.', '14 days left');
}
