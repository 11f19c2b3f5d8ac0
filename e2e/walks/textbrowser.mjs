// w3m knows neither style sheets nor script: what it shows is what the HTML says.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { password } from '../portal.mjs';
import { noor } from '../walk.mjs';

export default [{ name: 'leaving in w3m', go: leave }];

async function leave(w) {
  if (w.lacks(spawnSync('w3m', ['-version']).error ? 'w3m is missing' : '')) return;
  const home = mkdtempSync(path.join(tmpdir(), 'sojourn-w3m-'));
  try {
    walk(new TextBrowser(w.demo.address, home), w);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function walk(b, w) {
  b.get('/organizations');
  b.shows('Sign in', 'Email address or sign-in name');
  b.submit('/sign-in', { name: noor });
  b.shows('Enter your password', noor);
  b.submit('/sign-in/password', { password });
  b.shows('Home organization', 'Other organizations you belong to', 'Leave organization Fabrikam, Inc.', 'Skip to main content');
  b.lacks('Leave organization Contoso');
  const { id } = w.demo.place(noor, 'fabrikam.example');
  b.get(`/organizations/${id}/leave`);
  b.shows('Leave Fabrikam, Inc.?', 'What you lose now', '3 groups: All guests, Design review, Harbour project', 'Ann Lee');
  b.submit(`/organizations/${id}/leave`, {});
  b.shows('You left Fabrikam, Inc.', 'Receipt for leaving', 'SJ-', 'Deleted for good', '14 days left');
  b.get('/organizations');
  b.shows('Northwind Traders & Søn');
  b.lacks('Fabrikam');
  b.get(`/organizations/${w.demo.place(noor, 'northwind.example').id}/leave`);
  b.shows('by yourself', 'leave_not_allowed', 'privacy@northwind.example');
  b.get('/organizations?lng=nl');
  b.shows('Thuisorganisatie', 'Organisatie verlaten Litware Research Collective');
}

// TextBrowser is w3m with one jar of cookies: every page is a run of its own.
class TextBrowser {
  constructor(address, home) { Object.assign(this, { address, home, at: '', text: '' }); }

  run(args) {
    const done = spawnSync('timeout', ['20', 'w3m', '-cookie', '-o', 'accept_encoding=identity', '-o', 'display_charset=UTF-8', '-cols', '120', ...args], {
      encoding: 'utf8', env: { PATH: process.env.PATH, HOME: this.home, LANG: 'C.UTF-8', TERM: 'dumb' },
    });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
  }

  get(at) {
    this.at = new URL(at, this.address).href;
    this.text = this.run(['-dump', this.at]);
  }

  /** Fills in the form of the page shown that leads to action, and sends it. */
  submit(action, values) {
    const source = this.run(['-dump_source', this.at]);
    const form = [...source.matchAll(/<form\b[^>]*\baction="([^"]*)"[^>]*>(.*?)<\/form>/gs)].find(([, to]) => to.split('?')[0] === action);
    assert.ok(form, `a form to ${action} on ${this.at}:\n${this.text}`);
    const fields = new URLSearchParams();
    for (const [input] of form[2].matchAll(/<input\b[^>]*>/g)) {
      const of = (name) => input.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1];
      if (of('name')) fields.set(of('name'), unescaped(of('value') ?? ''));
    }
    for (const [name, value] of Object.entries(values)) fields.set(name, value);
    const file = path.join(this.home, 'form');
    writeFileSync(file, fields.toString());
    const out = this.run(['-dump_extra', '-post', file, new URL(action, this.address).href]);
    this.at = out.match(/^W3m-current-url: (.*)$/m)[1];
    this.text = this.run(['-dump', this.at]);
  }

  shows(...words) {
    for (const word of words) assert.ok(this.plain().includes(word), `w3m shows “${word}” on ${this.at}:\n${this.text}`);
  }

  lacks(word) { assert.ok(!this.plain().includes(word), `w3m does not show “${word}” on ${this.at}:\n${this.text}`); }

  plain() { return this.text.replace(/\s+/g, ' '); }
}

function unescaped(text) {
  return text.replace(/&#(\d+);/g, (_, n) => String.fromCodePoint(n)).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
}
