// WebKit as WebKitGTK has it, by plain WebDriver on a screen that nobody sees.
// It is the engine of Safari, not Safari.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../portal.mjs';
import { Engine, find } from './engine.mjs';

const element = 'element-6066-11e4-a52e-4f735466cecf';
const driver = '/usr/bin/WebKitWebDriver';
const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/libexec'];
const browser = folders.flatMap((f) => [`${f}/webkit2gtk-4.1/MiniBrowser`, `${f}/webkit2gtk-4.0/MiniBrowser`]).find((file) => existsSync(file));

export class WebKit extends Engine {
  name = 'WebKit';

  static missing() {
    if (!existsSync(driver) || !browser) return 'webkit2gtk-driver is missing';
    return spawnSync('xvfb-run', ['--help']).error ? 'xvfb is missing' : '';
  }

  async start() {
    this.home = mkdtempSync(path.join(tmpdir(), 'sojourn-webkit-'));
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}`;
    this.process = spawn('xvfb-run', ['-a', '-s', '-screen 0 1400x1000x24', driver, `--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore', detached: true,
      env: {
        PATH: process.env.PATH, HOME: this.home, LANG: 'C.UTF-8', XDG_RUNTIME_DIR: this.home,
        LIBGL_ALWAYS_SOFTWARE: '1', WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    await this.up();
    const { sessionId } = await this.ask('POST', '/session', {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } } },
    });
    this.base += `/session/${sessionId}`;
    await this.ask('POST', '/window/rect', { width: 1280, height: 900 });
  }

  async up() {
    for (const start = Date.now(); Date.now() - start < 30_000;) {
      if (await fetch(`${this.base}/status`).then((r) => r.ok, () => false)) return;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    throw new Error('WebKitWebDriver does not answer');
  }

  async ask(method, at, body) {
    const response = await fetch(this.base + at, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKit ${at}: ${value.error}: ${value.message}`);
    return value;
  }

  visit(url) { return this.ask('POST', '/url', { url }); }

  evaluate(source) { return this.ask('POST', '/execute/sync', { script: source, args: [] }); }

  async click(css, words = '') {
    const found = await this.ask('POST', '/execute/sync', { script: `${find}\n return find(arguments[0], arguments[1])`, args: [css, words] });
    if (!found) throw new Error(`WebKit finds no ${css} ${words} on ${await this.path()}`);
    await this.ask('POST', `/element/${found[element]}/click`, {});
  }

  async type(css, text) {
    const found = await this.ask('POST', '/element', { using: 'css selector', value: css });
    await this.ask('POST', `/element/${found[element]}/value`, { text });
  }

  async shot(file) {
    await new Promise((resolve) => { setTimeout(resolve, 200); }); // right after a page it is blank
    writeFileSync(file, Buffer.from(await this.ask('GET', '/screenshot'), 'base64'));
  }

  async stop() {
    await this.ask('DELETE', '').catch(() => {});
    const ended = new Promise((resolve) => { this.process?.on('exit', resolve); });
    try {
      process.kill(-this.process.pid, 'SIGTERM');
      await Promise.race([ended, new Promise((resolve) => { setTimeout(resolve, 3_000).unref(); })]);
    } catch { /* it has ended */ }
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
