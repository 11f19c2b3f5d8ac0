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
  const sojourn = run(['demo', '--json', '--password', password, '--listen', `localhost:${await freePort()}`]);
  const sheet = await sojourn.says((said) => {
    try { return JSON.parse(said); } catch { return null; /* not whole yet */ }
  });
  return {
    address: sheet.address,
    people: sheet.people,
    complaints: sojourn.complaints,
    stop: sojourn.stop,
    /** What the demo says of one organization of a person. */
    place(person, domain) {
      const entry = sheet.people.find((p) => p.userPrincipalName === person);
      return entry?.organizations.find((o) => o.domain === domain);
    },
  };
}

/** A first start on an empty database, and the set-up link it prints. */
export async function startEmpty() {
  const database = `sqlite:${path.join(mkdtempSync(path.join(work, 'empty-')), 'sojourn.db')}`;
  const sojourn = run(['serve', '--database', database, '--listen', `localhost:${await freePort()}`]);
  const link = await sojourn.says((said) => said.match(/http:\S+\/setup\/\S+(?=\s)/)?.[0]);
  return { link, stop: sojourn.stop };
}

/** Starts the command; says() waits until what it has printed makes sense. */
function run(args) {
  const child = spawn(binary, args, {
    cwd: work, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, HOME: work, TZ: 'Europe/Amsterdam' },
  });
  running.add(child);
  let said = '';
  let complaint = '';
  let look = () => {};
  child.stdout.on('data', (chunk) => { said += chunk; look(); });
  child.stderr.on('data', (chunk) => { complaint += chunk; look(); });
  const ended = new Promise((resolve) => {
    child.on('exit', () => { running.delete(child); resolve(); look(); });
  });
  return {
    complaints: () => complaint,
    says: (sense) => new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`sojourn ${args[0]} said nothing of use in 30 s: ${said}${complaint}`)), 30_000);
      look = () => {
        const made = sense(said) ?? sense(complaint);
        if (!made && running.has(child)) return;
        clearTimeout(late);
        look = () => {};
        if (made) resolve(made);
        else reject(new Error(`sojourn ${args[0]} ended: ${complaint}`));
      };
      look();
    }),
    stop: () => {
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
      return ended;
    },
  };
}

/** A port nobody listens on, below those that connections going out are given. */
export async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if (await free(port)) return port;
  }
}

function free(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen(port, 'localhost', () => server.close(() => resolve(true)));
  });
}
