// The portal under test: built once, then one fresh demo for every walk.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const password = 'harbour lantern tuesday';

const work = mkdtempSync(path.join(tmpdir(), 'sojourn-e2e-'));
const binary = path.join(work, 'sojourn');
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

/** Builds the command these walks run. */
export function build() {
  const done = spawnSync('go', ['build', '-mod=readonly', '-o', binary, './cmd/sojourn'], {
    cwd: path.dirname(here), stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) throw new Error('the portal does not build');
}

/** A new demo on a free port, kept until stop(). */
export async function startDemo() {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryDemo();
    } catch (problem) {
      if (attempt === 3) throw problem; // somebody else took the port
    }
  }
}

async function tryDemo() {
  const child = spawn(binary, ['demo', '--json', '--password', password, '--listen', `localhost:${await freePort()}`], {
    cwd: work, stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: work, TZ: 'Europe/Amsterdam' },
  });
  running.add(child);
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk) => { complaint += chunk; });
  const sheet = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the demo said nothing in 20 s: ${complaint}`)), 20_000);
    child.stdout.on('data', (chunk) => {
      said += chunk;
      try { resolve(JSON.parse(said)); clearTimeout(late); } catch { /* not whole yet */ }
    });
    child.on('exit', (code) => { clearTimeout(late); reject(new Error(`the demo ended with ${code}: ${complaint}`)); });
  });
  return {
    address: sheet.address,
    people: sheet.people,
    complaints: () => complaint,
    /** What the demo says of one organization of a person. */
    place(person, domain) {
      const entry = sheet.people.find((p) => p.userPrincipalName === person);
      return entry?.organizations.find((o) => o.domain === domain);
    },
    stop: () => new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.on('exit', () => { running.delete(child); resolve(); });
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
    }),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
