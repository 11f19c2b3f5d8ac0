// Firefox by WebDriver BiDi. With script off its pages run no timers, so nothing
// here waits inside a page.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { Engine, spot } from './engine.mjs';

const binary = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'].find((file) => file && existsSync(file));

export class Firefox extends Engine {
  name = 'Firefox';

  static missing() { return binary ? '' : 'firefox-esr is missing'; }

  async start({ script = true } = {}) {
    this.home = mkdtempSync(path.join(tmpdir(), 'sojourn-firefox-'));
    this.browser = await puppeteer.launch({
      browser: 'firefox', executablePath: binary, headless: true, userDataDir: this.home, timeout: 60_000, protocolTimeout: 60_000,
      env: { ...process.env, HOME: this.home },
      defaultViewport: { width: 1280, height: 900 },
      extraPrefsFirefox: {
        'javascript.enabled': script, 'intl.accept_languages': 'en-GB, en',
        // Nothing but this machine is reached.
        'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9,
        'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9, 'network.proxy.no_proxies_on': 'localhost,127.0.0.1',
        'network.proxy.allow_hijacking_localhost': false,
      },
    });
    [this.page] = await this.browser.pages();
    this.page.on('pageerror', (error) => this.problems.push(`Firefox, script error on ${this.page.url()}: ${error.message}`));
    this.page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`Firefox, console error on ${this.page.url()}: ${message.text()}`);
    });
  }

  visit(url) { return this.page.goto(url, { timeout: 30_000 }); }

  evaluate(source) { return this.page.evaluate(`(function () { ${source}\n})()`); }

  // Not by the element: that waits inside the page until it is in view.
  async click(css, words) {
    const at = await this.evaluate(spot(css, words));
    if (!at) throw new Error(`Firefox finds no ${css} ${words} on ${this.page.url()}`);
    await this.page.mouse.click(at.x, at.y);
  }

  async type(css, text) {
    const field = await this.page.$(css);
    if (!field) throw new Error(`Firefox finds no ${css} on ${this.page.url()}`);
    await field.type(text);
  }

  shot(file) { return this.page.screenshot({ path: file }); }

  async stop() {
    await this.browser?.close();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
