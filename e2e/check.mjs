// What can be said of the pages and their files without a browser:
//
//	node check.mjs
//
// The script is ECMAScript 5, the first part of the style sheet is for every
// engine, and the HTML of every page state is valid.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newerThanBaseline } from './css-baseline.mjs';
import { build, here, startDemo } from './portal.mjs';

const root = path.dirname(here);
const bin = (name) => path.join(here, 'node_modules', '.bin', name);
// A form shown again holds what somebody typed, right or not.
const typed = /for attribute “value” on element “input”/;

let failed = 0;

report('the script is ECMAScript 5', script());
report('the style sheet’s first part is for every engine', newerThanBaseline(readFileSync(path.join(root, 'ui', 'static', 'app.css'), 'utf8')));
await html();
process.exit(failed ? 1 : 0);

function report(what, wrong) {
  if (wrong.length) failed++;
  console.log(wrong.length ? `FAIL  ${what}\n${wrong.map((line) => `        ${line}`).join('\n')}` : `ok    ${what}`);
}

function script() {
  const done = spawnSync(process.execPath, [bin('es-check'), 'es5', '--noCache', 'ui/static/app.js'], { cwd: root, encoding: 'utf8' });
  return done.status === 0 ? [] : (done.stdout + done.stderr).trim().split('\n');
}

// One run of the validator over all pages: starting it is what takes long.
async function html() {
  const what = 'the HTML of every page state is valid';
  if (spawnSync('java', ['-version']).error) {
    if (process.env.CI) report(what, ['java is missing: run tools/install.sh']);
    else console.log(`SKIP  ${what}: java is missing, run tools/install.sh`);
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'sojourn-html-'));
  build();
  const demo = await startDemo();
  try {
    const names = await save(demo, folder);
    const jar = path.join(here, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar');
    const done = spawnSync('java', ['-Xss4m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-jar', jar, '--errors-only', '--format', 'gnu', '--skip-non-html', folder], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const said = done.stderr.trim().split('\n').filter(Boolean);
    const wrong = said.filter((line) => !typed.test(line)).map((line) => line.replace(/^"?file:\S*\/(\d+)-\w+\.html"?/, (_, n) => `${names[n]}`));
    if (done.error || (done.status !== 0 && !said.length)) wrong.push(`the validator ended with ${done.error ?? done.status}`);
    report(`${what} (${names.length} pages)`, wrong.slice(0, 40));
  } finally {
    await demo.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function save(demo, folder) {
  const list = await (await fetch(`${demo.address}/preview`)).text();
  const states = [...list.matchAll(/href="(\/preview\/\d+)[^"]*"[^>]*>([^<]*)</g)].map(([, at, name]) => ({ at: `${at}?lng=en`, name }));
  const pages = [...states, ...['/sign-in', '/preview', '/dev/mail', '/no-such-page'].map((at) => ({ at, name: at }))];
  for (const [i, { at }] of pages.entries()) {
    const response = await fetch(new URL(at, demo.address));
    writeFileSync(path.join(folder, `${i}-page.html`), await response.text());
  }
  if (states.length < 150 || !existsSync(path.join(folder, '0-page.html'))) throw new Error(`${states.length} page states`);
  return pages.map(({ name, at }) => `${name} (${at})`);
}
