// Walks through the portal in a browser:
//
//	node run.mjs                 all walks
//	node run.mjs leaving dutch   those whose name contains one of the words
//	node run.mjs --update        writes the golden files anew
//
// One line for each walk, and at the end how many passed.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { launch } from './browser.mjs';
import { build, here, startDemo } from './portal.mjs';
import { Walk } from './walk.mjs';
import entrance from './walks/entrance.mjs';
import leaving from './walks/leaving.mjs';
import comingBack from './walks/comingback.mjs';
import refusals from './walks/refusals.mjs';
import requests from './walks/requests.mjs';
import belonging from './walks/belonging.mjs';
import deletedUsers from './walks/deletedusers.mjs';
import passkeys from './walks/passkeys.mjs';
import register from './walks/register.mjs';
import phones from './walks/phones.mjs';
import reset from './walks/reset.mjs';
import policies from './walks/policies.mjs';
import security from './walks/security.mjs';
import tokens from './walks/tokens.mjs';
import givenBack from './walks/givenback.mjs';
import guestMethods from './walks/guestmethods.mjs';
import settings from './walks/settings.mjs';
import activity from './walks/activity.mjs';
import administration from './walks/administration.mjs';
import dutch from './walks/dutch.mjs';
import previews from './walks/previews.mjs';
import accounts from './walks/accounts.mjs';
import undelivered from './walks/undelivered.mjs';
import golden from './walks/golden.mjs';
import textBrowser from './walks/textbrowser.mjs';
import engines from './walks/engines.mjs';
import states from './walks/states.mjs';

// One more than two cores can do: a walk waits for its pages now and then.
const lanes = 3;

// The long ones first.
const all = [previews, engines, states, leaving, comingBack, refusals, requests, belonging, deletedUsers, administration, undelivered, policies, activity, security, register, passkeys, phones, tokens, reset, givenBack, guestMethods, settings, entrance, accounts, dutch, golden, textBrowser].flat();

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const update = process.argv.includes('--update');
const chosen = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const pictures = path.join(here, 'pictures');

const began = Date.now();
build();
const browser = await launch();

let passed = 0;
let skipped = 0;
const failed = [];
const queue = [...chosen];
await Promise.all(Array.from({ length: lanes }, lane));
await browser.close();

for (const name of failed) console.log(`failed: ${name}`);
console.log(`pictures in ${path.relative(process.cwd(), pictures) || '.'}; ${((Date.now() - began) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed.length} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed.length || (passed === 0 && skipped === 0) ? 1 : 0);

/** Takes one walk after the other until none is left. */
async function lane() {
  for (let next = queue.shift(); next; next = queue.shift()) await take(next);
}

async function take({ name, minutes = 2, go }) {
  const start = Date.now();
  const demo = await startDemo();
  const walk = new Walk({ name, demo, browser, update });
  rmSync(walk.album, { recursive: true, force: true });
  let problem;
  try {
    await inTime(go(walk), minutes);
    walk.settle();
  } catch (thrown) {
    problem = thrown;
    await walk.photographFailure();
  }
  await walk.close();
  await demo.stop();
  const took = `${((Date.now() - start) / 1000).toFixed(1)} s`;
  if (problem) {
    failed.push(name);
    console.log(`FAIL  ${name}  (${took})\n${indent(problem.stack ?? String(problem))}`);
  } else if (walk.skipped) {
    skipped++;
    console.log(`SKIP  ${name}: ${walk.skipped}`);
  } else {
    passed++;
    console.log(`ok    ${name}  (${took})`);
  }
}

/** A walk that hangs is a walk that failed. */
function inTime(promise, minutes) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${minutes} minutes`)), minutes * 60_000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function indent(text) {
  return text.split('\n').map((line) => `        ${line}`).join('\n');
}
